/** What amounts are made of: a line's quantity (3 decimals), its unit price without VAT (4) and its rate in percent (2). */
export interface PricedLine {
  quantity: string;
  unitPrice: string;
  vatRate: string;
}

/** Totals of an order in euro, each to the cent. */
export interface Totals {
  exclVat: string;
  vat: string;
  inclVat: string;
}

const DECIMALS = { units: 3, price: 4, rate: 2, money: 2 } as const;

/**
 * A decimal text as a whole number of its smallest part: `scaled("12.5", 2)` is `1250n`.
 * @throws RangeError for what is no decimal, or has more decimals
 */
export function scaled(text: string, decimals: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*?)0*)?$/.exec(text);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > decimals)
    throw new RangeError(`${text} has more than ${decimals} decimals`);
  const digits = BigInt(`${match[2]}${fraction.padEnd(decimals, '0')}`);
  return match[1] ? -digits : digits;
}

/** The other way round: `unscaled(1250n, 2)` is `"12.50"`. */
export function unscaled(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
  return value < 0n ? `-${text}` : text;
}

/** A quotient of numbers that are not negative, its half rounded up. */
function halfUp(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

/** Quantity × unit price, without VAT, rounded half up to the cent. */
export function lineAmount({ quantity, unitPrice }: Omit<PricedLine, 'vatRate'>): string {
  const product = scaled(quantity, DECIMALS.units) * scaled(unitPrice, DECIMALS.price);
  const beyondCents = BigInt(10 ** (DECIMALS.units + DECIMALS.price - DECIMALS.money));
  return unscaled(halfUp(product, beyondCents), DECIMALS.money);
}

/**
 * What lines come to: without VAT the sum of the lines; VAT for each rate on the sum of its lines, rounded half up to
 * the cent, and summed. The three always add up.
 */
export function totalsOf(lines: readonly PricedLine[]): Totals {
  const byRate = new Map<bigint, bigint>();
  for (const line of lines) {
    const rate = scaled(line.vatRate, DECIMALS.rate);
    byRate.set(rate, (byRate.get(rate) ?? 0n) + scaled(lineAmount(line), DECIMALS.money));
  }
  let exclVat = 0n;
  let vat = 0n;
  for (const [rate, amount] of byRate) {
    exclVat += amount;
    // Hundredths of a percent: of 10,000 there are in one.
    vat += halfUp(amount * rate, 10_000n);
  }
  const text = (amount: bigint): string => unscaled(amount, DECIMALS.money);
  return { exclVat: text(exclVat), vat: text(vat), inclVat: text(exclVat + vat) };
}

/** Whether one amount is more than another. */
export function isMore(one: string, other: string): boolean {
  return scaled(one, DECIMALS.money) > scaled(other, DECIMALS.money);
}

/** Whether a quantity is some, and a multiple of a product's sale unit. */
export function isInSaleUnits(quantity: string, saleUnit: string): boolean {
  const units = scaled(quantity, DECIMALS.units);
  return units > 0n && units % scaled(saleUnit, DECIMALS.units) === 0n;
}

/** Sum of two quantities of units. */
export function plusUnits(one: string, other: string): string {
  return unscaled(scaled(one, DECIMALS.units) + scaled(other, DECIMALS.units), DECIMALS.units);
}

/** Whether a quantity of units is at least another. */
export function isEnough(units: string, least: string): boolean {
  return scaled(units, DECIMALS.units) >= scaled(least, DECIMALS.units);
}

/** Difference of two amounts. */
export function minus(one: string, other: string): string {
  return unscaled(scaled(one, DECIMALS.money) - scaled(other, DECIMALS.money), DECIMALS.money);
}
