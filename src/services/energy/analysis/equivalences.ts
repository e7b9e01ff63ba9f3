import { FactorKind } from '../factor.entity.ts';

/** A factor, as it is computed with. */
export interface Factor {
  id: string;
  kind: FactorKind;
  carrier: string | null;
  unit: string | null;
  value: string;
  basis: string;
  source: string;
  validFrom: string;
  validUntil: string | null;
}

/** An amount of energy of a month. */
export interface Amount {
  /** First day of the month. */
  month: string;
  kwh: number;
}

/** What energy comes to; null where no factor holds in one of the months. */
export interface Equivalences {
  co2Kg: number | null;
  oilLitres: number | null;
  costEur: number | null;
  /** Keys of the factors that were used, each once. */
  factors: string[];
}

/** The factor of a kind that holds on a day: one of the carrier alone before one of all carriers. */
export function factorOn(
  factors: readonly Factor[],
  of: { kind: FactorKind; carrier: string; unit?: string; day: string },
): Factor | undefined {
  const holds = factors.filter(
    ({ kind, carrier, unit, validFrom, validUntil }) =>
      kind === of.kind &&
      (carrier === null || carrier === of.carrier) &&
      (unit === null || unit === of.unit) &&
      validFrom <= of.day &&
      (validUntil === null || of.day < validUntil),
  );
  return holds.find(({ carrier }) => carrier !== null) ?? holds[0];
}

/** What energy comes to in CO₂, as litres of oil and in money, each month by the factors that hold on its first day. */
export function equivalencesOf(
  amounts: readonly Amount[],
  carrier: string,
  factors: readonly Factor[],
): Equivalences {
  const used = new Set<string>();
  const add = (worth: (amount: Amount) => [number, ...Factor[]] | undefined): number | null => {
    const parts = amounts.map(worth);
    if (parts.some((part) => part === undefined)) return null;
    return parts.reduce((total, part) => {
      const [value, ...of] = part as [number, ...Factor[]];
      for (const { id } of of) used.add(id);
      return total + value;
    }, 0);
  };
  const on = (kind: FactorKind, day: string): Factor | undefined => factorOn(factors, { kind, carrier, day });
  const co2Kg = add(({ month, kwh }) => {
    const emission = on(FactorKind.EMISSION, month);
    return emission && [kwh * Number(emission.value), emission];
  });
  const oilLitres = add(({ month, kwh }) => {
    const emission = on(FactorKind.EMISSION, month);
    const oil = on(FactorKind.OIL_EQUIVALENCE, month);
    return emission && oil && [(kwh * Number(emission.value)) / Number(oil.value), emission, oil];
  });
  const costEur = add(({ month, kwh }) => {
    const price = on(FactorKind.PRICE, month);
    return price && [kwh * Number(price.value), price];
  });
  return { co2Kg, oilLitres, costEur, factors: [...used].sort() };
}
