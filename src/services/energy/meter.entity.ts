import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, quantity, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { Building } from './building.entity.ts';
import { WeatherStation } from './climate.entity.ts';
import { connectionRule, meterRule, monthRule, readingRule, replacedReadingRule } from './energy.policy.ts';

/** What energy comes as. */
export enum EnergyCarrier {
  ELECTRICITY = 'ELECTRICITY',
  /** Natural gas; its kWh are on gross calorific value, as Belgian suppliers invoice them. */
  GAS = 'GAS',
  HEATING_OIL = 'HEATING_OIL',
  DISTRICT_HEAT = 'DISTRICT_HEAT',
  WOOD = 'WOOD',
  /** Electricity made on site: never added to what is bought. */
  SOLAR = 'SOLAR',
}

/** Unit that a meter counts in. */
export enum MeterUnit {
  KWH = 'KWH',
  M3 = 'M3',
  LITRE = 'LITRE',
  KG = 'KG',
}

/** How sure a reading is. */
export enum ReadingQuality {
  MEASURED = 'MEASURED',
  ESTIMATED = 'ESTIMATED',
  /** It took the place of earlier ones, which are kept. */
  CORRECTED = 'CORRECTED',
}

/** A reference to a meter of the same partner. */
const ofMeter = () =>
  p
    .manyToOne(Meter)
    .joinColumns('partner_id', 'meter_id')
    .ownColumns('meter_id')
    .deleteRule('no action')
    .updateRule('no action');

export const MeterSchema = defineEntity({
  name: 'Meter',
  tableName: 'meter',
  ...rowSecurity('meter', meterRule),
  properties: {
    /** Who has the contract; the buildings may be others' too. */
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** What it is known by: the point of supply and not the device, which may be replaced. */
    reference: p.string().length(60),
    carrier: p.enum(() => EnergyCarrier),
    unit: p.enum(() => MeterUnit),
    /** Whether its readings are deliveries into a tank, which say when it was filled and not when it was used. */
    isTank: p.boolean().default(false),
    /** Digits before the decimal point of its index, after which it begins again at zero; none where that is not known. */
    indexDigits: p.smallint().nullable(),
    /** Whose degree days explain its consumption. */
    station: () => p.manyToOne(WeatherStation).nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  uniques: [{ name: 'meter_reference_unique', properties: ['partner', 'service', 'reference'] }],
  indexes: [{ properties: ['id'] }, { properties: ['service', 'reference', 'id'] }],
  checks: [
    { name: 'meter_reference', expression: `reference ~ '^[!-~]+$'` },
    {
      name: 'meter_unit',
      expression: `case carrier when 'GAS' then unit in ('KWH', 'M3') when 'HEATING_OIL' then unit = 'LITRE' when 'WOOD' then unit = 'KG' else unit = 'KWH' end`,
    },
    { name: 'meter_tank', expression: `not is_tank or carrier in ('HEATING_OIL', 'WOOD')` },
    { name: 'meter_index_digits', expression: 'index_digits >= 3 and index_digits <= 12' },
  ],
});
/** A point at which energy is counted (compteur, meter). */
export class Meter extends MeterSchema.class {}
MeterSchema.setClass(Meter);

export const MeterBuildingSchema = defineEntity({
  name: 'MeterBuilding',
  tableName: 'meter_building',
  ...rowSecurity('meter_building', connectionRule),
  properties: {
    /** The meter's. */
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    meter: ofMeter,
    buildingPartner: () => p.manyToOne(Partner),
    building: () =>
      p
        .manyToOne(Building)
        .joinColumns('building_partner_id', 'building_id')
        .ownColumns('building_id')
        .deleteRule('no action')
        .updateRule('no action'),
    provenance: provenance(),
  },
  uniques: [{ name: 'meter_building_unique', properties: ['partner', 'meter', 'building'] }],
  indexes: [{ properties: ['id'] }, { properties: ['building'] }, { properties: ['buildingPartner'] }],
});
/** That a meter counts what a building uses. */
export class MeterBuilding extends MeterBuildingSchema.class {}
MeterBuildingSchema.setClass(MeterBuilding);

export const MeterReadingSchema = defineEntity({
  name: 'MeterReading',
  tableName: 'meter_reading',
  ...rowSecurity('meter_reading', readingRule),
  properties: {
    // The statement's trigger looks for the meter once, where a foreign key would for every one of its rows.
    partner: () => p.manyToOne(Partner).primary().createForeignKeyConstraint(false),
    meterId: p.uuid().primary(),
    startsAt: p.datetime(3).primary(),
    /** First instant after it. */
    endsAt: p.datetime(3),
    /** What was used in between, in the meter's unit; what was filled up, for a tank. */
    quantity: quantity(),
    quality: p.enum(() => ReadingQuality).default(ReadingQuality.MEASURED),
    recordedAt: recordedAt(),
  },
  checks: [{ name: 'meter_reading_interval', expression: 'ends_at > starts_at' }],
});
/**
 * What a meter counted in an interval `[startsAt, endsAt)`. Those of one meter never overlap: a trigger sees to it, at a
 * fifth of the price of an exclusion constraint.
 */
export class MeterReading extends MeterReadingSchema.class {}
MeterReadingSchema.setClass(MeterReading);

export const ReplacedReadingSchema = defineEntity({
  name: 'ReplacedReading',
  tableName: 'replaced_reading',
  ...rowSecurity('replaced_reading', replacedReadingRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    meter: ofMeter,
    startsAt: p.datetime(3),
    endsAt: p.datetime(3),
    quantity: quantity(),
    quality: p.enum(() => ReadingQuality),
    recordedAt: p.datetime(3),
    /** When a correction took its place. */
    replacedAt: p.datetime(3),
  },
  indexes: [{ properties: ['id'] }, { properties: ['meter', 'startsAt', 'id'] }],
});
/** A reading as it was before a correction; append-only, and written by the database itself. */
export class ReplacedReading extends ReplacedReadingSchema.class {}
ReplacedReadingSchema.setClass(ReplacedReading);

export const MeterMonthSchema = defineEntity({
  name: 'MeterMonth',
  tableName: 'meter_month',
  ...rowSecurity('meter_month', monthRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary().createForeignKeyConstraint(false),
    meterId: p.uuid().primary(),
    /** First day of a month in Belgium. */
    month: p.date().primary(),
    /** In the meter's unit. Of a reading over several months: by time; of a tank, by degree days where they are known. */
    quantity: quantity(),
    /** How much of the month has readings, from 0 to 1. */
    coverage: p.decimal('string').precision(15).scale(12),
    /** The part of the quantity that readings of the quality ESTIMATED say. */
    estimated: quantity(),
  },
  checks: [{ name: 'meter_month_coverage', expression: 'coverage >= 0 and coverage <= 1' }],
});
/** Rollup of a meter's readings by month: triggers write it in the transaction of the readings. */
export class MeterMonth extends MeterMonthSchema.class {}
MeterMonthSchema.setClass(MeterMonth);
