import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

/** The key of an entry: it sorts by the record's that it is counted from, and is the same however often it is made. */
const entryKey = (record: string, sign: string): string =>
  `(left(${record}::text, 13) || '-7' || substr(${sign}, 1, 3) || '-8' || substr(${sign}, 4, 3) || '-' || substr(${sign}, 7, 12))::uuid`;

/**
 * Makes usage entries of what a statement has as `fact`: a record, its metric, day, quantity and category. A metric that needs an
 * enrolment counts nothing on a day on which there was none.
 */
const COUNT_FACTS = `entry as (
    select f.*, (select n.id from enrolment n where n.partner_id = f.partner_id and n.service_id = f.service_id and n.active_from <= f.day
        and (n.ended_on is null or f.day < n.ended_on) order by n.active_from limit 1) as enrolment_id,
      md5(f.metric || ' ' || f.id) as sign
    from fact f where f.quantity <> 0)
  insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference, provenance, recorded_at)
    select e.partner_id, ${entryKey('e.id', 'e.sign')}, e.service_id, e.metric, e.day, e.quantity, e.category, e.enrolment_id, 'hub',
      e.what || '-' || e.id || ' ' || e.metric, e.provenance, e.recorded_at
    from entry e where e.enrolment_id is not null order by e.partner_id, e.id, e.metric;`;

/** What the energy service does is counted where it is written down: visits, measures, buildings, and savings by the meters. */
export class Migration20261126183000_energy_metrics extends Migration {
  override name = 'Migration20261126183000_energy_metrics';

  override up(): void {
    this.advice();
    this.savings();
    this.buildings();
  }

  /** Visits on the day of the visit, measures on the day on which they are done. */
  private advice(): void {
    const facts: Readonly<Record<string, { day: string; what: string; metrics: string }>> = {
      energy_visit: {
        day: 'visited_on',
        what: 'visit',
        metrics: `('ENERGY_VISITS', null::text, 1::numeric)`,
      },
      energy_measure: {
        day: 'done_on',
        what: 'measure',
        metrics: `('ENERGY_MEASURES_DONE', n.kind, 1::numeric), ('ENERGY_ESTIMATED_KWH_SAVED', n.kind, coalesce(n.estimated_kwh_year, 0))`,
      },
    };
    for (const [table, { day, what, metrics }] of Object.entries(facts)) {
      for (const event of ['insert', 'update'] as const) {
        const isNew = `n.${day} is not null`;
        const wasNot =
          event === 'update'
            ? `join old_rows o on o.partner_id = n.partner_id and o.id = n.id and o.${day} is null`
            : '';
        this.addSql(`create function count_${table}_${event}() returns trigger ${DEFINER} as $$
          declare
            viewer_scope text := current_setting('hub.scope', true);
          begin
            if not exists (select from new_rows n ${wasNot} where ${isNew}) then
              return null;
            end if;
            ${AS_HUB}
            with fact as (
              select n.partner_id, n.id, n.service_id, n.${day} as day, x.metric, x.category, x.quantity, '${what}' as what, n.provenance,
                ${event === 'insert' ? 'n.created_at' : 'clock_timestamp()'} as recorded_at
              from new_rows n ${wasNot} cross join lateral (values ${metrics}) as x(metric, category, quantity) where ${isNew}),
            ${COUNT_FACTS}
            ${AS_BEFORE}
            return null;
          end $$;`);
        this.addSql(`create trigger ${table}_counted_${event} after ${event} on ${table}
          referencing new table as new_rows ${event === 'update' ? 'old table as old_rows' : ''}
          for each statement execute function count_${table}_${event}();`);
      }
    }
  }

