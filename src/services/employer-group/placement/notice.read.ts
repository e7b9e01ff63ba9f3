import { type Fields, fields, list, raw, sql } from '../../../read/index.ts';
import type { SeenRecords } from '../../record-notice.read.ts';
import { Placement, Timesheet } from '../placement.entity.ts';
import { PLACEMENT_ORDER } from './placement.read.ts';
import { TIMESHEET_ORDER } from './timesheet.read.ts';

/** What is told of placements that were proposed. */
export function placementsProposed({ records, isComplete }: SeenRecords): Fields {
  return fields({
    placements: () =>
      list(Placement, {
        where: (row) => sql`${row.id} = any(${[...records]}::uuid[])`,
        orderBy: PLACEMENT_ORDER,
      }),
    isComplete: () => raw(String(isComplete)),
  });
}

/** What is told of timesheets that were submitted. */
export function timesheetsSubmitted({ records, isComplete }: SeenRecords): Fields {
  return fields({
    timesheets: () =>
      list(Timesheet, {
        where: (row) => sql`${row.id} = any(${[...records]}::uuid[])`,
        orderBy: TIMESHEET_ORDER,
      }),
    isComplete: () => raw(String(isComplete)),
  });
}
