import { defineEntity, p } from '@mikro-orm/core';
import { sum } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { usageMonthRule, usageTotalRule } from './metric.policy.ts';

/*
 * Rollups are written by triggers of the database alone: whoever writes an entry writes them too. What they name was
 * checked with the entries, so that nothing here is checked again: a report writes hundreds of these rows.
 */

const rowId = () => p.bigint('string').primary().autoincrement();
const changedAt = () => p.datetime(6).defaultRaw('now()');

/** What a rollup counts beside the quantity. */
const counts = () => ({
  /** Entries that count: neither taken back nor taking one back. A row without any stands for nothing. */
  entries: p.integer(),
  /** Those of them that are not 0: use, so that the partner was served. */
  uses: p.integer(),
});

export const UsageMonthSchema = defineEntity({
  name: 'UsageMonth',
  tableName: 'usage_month',
  ...rowSecurity('usage_month', usageMonthRule),
  properties: {
    id: rowId(),
    partnerId: p.uuid(),
    serviceId: p.uuid(),
    metricKey: p.string().length(60),
    /** First day of the month. */
    month: p.date(),
    category: p.string().length(40).nullable(),
    /** The enrolment under which it happened. */
    enrolmentId: p.uuid().nullable(),
    /** What the partner was on the days of the entries. */
    sectorId: p.uuid(),
    sizeBand: p.text(),
    municipalityId: p.uuid(),
    regionCode: p.string().length(5),
    provinceCode: p.string().length(5).nullable(),
    /** Of the recognition that the enrolment rests on. */
    authorityId: p.uuid().nullable(),
    isSynthetic: p.boolean(),
    /** FLOW: the sum; STOCK: the last level of the month. */
    quantity: sum(),
    ...counts(),
    /** STOCK: the entry that says the level, as the last one of its day. */
    lastOn: p.date().nullable(),
    lastRecordedAt: p.datetime(3).nullable(),
    lastId: p.uuid().nullable(),
    changedAt: changedAt(),
  },
  indexes: [
    {
      name: 'usage_month_key',
      expression:
        'create unique index usage_month_key on usage_month (partner_id, metric_key, service_id, month, category, enrolment_id, sector_id, size_band, municipality_id, authority_id) nulls not distinct',
    },
    // Nothing that changes with an entry stands in an index, so that a row is changed in place.
    { properties: ['metricKey', 'month', 'serviceId', 'sectorId'] },
    // Of what is synthetic the totals are seen, and the months are not looked at.
    {
      name: 'usage_month_reported_index',
      expression:
        'create index usage_month_reported_index on usage_month (metric_key, month) where not is_synthetic',
    },
  ],
});
/** One partner's use of a service in a month, by what the partner was then: the finest of the rollups. */
export class UsageMonth extends UsageMonthSchema.class {}
UsageMonthSchema.setClass(UsageMonth);

export const UsageTotalSchema = defineEntity({
  name: 'UsageTotal',
  tableName: 'usage_total',
  ...rowSecurity('usage_total', usageTotalRule),
  properties: {
    id: rowId(),
    metricKey: p.string().length(60),
    serviceId: p.uuid(),
    month: p.date(),
    sectorId: p.uuid(),
    sizeBand: p.text(),
    regionCode: p.string().length(5),
    provinceCode: p.string().length(5).nullable(),
    authorityId: p.uuid().nullable(),
    isSynthetic: p.boolean(),
    quantity: sum(),
    ...counts(),
    /** Partners with use, each once. */
    contributors: p.integer(),
    /** The largest and the second largest of what they contribute, without signs. */
    largest: sum(),
    second: sum(),
    changedAt: changedAt(),
  },
  indexes: [
    {
      name: 'usage_total_key',
      expression:
        'create unique index usage_total_key on usage_total (metric_key, month, service_id, sector_id, size_band, region_code, province_code, authority_id, is_synthetic) nulls not distinct',
    },
  ],
});
/** All partners' use of a FLOW metric in a month, by coarse dimensions. */
export class UsageTotal extends UsageTotalSchema.class {}
UsageTotalSchema.setClass(UsageTotal);

export const UsageSumSchema = defineEntity({
  name: 'UsageSum',
  tableName: 'usage_sum',
  ...rowSecurity('usage_sum', usageTotalRule),
  properties: {
    id: rowId(),
    metricKey: p.string().length(60),
    serviceId: p.uuid(),
    month: p.date(),
    sectorId: p.uuid(),
    regionCode: p.string().length(5),
    isSynthetic: p.boolean(),
    quantity: sum(),
    ...counts(),
    changedAt: changedAt(),
  },
  indexes: [
    {
      name: 'usage_sum_key',
      expression:
        'create unique index usage_sum_key on usage_sum (metric_key, month, service_id, sector_id, region_code, is_synthetic)',
    },
  ],
});
/** Totals added up by the dimensions that are asked for most: a few thousand rows, of what adds up alone. */
export class UsageSum extends UsageSumSchema.class {}
UsageSumSchema.setClass(UsageSum);
