import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, quantity, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { resultRule } from './energy.policy.ts';
import { Meter } from './meter.entity.ts';

/** What a baseline is made with. */
export enum BaselineModel {
  /** Consumption a day = base load + slope × heating degree days a day, below a change point. */
  DEGREE_DAYS = 'DEGREE_DAYS',
  /** The mean of the same months of the baseline, where the weather explains nothing. */
  SAME_MONTH = 'SAME_MONTH',
}

/** Why there is no number. */
export enum SavingsReason {
  TOO_FEW_MONTHS = 'TOO_FEW_MONTHS',
  GAPS_IN_BASELINE = 'GAPS_IN_BASELINE',
  GAPS_IN_REPORTING = 'GAPS_IN_REPORTING',
  NO_DEGREE_DAYS = 'NO_DEGREE_DAYS',
  POOR_FIT = 'POOR_FIT',
  NO_CONVERSION_FACTOR = 'NO_CONVERSION_FACTOR',
  /** The meter counts what is made on site. */
  PRODUCTION = 'PRODUCTION',
  /** Of a normal year alone: its station has none. */
  NO_NORMAL_YEAR = 'NO_NORMAL_YEAR',
}

export const SavingsResultSchema = defineEntity({
  name: 'SavingsResult',
  tableName: 'savings_result',
  ...rowSecurity('savings_result', resultRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    meter: () =>
      p
        .manyToOne(Meter)
        .joinColumns('partner_id', 'meter_id')
        .ownColumns('meter_id')
        .deleteRule('no action')
        .updateRule('no action'),
    /** Periods are whole months, from the first day of one to the first day of another. */
    baselineFrom: p.date(),
    baselineUntil: p.date(),
    reportingFrom: p.date(),
    reportingUntil: p.date(),
    /** Why there is no number; then there is none. */
    reason: p.enum(() => SavingsReason).nullable(),
    model: p.enum(() => BaselineModel).nullable(),
    /** Base of the degree days that fits best, in °C. */
    changePoint: p.decimal('string').precision(4).scale(1).nullable(),
    /** kWh a day without heating. */
    baseLoad: p.decimal('string').precision(24).scale(9).nullable(),
    /** kWh for each degree day. */
    slope: p.decimal('string').precision(24).scale(9).nullable(),
    rSquared: p.decimal('string').precision(9).scale(6).nullable(),
    cvRmse: p.decimal('string').precision(12).scale(6).nullable(),
    points: p.integer().nullable(),
    adjustedBaselineKwh: quantity().nullable(),
    measuredKwh: quantity().nullable(),
    /** The part of the measured energy that was estimated. */
    estimatedKwh: quantity().nullable(),
    /** Adjusted baseline less measured: negative where more was used. */
    avoidedKwh: quantity().nullable(),
    /** Half of the 95 % interval around the avoided energy. */
    uncertaintyKwh: quantity().nullable(),
    /** Why there is no number for a normal year. */
    normalisedReason: p.enum(() => SavingsReason).nullable(),
    normalisedKwh: quantity().nullable(),
    normalisedUncertaintyKwh: quantity().nullable(),
    co2Kg: quantity().nullable().name('co2_kg'),
    oilLitres: quantity().nullable(),
    costEur: quantity().nullable(),
    /** Keys of the factors that it was computed with. */
    factors: p.array().columnType('uuid[]').default([]),
    /** When a later result took its place. */
    supersededAt: p.datetime(3).nullable(),
    provenance: provenance(),
    recordedAt: recordedAt(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['meter', 'recordedAt', 'id'] },
    { properties: ['service', 'recordedAt', 'id'] },
  ],
  checks: [
    {
      name: 'savings_result_periods',
      expression:
        'baseline_from < baseline_until and baseline_until <= reporting_from and reporting_from < reporting_until and extract(day from baseline_from) = 1 and extract(day from baseline_until) = 1 and extract(day from reporting_from) = 1 and extract(day from reporting_until) = 1',
    },
    {
      name: 'savings_result_number_or_reason',
      expression: '(reason is null) = (avoided_kwh is not null)',
    },
    {
      name: 'savings_result_sum',
      expression: 'avoided_kwh = adjusted_baseline_kwh - measured_kwh',
    },
  ],
});
/** What a meter's consumption says was saved, as it was when it was recorded; a later one takes its place. */
export class SavingsResult extends SavingsResultSchema.class {}
SavingsResultSchema.setClass(SavingsResult);
