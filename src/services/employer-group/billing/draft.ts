import { BillingMode, BillingRhythm, InvoiceLineKind, VatTreatment } from '../billing.entity.ts';
import type { WorkerFunction } from '../employer-group.entity.ts';
import { vatOf } from './allocate.ts';
import { type Ledger, type StaffShare, shareByStaff, shareMonth, termsIn } from './sharing.ts';
import { type Days, monthsOf } from './working-days.ts';

/** How a member is invoiced, besides how it shares the cost. */
export interface Billing {
  readonly rhythm: BillingRhythm;
  /** Cents a month; of a flat rate alone. */
  readonly flatCents: bigint | null;
  readonly vatTreatment: VatTreatment;
}

/** What an invoice's lines say. */
export interface DraftLine {
  readonly kind: InvoiceLineKind;
  readonly jobFunction: WorkerFunction | null;
  /** Hundredths of hours. */
  readonly hours: bigint | null;
  readonly cents: bigint;
}

/** An invoice that is not written yet. */
export interface Draft {
  readonly partner: string;
  readonly isProvisional: boolean;
  readonly lines: readonly DraftLine[];
  readonly netCents: bigint;
  readonly vatTreatment: VatTreatment;
  readonly vatCents: bigint;
}

/** What a run comes to. */
export interface DraftRun {
  readonly staffCents: bigint;
  readonly fixedCents: bigint;
  readonly provisionCents: bigint;
  readonly drafts: readonly Draft[];
  /** Members with whom somebody was placed and of whom no rule says how they pay: nothing is invoiced until it does. */
  readonly withoutTerms: readonly string[];
  /** Workers who were placed and of whom nothing says what they cost: nothing is invoiced until it does. */
  readonly withoutCost: readonly string[];
  /** Whether there is a cost, and nobody who bears it. */
  readonly isForNobody: boolean;
}

/** How a member is invoiced in a period: what goes with the rule that {@link termsIn} finds. */
export type BillingOf = (partner: string, period: Days) => Billing | undefined;

/** Lines that were invoiced of a year, by member, VAT treatment and function. */
export interface Invoiced {
  readonly partner: string;
  readonly vatTreatment: VatTreatment;
  readonly jobFunction: WorkerFunction | null;
  readonly cents: bigint;
}

const FIXED = { jobFunction: null, hours: null };

/** The invoices of a month: the real cost by each member's rule, or the flat rate, which the settlement takes the place of. */
export function draftMonth(ledger: Ledger, month: number, billingOf: BillingOf, vatRate: string): DraftRun {
  const { staff, staffCents, fixedCents, withoutTerms, withoutCost } = shareMonth(ledger, month);
  const period = monthsOf(ledger.year)[month - 1] as Days;
  const canShare = staff.some(({ cents }) => cents > 0n);
  const fixed = canShare ? shareByStaff(fixedCents, staff) : new Map<string, bigint>();
  const drafts = [...groupByPartner(staff)].flatMap(([partner, shares]) => {
    const billing = billingOf(partner, period);
    if (billing?.rhythm !== BillingRhythm.MONTHLY) return [];
    const isFlat = termsIn(period, ledger.terms, partner)?.mode === BillingMode.FLAT_RATE;
    const lines = isFlat
      ? [{ ...FIXED, kind: InvoiceLineKind.FLAT_RATE, cents: billing.flatCents ?? 0n }]
      : [
          ...shares.map(staffLine),
          { ...FIXED, kind: InvoiceLineKind.FIXED_COST, cents: fixed.get(partner) ?? 0n },
        ];
    return draftOf(partner, lines, billing, { vatRate, isProvisional: isFlat });
  });
  return {
    staffCents,
    fixedCents,
    provisionCents: 0n,
    drafts,
    withoutTerms,
    withoutCost,
    isForNobody: false,
  };
}

/**
 * The settlement of a year: what each member bears of the real cost and the provision, less what it was invoiced of the year.
 * Months are settled by the VAT treatment that held in them: a member whose treatment changed gets an invoice for each.
 */
