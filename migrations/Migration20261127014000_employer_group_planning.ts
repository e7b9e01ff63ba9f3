import { Migration } from '@mikro-orm/migrations';

/** What planning counts: contracts, placements and requests of a whole group, for those who may see figures and not every record. */
export class Migration20261127014000_employer_group_planning extends Migration {
  override name = 'Migration20261127014000_employer_group_planning';

  override up(): void {
    this.addSql(`create view counted_contract as
      select w.service_id, w.id as worker_id, w.job_function, w.is_dedicated, w.contract_hours, w.employed_from, w.employed_until from shared_worker w;`);
    this.addSql(`create view counted_placement as
      select p.service_id, p.partner_id, p.worker_id, p.minutes_by_weekday, p.starts_on, p.ends_on from placement p where p.state in ('PROPOSED', 'AGREED');`);
    this.addSql(`create view counted_request as
      select r.service_id, r.partner_id, r.job_function, r.weekly_hours from placement_request r where r.state = 'OPEN';`);
    this.addSql('grant select on shared_worker, placement, placement_request to hub_figures;');
    this.addSql('grant create on schema public to hub_figures;');
    for (const view of ['counted_contract', 'counted_placement', 'counted_request'])
      this.addSql(`alter view ${view} owner to hub_figures;`);
    this.addSql('revoke create on schema public from hub_figures;');

    // How much of a group's figures somebody sees: all, those about enough workers, or none.
    this.addSql(`create function group_insight(of_service uuid) returns text stable language sql as $$
      select case
        when hub_is('administrator') or of_service = any (hub_scope('services')::uuid[])
          or exists (select from shared_service s where s.id = of_service and s.provenance = 'SYNTHETIC') then 'ALL'
        when exists (select from enrolment n where n.service_id = of_service and n.status = 'ACTIVE' and n.partner_id = any (hub_scope('partners')::uuid[])) then 'SOME'
        else 'NONE' end
    $$;`);
    // Minutes of a schedule in the week of a Monday, by the days on which it holds.
    this.addSql(`create function minutes_in_week(minutes integer[], starts_on date, ends_on date, monday date) returns integer immutable language sql as $$
      select coalesce(sum(u.m), 0)::integer from unnest(minutes) with ordinality as u(m, n)
      where monday + u.n::integer - 1 >= starts_on and (ends_on is null or monday + u.n::integer - 1 < ends_on)
    $$;`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
