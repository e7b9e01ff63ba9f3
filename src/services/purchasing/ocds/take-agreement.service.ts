import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '../../../database/keys.ts';
import { LANGUAGES, LocalisedText } from '../../../database/localised-text.ts';
import { Provenance } from '../../../database/properties.ts';
import { CompetentAuthority } from '../../../reference/reference.entity.ts';
import { AgreementAuthority, FrameworkAgreement, Lot } from '../agreement.entity.ts';
import type { ReadAgreement, Texts } from './agreement-of.ts';
import { EVERYBODY } from './buyers.ts';
import { OcdsProcess } from './ocds.entity.ts';
import { takeAwards } from './take-awards.service.ts';

/** An agreement as the releases tell it now, and told it before this one. */
export interface Taking {
  service: string;
  agreement: FrameworkAgreement | null;
  before: ReadAgreement | undefined;
  wanted: ReadAgreement;
  provenance: 'SYNTHETIC' | 'REPORTED' | undefined;
}

/** Local id of the lot of an agreement that is not divided: orders are of a lot. */
const ONLY_LOT = '1';

/** Columns that are one value. */
const PLAIN = ['method', 'status', 'validFrom', 'validUntil', 'maximumValue', 'currency'] as const;

/**
 * Brings the hub's records to what the releases tell. What no release has changed stays as the staff left it, and nothing
 * is removed that orders may be of. Answers what it changed, for people, and what they have to look at.
 */
export async function takeAgreement(
  em: EntityManager,
  taking: Taking,
): Promise<{ changes: string[]; notes: string[] }> {
  const changes: string[] = [];
  const notes = [...taking.wanted.notes];
  const agreement = taking.agreement ?? makeAgreement(em, taking, changes);
  if (taking.agreement) changeAgreement(taking.agreement, taking, changes);
  await em.flush();
  notes.push(...(await takeAuthorities(em, agreement, taking, changes)));
  const lots = await takeLots(em, agreement, taking, changes);
  await takeAwards(em, agreement, lots, taking, changes);
  await takeRelated(em, agreement, taking, changes);
  return { changes, notes };
}

function makeAgreement(
  em: EntityManager,
  { service, wanted, provenance }: Taking,
  changes: string[],
): FrameworkAgreement {
  changes.push(`agreement ${wanted.status}, ${wanted.validFrom} to ${wanted.validUntil}`);
  return em.create(FrameworkAgreement, {
    id: newId(),
    service,
    ocid: wanted.ocid,
    title: LocalisedText.of(wanted.title),
    description: LocalisedText.of(wanted.description),
    ...Object.fromEntries(PLAIN.map((field) => [field, wanted[field]])),
    buyerCategories: [...(wanted.buyers?.categories ?? [])],
    provenance: provenance ?? Provenance.REPORTED,
  } as never);
}

function changeAgreement(agreement: FrameworkAgreement, { before, wanted }: Taking, changes: string[]): void {
  const row = agreement as unknown as Record<string, unknown>;
  for (const field of PLAIN) {
    if (!differs(before?.[field], wanted[field]) || !differs(row[field], wanted[field])) continue;
    changes.push(`${field} ${row[field] ?? 'none'} → ${wanted[field] ?? 'none'}`);
    row[field] = wanted[field];
  }
  for (const field of ['title', 'description'] as const) {
    const isNew = differs(before?.[field] ?? {}, wanted[field]);
    if (!isNew || !differs(textsOf(agreement[field]), wanted[field])) continue;
    changes.push(field);
    agreement[field] = LocalisedText.of(wanted[field]);
  }
  // Words that the hub cannot read open nothing to anybody.
  const { categories } = wanted.buyers ?? EVERYBODY;
  const isNew = wanted.buyers && differs((before?.buyers ?? EVERYBODY).categories, categories);
  if (isNew && differs([...agreement.buyerCategories].sort(), categories)) {
    changes.push(`kinds of buyers ${categories.join(', ') || 'all'}`);
    agreement.buyerCategories = [...categories];
  }
}

