import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import { nextMonth } from '../src/services/energy/analysis/months.ts';
import {
  EnergyCarrier,
  Meter,
  MeterBuilding,
  MeterReading,
  MeterUnit,
  ReadingQuality,
} from '../src/services/energy/meter.entity.ts';
import { at, daysBetween, plusDays } from './calendar.ts';
import type { Demonstration, DemoService } from './demonstration.ts';
import type { DemoBuilding } from './energy-advice.ts';
import { STATION } from './energy-weather.ts';
import { Random } from './random.ts';

/** Months that are read: the first one, and the first one no more. */
export const READ = { from: '2021-01-01', until: '2026-06-01' };

/** A meter of the demonstration, and what it counted by month. */
export interface DemoMeter {
  id: string;
  carrier: EnergyCarrier;
  building: DemoBuilding;
  months: ReadonlyMap<string, number>;
}

/** When a month begins in Belgium: summer time holds on the first day of April to October. */
function beginOf(month: string): Date {
  const isSummer = /-(0[4-9]|10)-/.test(month);
  return new Date(Date.parse(month) - (isSummer ? 2 : 1) * 3_600_000);
}

/** Writes gas and electricity meters with a reading a month. */
export class MeterWriter {
  private readonly random = new Random('energy meters');

  constructor(
    private readonly demonstration: Demonstration,
    private readonly service: DemoService,
    private readonly weather: ReadonlyMap<string, number>,
  ) {}

  /** Gas for heating: less of it from a day on, by a part that may be negative. */
  gas(building: DemoBuilding, from: string, saved: number): DemoMeter {
    const { random } = this;
    const slope = 0.052 * building.floorArea * random.skewed(0.2);
    const base = 0.03 * building.floorArea * random.skewed(0.3);
    return this.meter(building, EnergyCarrier.GAS, (month, days) => {
      let heat = 0;
      for (let day = month; day < nextMonth(month); day = plusDays(day, 1))
        heat += slope * (this.weather.get(day) ?? 0);
      return (base * days + heat) * (month >= from ? 1 - saved : 1) * this.noise(0.035);
    });
  }

  /** Electricity: about the same every month. */
  electricity(building: DemoBuilding): DemoMeter {
    const daily = 0.095 * building.floorArea * this.random.skewed(0.3);
    return this.meter(building, EnergyCarrier.ELECTRICITY, (_, days) => daily * days * this.noise(0.05));
  }

  /** A meter of one building that serves another one too. */
  share(meter: DemoMeter, { id, enrolment: { partner } }: DemoBuilding): void {
    this.connect(meter.id, meter.building, partner.id, id);
  }

  private noise(spread: number): number {
    return 1 + spread * (this.random.next() + this.random.next() + this.random.next() - 1.5);
  }

  private meter(
    building: DemoBuilding,
    carrier: EnergyCarrier,
    quantityOf: (month: string, days: number) => number,
  ): DemoMeter {
    const { partner } = building.enrolment;
    const reference = `${carrier}-${partner.slug}`.slice(0, 60);
    const id = stableId(`meter:${this.service.slug}:${reference}`);
    this.demonstration.add(Meter, {
      partner: partner.id,
      id,
      service: this.service.id,
      reference,
      carrier,
      unit: MeterUnit.KWH,
      station: STATION,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(READ.from, 70),
    });
    this.connect(id, building, partner.id, building.id);
    const months = new Map<string, number>();
    for (let month = READ.from; month < READ.until; month = nextMonth(month)) {
      const next = nextMonth(month);
      const quantity = Math.round(quantityOf(month, daysBetween(month, next)));
      months.set(month, quantity);
      this.demonstration.add(MeterReading, {
        partner: partner.id,
        meterId: id,
        startsAt: beginOf(month),
        endsAt: beginOf(next),
        quantity: String(quantity),
        quality: this.random.chance(0.03) ? ReadingQuality.ESTIMATED : ReadingQuality.MEASURED,
        recordedAt: at(next, 30),
      });
    }
    return { id, carrier, building, months };
  }

  private connect(meter: string, of: DemoBuilding, buildingPartner: string, building: string): void {
    const { partner } = of.enrolment;
    this.demonstration.add(MeterBuilding, {
      partner: partner.id,
      id: stableId(`connection:${meter}:${building}`),
      service: this.service.id,
      meter: [partner.id, meter],
      buildingPartner,
      building: [buildingPartner, building],
      provenance: Provenance.SYNTHETIC,
    });
  }
}
