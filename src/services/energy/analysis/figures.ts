import { SavingsReason } from '../savings.entity.ts';
import type { MeterData } from './analysis-data.service.ts';
import { equivalencesOf } from './equivalences.ts';
import { normalisedSavings, type Sufficiency, savingsOf } from './savings.ts';

/** The numbers of a result, exact to six decimals, as they are stored and told. */
export interface Figures {
  reason: SavingsReason | null;
  model: string | null;
  changePoint: string | null;
  baseLoad: string | null;
  slope: string | null;
  rSquared: string | null;
  cvRmse: string | null;
  points: number | null;
  adjustedBaselineKwh: string | null;
  measuredKwh: string | null;
  estimatedKwh: string | null;
  avoidedKwh: string | null;
  uncertaintyKwh: string | null;
  normalisedReason: SavingsReason | null;
  normalisedKwh: string | null;
  normalisedUncertaintyKwh: string | null;
  co2Kg: string | null;
  oilLitres: string | null;
  costEur: string | null;
  /** Keys of the factors that were used. */
  factors: readonly string[];
}

const DECIMALS = 6;
/** Largest CV(RMSE) that is told as a number. */
const LARGEST = 99_999;

const text = (value: number | null | undefined, decimals = DECIMALS): string | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : value.toFixed(decimals);

/** What a meter says was saved, by whatever models suffice. */
export function figuresOf(data: MeterData, terms: Sufficiency): Figures {
  const { baseline, reporting, normalYear, carrier, factors, reportingMonths, bases } = data;
  const savings = savingsOf(baseline, reporting, terms);
  const { fit } = savings;
  const normalised = normalisedSavings(baseline, reporting, normalYear, terms);
  const isNumber = savings.reason === null;
  const amounts = isNumber
    ? reporting.months.map((month, at) => ({
        month: reportingMonths[at] as string,
        kwh: (fit?.predict([month]).kwh ?? 0) - month.kwh,
      }))
    : [];
  const worth = isNumber
    ? equivalencesOf(amounts, carrier, factors)
    : { co2Kg: null, oilLitres: null, costEur: null, factors: [] };
  const adjusted = text(savings.adjustedBaselineKwh);
  const measured = text(savings.measuredKwh);
  return {
    reason: savings.reason,
    model: fit?.model ?? null,
    changePoint: fit?.base === null || fit === null ? null : (bases[fit.base] ?? null),
    baseLoad: text(fit?.baseLoad, 9),
    slope: text(fit?.slope, 9),
    rSquared: text(fit?.rSquared),
    cvRmse: text(fit && Math.min(fit.cvRmse, LARGEST)),
    points: fit?.points ?? null,
    adjustedBaselineKwh: adjusted,
    measuredKwh: measured,
    estimatedKwh: text(savings.estimatedKwh),
    avoidedKwh: adjusted && measured && difference(adjusted, measured),
    uncertaintyKwh: text(savings.uncertaintyKwh),
    normalisedReason: normalised.reason,
    normalisedKwh: text(normalised.kwh),
    normalisedUncertaintyKwh: text(normalised.uncertaintyKwh),
    co2Kg: text(worth.co2Kg),
    oilLitres: text(worth.oilLitres),
    costEur: text(worth.costEur),
    factors: [...new Set([...worth.factors, ...(isNumber ? data.conversions : [])])].sort(),
  };
}

/** The exact difference of two numbers with six decimals: what is told adds up. */
function difference(a: string, b: string): string {
  const micro = BigInt(a.replace('.', '')) - BigInt(b.replace('.', ''));
  const digits = (micro < 0n ? -micro : micro).toString().padStart(DECIMALS + 1, '0');
  return `${micro < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}
