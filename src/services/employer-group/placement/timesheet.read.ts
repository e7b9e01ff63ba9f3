import {
  and,
  connection,
  list,
  type OrderKey,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import { type Placement, Timesheet } from '../placement.entity.ts';

/** A filter with its references turned into keys. */
export interface TimesheetCondition {
  partner?: string | undefined;
  service?: string | undefined;
  worker?: string | undefined;
  states?: readonly string[] | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/** The latest first. */
export const TIMESHEET_ORDER: OrderKey<Timesheet>[] = [
  { by: (row) => row.week, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

function condition(row: RowRef<Timesheet>, filter: TimesheetCondition): Sql | undefined {
  const { partner, service, worker, states, from, to } = filter;
  return and([
    named('partner', partner, 'partner', row.partner),
    named('shared_service', service, 'service', row.service),
    named('shared_worker', worker, 'worker', row.worker),
    states ? oneOf(row.state, states, 'text') : undefined,
    from ? sql`${row.week} >= ${from}::date` : undefined,
    to ? sql`${row.week} < ${to}::date` : undefined,
  ]);
}

export function timesheets(filter: TimesheetCondition, page: Page): Rows {
  return connection(Timesheet, { where: (row) => condition(row, filter), orderBy: TIMESHEET_ORDER, page });
}

export function timesheetsOfPlacement(page: Page): Rows {
  return connection<Timesheet, Placement>(Timesheet, {
    where: (row, placement) =>
      sql`${row.partner} = ${placement.partner} and ${row.placement} = ${placement.id}`,
    orderBy: TIMESHEET_ORDER,
    page,
  });
}

/** Some timesheets that are known by their keys. */
export function timesheetsById(ids: readonly string[]): Rows {
  return list(Timesheet, {
    where: (row) => sql`${row.id} = any(${[...ids]}::uuid[])`,
    orderBy: TIMESHEET_ORDER,
  });
}
