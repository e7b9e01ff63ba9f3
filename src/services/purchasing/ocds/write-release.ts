import { createHash } from 'node:crypto';
import { LANGUAGES, type LanguageCode } from '../../../database/localised-text.ts';
import type { AgreementStatus, ProcurementMethod } from '../agreement.entity.ts';
import { BELGIAN_REGISTER } from './awards-of.ts';
import { writeBuyers } from './buyers.ts';
import { nextDay } from './measures.ts';
import type { RelatedProcess } from './release-shape.ts';

type Json = Record<string, unknown>;

/** Texts by language as the database holds them. */
type StoredTexts = Partial<Record<LanguageCode, string | null>>;

/** A supplier that lots of an agreement were awarded to. */
export interface PublishedSupplier {
  key: string;
  name: string;
  enterpriseNumber: string | null;
  scheme: string | null;
  identifier: string | null;
}

/** What is public of an agreement: nothing of orders, of what was spent, or of prices. */
export interface PublishedAgreement {
  ocid: string;
  title: StoredTexts;
  description: StoredTexts;
  method: ProcurementMethod;
  status: AgreementStatus;
  validFrom: string;
  validUntil: string;
  maximumValue: string | null;
  currency: string;
  buyerCategories: string[];
  authorities: string[];
  provenance: string;
  /** When anything here last changed, in UTC. */
  changedAt: string;
  relatedProcesses: RelatedProcess[];
  /** Who runs the purchasing service. */
  body: { slug: string; name: StoredTexts } | null;
  lots: { localId: string; title: StoredTexts; ceiling: string | null }[];
  products: { lot: string; code: string; cpv: string; unit: string; title: StoredTexts }[];
  awards: { id: string; lots: string[]; suppliers: PublishedSupplier[] }[];
}

const TENDER_STATUS: Record<AgreementStatus, string> = {
  PLANNED: 'planned',
  ACTIVE: 'complete',
  CANCELLED: 'cancelled',
  COMPLETE: 'complete',
};

const AWARD_STATUS: Record<AgreementStatus, string> = {
  PLANNED: 'pending',
  ACTIVE: 'active',
  CANCELLED: 'cancelled',
  COMPLETE: 'active',
};

/**
 * The one release that tells an agreement's present state ("easy release"). Its id follows from what it says, so that
 * it is another one as soon as that changes. Values are those of the agreement and its lots; awards and contracts have
 * none, for what was ordered under few members' hands would tell what one of them ordered.
 */
export function writeRelease(agreement: PublishedAgreement): Json {
  const { ocid, status, relatedProcesses, provenance, changedAt } = agreement;
  const language = defaultLanguage(agreement.title);
  const awards = awardsOf(agreement);
  const isOver = status === 'COMPLETE';
  const content = {
    initiationType: 'tender',
    language,
    provenance,
    parties: partiesOf(agreement, language),
    tender: tenderOf(agreement, language),
    ...(awards.length > 0 ? { awards } : {}),
    ...(isOver ? { contracts: awards.map(({ id }) => ({ id, awardID: id, status: 'terminated' })) } : {}),
    ...(relatedProcesses.length > 0 ? { relatedProcesses } : {}),
  };
  const fingerprint = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  const tag = [
    status === 'PLANNED' ? 'planning' : 'tender',
    ...(awards.length > 0 ? ['award'] : []),
    ...(isOver ? ['contract'] : []),
  ];
  return { ocid, id: `${ocid}-${fingerprint}`, date: changedAt, tag, ...content };
}

/** What all releases of a process come to: with one release, the same under the tag `compiled`. */
export function writeRecord(agreement: PublishedAgreement): Json {
  const release = writeRelease(agreement);
  return {
    ocid: release.ocid,
    releases: [release],
    compiledRelease: { ...release, id: `${release.ocid}-${release.date}`, tag: ['compiled'] },
  };
}

function tenderOf(agreement: PublishedAgreement, language: LanguageCode): Json {
  const { ocid, status, method, body, lots, products, maximumValue, currency } = agreement;
  const buyers = writeBuyers(agreement.buyerCategories, agreement.authorities);
  return {
    id: ocid,
    ...textsOf('title', agreement.title, language),
    ...textsOf('description', agreement.description, language),
    status: TENDER_STATUS[status],
    procurementMethod: method.toLowerCase(),
    ...(body ? { procuringEntity: { id: body.slug, name: textOf(body.name, language) } } : {}),
    ...statedValue(maximumValue, currency),
    contractPeriod: {
      startDate: startOf(agreement.validFrom),
      endDate: endOf(nextDay(agreement.validUntil, -1)),
    },
    techniques: {
      hasFrameworkAgreement: true,
      frameworkAgreement: {
        // An order goes down the ranks at prices that are known.
        method: 'withoutReopeningCompetition',
        ...(buyers ? { buyerCategories: buyers } : {}),
      },
    },
    ...(lots.length > 0 ? { lots: lots.map((lot) => lotOf(lot, currency, language)) } : {}),
    ...(products.length > 0 ? { items: products.map((product) => itemOf(product, language)) } : {}),
  };
}

