import { LANGUAGES, type LanguageCode } from '../../../database/localised-text.ts';
import { AgreementStatus, ProcurementMethod } from '../agreement.entity.ts';
import { type Award, awardsOf } from './awards-of.ts';
import { type Buyers, readBuyers } from './buyers.ts';
import { amountOf, type Days, daysOf, joined } from './measures.ts';
import { type Read, refuse } from './refusal.ts';
import type { Period, RelatedProcess, Release, Tender } from './release-shape.ts';

/** Texts by language; none is empty. */
export type Texts = Partial<Record<LanguageCode, string>>;

/** A framework agreement as the releases of its process tell it together. */
export interface ReadAgreement {
  readonly ocid: string;
  readonly title: Texts;
  readonly description: Texts;
  readonly method: ProcurementMethod;
  readonly status: AgreementStatus;
  /** First day, and the first one on which it no longer holds. */
  readonly validFrom: string;
  readonly validUntil: string;
  /** Two decimals; none: no limit is stated. */
  readonly maximumValue: string | null;
  readonly currency: string;
  /** Undefined where it is said in words that no hub wrote. */
  readonly buyers: Buyers | undefined;
  /** None where the agreement is not divided; a title may be missing. */
  readonly lots: readonly { localId: string; title: Texts; ceiling: string | null }[];
  readonly awards: readonly Award[];
  readonly relatedProcesses: readonly RelatedProcess[];
  /** What people have to look at, because the release says it in words alone. */
  readonly notes: readonly string[];
}

/** Whether releases of a process say that it is the first stage of a framework agreement. */
export function isFramework({ tender }: Release): boolean {
  return [tender?.techniques, ...(tender?.lots ?? []).map((lot) => lot.techniques)].some(
    (of) => of?.hasFrameworkAgreement ?? Boolean(of?.frameworkAgreement),
  );
}

/** The process that orders under an agreement belong to, where a release is of such an order. */
export function frameworkOf({ relatedProcesses }: Release): string | undefined {
  const related = relatedProcesses?.find(({ relationship }) => relationship?.includes('framework'));
  return related && (related.identifier ?? related.id);
}

/**
 * The agreement that the releases of a process, merged, describe. Refusals: TITLE_MISSING, METHOD_MISSING,
 * REOPENS_COMPETITION, PERIOD_MISSING, INVALID_PERIOD, INVALID_VALUE, CURRENCIES_DIFFER, LOT_UNKNOWN, SUPPLIER_UNKNOWN.
 */
export function agreementOf(release: Release): Read<ReadAgreement> {
  const tender: Tender = release.tender ?? {};
  const title = textsOf(tender, 'title');
  if (Object.keys(title).length === 0)
    return refuse('TITLE_MISSING', 'An agreement has a title.', 'tender.title');
  const { procurementMethod } = tender;
  if (!procurementMethod) {
    return refuse(
      'METHOD_MISSING',
      'How the agreement was awarded is not said: one of open, selective, limited, direct.',
      'tender.procurementMethod',
    );
  }
  const framework = tender.techniques?.frameworkAgreement;
  if (framework?.method === 'withReopeningCompetition') {
    return refuse(
      'REOPENS_COMPETITION',
      'Under this agreement suppliers compete for every order, and the hub orders at prices that are ranked beforehand.',
      'tender.techniques.frameworkAgreement.method',
    );
  }
  const period = periodOf(release);
  if (period.refusal) return period;
  const values = valuesOf(tender);
  if (values.refusal) return values;
  const lots = lotsOf(tender, values.value.ceilings);
  const awards = awardsOf(
    release,
    lots.map(({ localId }) => localId),
  );
  if (awards.refusal) return awards;
  const buyers = readBuyers(framework?.buyerCategories);
  return {
    value: {
      ocid: release.ocid,
      title,
      description: textsOf(tender, 'description'),
      method: ProcurementMethod[procurementMethod.toUpperCase() as ProcurementMethod],
      status: statusOf(release),
      validFrom: period.value.from,
      validUntil: period.value.until,
      maximumValue: values.value.maximum,
      currency: values.value.currency,
      buyers,
      lots,
      awards: awards.value,
      relatedProcesses: release.relatedProcesses ?? [],
      notes: buyers
        ? []
        : [
            `who may order is said in words alone ("${framework?.buyerCategories?.slice(0, 120)}"): set it before you add products`,
          ],
    },
  };
}

/**
 * The state of an agreement: concluded by the end of its procurement or by an award that holds, over when the contract of
 * every award is. An award that is pending makes none yet.
 */
