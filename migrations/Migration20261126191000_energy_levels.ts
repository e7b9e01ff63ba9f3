import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

/** Levels of buildings that are followed: of those written together the last one holds, and they end with their partner. */
export class Migration20261126191000_energy_levels extends Migration {
  override name = 'Migration20261126191000_energy_levels';

  override up(): void {
    this.levels();
    this.closing();
  }

  /**
   * Of several levels of a day the one that was recorded last holds. So each is recorded after those that are there: a
   * building says when it was made, and not when its turn came to be counted.
   */
  private levels(): void {
    for (const event of ['insert', 'update'] as const) {
      const first =
        event === 'insert'
          ? 'select n.partner_id, n.service_id, min(n.followed_from) as day, max(n.created_at) as made_at from new_rows n group by 1, 2'
          : `select n.partner_id, n.service_id, min(least(n.followed_until, o.followed_until)) as day, clock_timestamp() as made_at
              from new_rows n join old_rows o on o.partner_id = n.partner_id and o.id = n.id
              where n.followed_until is distinct from o.followed_until group by 1, 2`;
      const changed =
        event === 'insert'
          ? ''
          : `if not exists (select from new_rows n join old_rows o on o.partner_id = n.partner_id and o.id = n.id
              where n.followed_until is distinct from o.followed_until) then
              return null;
            end if;`;
      this.addSql(`create or replace function count_buildings_${event}() returns trigger ${DEFINER} as $$
        declare
          viewer_scope text := current_setting('hub.scope', true);
        begin
          ${changed}
          ${AS_HUB}
          -- Two that change buildings of one partner are one after the other.
          perform pg_advisory_xact_lock(hashtextextended(k.partner_id::text || k.service_id::text, 5))
            from (select distinct n.partner_id, n.service_id from new_rows n order by 1, 2) as k;
          with since as (
            select f.partner_id, f.service_id, f.day, greatest(date_trunc('milliseconds', f.made_at),
                (select max(u.recorded_at) + interval '1 millisecond' from usage_entry u where u.partner_id = f.partner_id
                  and u.metric_key = 'ENERGY_BUILDINGS_FOLLOWED' and u.service_id = f.service_id and u.source = 'hub')) as recorded_at
            from (${first}) as f),
          change as (
            select distinct s.partner_id, s.service_id, s.recorded_at, d.day
            from since s join building b on b.partner_id = s.partner_id and b.service_id = s.service_id
            cross join lateral (values (b.followed_from), (b.followed_until), (s.day)) as d(day)
            where d.day >= s.day
            union select s.partner_id, s.service_id, s.recorded_at, u.occurred_on
            from since s join usage_entry u on u.partner_id = s.partner_id and u.service_id = s.service_id
              and u.metric_key = 'ENERGY_BUILDINGS_FOLLOWED' and u.source = 'hub' and u.occurred_on >= s.day),
          level as (
            select c.*, (select count(*) from building b where b.partner_id = c.partner_id and b.service_id = c.service_id
                and b.followed_from <= c.day and (b.followed_until is null or c.day < b.followed_until)) as quantity,
              md5(c.partner_id || ' ' || c.service_id || ' ' || c.day || ' ' || c.recorded_at) as sign,
              lpad(to_hex((extract(epoch from c.recorded_at) * 1000)::bigint), 12, '0') as made
            from change c)
          -- A reference in letters: digits by chance read like a telephone number.
          insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference,
              provenance, recorded_at)
            select l.partner_id, (left(l.made, 8) || '-' || right(l.made, 4) || '-7' || substr(l.sign, 1, 3) || '-8' || substr(l.sign, 4, 3) || '-' || substr(l.sign, 7, 12))::uuid,
              l.service_id, 'ENERGY_BUILDINGS_FOLLOWED', l.day, l.quantity, null, null, 'hub', 'buildings ' || l.day || ' ' || translate(left(l.sign, 20), '0123456789', 'ghijklmnop'), p.provenance, l.recorded_at
            from level l join partner p on p.id = l.partner_id
            order by l.partner_id, 2;
          ${AS_BEFORE}
          return null;
        end $$;`);
    }
  }

  /** A level that the hub counts ends with its partner: that it does is no use of that day. */
  private closing(): void {
    this.addSql(`create or replace function guard_closed_partner() returns trigger language plpgsql as $$
      begin
        if old.closed_on is not null then
          if not (coalesce(current_setting('hub.erasing', true), '') = 'on') then
            raise exception 'the partner has left' using errcode = 'MH050';
          end if;
        elsif new.closed_on is not null and exists (select from usage_entry u where u.partner_id = new.id
          and u.occurred_on >= new.closed_on and u.reverses_id is null
          and not (u.source = 'hub' and exists (select from metric_definition d where d.key = u.metric_key and d.kind = 'STOCK'))
          and not exists (select from usage_entry r where r.partner_id = u.partner_id and r.reverses_id = u.id)) then
          raise exception 'usage was reported for days after the partner left' using errcode = 'MH051';
        end if;
        return new;
      end $$;`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
