import { and, mustExist, raw, type Sql, sql } from '../read/index.ts';

/** Tables of a partner's and a service's records whose changes are told. */
export type NoticedTable = 'placement' | 'timesheet' | 'session_registration';

/** Of what a subscriber wants to hear, references turned into keys. */
export interface RecordScope {
  partner?: string | undefined;
  service?: string | undefined;
}

/** Records that have changed, `<partner> <record>` each. */
export interface RecordChange {
  records: readonly string[];
}

/** What a viewer is told of: keys of records that it sees. */
export interface SeenRecords {
  records: readonly string[];
  isComplete: boolean;
}

/** A condition that fails where a scope names what is not there; undefined where it names nothing. */
export function scopeExists({ partner, service }: RecordScope): Sql | undefined {
  const checks: Sql[] = [];
  if (partner) checks.push(mustExist('partner', [partner], 'scope.partner'));
  if (service) checks.push(mustExist('shared_service', [service], 'scope.service'));
  return checks.length > 0 ? and(checks) : undefined;
}

/** The keys of a change's records that the viewer sees in a scope, as JSON; NULL where there is none. */
export function seenRecords(table: NoticedTable): (change: RecordChange, scope: RecordScope) => Sql {
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
