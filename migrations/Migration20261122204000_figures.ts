import { Migration } from '@mikro-orm/migrations';

/**
 * What figures are counted from: entries and enrolments as their role may count them, which is more than a viewer sees
 * one by one. The views belong to that role, so its policies decide about the rows in them; who asks is the session's
 * viewer all the same.
 */
export class Migration20261122204000_figures extends Migration {
  override name = 'Migration20261122204000_figures';

  override up(): void {
    this.addSql(`create view counted_entry as
      select partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, reverses_id,
        provenance, recorded_at from usage_entry;`);
    this.addSql(`create view counted_enrolment as
      select partner_id, id, service_id, recognition_id, status, requested_on, active_from, ended_on, provenance
      from enrolment;`);
    this.addSql(
      'grant select on usage_entry, enrolment, membership, recognition, funding, shared_service, data_sharing_agreement to hub_figures;',
    );
    this.addSql('grant create on schema public to hub_figures;');
    this.addSql('alter view counted_entry owner to hub_figures;');
    this.addSql('alter view counted_enrolment owner to hub_figures;');
    this.addSql('revoke create on schema public from hub_figures;');
    this.addSql('grant select on counted_entry, counted_enrolment to hub_app;');
    this.addSql('revoke insert, update, delete on counted_entry, counted_enrolment from hub_app;');

    // Whether the viewer sees every enrolment of a service: who it does not reach is known to nobody else.
    this.addSql(`create function hub_sees_all_of(service uuid) returns boolean language sql stable as $$
      select hub_is('administrator') or not (select holds_real_rows from hub_state)
        or service = any (hub_scope('services'))
        or exists (select from shared_service s where s.id = service and s.enrolments_public) $$;`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
