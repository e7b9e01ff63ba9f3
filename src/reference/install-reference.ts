import type { EntityManager } from '@mikro-orm/postgresql';
import { stableId } from '../database/keys.ts';
import { LocalisedText } from '../database/localised-text.ts';
import { MetricDefinition } from '../metrics/metric.entity.ts';
import { type MetricDefinitionInit, seriesOf } from '../metrics/metric-definition.ts';
import { CompetentAuthority, Sector, Territory } from './reference.entity.ts';
import { authorities, sectors } from './reference-data.ts';
import { territories } from './territories.ts';

/** The key that a new hub gives to a sector. */
export const sectorId = (code: string): string => stableId(`sector:${code}`);
/** The key that a new hub gives to a territory. */
export const territoryId = (nisCode: string): string => stableId(`territory:${nisCode}`);
/** The key that a new hub gives to a competent authority. */
export const authorityId = (code: string): string => stableId(`authority:${code}`);

/**
 * Writes the code lists and the metric definitions that are missing or out of date, by code: rows keep their
 * keys, and rows that the lists do not name stay. Four small selects where nothing has changed.
 */
export async function installReferenceData(
  em: EntityManager,
  metrics: readonly MetricDefinitionInit[],
): Promise<void> {
  const knownSectors = byCode(await em.find(Sector, {}), (row) => row.code);
  for (const { code, naceCode, name } of sectors) {
    const data = { naceCode, name: LocalisedText.of(name) };
    const known = knownSectors.get(code);
    if (known) em.assign(known, data);
    else em.create(Sector, { id: sectorId(code), code, ...data });
  }

  const knownTerritories = byCode(await em.find(Territory, {}), (row) => row.nisCode);
  for (const { nisCode, name, ...rest } of territories) {
    const data = { ...rest, name: LocalisedText.of(name) };
    const known = knownTerritories.get(nisCode);
    if (known) em.assign(known, data);
    else em.create(Territory, { id: territoryId(nisCode), nisCode, ...data });
  }

  const knownAuthorities = byCode(await em.find(CompetentAuthority, {}), (row) => row.code);
  for (const { code, name, partOf } of authorities) {
    const data = {
      name: LocalisedText.of(name),
      partOf: partOf ? (knownAuthorities.get(partOf) ?? null) : null,
    };
    const known = knownAuthorities.get(code);
    if (known) em.assign(known, data);
    // An authority stands before its administrations, which refer to it.
    else knownAuthorities.set(code, em.create(CompetentAuthority, { id: authorityId(code), code, ...data }));
  }

  const knownMetrics = byCode(await em.find(MetricDefinition, {}), (row) => row.key);
  // A metric that is computed from others refers to them, and is never itself a part: it comes after them.
  const partsFirst = metrics.toSorted((a, b) => Number(!!a.numerator) - Number(!!b.numerator));
  for (const { key, label, description, numerator, denominator, ...rest } of partsFirst) {
    const data = {
      ...rest,
      label: LocalisedText.of(label),
      description: LocalisedText.of(description),
      since: rest.since ?? null,
      inSeries: seriesOf(rest),
      numerator: numerator ? (knownMetrics.get(numerator) ?? null) : null,
      denominator: denominator ? (knownMetrics.get(denominator) ?? null) : null,
      serviceKind: rest.serviceKind ?? null,
    };
    const known = knownMetrics.get(key);
    if (known) em.assign(known, data);
    else knownMetrics.set(key, em.create(MetricDefinition, { key, ...data }));
  }

  await em.flush();
}

function byCode<T>(rows: readonly T[], code: (row: T) => string): Map<string, T> {
  return new Map(rows.map((row) => [code(row), row]));
}