function lotOf(lot: PublishedAgreement['lots'][number], currency: string, language: LanguageCode): Json {
  return { id: lot.localId, ...textsOf('title', lot.title, language), ...statedValue(lot.ceiling, currency) };
}

function itemOf(
  { lot, code, cpv, unit, title }: PublishedAgreement['products'][number],
  language: LanguageCode,
): Json {
  return {
    id: `${lot}/${code}`,
    ...textsOf('description', title, language),
    // The vocabulary's own code; the digit after the hyphen checks it.
    classification: { scheme: 'CPV', id: cpv.slice(0, 8) },
    unit: { name: unit },
    relatedLot: lot,
  };
}

function awardsOf({ status, awards }: PublishedAgreement): { id: string; status: string }[] {
  const written = awards.map(({ id, lots, suppliers }) => ({
    id,
    status: AWARD_STATUS[status],
    suppliers: suppliers.map((supplier) => ({ id: partyId(supplier), name: supplier.name })),
    relatedLots: lots,
  }));
  // That an agreement is over is said by its contracts, each of which is of an award.
  return written.length > 0 || status !== 'COMPLETE' ? written : [{ id: '1', status: AWARD_STATUS[status] }];
}

function partiesOf({ awards, body }: PublishedAgreement, language: LanguageCode): Json[] {
  const suppliers = new Map(awards.flatMap((award) => award.suppliers).map((one) => [one.key, one]));
  return [
    ...(body ? [{ id: body.slug, name: textOf(body.name, language), roles: ['procuringEntity'] }] : []),
    ...[...suppliers.values()].map((supplier) => {
      const [identifier, ...others] = identifiersOf(supplier);
      return {
        id: partyId(supplier),
        name: supplier.name,
        roles: ['supplier'],
        ...(identifier ? { identifier } : {}),
        ...(others.length > 0 ? { additionalIdentifiers: others } : {}),
      };
    }),
  ];
}

function identifiersOf({ enterpriseNumber, scheme, identifier }: PublishedSupplier): Json[] {
  return [
    ...(enterpriseNumber ? [{ scheme: BELGIAN_REGISTER, id: enterpriseNumber }] : []),
    ...(scheme && identifier ? [{ scheme, id: identifier }] : []),
  ];
}

/** A register's own number where there is one, which says the same to everybody. */
function partyId({ key, enterpriseNumber, scheme, identifier }: PublishedSupplier): string {
  if (enterpriseNumber) return `${BELGIAN_REGISTER}-${enterpriseNumber}`;
  return scheme && identifier ? `${scheme}-${identifier}` : `supplier_${key}`;
}

function statedValue(amount: string | null, currency: string): Json {
  return amount === null ? {} : { value: { amount: Number(amount), currency } };
}

function defaultLanguage(texts: StoredTexts): LanguageCode {
  return LANGUAGES.find((language) => texts[language]) ?? 'fr';
}

function textOf(texts: StoredTexts, language: LanguageCode): string {
  return texts[language] ?? texts[defaultLanguage(texts)] ?? '';
}

/** A text in the release's language, and its translations under `title_nl` and so on. */
function textsOf(field: string, texts: StoredTexts, language: LanguageCode): Json {
  const found: Json = texts[language] ? { [field]: texts[language] } : {};
  for (const code of LANGUAGES) if (code !== language && texts[code]) found[`${field}_${code}`] = texts[code];
  return found;
}

/** The first moment of a day in Brussels, with its offset. */
function startOf(day: string): string {
  return `${day}T00:00:00${offsetAt(`${nextDay(day, -1)}T22:30:00Z`)}`;
}

/** Its last second. */
function endOf(day: string): string {
  return `${day}T23:59:59${offsetAt(`${day}T22:00:00Z`)}`;
}

const OFFSET = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Brussels', timeZoneName: 'longOffset' });

/** How far Brussels is ahead then; clocks change at 01:00 UTC, never between the moments that are asked about. */
function offsetAt(instant: string): string {
  const name =
    OFFSET.formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return name.replace('GMT', '') || 'Z';
}
