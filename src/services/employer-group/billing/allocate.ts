/** Part that somebody has in an amount. */
export interface Weight {
  /** Who: it settles who gets a cent that is left over. */
  readonly key: string;
  /** Any unit, the same for all; not negative. */
  readonly weight: bigint;
}

/**
 * Shares an amount of cents in proportion to weights, to the cent: each gets its part rounded towards zero, and the cents
 * that are left go one by one to those with the largest remainders (Hamilton's method); of equal ones, to the lower key.
 * So the parts come to the amount, none has another sign, and the sequence of the weights does not matter.
 * @throws RangeError where nobody has a weight, or one is negative
 */
export function allocate(amount: bigint, weights: readonly Weight[]): Map<string, bigint> {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0n);
  if (total <= 0n || weights.some(({ weight }) => weight < 0n)) {
    throw new RangeError('An amount is shared among weights that are not negative, and not all zero');
  }
  const sign = amount < 0n ? -1n : 1n;
  const size = amount * sign;
  const parts = weights.map(({ key, weight }) => ({
    key,
    part: (size * weight) / total,
    left: (size * weight) % total,
  }));
  const given = parts.reduce((sum, { part }) => sum + part, 0n);
  const next = parts
    .filter(({ left }) => left > 0n)
    .sort((a, b) => (a.left === b.left ? (a.key < b.key ? -1 : 1) : a.left > b.left ? -1 : 1));
  for (const one of next.slice(0, Number(size - given))) one.part += 1n;
  return new Map(parts.map(({ key, part }) => [key, part * sign]));
}

/** Cents of an exact amount such as `12.5`. */
export function centsOf(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const cents = BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'));
  return amount.startsWith('-') ? -cents : cents;
}

/** An exact amount of cents, with two decimals. */
export function amountOf(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The same without zeros that say nothing, as the hub tells its numbers: `12.5`. */
export function shortAmountOf(cents: bigint): string {
  return amountOf(cents).replace(/\.?0+$/, '');
}

/** VAT of an amount of cents at a rate in per cent such as `21.00`, rounded to the cent, halves away from zero. */
export function vatOf(net: bigint, rate: string): bigint {
  const size = (net < 0n ? -net : net) * centsOf(rate);
  const vat = (size + 5_000n) / 10_000n;
  return net < 0n ? -vat : vat;
}
