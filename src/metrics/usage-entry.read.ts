import type { Partner } from '../partners/partner.entity.ts';
import {
  and,
  connection,
  derived,
  type Expression,
  expression,
  Fields,
  list,
  mustExist,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
} from '../read/index.ts';
import type { Enrolment } from '../services/enrolment.entity.ts';
import type { SharedService } from '../services/service.entity.ts';
import { MetricDefinition, UsageEntry } from './metric.entity.ts';
import type { EntryOutcome } from './usage.service.ts';

/** A filter of usage entries with its references turned into keys. */
export interface UsageCondition {
  service?: string | undefined;
  partner?: string | undefined;
  metrics?: readonly string[] | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  source?: string | null | undefined;
}

/** The latest use first. */
export const USAGE_ORDER: OrderKey<UsageEntry>[] = [
  { by: (row) => row.occurredOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

function condition(row: RowRef<UsageEntry>, filter: UsageCondition): Sql | undefined {
  const conditions: Sql[] = [];
  if (filter.service) {
    conditions.push(mustExist('shared_service', [filter.service], 'filter.service'));
    conditions.push(sql`${row.service} = ${filter.service}::uuid`);
  }
  if (filter.partner) {
    conditions.push(mustExist('partner', [filter.partner], 'filter.partner'));
    conditions.push(sql`${row.partner} = ${filter.partner}::uuid`);
  }
  if (filter.metrics) conditions.push(oneOf(row.metric, filter.metrics, 'text'));
  if (filter.from) conditions.push(sql`${row.occurredOn} >= ${filter.from}::date`);
  if (filter.to) conditions.push(sql`${row.occurredOn} < ${filter.to}::date`);
  if (filter.source) conditions.push(sql`${row.source} = ${filter.source}::text`);
  return conditions.length > 0 ? and(conditions) : undefined;
}

export function usageEntries(filter: UsageCondition, page: Page): Rows {
  return connection(UsageEntry, { where: (row) => condition(row, filter), orderBy: USAGE_ORDER, page });
}

export function usageOfPartner(filter: UsageCondition, page: Page): Rows {
  return connection<UsageEntry, Partner>(UsageEntry, {
    where: (row, partner) => and([sql`${row.partner} = ${partner.id}`, condition(row, filter)]),
    orderBy: USAGE_ORDER,
    page,
  });
}

export function usageOfService(filter: UsageCondition, page: Page): Rows {
  return connection<UsageEntry, SharedService>(UsageEntry, {
    where: (row, service) => and([sql`${row.service} = ${service.id}`, condition(row, filter)]),
    orderBy: USAGE_ORDER,
    page,
  });
}

export function usageOfEnrolment(filter: UsageCondition, page: Page): Rows {
  return connection<UsageEntry, Enrolment>(UsageEntry, {
    where: (row, enrolment) =>
      and([
        sql`${row.partner} = ${enrolment.partner} and ${row.enrolment} = ${enrolment.id}`,
        condition(row, filter),
      ]),
    orderBy: USAGE_ORDER,
    page,
  });
}

/** What became of each reported entry, with the entries that the hub holds, in one statement. */
export function reportedEntries(
  inputs: readonly { externalReference: string }[],
  outcomes: readonly EntryOutcome[],
): Rows {
  const references = inputs.map(({ externalReference }) => externalReference);
  const column = (value: (outcome: EntryOutcome) => string | undefined): (string | null)[] =>
    outcomes.map((outcome) => value(outcome) ?? null);
  return derived({
    subquery:
      () => sql`(select o.* from unnest(${references}::text[], ${column((o) => o.status)}::text[], ${column((o) => o.entry)}::uuid[],
        ${column((o) => o.error?.code)}::text[], ${column((o) => o.error?.message)}::text[], ${column((o) => o.error?.field)}::text[])
      with ordinality as o("externalReference", status, entry, code, message, field, n) order by o.n)`,
    columns: ['externalReference', 'status', 'entry', 'code', 'message', 'field'],
    fields: {
      entry: (outcome) => one(UsageEntry, (row) => sql`${row.id} = ${outcome.entry}`),
      error: (outcome) =>
        new Fields(
          { code: () => outcome.code, message: () => outcome.message, field: () => outcome.field },
          () => sql`${outcome.code} is null`,
        ),
    },
  });
}

/** The entry that takes an entry back, if any. */
export function reversalOf(): Rows {
  return one<UsageEntry, UsageEntry>(
    UsageEntry,
    (row, entry) => sql`${row.partner} = ${entry.partner} and ${row.reverses} = ${entry.id}`,
  );
}

/** Whether an entry was taken back by another one. */
export function isReversed(): Expression {
  return expression<UsageEntry>(
    (row) =>
      sql`exists (select from usage_entry r where r.partner_id = ${row.partner} and r.reverses_id = ${row.id})`,
  );
}

export function metricDefinitions(): Rows {
  return list(MetricDefinition, { orderBy: [{ by: (row) => row.key, direction: 'asc', type: 'text' }] });
}