  /** Savings on the last day of the reporting period; a result that is superseded is taken back. */
  private savings(): void {
    this.addSql(`create function count_savings() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        with fact as (
          select n.partner_id, n.id, n.service_id, n.reporting_until - 1 as day, x.metric, m.carrier as category, x.quantity, 'savings' as what,
            n.provenance, n.recorded_at
          from new_rows n join meter m on m.partner_id = n.partner_id and m.id = n.meter_id
          cross join lateral (values ('ENERGY_MEASURED_KWH_SAVED', coalesce(n.avoided_kwh, 0)), ('ENERGY_MEASURED_CO2_AVOIDED_KG', coalesce(n.co2_kg, 0)),
            ('ENERGY_MEASURED_OIL_LITRES', coalesce(n.oil_litres, 0)), ('ENERGY_MEASURED_COST_SAVED_EUR', coalesce(n.cost_eur, 0))) as x(metric, quantity)
          where n.superseded_at is null),
        ${COUNT_FACTS}
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger savings_result_counted after insert on savings_result
      referencing new table as new_rows for each statement execute function count_savings();`);
    this.addSql(`create function take_back_savings() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference,
            reverses_id, provenance, recorded_at)
          select u.partner_id, ${entryKey('u.id', `md5('taken back ' || u.id)`)}, u.service_id, u.metric_key, u.occurred_on, -u.quantity, u.category,
            u.enrolment_id, 'hub', left(u.external_reference, 100) || ' taken back', u.id, u.provenance, clock_timestamp()
          from new_rows n join old_rows o on o.partner_id = n.partner_id and o.id = n.id and o.superseded_at is null
          join usage_entry u on u.partner_id = n.partner_id and u.service_id = n.service_id and u.source = 'hub' and u.reverses_id is null
            and u.external_reference in (select 'savings-' || n.id || ' ' || x.metric from unnest(array['ENERGY_MEASURED_KWH_SAVED',
              'ENERGY_MEASURED_CO2_AVOIDED_KG', 'ENERGY_MEASURED_OIL_LITRES', 'ENERGY_MEASURED_COST_SAVED_EUR']) as x(metric))
          where n.superseded_at is not null
          order by u.partner_id, u.id;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger savings_result_taken_back after update on savings_result
      referencing new table as new_rows old table as old_rows for each statement execute function take_back_savings();`);

    // What the hub counted, the hub takes back.
    this.addSql(`create or replace function guard_own_entries() returns trigger language plpgsql as $$
      begin
        if pg_trigger_depth() < 2 and exists (select from new_rows n where lower(n.source) = 'hub') then
          raise exception 'the source hub is the hub''s own' using errcode = 'MH018';
        end if;
        if pg_trigger_depth() < 2 and exists (select from new_rows n join usage_entry u on u.partner_id = n.partner_id and u.id = n.reverses_id
          where n.reverses_id is not null and u.source = 'hub') then
          raise exception 'what the hub counted is not taken back' using errcode = 'MH017';
        end if;
        return null;
      end $$;`);
  }

  /**
   * Buildings that are followed are a level: on each day on which it changes for a partner, from the first one that a statement
   * touches, the number of that day is written down again. Of several of a day the last one holds.
   */
  private buildings(): void {
    for (const event of ['insert', 'update'] as const) {
      const first =
        event === 'insert'
          ? 'select n.partner_id, n.service_id, min(n.followed_from) as day, max(n.created_at) as recorded_at from new_rows n group by 1, 2'
          : `select n.partner_id, n.service_id, min(least(n.followed_until, o.followed_until)) as day, clock_timestamp() as recorded_at
              from new_rows n join old_rows o on o.partner_id = n.partner_id and o.id = n.id
              where n.followed_until is distinct from o.followed_until group by 1, 2`;
      this.addSql(`create function count_buildings_${event}() returns trigger ${DEFINER} as $$
        declare
          viewer_scope text := current_setting('hub.scope', true);
        begin
          ${AS_HUB}
          -- Two that change buildings of one partner are one after the other.
          perform pg_advisory_xact_lock(hashtextextended(k.partner_id::text || k.service_id::text, 5))
            from (select distinct n.partner_id, n.service_id from new_rows n order by 1, 2) as k;
          with since as (${first}),
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
          insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference,
              provenance, recorded_at)
            select l.partner_id, (left(l.made, 8) || '-' || right(l.made, 4) || '-7' || substr(l.sign, 1, 3) || '-8' || substr(l.sign, 4, 3) || '-' || substr(l.sign, 7, 12))::uuid,
              l.service_id, 'ENERGY_BUILDINGS_FOLLOWED', l.day, l.quantity, null, null, 'hub', 'buildings ' || l.day || ' ' || left(translate(l.sign, '0123456789', 'ghijklmnop'), 20), p.provenance, l.recorded_at
            from level l join partner p on p.id = l.partner_id
            order by l.partner_id, 2;
          ${AS_BEFORE}
          return null;
        end $$;`);
      this.addSql(`create trigger building_counted_${event} after ${event} on building
        referencing new table as new_rows ${event === 'update' ? 'old table as old_rows' : ''}
        for each statement execute function count_buildings_${event}();`);
    }
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
