import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

const TABLES = ['risk_analysis', 'risk_analysis_step', 'target_group', 'group_finding'];
const STEPS = `array['REQUESTED', 'MANAGEMENT_MET', 'GROUPS_MET', 'REPORTS_APPROVED', 'CONCLUSIONS_PRESENTED', 'WORKERS_CONSULTED', 'ACTION_PLANNED']`;
const LEVELS = `array['SCREENING', 'OBSERVATION', 'ANALYSIS', 'EXPERTISE']`;

/** The steps of a risk analysis come one after the other, its groups are large enough, and what they approved stands. */
export class Migration20261127113500_risk_analysis_rules extends Migration {
  override name = 'Migration20261127113500_risk_analysis_rules';

  override up(): void {
    for (const table of TABLES) {
      this.addSql(`create trigger ${table}_provenance after insert on ${table}
        referencing new table as new_rows for each statement execute function guard_provenance();`);
      this.addSql(`create trigger ${table}_same_provenance before update of provenance on ${table}
        for each row when (old.provenance is distinct from new.provenance) execute function refuse_other_provenance();`);
    }
    this.addSql(`create trigger risk_analysis_of_open_partner after insert on risk_analysis
      referencing new table as new_rows for each statement execute function refuse_closed_partners();`);
    this.analyses();
    this.steps();
    this.groups();
    this.findings();
  }

  private analyses(): void {
    this.addSql(`create function check_risk_analysis() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        waiting boolean;
      begin
        ${AS_HUB}
        if (new.partner_id, new.service_id, new.requested_on, new.least_group)
          is distinct from (old.partner_id, old.service_id, old.requested_on, old.least_group) then
          raise exception 'an analysis stays what it is' using errcode = 'MH165';
        end if;
        if array_position(${LEVELS}, new.level) < array_position(${LEVELS}, old.level) then
          raise exception 'an analysis goes deeper alone' using errcode = 'MH164';
        end if;
        if new.step <> old.step then
          if array_position(${STEPS}, new.step) <> array_position(${STEPS}, old.step) + 1 then
            raise exception 'steps come one after the other' using errcode = 'MH160';
          end if;
          if new.step in ('GROUPS_MET', 'REPORTS_APPROVED') then
            select count(*) = 0 or bool_or(case new.step when 'GROUPS_MET' then g.met_on is null else g.approved_on is null end) into waiting
            from target_group g where g.partner_id = new.partner_id and g.analysis_id = new.id;
            if waiting and new.step = 'GROUPS_MET' then
              raise exception 'groups have not met' using errcode = 'MH162';
            elsif waiting then
              raise exception 'groups have not approved' using errcode = 'MH163';
            end if;
          end if;
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger risk_analysis_checked after update on risk_analysis
      for each row execute function check_risk_analysis();`);
  }

  private steps(): void {
    this.addSql(`create function check_risk_analysis_step() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        analysis risk_analysis;
      begin
        ${AS_HUB}
        select a.* into analysis from risk_analysis a where a.partner_id = new.partner_id and a.id = new.analysis_id for no key update;
        if analysis.service_id is distinct from new.service_id or array_position(${STEPS}, new.step) > array_position(${STEPS}, analysis.step) then
          raise exception 'a step that the analysis has not come to' using errcode = 'MH160';
        end if;
        if exists (select from risk_analysis_step s where s.partner_id = new.partner_id and s.analysis_id = new.analysis_id
            and sign(array_position(${STEPS}, s.step) - array_position(${STEPS}, new.step)) * (s.done_on - new.done_on) < 0) then
          raise exception 'steps are in the sequence of their days' using errcode = 'MH166';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger risk_analysis_step_checked after insert on risk_analysis_step
      for each row execute function check_risk_analysis_step();`);
    this.addSql(`create function refuse_other_step() returns trigger language plpgsql as $$
      begin
        raise exception 'a step that was taken stands' using errcode = 'MH165';
      end $$;`);
    this.addSql(`create trigger risk_analysis_step_written_once before update or delete or truncate on risk_analysis_step
      for each statement execute function refuse_other_step();`);
  }

  private groups(): void {
    this.addSql(`create function check_target_group() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        analysis risk_analysis;
      begin
        ${AS_HUB}
        select a.* into analysis from risk_analysis a where a.partner_id = new.partner_id and a.id = new.analysis_id for no key update;
        if analysis.service_id is distinct from new.service_id or (tg_op = 'UPDATE' and (new.analysis_id, new.name, new.size)
            is distinct from (old.analysis_id, old.name, old.size)) then
          raise exception 'a group stays what it is' using errcode = 'MH165';
        end if;
        if new.size < analysis.least_group then
          raise exception 'a group is too small' using errcode = 'MH161';
        end if;
        if tg_op = 'UPDATE' and old.approved_on is not null then
          raise exception 'what a group approved stands' using errcode = 'MH165';
        end if;
        -- As far as the analysis has come, each of its groups has.
        if analysis.step = 'REQUESTED' or (analysis.step = 'MANAGEMENT_MET' and new.approved_on is not null)
          or (analysis.step <> 'MANAGEMENT_MET' and new.met_on is null)
          or (analysis.step not in ('MANAGEMENT_MET', 'GROUPS_MET') and new.approved_on is null)
          or (tg_op = 'UPDATE' and new.met_on is distinct from old.met_on and analysis.step <> 'MANAGEMENT_MET') then
          raise exception 'this belongs to another step' using errcode = 'MH160';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger target_group_checked after insert or update on target_group
      for each row execute function check_target_group();`);
  }

  private findings(): void {
    this.addSql(`create function check_group_finding() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
        finding group_finding := case when tg_op = 'DELETE' then old else new end;
        analysis risk_analysis;
      begin
        ${AS_HUB}
        select a.* into analysis from target_group g join risk_analysis a on a.partner_id = g.partner_id and a.id = g.analysis_id
        where g.partner_id = finding.partner_id and g.id = finding.group_id for no key update of a;
        if analysis.service_id is distinct from finding.service_id then
          raise exception 'a finding of another service' using errcode = 'MH165';
        end if;
        -- A demonstration is written in one go, with all that it has come to.
        if analysis.step <> 'MANAGEMENT_MET' and not (tg_op = 'INSERT' and finding.provenance = 'SYNTHETIC') then
          raise exception 'this belongs to another step' using errcode = 'MH160';
        end if;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger group_finding_checked after insert or update or delete on group_finding
      for each row execute function check_group_finding();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
