import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { degreeDayRule, stationRule } from './energy.policy.ts';

export const WeatherStationSchema = defineEntity({
  name: 'WeatherStation',
  tableName: 'weather_station',
  ...rowSecurity('weather_station', stationRule),
  properties: {
    id: id(),
    /** What it is known by, such as `UCCLE`. */
    code: p.string().length(40).unique(),
    name: p.string().length(120),
    /** Who publishes the degree days. */
    source: p.text(),
    /** First day of the years whose mean is the normal year; none where there is no normal year. */
    normalFrom: p.date().nullable(),
    /** First day after them. */
    normalUntil: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  checks: [
    { name: 'weather_station_code', expression: `code ~ '^[A-Z0-9_]+$'` },
    {
      name: 'weather_station_normal',
      expression: `case when normal_from is null then normal_until is null else normal_until > normal_from and extract(doy from normal_from) = 1 and extract(doy from normal_until) = 1 end`,
    },
  ],
});
/** A place where the weather is measured (station météo, weerstation). */
export class WeatherStation extends WeatherStationSchema.class {}
WeatherStationSchema.setClass(WeatherStation);

export const DegreeDaySchema = defineEntity({
  name: 'DegreeDay',
  tableName: 'degree_day',
  ...rowSecurity('degree_day', degreeDayRule),
  properties: {
    station: () => p.manyToOne(WeatherStation).primary(),
    day: p.date().primary(),
    /** Outdoor temperature in °C from which no heating is needed: those of a lower base follow from it. */
    base: p.decimal('string').precision(4).scale(1).primary(),
    /** Heating degree days of the day: the base less the day's mean temperature, where that is lower; else 0. */
    degreeDays: p.decimal('string').precision(7).scale(3),
  },
  checks: [
    { name: 'degree_day_base', expression: 'base > 0 and base <= 30' },
    { name: 'degree_day_value', expression: 'degree_days >= 0 and degree_days <= 100' },
  ],
});
/** Heating degree days of a day at a station (degrés-jours, graaddagen). */
export class DegreeDay extends DegreeDaySchema.class {}
DegreeDaySchema.setClass(DegreeDay);
