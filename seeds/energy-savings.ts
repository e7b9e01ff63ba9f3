import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import type { Factor } from '../src/services/energy/analysis/equivalences.ts';
import { figuresOf } from '../src/services/energy/analysis/figures.ts';
import { daysOf, type Months, monthsIn, nextMonth } from '../src/services/energy/analysis/months.ts';
import type { Conditions } from '../src/services/energy/analysis/regression.ts';
import { type Period, USUAL } from '../src/services/energy/analysis/savings.ts';
import { FactorKind } from '../src/services/energy/factor.entity.ts';
import { SavingsResult } from '../src/services/energy/savings.entity.ts';
import { at, plusDays } from './calendar.ts';
import type { Demonstration, DemoService } from './demonstration.ts';
import { FACTORS, factorId } from './energy-factors.ts';
import type { DemoMeter } from './energy-meters.ts';
import { BASE } from './energy-weather.ts';

const BASELINE: Months = { from: '2021-01-01', until: '2022-01-01' };
const REPORTING: readonly Months[] = [
  { from: '2023-01-01', until: '2024-01-01' },
  { from: '2024-01-01', until: '2025-01-01' },
  { from: '2025-01-01', until: '2026-01-01' },
];
const NORMAL: Months = { from: '2016-01-01', until: '2026-01-01' };
const BASES = Array.from({ length: (BASE - 10) / 0.5 + 1 }, (_, step) => 10 + step * 0.5);

type MonthOfWeather = Conditions & { degreeDays: readonly number[] };

/** Works out what meters saved as the hub does, and writes it down as its staff would have, each January. */
export class SavingsWriter {
  private readonly months = new Map<string, MonthOfWeather>();
  private readonly factors: readonly Factor[];
  private readonly normalYear: readonly Conditions[];

  constructor(
    private readonly demonstration: Demonstration,
    private readonly service: DemoService,
    private readonly weather: ReadonlyMap<string, number>,
  ) {
    const factor = (kind: FactorKind, value: number): Factor => ({
      id: factorId(service, kind),
      kind,
      carrier: null,
      unit: null,
      value: String(value),
      basis: '',
      source: '',
      validFrom: '2018-01-01',
      validUntil: null,
    });
    this.factors = [
      factor(FactorKind.EMISSION, FACTORS.co2KgPerKwh),
      factor(FactorKind.PRICE, FACTORS.eurPerKwh),
      factor(FactorKind.OIL_EQUIVALENCE, FACTORS.co2KgPerLitre),
    ];
    const months = monthsIn(NORMAL).map((month) => this.conditions(month));
    this.normalYear = [...Map.groupBy(months, ({ calendarMonth }) => calendarMonth)].map(
      ([calendarMonth, alike]) => ({
        calendarMonth,
        days: mean(alike.map(({ days }) => days)),
        degreeDays: BASES.map((_, base) => mean(alike.map(({ degreeDays }) => degreeDays[base] as number))),
      }),
    );
  }

  record({ id, carrier, building, months }: DemoMeter): void {
    const { partner } = building.enrolment;
    for (const reporting of REPORTING) {
      const { factors, ...figures } = figuresOf(
        {
          partner: partner.id,
          meter: id,
          service: this.service.id,
          carrier,
          provenance: Provenance.SYNTHETIC,
          factors: this.factors,
          bases: BASES.map((base) => base.toFixed(1)),
          normalYear: this.normalYear,
          baseline: this.period(BASELINE, months),
          reporting: this.period(reporting, months),
          conversions: [],
          reportingMonths: monthsIn(reporting),
        },
        USUAL,
      );
      this.demonstration.add(SavingsResult, {
        partner: partner.id,
        id: stableId(`savings:${id}:${reporting.from}`),
        service: this.service.id,
        meter: [partner.id, id],
        baselineFrom: BASELINE.from,
        baselineUntil: BASELINE.until,
        reportingFrom: reporting.from,
        reportingUntil: reporting.until,
        ...figures,
        model: figures.model as never,
        factors: [...factors],
        provenance: Provenance.SYNTHETIC,
        recordedAt: at(plusDays(reporting.until, 20)),
      });
    }
  }

  private period(of: Months, kwh: ReadonlyMap<string, number>): Period {
    const months = monthsIn(of).map((month) => ({
      ...this.conditions(month),
      kwh: kwh.get(month) as number,
      coverage: 1,
      estimatedKwh: 0,
      isConverted: true,
    }));
    return { length: months.length, months };
  }

  /** The weather of a month, which every meter of it has: worked out once. */
  private conditions(month: string): MonthOfWeather {
    let known = this.months.get(month);
    if (!known) {
      known = this.weatherOf(month);
      this.months.set(month, known);
    }
    return known;
  }

  private weatherOf(month: string): MonthOfWeather {
    const days: number[] = [];
    for (let day = month; day < nextMonth(month); day = plusDays(day, 1))
      days.push(this.weather.get(day) ?? 0);
    return {
      calendarMonth: Number(month.slice(5, 7)),
      days: daysOf(month),
      degreeDays: BASES.map((base) =>
        days.reduce((sum, degreeDays) => sum + Math.max(0, degreeDays - (BASE - base)), 0),
      ),
    };
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((left, right) => left + right, 0) / values.length;
