/** Calendar and exact numbers for the recount, apart from the hub's own. */
export type Step = 'DAY' | 'MONTH' | 'QUARTER' | 'YEAR';

export function steps(from: string, to: string, granularity: Step): { start: string; end: string }[] {
  const all: { start: string; end: string }[] = [];
  for (let start = startOf(from, granularity); start < to; start = next(start, granularity)) {
    all.push({ start, end: next(start, granularity) });
  }
  return all;
}

export function startOf(day: string, granularity: Step): string {
  const quarter = String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0');
  const starts = { DAY: day, MONTH: `${day.slice(0, 7)}-01`, QUARTER: `${day.slice(0, 4)}-${quarter}-01` };
  return granularity === 'YEAR' ? `${day.slice(0, 4)}-01-01` : starts[granularity];
}

export function next(day: string, granularity: Step): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (granularity === 'DAY') date.setUTCDate(date.getUTCDate() + 1);
  else date.setUTCMonth(date.getUTCMonth() + { MONTH: 1, QUARTER: 3, YEAR: 12 }[granularity]);
  return date.toISOString().slice(0, 10);
}

export function before(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** Millionths as an exact decimal without trailing zeros. */
export function decimal(millionths: bigint): string {
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${millionths < 0n ? '-' : ''}${digits.slice(0, -6)}${fraction ? `.${fraction}` : ''}`;
}

/** One, in the fine grain in which the recount keeps amounts: what is divided is as good as exact. */
export const ONE = 10n ** 18n;

/** One amount over another; null over nothing. */
export function ratio(above: bigint, below: bigint): bigint | null {
  return below === 0n ? null : (above * ONE) / below;
}

/** An amount in millionths, half of one away from zero. */
export function rounded(amount: bigint): bigint {
  const grain = ONE / 1_000_000n;
  return (amount + (amount < 0n ? -grain / 2n : grain / 2n)) / grain;
}

/** An amount as an answer shows it. */
export function shown(amount: bigint): string {
  return decimal(rounded(amount));
}
