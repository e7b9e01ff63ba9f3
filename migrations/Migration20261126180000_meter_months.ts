import { Migration } from '@mikro-orm/migrations';

const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;
const DEFINER = 'language plpgsql security definer set search_path from current';
const HERE = `at time zone 'Europe/Brussels'`;

/** The months in Belgium that rows of readings touch. */
const monthsOf = (rows: string): string => `select distinct n.partner_id, n.meter_id, g::date as month
  from ${rows} n cross join lateral generate_series(date_trunc('month', n.starts_at ${HERE}),
    date_trunc('month', (n.ends_at - interval '1 millisecond') ${HERE}), interval '1 month') as g`;

/**
 * What a meter counted by month, kept in the transaction of its readings. What a reading counted until an instant is
 * rounded, and a part of it is the difference of two of these: so parts add up to the whole, however it is cut.
 */
export class Migration20261126180000_meter_months extends Migration {
  override name = 'Migration20261126180000_meter_months';

  override up(): void {
    // Of the time between two instants, by the hours of each day; none where a day is not known.
    this.addSql(`create function degree_days_between(station uuid, since timestamptz, upto timestamptz) returns numeric
      language sql stable as $$
        select case when count(*) = (((upto - interval '1 millisecond') ${HERE})::date - (since ${HERE})::date) + 1 then
          sum(d.degree_days * extract(epoch from least(upto, (d.day + 1)::timestamp ${HERE}) - greatest(since, d.day::timestamp ${HERE}))
            / extract(epoch from (d.day + 1)::timestamp ${HERE} - d.day::timestamp ${HERE})) end
        from degree_day d
        where d.station_id = station and d.base = (select max(b.base) from degree_day b where b.station_id = station)
          and d.day between (since ${HERE})::date and ((upto - interval '1 millisecond') ${HERE})::date $$;`);
    this.addSql(`create function quantity_until(quantity numeric, starts_at timestamptz, ends_at timestamptz, tank_station uuid, upto timestamptz)
      returns numeric language sql stable as $$
        select case when upto <= starts_at then 0 when upto >= ends_at then quantity
          else round(quantity * coalesce(
            case when tank_station is not null then
              degree_days_between(tank_station, starts_at, upto) / nullif(degree_days_between(tank_station, starts_at, ends_at), 0) end,
            extract(epoch from upto - starts_at) / extract(epoch from ends_at - starts_at)), 6) end $$;`);

    this.addSql(`create function roll_up_meter_months(partners uuid[], meters uuid[], months date[]) returns void ${DEFINER} set plan_cache_mode = force_custom_plan as $$
      begin
        delete from meter_month x using unnest(partners, meters, months) as k(partner_id, meter_id, month)
          where x.partner_id = k.partner_id and x.meter_id = k.meter_id and x.month = k.month;
        insert into meter_month (partner_id, meter_id, month, quantity, coverage, estimated)
          select k.partner_id, k.meter_id, k.month, sum(p.part),
            round(sum(p.seconds) / extract(epoch from k.until - k.since), 12),
            coalesce(sum(p.part) filter (where p.quality = 'ESTIMATED'), 0)
          from (
            select u.*, u.month::timestamp ${HERE} as since, (u.month + interval '1 month')::timestamp ${HERE} as until,
              case when m.is_tank then m.station_id end as tank_station
            from unnest(partners, meters, months) as u(partner_id, meter_id, month)
            join meter m on m.partner_id = u.partner_id and m.id = u.meter_id) as k
          cross join lateral (
            select r.quality,
              quantity_until(r.quantity, r.starts_at, r.ends_at, k.tank_station, k.until)
                - quantity_until(r.quantity, r.starts_at, r.ends_at, k.tank_station, k.since) as part,
              extract(epoch from least(r.ends_at, k.until) - greatest(r.starts_at, k.since)) as seconds
            from meter_reading r
            where r.partner_id = k.partner_id and r.meter_id = k.meter_id and r.starts_at < k.until and r.ends_at > k.since
              -- Readings never overlap: the last that begins before the month is the only one that reaches into it.
              and r.starts_at >= coalesce((select max(b.starts_at) from meter_reading b
                where b.partner_id = k.partner_id and b.meter_id = k.meter_id and b.starts_at <= k.since), k.since)) as p
          group by k.partner_id, k.meter_id, k.month, k.since, k.until;
      end $$;`);

    // What is new is added: months are counted anew only where something is taken away.
    this.addSql(`create function add_to_meter_months() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        -- Who looked for overlaps has locked the meters.
        with own as materialized (
          select n.*, date_trunc('month', n.starts_at ${HERE}) as first, date_trunc('month', (n.ends_at - interval '1 millisecond') ${HERE}) as last
          from new_rows n),
        part as (
          select o.partner_id, o.meter_id, o.first as month, o.quality, o.quantity, extract(epoch from o.ends_at - o.starts_at) as seconds
          from own o where o.first = o.last
          union all
          select o.partner_id, o.meter_id, g, o.quality,
            quantity_until(o.quantity, o.starts_at, o.ends_at, case when m.is_tank then m.station_id end, (g + interval '1 month') ${HERE})
              - quantity_until(o.quantity, o.starts_at, o.ends_at, case when m.is_tank then m.station_id end, g ${HERE}),
            extract(epoch from least(o.ends_at, (g + interval '1 month') ${HERE}) - greatest(o.starts_at, g ${HERE}))
          from own o join meter m on m.partner_id = o.partner_id and m.id = o.meter_id
          cross join lateral generate_series(o.first, o.last, interval '1 month') as g
          where o.first < o.last)
        insert into meter_month as mm (partner_id, meter_id, month, quantity, coverage, estimated)
          select p.partner_id, p.meter_id, p.month::date, sum(p.quantity),
            least(1, round(sum(p.seconds) / extract(epoch from (p.month + interval '1 month') ${HERE} - p.month ${HERE}), 12)),
            coalesce(sum(p.quantity) filter (where p.quality = 'ESTIMATED'), 0)
          from part p group by p.partner_id, p.meter_id, p.month order by 1, 2, 3
          on conflict (partner_id, meter_id, month) do update set quantity = mm.quantity + excluded.quantity,
            coverage = least(1, mm.coverage + excluded.coverage), estimated = mm.estimated + excluded.estimated;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger meter_reading_rolled_up_new after insert on meter_reading
      referencing new table as new_rows for each statement execute function add_to_meter_months();`);

    this.addSql(`create function roll_up_old_readings() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        if not exists (select from old_rows) then
          return null;
        end if;
        ${AS_HUB}
        perform from meter m where (m.partner_id, m.id) in (select n.partner_id, n.meter_id from old_rows n)
          order by m.partner_id, m.id for update;
        perform roll_up_meter_months(array_agg(k.partner_id), array_agg(k.meter_id), array_agg(k.month))
          from (${monthsOf('old_rows')}) as k;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger meter_reading_rolled_up_old after delete on meter_reading
      referencing old table as old_rows for each statement execute function roll_up_old_readings();`);

    // Weather that comes later tells better when a tank was used.
    for (const [event, rows] of [
      ['insert', 'new'],
      ['update', 'new'],
      ['delete', 'old'],
    ] as const) {
      this.addSql(`create function respread_tanks_after_${event}() returns trigger ${DEFINER} as $$
        declare
          viewer_scope text := current_setting('hub.scope', true);
        begin
          ${AS_HUB}
          perform roll_up_meter_months(array_agg(k.partner_id), array_agg(k.meter_id), array_agg(k.month)) from (
            ${monthsOf(`(select r.* from (select w.station_id, min(w.day) as first, max(w.day) as last from ${rows}_rows w group by 1) as w
              join meter m on m.station_id = w.station_id and m.is_tank
              join meter_reading r on r.partner_id = m.partner_id and r.meter_id = m.id
                and r.starts_at < (w.last + 1)::timestamp ${HERE} and r.ends_at > w.first::timestamp ${HERE})`)}) as k
          having count(*) > 0;
          ${AS_BEFORE}
          return null;
        end $$;`);
      this.addSql(`create trigger degree_day_spread_after_${event} after ${event} on degree_day
        referencing ${rows} table as ${rows}_rows for each statement execute function respread_tanks_after_${event}();`);
    }
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
