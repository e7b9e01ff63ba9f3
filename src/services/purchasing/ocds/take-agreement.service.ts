import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '../../../database/keys.ts';
import { LANGUAGES, LocalisedText } from '../../../database/localised-text.ts';
import { Provenance } from '../../../database/properties.ts';
import { CompetentAuthority } from '../../../reference/reference.entity.ts';
import { AgreementAuthority, FrameworkAgreement, Lot } from '../agreement.entity.ts';
import type { ReadAgreement, Texts } from './agreement-of.ts';
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
    buyerCategories: [...wanted.buyerCategories],
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
    if (
      !differs(before?.[field], wanted[field]) ||
      !differs(textsOf(agreement[field]), sorted(wanted[field]))
    )
      continue;
    changes.push(field);
    agreement[field] = LocalisedText.of(wanted[field]);
  }
  const categories = [...(agreement.buyerCategories as string[])].sort();
  if (
    differs(before?.buyerCategories, wanted.buyerCategories) &&
    differs(categories, wanted.buyerCategories)
  ) {
    changes.push('kinds of buyers');
    agreement.buyerCategories = [...wanted.buyerCategories];
  }
}

async function takeAuthorities(
  em: EntityManager,
  agreement: FrameworkAgreement,
  { before, wanted }: Taking,
  changes: string[],
): Promise<string[]> {
  if (!differs(before?.authorities ?? [], wanted.authorities)) return [];
  const codes = [...wanted.authorities];
  const authorities = codes.length > 0 ? await em.find(CompetentAuthority, { code: { $in: codes } }) : [];
  const held = await em.find(AgreementAuthority, { agreement: agreement.id }, { populate: ['authority'] });
  for (const authority of authorities) {
    if (held.some((one) => one.authority.id === authority.id)) continue;
    em.create(AgreementAuthority, { agreement, authority });
    changes.push(`open to ${authority.code}`);
  }
  for (const one of held) {
    const { code } = one.authority as unknown as CompetentAuthority;
    if (!before?.authorities.includes(code) || codes.includes(code)) continue;
    em.remove(one);
    changes.push(`no longer open to ${code}`);
  }
  await em.flush();
  const unknown = codes.filter((code) => !authorities.some((one) => one.code === code));
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
          title: LocalisedText.of(lot.title),
          ceiling,
          provenance: agreement.provenance,
        } as never),
      );
      continue;
    }
    const earlier = before?.lots.find(({ localId }) => localId === lot.localId);
    if (differs(earlier?.title, lot.title) && differs(textsOf(held.title), sorted(lot.title))) {
      held.title = LocalisedText.of(lot.title);
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

/** A text's languages in the hub's order, without the empty ones. */
function textsOf(text: LocalisedText): Texts {
  return sorted(text);
}

function sorted(texts: Texts | LocalisedText): Texts {
  return Object.fromEntries(LANGUAGES.flatMap((code) => (texts[code] ? [[code, texts[code]]] : [])));
}

function canonical(processes: readonly object[]): unknown {
  return processes.map((one) => Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))));
}
