import { Migration } from '@mikro-orm/migrations';

/** Records that one notice names, so that it stays within the 8,000 bytes that PostgreSQL allows. */
const RECORDS_A_NOTICE = 50;

/** Which placements are proposed and which timesheets sent is told to who listens: their keys, and nothing else. */
export class Migration20261127012500_employer_group_notices extends Migration {
  override name = 'Migration20261127012500_employer_group_notices';

  override up(): void {
    this.tell('placement_insert', 'placement', 'insert', 'hub_placement_proposed', `n.state = 'PROPOSED'`);
    this.tell(
      'timesheet_update',
      'timesheet',
      'update',
      'hub_timesheet_submitted',
      `n.state = 'SUBMITTED' and exists (select from old_rows o where o.partner_id = n.partner_id and o.id = n.id and o.state <> 'SUBMITTED')`,
    );
  }

  private tell(name: string, table: string, event: string, channel: string, condition: string): void {
    this.addSql(`create function tell_${name}() returns trigger language plpgsql as $$
      begin
        perform pg_notify('${channel}', json_build_object('records', part.records)::text)
          from (select json_agg(x.r) as records from (
              select n.partner_id::text || ' ' || n.id as r, row_number() over () as position from new_rows n where ${condition}) as x
            group by (x.position - 1) / ${RECORDS_A_NOTICE}) as part;
        return null;
      end $$;`);
    this.addSql(`create trigger ${table}_told_${event} after ${event} on ${table}
      referencing new table as new_rows ${event === 'update' ? 'old table as old_rows' : ''}
      for each statement execute function tell_${name}();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
