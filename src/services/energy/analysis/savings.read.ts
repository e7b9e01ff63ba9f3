import {
  and,
  connection,
  derived,
  type Expression,
  expression,
  type Fields,
  fields,
  list,
  type OrderKey,
  type Page,
  type RowRef,
  type Rows,
  raw,
  type Sql,
  sql,
} from '../../../read/index.ts';
import { named } from '../building.read.ts';
import { EnergyFactor } from '../factor.entity.ts';
import type { Meter } from '../meter.entity.ts';
import { SavingsResult } from '../savings.entity.ts';

/** Which results, references turned into keys. */
export interface SavingsCondition {
  partner?: string | undefined;
  service?: string | undefined;
  isCurrent?: boolean | null | undefined;
}

/** The latest first. */
export const RESULT_ORDER: OrderKey<SavingsResult>[] = [
  { by: (row) => row.recordedAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

export function savingsResults({ partner, service, isCurrent }: SavingsCondition, page: Page): Rows {
  return connection(SavingsResult, {
    where: (row) =>
      and([
        named('partner', partner, 'filter.partner', row.partner),
        named('shared_service', service, 'filter.service', row.service),
        typeof isCurrent === 'boolean'
          ? sql`(${row.supersededAt} is null) = ${isCurrent}::boolean`
          : undefined,
      ]),
    orderBy: RESULT_ORDER,
    page,
  });
}

export function resultsOfMeter(page: Page): Rows {
  return connection<SavingsResult, Meter>(SavingsResult, {
    where: (row, meter) => sql`${row.partner} = ${meter.partner} and ${row.meter} = ${meter.id}`,
    orderBy: RESULT_ORDER,
    page,
  });
}

/** Results that were just recorded. */
export function resultsById(ids: readonly string[]): Rows {
  return list(SavingsResult, {
    where: (row) => sql`${row.id} = any(${ids}::uuid[])`,
    orderBy: [{ by: (row) => row.id, direction: 'asc', type: 'uuid' }],
  });
}

const COLUMNS = [
  'reason',
  'model',
  'changePoint',
  'baseLoad',
  'slope',
  'rSquared',
  'cvRmse',
  'points',
  'adjustedBaselineKwh',
  'measuredKwh',
  'estimatedKwh',
  'avoidedKwh',
  'uncertaintyKwh',
  'normalisedReason',
  'normalisedKwh',
  'normalisedUncertaintyKwh',
  'co2Kg',
  'oilLitres',
  'costEur',
] as const;

/** The numbers of a result, with the factors by name. */
export function figuresOfResult(): Fields {
  return fields<SavingsResult>({
    ...(Object.fromEntries(
      COLUMNS.map((name) => [name, (row: RowRef<SavingsResult>) => row[name]]),
    ) as Record<(typeof COLUMNS)[number], (row: RowRef<SavingsResult>) => Sql>),
    factors: (row) => factorsUsed(sql`${row.factors}`),
  });
}

/** Factors by their keys, as a result names them. */
function factorsUsed(keys: Sql): Rows {
  return derived({
    subquery: () =>
      sql`(select f.kind, f.carrier, f.value, f.basis, f.source, f.valid_from as "validFrom" from energy_factor f
        where f.id = any(${keys}) order by f.kind, f.valid_from, f.id offset 0)`,
    columns: ['kind', 'carrier', 'value', 'basis', 'source', 'validFrom'] as const,
  });
}

/** Whether readings of the meter in one of the result's periods were stored or replaced after it. */
export function resultIsOutdated(): Expression {
  return expression<SavingsResult>((row) => {
    const begin = (day: Sql): Sql => sql`(${day}::timestamp at time zone 'Europe/Brussels')`;
    const within = (from: Sql, until: Sql): Sql =>
      sql`(x.starts_at < ${begin(until)} and x.ends_at > ${begin(from)})`;
    const changed = (table: Sql, at: Sql): Sql =>
      sql`exists (select from ${table} x where x.partner_id = ${row.partner} and x.meter_id = ${row.meter} and ${at} > ${row.recordedAt}
        and (${within(row.baselineFrom, row.baselineUntil)} or ${within(row.reportingFrom, row.reportingUntil)}))`;
    return sql`(${changed(raw('meter_reading'), raw('x.recorded_at'))} or ${changed(raw('replaced_reading'), raw('x.replaced_at'))})`;
  });
}

export const FACTOR_ORDER: OrderKey<EnergyFactor>[] = [
  { by: (row) => row.kind, direction: 'asc', type: 'text' },
  { by: (row) => row.validFrom, direction: 'asc', type: 'date' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

/** Factors of a service, or of all of them, that hold on a day. */
export function energyFactors(
  { service, kind, on }: { service?: string | undefined; kind?: string | null; on?: string | null },
  page: Page,
): Rows {
  return connection(EnergyFactor, {
    where: (row) =>
      and([
        named('shared_service', service, 'service', row.service),
        kind ? sql`${row.kind} = ${kind}::text` : undefined,
        on
          ? sql`${row.validFrom} <= ${on}::date and (${row.validUntil} is null or ${on}::date < ${row.validUntil})`
          : undefined,
      ]),
    orderBy: FACTOR_ORDER,
    page,
  });
}
