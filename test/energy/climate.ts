import { save, send } from '../partners/records.ts';
import type { EnergyWorld } from './world.ts';

/** Days from one up to, not including, another. */
export function daysIn(from: string, until: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(until); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** First days of months from one up to, not including, another. */
export function monthsIn(from: string, until: string): string[] {
  return daysIn(from, until).filter((day) => day.endsWith('-01'));
}

/** When a day begins in Belgium; the clock changes on the last Sundays of March and October. */
export function instantOf(day: string): string {
  const change = (month: number): number => {
    const last = new Date(Date.UTC(Number(day.slice(0, 4)), month, 0));
    return Date.UTC(Number(day.slice(0, 4)), month - 1, last.getUTCDate() - last.getUTCDay());
  };
  const at = Date.parse(day);
  return new Date(at - (at > change(3) && at <= change(10) ? 2 : 1) * 3_600_000).toISOString();
}

/** A temperature for a day: a year's course with a wobble, the same in each run. */
export function temperatureOf(day: string): number {
  const at = Date.parse(day) / 86_400_000;
  return (
    10.5 - 8 * Math.cos((2 * Math.PI * (at - 15)) / 365.25) + 2.5 * Math.sin(at / 9) + 1.5 * Math.sin(at / 41)
  );
}

/** Stores degree days of the world's station by the temperatures of days. */
export async function saveWeather(
  world: EnergyWorld,
  [from, until]: [string, string],
  { base = 18, temperature = temperatureOf }: { base?: number; temperature?: (day: string) => number } = {},
): Promise<void> {
  const days = daysIn(from, until).map((day) => ({
    day,
    degreeDays: Math.max(0, base - temperature(day)).toFixed(3),
  }));
  for (let at = 0; at < days.length; at += 5000)
    await save(world.hub, 'saveDegreeDays', {
      station: 'UCCLE',
      base: base.toFixed(1),
      days: days.slice(at, at + 5000),
    });
}

/** Sends a reading for each month of meters. */
export async function sendMonths(
  world: EnergyWorld,
  meters: readonly { id: string }[],
  months: readonly string[],
  quantityOf: (month: string, meter: number) => number,
  more: object = {},
): Promise<void> {
  const readings = meters.flatMap(({ id }, index) =>
    months.map((month) => ({
      meter: id,
      from: instantOf(month),
      until: instantOf(nextMonth(month)),
      quantity: quantityOf(month, index).toFixed(6),
      ...more,
    })),
  );
  for (let at = 0; at < readings.length; at += 5000) {
    const { rejectedCount, results } = await send(world.hub, 'importMeterReadings', {
      readings: readings.slice(at, at + 5000),
    });
    if (rejectedCount > 0)
      throw new Error(JSON.stringify(results.find((one: { error: unknown }) => one.error)));
  }
}

export function nextMonth(month: string): string {
  return `${new Date(Date.parse(month) + 32 * 86_400_000).toISOString().slice(0, 8)}01`;
}
