import { defineEntity, p } from '@mikro-orm/core';
import { recordedAt, sum } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { releasedCellRule, releasedFactRule, releaseRule } from './metric.policy.ts';

const rowId = () => p.bigint('string').primary().autoincrement();

/** Values of the lattice's dimensions; null where the row is of no such value, or is not parted by it. */
const dimensions = () => ({
  serviceId: p.uuid().nullable(),
  sectorId: p.uuid().nullable(),
  sizeBand: p.text().nullable(),
  regionCode: p.string().length(5).nullable(),
  provinceCode: p.string().length(5).nullable(),
  authorityId: p.uuid().nullable(),
});

export const ReleaseSchema = defineEntity({
  name: 'Release',
  tableName: 'release',
  ...rowSecurity('release', releaseRule),
  properties: {
    metricKey: p.string().length(60).primary(),
    /** First day of the month that was over. */
    month: p.date().primary(),
    releasedAt: recordedAt(),
  },
});
/** A month whose cells were released, and those of the quarter and the year that ended with it. */
export class Release extends ReleaseSchema.class {}
ReleaseSchema.setClass(Release);

export const ReleasedCellSchema = defineEntity({
  name: 'ReleasedCell',
  tableName: 'released_cell',
  ...rowSecurity('released_cell', releasedCellRule),
  properties: {
    id: rowId(),
    /** The federation or the authority whose records it is about; null for those of all. */
    audienceId: p.uuid().nullable(),
    metricKey: p.string().length(60),
    granularity: p.text(),
    firstDay: p.date(),
    /** Names of the dimensions that part the table, joined by commas. */
    tableName: p.text(),
    ...dimensions(),
    status: p.text(),
    /** Of a cell that is held back nothing is kept. */
    value: sum().nullable(),
  },
  indexes: [
    {
      name: 'released_cell_key',
      expression:
        'create unique index released_cell_key on released_cell (metric_key, table_name, granularity, audience_id, first_day, service_id, sector_id, size_band, region_code, province_code, authority_id) nulls not distinct',
    },
  ],
  checks: [
    { name: 'released_cell_value', expression: `(status = 'OK') = (value is not null)` },
    {
      name: 'released_cell_status',
      expression: `status in ('OK', 'SUPPRESSED', 'SUPPRESSED_SECONDARY')`,
    },
  ],
});
/** A cell of the lattice as it was decided on once; it never changes. */
export class ReleasedCell extends ReleasedCellSchema.class {}
ReleasedCellSchema.setClass(ReleasedCell);

export const ReleasedFactSchema = defineEntity({
  name: 'ReleasedFact',
  tableName: 'released_fact',
  ...rowSecurity('released_fact', releasedFactRule),
  properties: {
    id: rowId(),
    metricKey: p.string().length(60),
    month: p.date(),
    /** The month with whose cells it was counted first: what is late counts only in what is released later. */
    since: p.date(),
    partnerId: p.uuid(),
    ...dimensions(),
    /** Federations and authorities to whose records it belongs. */
    audiences: p.array().columnType('uuid[]'),
    quantity: sum(),
  },
  indexes: [{ properties: ['metricKey', 'month'] }],
});
/** What a released cell is the sum of: nobody sees it, and later releases are judged by it. */
export class ReleasedFact extends ReleasedFactSchema.class {}
ReleasedFactSchema.setClass(ReleasedFact);