export function draftSettlement(
  ledger: Ledger,
  billingOf: BillingOf,
  {
    provisionCents,
    invoiced,
    vatRate,
  }: { provisionCents: bigint; invoiced: readonly Invoiced[]; vatRate: string },
): DraftRun {
  const periods = monthsOf(ledger.year);
  const months = periods.map((_, at) => shareMonth(ledger, at + 1));
  const total = (of: 'staffCents' | 'fixedCents'): bigint =>
    months.reduce((sum, month) => sum + month[of], 0n);
  const run = {
    staffCents: total('staffCents'),
    fixedCents: total('fixedCents'),
    provisionCents,
    withoutTerms: [...new Set(months.flatMap((month) => month.withoutTerms))].sort(),
    withoutCost: [...new Set(months.flatMap((month) => month.withoutCost))].sort(),
  };
  const staff = sumOf(
    months.flatMap((month, at) =>
      month.staff.map((share) => ({
        ...share,
        partner: accountOf(share.partner, billingOf(share.partner, periods[at] as Days)?.vatTreatment),
      })),
    ),
  );
  const isShared = staff.some(({ cents }) => cents > 0n);
  if (!isShared && run.fixedCents + provisionCents !== 0n) return { ...run, drafts: [], isForNobody: true };
  const fixed = isShared ? shareByStaff(run.fixedCents, staff) : new Map<string, bigint>();
  const provision = isShared ? shareByStaff(provisionCents, staff) : new Map<string, bigint>();
  const shares = groupByPartner(staff);
  const before = Map.groupBy(invoiced, (one) => accountOf(one.partner, one.vatTreatment));
  const accounts = [...new Set([...shares.keys(), ...before.keys()])].sort();
  const drafts = accounts.flatMap((account) => {
    const [partner = '', vatTreatment] = account.split(' ') as [string, VatTreatment | ''];
    if (!vatTreatment) return [];
    const lines = [
      ...(shares.get(account) ?? []).map(staffLine),
      { ...FIXED, kind: InvoiceLineKind.FIXED_COST, cents: fixed.get(account) ?? 0n },
      { ...FIXED, kind: InvoiceLineKind.PROVISION, cents: provision.get(account) ?? 0n },
      ...(before.get(account) ?? [])
        .toSorted((a, b) => ((a.jobFunction ?? '') < (b.jobFunction ?? '') ? -1 : 1))
        .map(({ jobFunction, cents }) => ({
          kind: InvoiceLineKind.ALREADY_INVOICED,
          jobFunction,
          hours: null,
          cents: -cents,
        })),
    ];
    return draftOf(partner, lines, { vatTreatment }, { vatRate, isProvisional: false });
  });
  return { ...run, drafts, isForNobody: false };
}

/** What a member pays under one VAT treatment; the treatment is empty while no rule says it. */
const accountOf = (partner: string, vatTreatment: VatTreatment | undefined): string =>
  `${partner} ${vatTreatment ?? ''}`;

const staffLine = ({ jobFunction, hours, cents }: StaffShare): DraftLine => ({
  kind: InvoiceLineKind.STAFF_COST,
  jobFunction,
  hours,
  cents,
});

/** An invoice of the lines that say something; none where nothing is left. */
function draftOf(
  partner: string,
  lines: readonly DraftLine[],
  { vatTreatment }: Pick<Billing, 'vatTreatment'>,
  { vatRate, isProvisional }: { vatRate: string; isProvisional: boolean },
): Draft[] {
  const told = lines.filter(({ cents }) => cents !== 0n);
  if (told.length === 0) return [];
  const netCents = told.reduce((sum, { cents }) => sum + cents, 0n);
  const rate = vatTreatment === VatTreatment.STANDARD_RATE ? vatRate : '0.00';
  return [{ partner, isProvisional, lines: told, netCents, vatTreatment, vatCents: vatOf(netCents, rate) }];
}

function groupByPartner(staff: readonly StaffShare[]): Map<string, StaffShare[]> {
  return Map.groupBy(staff, ({ partner }) => partner);
}

/** Shares of several months as those of one period. */
function sumOf(staff: readonly StaffShare[]): StaffShare[] {
  const all = Map.groupBy(staff, ({ partner, jobFunction }) => `${partner} ${jobFunction}`);
  return [...all.values()]
    .map((shares) => ({
      ...(shares[0] as StaffShare),
      cents: shares.reduce((sum, { cents }) => sum + cents, 0n),
      hours: shares.reduce((sum, { hours }) => sum + hours, 0n),
    }))
    .sort((a, b) => (`${a.partner} ${a.jobFunction}` < `${b.partner} ${b.jobFunction}` ? -1 : 1));
}
