import jstat from 'jstat';

/** Days with what was used in them: a month, or the time between two deliveries. */
export interface Point {
  /** 1 to 12: the month that it begins in. */
  calendarMonth: number;
  days: number;
  kwh: number;
  /** Degree days at each candidate base; none where days of them are missing. */
  degreeDays: readonly number[] | null;
}

/** Days of which a model says what would have been used. */
export type Conditions = Pick<Point, 'calendarMonth' | 'days' | 'degreeDays'>;

/** What a model says of some days together. */
export interface Prediction {
  kwh: number;
  /** Variance of that sum, from what is not known of the model alone. */
  modelVariance: number;
  /** Variance that the scatter of the days themselves adds. */
  scatterVariance: number;
}

/** A fitted model of consumption a day. */
export interface Fit {
  model: 'DEGREE_DAYS' | 'SAME_MONTH';
  /** Index of the base of the degree days, for a DEGREE_DAYS model. */
  base: number | null;
  /** kWh a day without heating. */
  baseLoad: number | null;
  /** kWh for each degree day. */
  slope: number | null;
  /** None where a model of one year follows each of its months. */
  rSquared: number | null;
  /** Root mean square error with n − p degrees of freedom, over the mean. */
  cvRmse: number;
  points: number;
  degreesOfFreedom: number;
  predict(days: readonly Conditions[]): Prediction;
}

/** Part of the variance below which the weather is said to explain nothing. */
export const EXPLAINS_NOTHING = 0.1;

/** Part of what is left over by which a better fit is better. */
const ALIKE = 1e-9;

/** Of a model by degree days: base load, slope and change point. */
const PARAMETERS = 3;

const sum = (values: readonly number[]): number => values.reduce((left, right) => left + right, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Scatter over the mean; of nothing that is used, or of more made than used, no model is good. */
const overMean = (variance: number, centre: number): number =>
  centre > 0 ? Math.sqrt(variance) / centre : Number.POSITIVE_INFINITY;

/**
 * Consumption a day = base load + slope × degree days a day, by ordinary least squares, at the base that leaves the
 * least; undefined where there are no degree days, or more of them go with less consumption.
 */
export function fitDegreeDays(points: readonly Point[]): Fit | undefined {
  const candidates = points[0]?.degreeDays?.length ?? 0;
  const y = points.map(({ kwh, days }) => kwh / days);
  let best: { base: number; x: number[]; baseLoad: number; slope: number; residual: number } | undefined;
  for (let base = 0; base < candidates; base += 1) {
    const x: number[] = [];
    for (const { degreeDays, days } of points) {
      const value = degreeDays?.[base];
      if (value === undefined) return undefined;
      x.push(value / days);
    }
    const spread = Math.max(...x) - Math.min(...x);
    if (points.length <= PARAMETERS || spread < 1e-9) continue;
    const { coef } = jstat.models.ols(
      y,
      x.map((value) => [1, value]),
    );
    const [baseLoad, slope] = coef as [number, number];
    const residual = sum(y.map((value, at) => (value - baseLoad - slope * (x[at] as number)) ** 2));
    // Beyond the warmest month all bases fit alike: the lowest of them is told.
    if (slope > 0 && (!best || residual < best.residual * (1 - ALIKE)))
      best = { base, x, baseLoad, slope, residual };
  }
  if (!best) return undefined;
  const { base, x, baseLoad, slope, residual } = best;
  const n = points.length;
  // Base load, slope and change point are taken from the data.
  const degreesOfFreedom = n - PARAMETERS;
  const total = sum(y.map((value) => (value - mean(y)) ** 2));
  const variance = residual / degreesOfFreedom;
  const centre = mean(x);
  const spreadOfX = sum(x.map((value) => (value - centre) ** 2));
  return {
    model: 'DEGREE_DAYS',
    base,
    baseLoad,
    slope,
    rSquared: total > 0 ? 1 - residual / total : 1,
    cvRmse: overMean(variance, mean(y)),
    points: n,
    degreesOfFreedom,
    predict(of) {
      const days = sum(of.map((one) => one.days));
      const heat = sum(of.map(({ degreeDays }) => degreeDays?.[base] ?? Number.NaN));
      return {
        kwh: baseLoad * days + slope * heat,
        modelVariance: variance * (days ** 2 / n + (heat - days * centre) ** 2 / spreadOfX),
        scatterVariance: variance * sum(of.map((one) => one.days ** 2)),
      };
    },
  };
}

/**
 * Consumption a day = the mean of the same calendar months. Of one year nothing is left over to tell the scatter by: it is
 * then taken about the year's mean, which is never smaller.
 */
export function fitSameMonth(points: readonly Point[]): Fit | undefined {
  const byMonth = new Map<number, number[]>();
  for (const { calendarMonth, kwh, days } of points) {
    const known = byMonth.get(calendarMonth);
    if (known) known.push(kwh / days);
    else byMonth.set(calendarMonth, [kwh / days]);
  }
  const y = points.map(({ kwh, days }) => kwh / days);
  const centre = mean(y);
  const total = sum(y.map((value) => (value - centre) ** 2));
  const isRepeated = points.length - byMonth.size >= byMonth.size;
  const residual = isRepeated
    ? sum([...byMonth.values()].flatMap((ofMonth) => ofMonth.map((value) => (value - mean(ofMonth)) ** 2)))
    : total;
  const degreesOfFreedom = points.length - (isRepeated ? byMonth.size : 1);
  if (degreesOfFreedom < 1) return undefined;
  const variance = residual / degreesOfFreedom;
  return {
    model: 'SAME_MONTH',
    base: null,
    baseLoad: null,
    slope: null,
    rSquared: isRepeated && total > 0 ? 1 - residual / total : null,
    cvRmse: overMean(variance, centre),
    points: points.length,
    degreesOfFreedom,
    predict(of) {
      const daysOfMonth = new Map<number, number>();
      for (const { calendarMonth, days } of of)
        daysOfMonth.set(calendarMonth, (daysOfMonth.get(calendarMonth) ?? 0) + days);
      const months = [...daysOfMonth].map(([month, days]) => ({ days, of: byMonth.get(month) ?? [] }));
      return {
        kwh: sum(months.map(({ days, of: known }) => days * mean(known))),
        modelVariance: variance * sum(months.map(({ days, of: known }) => days ** 2 / known.length)),
        scatterVariance: variance * sum(of.map((one) => one.days ** 2)),
      };
    },
  };
}

/** The model of some points: by degree days, or by the same months where the weather explains nothing. */
export function modelOf(points: readonly Point[]): Fit | undefined {
  const byWeather = fitDegreeDays(points);
  if (byWeather && (byWeather.rSquared ?? 0) >= EXPLAINS_NOTHING) return byWeather;
  return fitSameMonth(points);
}

/** Half of the 95 % interval of a value with such a variance (Student's t). */
export function halfInterval(variance: number, degreesOfFreedom: number): number {
  return jstat.studentt.inv(0.975, degreesOfFreedom) * Math.sqrt(variance);
}
