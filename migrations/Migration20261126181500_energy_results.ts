import { Migration } from '@mikro-orm/migrations';

/** A result counts once for a time, and neither it nor a factor that results were worked out with is changed. */
export class Migration20261126181500_energy_results extends Migration {
  override name = 'Migration20261126181500_energy_results';

  override up(): void {
    this.addSql(`alter table energy_factor add constraint energy_factor_no_overlap exclude using gist (service_id with =, kind with =,
      coalesce(carrier, '') with =, coalesce(unit, '') with =, daterange(valid_from, valid_until) with &&);`);
    this.addSql(`create function guard_energy_factor() returns trigger language plpgsql as $$
      begin
        if (to_jsonb(old) - 'valid_until') is distinct from (to_jsonb(new) - 'valid_until') then
          raise exception 'a factor changes in nothing but its end' using errcode = 'MH092';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger energy_factor_fixed before update on energy_factor
      for each row execute function guard_energy_factor();`);

    this.addSql(`alter table savings_result add constraint savings_result_counts_once exclude using gist (meter_id with =,
      daterange(reporting_from, reporting_until) with &&) where (superseded_at is null);`);
    this.addSql(`create function guard_savings_result() returns trigger language plpgsql as $$
      begin
        if old.superseded_at is not null or (to_jsonb(old) - 'superseded_at') is distinct from (to_jsonb(new) - 'superseded_at') then
          raise exception 'a result is superseded, and never changed' using errcode = 'MH001';
        end if;
        return new;
      end $$;`);
    this.addSql(`create trigger savings_result_fixed before update on savings_result
      for each row execute function guard_savings_result();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
