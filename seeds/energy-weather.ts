import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import { DegreeDay, WeatherStation } from '../src/services/energy/climate.entity.ts';
import { at, LAST_DAY, plusDays } from './calendar.ts';
import type { Demonstration } from './demonstration.ts';
import { Random } from './random.ts';

/** Base of the degree days in °C: the one that the Belgian gas sector publishes them at. */
export const BASE = 16.5;
const FROM = '2016-01-01';
/** The complete years, whose mean is the normal year. */
const NORMAL = { from: FROM, until: '2026-01-01' };
export const STATION = stableId('weather station:demonstration');

/** Heating degree days by day at {@link BASE}: a year's course with spells of warm and cold, made up. */
export function seedWeather(demonstration: Demonstration): ReadonlyMap<string, number> {
  demonstration.add(WeatherStation, {
    id: STATION,
    code: 'DEMONSTRATION',
    name: 'Bruxelles · Brussel',
    source: 'Made up for the demonstration: no weather of any day',
    normalFrom: NORMAL.from,
    normalUntil: NORMAL.until,
    provenance: Provenance.SYNTHETIC,
    createdAt: at('2018-01-01'),
  });
  const random = new Random('weather');
  const days = new Map<string, number>();
  let spell = 0;
  for (let day = FROM; day <= LAST_DAY; day = plusDays(day, 1)) {
    spell = 0.8 * spell + 3.6 * (random.next() - 0.5);
    const ofYear = (Date.parse(day) - Date.parse(`${day.slice(0, 4)}-01-01`)) / 86_400_000;
    const mean = 10.9 - 7.6 * Math.cos((2 * Math.PI * (ofYear - 18)) / 365.25) + spell;
    const degreeDays = Math.max(0, BASE - mean);
    days.set(day, Number(degreeDays.toFixed(1)));
    demonstration.add(DegreeDay, {
      station: STATION,
      day,
      base: BASE.toFixed(1),
      degreeDays: degreeDays.toFixed(1),
    });
  }
  return days;
}
