import type { Step } from '../../metrics/arithmetic.ts';
import { type Asked, Refusal } from '../asked.ts';
import type { Row } from '../database.ts';
import type { Fact, Span } from '../facts.ts';
import { checkPeriod, type DateRange, isIn, isWithin, keyOf, mustExist } from '../values.ts';
import { federationsOf } from './dimensions.ts';
import { asksNothing, checkPartnerFilter, type PartnerFilter, partnersThatMeet } from './partner-filter.ts';

export interface UsageMetricsArgs {
  metrics: string[];
  period?: DateRange | null;
  groupBy?: string[] | null;
  granularity?: Step | null;
  filter?: {
    services?: string[] | null;
    serviceKinds?: string[] | null;
    categories?: string[] | null;
    partners?: PartnerFilter | null;
  } | null;
  having?: { metric: string; atLeast?: string | null; atMost?: string | null } | null;
  orderBy: 'KEYS' | 'VALUE_DESC' | 'VALUE_ASC' | 'CHANGE_DESC' | 'CHANGE_ASC';
  top?: number | null;
  fillGaps: boolean;
  compareTo?: 'PREVIOUS_PERIOD' | 'SAME_PERIOD_LAST_YEAR' | null;
}

/** A record that a question is a field of. */
export interface Scope {
  of: 'partner' | 'service' | 'federation' | 'authority';
  record: Row;
}

export interface Shift {
  months: number;
  days: number;
}

/** Refuses what cannot be asked so. */
export function check(args: UsageMetricsArgs): void {
  const { period, filter, having, top, orderBy, compareTo } = args;
  const groupBy = new Set(args.groupBy);
  checkPeriod(period, 'period');
  const metrics = new Set(args.metrics);
  const refuse = (code: string, message: string, field: string): never => {
    throw new Refusal(code, message, field);
  };
  if (metrics.size < 1 || metrics.size > 6)
    refuse('TOO_MANY_METRICS', 'Ask for 1 to 6 metrics at a time.', 'metrics');
  if (groupBy.size > 3) refuse('TOO_MANY_DIMENSIONS', 'Ask for at most 3 dimensions at a time.', 'groupBy');
  if (typeof top === 'number' && groupBy.size === 0)
    refuse('INVALID_TOP', '`top` takes the largest of what `groupBy` parts: give a dimension.', 'top');
  if (typeof top === 'number' && (top < 1 || top > 100))
    refuse('INVALID_TOP', `\`top\` is ${top}: ask for 1 to 100.`, 'top');
  if (having && !metrics.has(having.metric))
    refuse('INVALID_HAVING', `Ask for ${having.metric} too: \`having\` looks at its value.`, 'having.metric');
  if (orderBy.startsWith('CHANGE') && !compareTo)
    refuse('INVALID_ORDER', `${orderBy} needs \`compareTo\`: there is no change without it.`, 'orderBy');
  for (const [at, id] of (filter?.services ?? []).entries()) keyOf('service', id, `filter.services.${at}`);
  checkPartnerFilter(filter?.partners, 'filter.partners');
  if (!compareTo) return;
  if (!period?.from || !period.to)
    refuse('PERIOD_MISSING', 'To compare, give the period both its ends: `period: { from, to }`.', 'period');
  if (compareTo === 'PREVIOUS_PERIOD' && !hasWholeSteps(args)) {
    const step = args.granularity?.toLowerCase();
    const message = `The steps of the period before meet those of this one only where it has whole ones: let it begin and end with a ${step}.`;
    refuse('INVALID_PERIOD', message, 'period');
  }
}

const MONTHS = { DAY: 0, MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Months from the year 0 to a day that begins one. */
function monthsTo(day: string): number | undefined {
  return day.endsWith('-01') ? Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 : undefined;
}

function hasWholeSteps({ period, granularity }: UsageMetricsArgs): boolean {
  if (!granularity || granularity === 'DAY') return true;
  const ends = [period?.from, period?.to].map((day) => monthsTo(day as string));
  return ends.every((months) => months !== undefined && months % MONTHS[granularity] === 0);
}

/** How far the earlier period lies back, and its ends. */
export function earlierOf({
  period,
  compareTo,
  granularity,
}: UsageMetricsArgs): (Span & { shift: Shift }) | undefined {
  if (!compareTo) return undefined;
  const [from, to] = [period?.from as string, period?.to as string];
  if (compareTo === 'SAME_PERIOD_LAST_YEAR') {
    const shift = { months: 12, days: 0 };
    return { from: moved(from, shift, -1), to: moved(to, shift, -1), shift };
  }
  const [first, end] = [monthsTo(from), monthsTo(to)];
  const shift =
    first !== undefined && end !== undefined && granularity !== 'DAY'
      ? { months: end - first, days: 0 }
      : { months: 0, days: (Date.parse(to) - Date.parse(from)) / 86_400_000 };
  return { from: moved(from, shift, -1), to: from, shift };
}

/** A day moved there or back; a 29th of February that a year has not is its first of March. */
export function moved(day: string, { months, days }: Shift, direction: 1 | -1): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + direction * months);
  date.setUTCDate(date.getUTCDate() + direction * days);
  return date.toISOString().slice(0, 10);
}

/** Which facts count. Throws NOT_FOUND and UNKNOWN_CODE. */
export function conditionOf(
  { filter }: Pick<UsageMetricsArgs, 'filter'>,
  scope: Scope | undefined,
  asked: Asked,
): (fact: Fact) => boolean {
  const services = filter?.services?.map((id, at) => keyOf('service', id, `filter.services.${at}`));
  if (services) mustExist(asked, 'shared_service', services, 'filter.services');
  const partners = new Set(
    partnersThatMeet(asked.db.all('partner'), filter?.partners, asked, 'filter.partners'),
  );
  const isAnybody = asksNothing(filter?.partners);
  return (fact) =>
    isInScope(fact, scope, asked) &&
    (fact.partner ? partners.has(fact.partner) : isAnybody) &&
    isIn(services, fact.service.id) &&
    isIn(filter?.serviceKinds, fact.service.kind) &&
    isIn(filter?.categories, fact.category);
}

function isInScope({ partner, service, day }: Fact, scope: Scope | undefined, asked: Asked): boolean {
  switch (scope?.of) {
    case 'partner':
      return partner === scope.record;
    case 'service':
      return service === scope.record;
    case 'federation':
      return federationsOf(partner, day, asked).includes(scope.record);
    case 'authority':
      return isLookedAtBy(scope.record, partner, service, `${day.slice(0, 7)}-01`, asked);
    default:
      return true;
  }
}

/** Whether an authority recognises a partner, or funds a service, on a day. */
function isLookedAtBy(
  authority: Row,
  partner: Row | undefined,
  service: Row,
  day: string,
  { db }: Asked,
): boolean {
  const recognises = db
    .where('recognition', 'authority_id', authority.id)
    .some((one) => one.partner_id === partner?.id && isWithin(day, one.valid_from, one.valid_until));
  const funds = db
    .where('funding', 'authority_id', authority.id)
    .some((one) => one.service_id === service.id && isWithin(day, one.period_from, one.period_until));
  return recognises || funds;
}
