import { and, type Fields, fields, list, mustExist, raw, type Sql, sql } from '../../../read/index.ts';
import { Placement, Timesheet } from '../placement.entity.ts';
import { PLACEMENT_ORDER } from './placement.read.ts';
import { TIMESHEET_ORDER } from './timesheet.read.ts';

/** Of what a subscriber wants to hear, references turned into keys. */
export interface GroupScope {
  partner?: string | undefined;
  service?: string | undefined;
}

/** Records that have changed, `<partner> <record>` each. */
export interface GroupChange {
  records: readonly string[];
}

/** What a viewer is told of: keys of records that it sees. */
export interface SeenRecords {
  records: readonly string[];
  isComplete: boolean;
}

/** A condition that fails where a scope names what is not there; undefined where it names nothing. */
export function scopeExists({ partner, service }: GroupScope): Sql | undefined {
  const checks: Sql[] = [];
  if (partner) checks.push(mustExist('partner', [partner], 'scope.partner'));
  if (service) checks.push(mustExist('shared_service', [service], 'scope.service'));
  return checks.length > 0 ? and(checks) : undefined;
}

/** The keys of a change's records that the viewer sees in a scope, as JSON; NULL where there is none. */
export function seenRecords(
  table: 'placement' | 'timesheet',
): (change: GroupChange, scope: GroupScope) => Sql {
  return ({ records }, { partner, service }) => {
    const keys = records.map((one) => one.split(' ') as [string, string]);
    return sql`(select json_build_object('records', json_agg(r.id), 'isComplete', true)
      from unnest(${keys.map(([member]) => member)}::uuid[], ${keys.map(([, id]) => id)}::uuid[]) as k(member, id)
      join ${raw(table)} r on r.partner_id = k.member and r.id = k.id
      where ${and([
        partner ? sql`r.partner_id = ${partner}::uuid` : undefined,
        service ? sql`r.service_id = ${service}::uuid` : undefined,
        sql`true`,
      ])} having count(*) > 0)`;
  };
}

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