async function takeAuthorities(
  em: EntityManager,
  agreement: FrameworkAgreement,
  { before, wanted }: Taking,
  changes: string[],
): Promise<string[]> {
  const earlier = (before?.buyers ?? EVERYBODY).authorities;
  const codes = wanted.buyers?.authorities ?? earlier;
  if (!differs(earlier, codes)) return [];
  const authorities =
    codes.length > 0 ? await em.find(CompetentAuthority, { code: { $in: [...codes] } }) : [];
  const held = await em.find(AgreementAuthority, { agreement: agreement.id }, { populate: ['authority'] });
  for (const authority of authorities) {
    if (held.some((one) => one.authority.id === authority.id)) continue;
    em.create(AgreementAuthority, { agreement, authority });
    changes.push(`open to ${authority.code}`);
  }
  const unknown = codes.filter((code) => !authorities.some((one) => one.code === code));
  for (const one of held) {
    const { code } = one.authority as unknown as CompetentAuthority;
    // Without the one that the hub does not know, it would be open to others, or to everybody.
    if (unknown.length > 0 || !earlier.includes(code) || codes.includes(code)) continue;
    em.remove(one);
    changes.push(`no longer open to ${code}`);
  }
  await em.flush();
  return unknown.length > 0 ? [`the hub knows no authority ${unknown.join(', ')}: name who may order`] : [];
}

/** The agreement's lots, once they are what they are to be. */
async function takeLots(
  em: EntityManager,
  agreement: FrameworkAgreement,
  taking: Taking,
  changes: string[],
): Promise<Lot[]> {
  const { before, wanted } = taking;
  const lots = await em.find(Lot, { agreement: agreement.id });
  const told =
    wanted.lots.length === 0 && !taking.agreement
      ? [{ localId: ONLY_LOT, title: wanted.title, ceiling: null }]
      : wanted.lots;
  let made = 0;
  for (const lot of told) {
    const held = lots.find(({ localId }) => localId === lot.localId);
    if (!held) {
      made += 1;
      const { localId, ceiling } = lot;
      lots.push(
        em.create(Lot, {
          id: newId(),
          service: agreement.service,
          agreement,
          localId,
          title: LocalisedText.of(titleOf(lot)),
          ceiling,
          provenance: agreement.provenance,
        } as never),
      );
      continue;
    }
    const earlier = before?.lots.find(({ localId }) => localId === lot.localId);
    if (differs(earlier?.title ?? {}, lot.title) && differs(textsOf(held.title), titleOf(lot))) {
      held.title = LocalisedText.of(titleOf(lot));
      changes.push(`title of lot ${lot.localId}`);
    }
    if (differs(earlier?.ceiling, lot.ceiling) && differs(held.ceiling, lot.ceiling)) {
      changes.push(`ceiling of lot ${lot.localId} ${held.ceiling ?? 'none'} → ${lot.ceiling ?? 'none'}`);
      held.ceiling = lot.ceiling;
    }
  }
  if (made > 0) changes.push(`${made} ${made === 1 ? 'lot' : 'lots'}`);
  await em.flush();
  return lots;
}

async function takeRelated(
  em: EntityManager,
  agreement: FrameworkAgreement,
  { before, wanted }: Taking,
  changes: string[],
): Promise<void> {
  if (!differs(before?.relatedProcesses ?? [], wanted.relatedProcesses)) return;
  const process = await em.findOneOrFail(OcdsProcess, { agreement: agreement.id });
  if (!differs(canonical(process.relatedProcesses), canonical(wanted.relatedProcesses))) return;
  process.relatedProcesses = [...wanted.relatedProcesses];
  process.changedAt = new Date();
  changes.push('related processes');
}

function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);
}

/** A text without its empty languages, as a release tells it. */
function textsOf(text: LocalisedText): Texts {
  return Object.fromEntries(LANGUAGES.flatMap((code) => (text[code] ? [[code, text[code]]] : [])));
}

/** A lot has a title, where a release gives it none too. */
function titleOf({ localId, title }: ReadAgreement['lots'][number]): Texts {
  return Object.keys(title).length > 0 ? title : { en: `Lot ${localId}` };
}

function canonical(processes: readonly object[]): unknown {
  return processes.map((one) => Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))));
}
