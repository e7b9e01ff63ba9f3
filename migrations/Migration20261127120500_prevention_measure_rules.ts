import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

/** Measures come after the conclusions of their analysis, which has an action plan once there is one; what is closed stands. */
export class Migration20261127120500_prevention_measure_rules extends Migration {
  override name = 'Migration20261127120500_prevention_measure_rules';

  override up(): void {
    this.addSql(`create trigger prevention_measure_provenance after insert on prevention_measure
      referencing new table as new_rows for each statement execute function guard_provenance();`);
    this.addSql(`create trigger prevention_measure_same_provenance before update of provenance on prevention_measure
      for each row when (old.provenance is distinct from new.provenance) execute function refuse_other_provenance();`);
    this.addSql(`create function check_prevention_measure() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        analysis risk_analysis;
      begin
        ${AS_HUB}
        if tg_op = 'UPDATE' then
          if (new.partner_id, new.service_id, new.analysis_id, new.rubric, new.component, new.planned_on)
              is distinct from (old.partner_id, old.service_id, old.analysis_id, old.rubric, old.component, old.planned_on)
            or old.state in ('DONE', 'DROPPED') or (old.state = 'IN_PROGRESS' and new.state = 'PLANNED') then
            raise exception 'a measure goes forward alone' using errcode = 'MH170';
          end if;
          ${AS_BEFORE}
          return null;
        end if;
        select a.* into analysis from risk_analysis a where a.partner_id = new.partner_id and a.id = new.analysis_id for no key update;
        if analysis.service_id is distinct from new.service_id then
          raise exception 'a measure of another service' using errcode = 'MH165';
        end if;
        if analysis.step not in ('CONCLUSIONS_PRESENTED', 'WORKERS_CONSULTED', 'ACTION_PLANNED') then
          raise exception 'the conclusions were not presented' using errcode = 'MH160';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger prevention_measure_checked after insert or update on prevention_measure
      for each row execute function check_prevention_measure();`);
    this.addSql(`create function check_action_plan() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        if not exists (select from prevention_measure m where m.partner_id = new.partner_id and m.analysis_id = new.id) then
          raise exception 'an action plan has measures' using errcode = 'MH171';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger risk_analysis_has_plan after update of step on risk_analysis
      for each row when (new.step = 'ACTION_PLANNED' and old.step <> new.step) execute function check_action_plan();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