function statusOf({ tender, awards, contracts }: Release): AgreementStatus {
  const status = tender?.status ?? '';
  if (['cancelled', 'unsuccessful', 'withdrawn'].includes(status)) return AgreementStatus.CANCELLED;
  const holding = (awards ?? []).filter(
    (award) => !['cancelled', 'unsuccessful'].includes(award.status ?? ''),
  );
  if (holding.length === 0 && (awards ?? []).length > 0) return AgreementStatus.CANCELLED;
  const signed = contracts ?? [];
  const isOver =
    signed.length > 0 &&
    signed.every((contract) => contract.status === 'terminated') &&
    holding.every((award) => signed.some((contract) => contract.awardID === award.id));
  if (isOver) return AgreementStatus.COMPLETE;
  const isConcluded =
    signed.some((contract) => contract.status === 'active') ||
    (holding.length > 0 ? holding.some((award) => award.status !== 'pending') : status === 'complete');
  return isConcluded ? AgreementStatus.ACTIVE : AgreementStatus.PLANNED;
}

/** From what says most about the agreement itself to what says least; of several, all of them together. */
function periodOf({ tender, awards, contracts }: Release): Read<Days> {
  const lots = tender?.lots ?? [];
  const candidates: [path: string, of: Period[]][] = [
    ['tender.techniques.frameworkAgreement.period', [tender?.techniques?.frameworkAgreement?.period]],
    ['tender.contractPeriod', [tender?.contractPeriod]],
    ['tender.lots', lots.map((lot) => lot.contractPeriod ?? lot.techniques?.frameworkAgreement?.period)],
    ['awards', (awards ?? []).map((award) => award.contractPeriod)],
    ['contracts', (contracts ?? []).map((contract) => contract.period)],
  ];
  for (const [path, periods] of candidates) {
    const days = joined(periods.map(daysOf));
    if (!days) continue;
    if (days.until <= days.from) {
      return refuse(
        'INVALID_PERIOD',
        `A period ends after it begins; this one is ${days.from} to ${days.until}.`,
        path,
      );
    }
    return { value: days };
  }
  return refuse(
    'PERIOD_MISSING',
    'From when until when orders are placed is not said: neither for the agreement, nor for its lots or awards.',
    'tender.contractPeriod',
  );
}

interface Values {
  maximum: string | null;
  currency: string;
  ceilings: ReadonlyMap<string, string>;
}

/** Amounts of the agreement and of its lots, all in one currency. */
function valuesOf(tender: Tender): Read<Values> {
  const framework = tender.techniques?.frameworkAgreement?.value;
  const isOfFramework = framework?.amount !== undefined && framework.amount !== null;
  const whole = isOfFramework ? framework : tender.value;
  const stated = [
    {
      path: isOfFramework ? 'tender.techniques.frameworkAgreement.value' : 'tender.value',
      of: whole,
      lot: undefined,
    },
    ...(tender.lots ?? []).map((lot, index) => ({
      path: `tender.lots.${index}.value`,
      of: lot.value ?? lot.techniques?.frameworkAgreement?.value,
      lot: lot.id,
    })),
  ].filter(({ of }) => of?.amount !== undefined && of.amount !== null);
  const ceilings = new Map<string, string>();
  let maximum: string | null = null;
  let currency: string | undefined;
  for (const { path, of, lot } of stated) {
    const amount = amountOf(of?.amount as number);
    if (amount === undefined) {
      return refuse(
        'INVALID_VALUE',
        'The most that may be ordered is 0 to 9,000,000,000,000.',
        `${path}.amount`,
      );
    }
    const own = of?.currency ?? 'EUR';
    currency ??= own;
    if (own !== currency) {
      return refuse(
        'CURRENCIES_DIFFER',
        `An agreement has one currency: here are ${currency} and ${own}.`,
        path,
      );
    }
    if (lot === undefined) maximum = amount;
    else ceilings.set(lot, amount);
  }
  return { value: { maximum, currency: currency ?? 'EUR', ceilings } };
}

function lotsOf(tender: Tender, ceilings: ReadonlyMap<string, string>): ReadAgreement['lots'] {
  const lots = tender.lots ?? [];
  return lots.map((lot) => ({
    localId: lot.id,
    title: textsOf(lot, 'title'),
    ceiling: ceilings.get(lot.id) ?? null,
  }));
}

function textsOf<Field extends string>(
  of: { [Key in `${Field}_${LanguageCode}`]?: string | null | undefined },
  field: Field,
): Texts {
  return Object.fromEntries(
    LANGUAGES.flatMap((code) => {
      const text = of[`${field}_${code}`];
      return text ? [[code, text]] : [];
    }),
  );
}
