import { Migration } from '@mikro-orm/migrations';

const DEFINER = 'language plpgsql security definer set search_path from current';
const AS_HUB = `perform set_config('hub.scope', '{"administrator":true}', true);`;
const AS_BEFORE = `perform set_config('hub.scope', coalesce(viewer_scope, ''), true);`;

/** A figure by function is never about fewer workers than that: the rest go together. */
const FEWEST = 4;

/** The key of an entry: it sorts by the record's that it is counted from, and is the same however often it is made. */
const entryKey = (record: string, sign: string): string =>
  `(left(${record}::text, 13) || '-7' || substr(${sign}, 1, 3) || '-8' || substr(${sign}, 4, 3) || '-' || substr(${sign}, 7, 12))::uuid`;
/** The key of an entry that no one record is behind: by the time at which it is made. */
const KEY_BY_TIME = `(left(l.made, 8) || '-' || right(l.made, 4) || '-7' || substr(l.sign, 1, 3) || '-8' || substr(l.sign, 4, 3) || '-' || substr(l.sign, 7, 12))::uuid`;

/** A level of the employer group, and how it is counted anew from the first day on which a statement changes it. */
interface Level {
  name: string;
  table: string;
  /** Metrics, all written together, and what they count of a record `r` on a day. */
  metrics: readonly [key: string, quantity: string][];
  category: string;
  /** Columns of the days on which a record begins and ends to count. */
  from: string;
  until: string;
  /** Whose level it is. */
  partner: string;
  /** Which records count. */
  counts: string;
}

const LEVELS: readonly Level[] = [
  {
    name: 'workers',
    table: 'shared_worker',
    metrics: [
      ['EMPLOYER_GROUP_WORKERS', 'count(r.id)'],
      ['EMPLOYER_GROUP_FTE', 'round(coalesce(sum(r.contract_hours), 0) / max(g.full_time_hours), 2)'],
    ],
    category: `case when r.is_dedicated then 'DEDICATED' else r.job_function end`,
    from: 'employed_from',
    until: 'employed_until',
    partner: 'g.partner_id',
    counts: 'true',
  },
  {
    name: 'contract_hours',
    table: 'shared_worker',
    metrics: [['EMPLOYER_GROUP_CONTRACT_HOURS', 'coalesce(sum(r.contract_hours), 0)']],
    category: 'null::text',
    from: 'employed_from',
    until: 'employed_until',
    partner: 'g.partner_id',
    counts: 'true',
  },
  {
    name: 'weekly_hours',
    table: 'placement',
    metrics: [['EMPLOYER_GROUP_WEEKLY_HOURS', 'coalesce(sum(r.weekly_hours), 0)']],
    category: 'null::text',
    from: 'starts_on',
    until: 'ends_on',
    partner: 'r.partner_id',
    counts: `r.state = 'AGREED'`,
  },
];

/** What an employer group does is counted where it is written down: contracts, placements, hours that are approved, and what is invoiced. */
export class Migration20261127012000_employer_group_metrics extends Migration {
  override name = 'Migration20261127012000_employer_group_metrics';

  override up(): void {
    this.functions();
    for (const level of LEVELS) {
      this.level(level, 'insert');
      this.level(level, 'update');
    }
    this.hours();
    this.invoiced();
  }

  /** Under which name a function is shown: a small one goes under OTHER, with the next smallest where OTHER is too small itself. */
  private functions(): void {
    this.addSql(`create function shown_function(of_service uuid, on_day date, of_function text) returns text stable language sql as $$
      with size as (select w.job_function, count(*) as n from shared_worker w where w.service_id = of_service and w.employed_from <= on_day
          and (w.employed_until is null or on_day < w.employed_until) group by 1),
        few as (select coalesce(sum(s.n), 0) as n from size s where s.n < ${FEWEST} or s.job_function = 'OTHER'),
        next as (select s.job_function from size s, few where few.n between 1 and ${FEWEST - 1} and s.n >= ${FEWEST} and s.job_function <> 'OTHER'
          order by s.n, s.job_function limit 1)
      select case when exists (select from size s where s.job_function = of_function and s.n >= ${FEWEST})
        and of_function is distinct from (select next.job_function from next) then of_function else 'OTHER' end
    $$;`);
  }

  /** Of several levels of a day the one that was recorded last holds: each is recorded after those that are there. */
  private level(
    { name, table, metrics, category, from, until, partner, counts }: Level,
    event: 'insert' | 'update',
  ): void {
    const keys = metrics.map(([key]) => `'${key}'`).join(', ');
    const group = 'join employer_group g on g.service_id = r.service_id';
    const changed = `(o.${until}, ${counts.replaceAll('r.', 'o.')}) is distinct from (r.${until}, ${counts})`;
    const touched =
      event === 'insert'
        ? `select ${partner} as partner_id, r.service_id, min(r.${from}) as day, max(r.created_at) as made_at from new_rows r ${group} where ${counts} group by 1, 2`
        : `select ${partner} as partner_id, r.service_id, min(case when (${counts}) = (${counts.replaceAll('r.', 'o.')}) then least(r.${until}, o.${until}) else r.${from} end) as day,
            clock_timestamp() as made_at
          from new_rows r join old_rows o on o.id = r.id ${group} where ${changed} group by 1, 2`;
    this.addSql(`create function count_${name}_${event}() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        if not exists (${touched}) then
          ${AS_BEFORE}
          return null;
        end if;
        -- Two that change the level of one organisation are one after the other.
        perform pg_advisory_xact_lock(hashtextextended(k.partner_id::text || k.service_id::text, 8))
          from (select distinct t.partner_id, t.service_id from (${touched}) as t order by 1, 2) as k;
        with since as (
          select t.partner_id, t.service_id, t.day, greatest(date_trunc('milliseconds', t.made_at),
              (select max(u.recorded_at) + interval '1 millisecond' from usage_entry u where u.partner_id = t.partner_id
                and u.metric_key in (${keys}) and u.service_id = t.service_id and u.source = 'hub')) as recorded_at
          from (${touched}) as t),
        record as (
          select r.id, ${partner} as partner_id, r.service_id, ${category} as category, r.${from} as first, r.${until} as over
          from ${table} r ${group} join since s on s.service_id = r.service_id and s.partner_id = ${partner} where ${counts}),
        change as (
          select distinct s.partner_id, s.service_id, s.recorded_at, d.day, r.category
          from since s join record r on r.partner_id = s.partner_id and r.service_id = s.service_id
          cross join lateral (values (r.first), (r.over), (s.day)) as d(day)
          where d.day >= s.day
          union select s.partner_id, s.service_id, s.recorded_at, u.occurred_on, u.category
          from since s join usage_entry u on u.partner_id = s.partner_id and u.service_id = s.service_id
            and u.metric_key in (${keys}) and u.source = 'hub' and u.occurred_on >= s.day
          union select s.partner_id, s.service_id, s.recorded_at, s.day, u.category
          from since s join usage_entry u on u.partner_id = s.partner_id and u.service_id = s.service_id
            and u.metric_key in (${keys}) and u.source = 'hub'),
        level as (
          select c.*, x.metric, x.quantity, md5(concat_ws(' ', c.partner_id, c.service_id, c.day, c.category, x.metric, c.recorded_at)) as sign,
            lpad(to_hex((extract(epoch from c.recorded_at) * 1000)::bigint), 12, '0') as made
          from change c cross join lateral (
            select v.* from (select ${metrics.map(([, quantity], at) => `${quantity} as q${at}`).join(', ')}
              from employer_group g left join record h on h.partner_id = c.partner_id and h.service_id = c.service_id
                and h.category is not distinct from c.category and h.first <= c.day and (h.over is null or c.day < h.over)
              left join ${table} r on r.id = h.id where g.service_id = c.service_id) as q
            cross join lateral (values ${metrics.map(([key], at) => `('${key}', q.q${at}::numeric)`).join(', ')}) as v(metric, quantity)) as x)
        -- A reference in letters: digits by chance read like a telephone number.
        insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference,
            provenance, recorded_at)
          select l.partner_id, ${KEY_BY_TIME}, l.service_id, l.metric, l.day, l.quantity, l.category, null, 'hub',
            '${name} ' || l.day || ' ' || translate(left(l.sign, 20), '0123456789', 'ghijklmnop'), p.provenance, l.recorded_at
          from level l join partner p on p.id = l.partner_id
          order by l.partner_id, 2;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger ${table}_${name}_${event} after ${event} on ${table}
      referencing new table as new_rows ${event === 'update' ? 'old table as old_rows' : ''}
      for each statement execute function count_${name}_${event}();`);
  }

  /** Hours count once the member has approved them: on the last day of their week on which the worker was placed. */
  private hours(): void {
    for (const event of ['insert', 'update'] as const) {
      const was =
        event === 'update'
          ? `join old_rows o on o.partner_id = n.partner_id and o.id = n.id and o.approved_at is null`
          : '';
      this.addSql(`create function count_timesheet_${event}() returns trigger ${DEFINER} as $$
        declare
          viewer_scope text := current_setting('hub.scope', true);
        begin
          if not exists (select from new_rows n ${was} where n.approved_at is not null and n.hours > 0) then
            return null;
          end if;
          ${AS_HUB}
          with approved as (
            select n.partner_id, n.id, n.service_id, least(n.week + 6, p.ends_on - 1) as day, n.hours, w.job_function, n.provenance,
              ${event === 'insert' ? 'n.approved_at' : 'clock_timestamp()'} as recorded_at
            from new_rows n ${was} join placement p on p.partner_id = n.partner_id and p.id = n.placement_id
            join shared_worker w on w.id = n.worker_id
            where n.approved_at is not null and n.hours > 0),
          shown as materialized (
            select x.service_id, x.day, x.job_function, shown_function(x.service_id, x.day, x.job_function) as category
            from (select distinct a.service_id, a.day, a.job_function from approved a) as x),
          entry as (
            select a.*, s.category, v.metric, v.quantity, md5(v.metric || ' ' || a.id) as sign,
              (select n.id from enrolment n where n.partner_id = a.partner_id and n.service_id = a.service_id and n.active_from <= a.day
                and (n.ended_on is null or a.day < n.ended_on) order by n.active_from limit 1) as enrolment_id
            from approved a join shown s on s.service_id = a.service_id and s.day = a.day and s.job_function = a.job_function
            cross join lateral (values ('EMPLOYER_GROUP_HOURS_PLACED', a.hours), ('EMPLOYER_GROUP_MEMBERS_SERVED', 1)) as v(metric, quantity))
          insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference,
              provenance, recorded_at)
            select e.partner_id, ${entryKey('e.id', 'e.sign')}, e.service_id, e.metric, e.day, e.quantity, e.category, e.enrolment_id, 'hub',
              'timesheet-' || e.id || ' ' || e.metric, e.provenance, e.recorded_at
            from entry e where e.enrolment_id is not null order by e.partner_id, e.id, e.metric;
          ${AS_BEFORE}
          return null;
        end $$;`);
      this.addSql(`create trigger timesheet_counted_${event} after ${event} on timesheet
        referencing new table as new_rows ${event === 'update' ? 'old table as old_rows' : ''}
        for each statement execute function count_timesheet_${event}();`);
    }
  }

  /** What is invoiced counts in its month, a settlement at the end of its year or with the partner, by the functions of its lines; a credit note takes it back there. */
  private invoiced(): void {
    this.addSql(`create function count_invoice_lines() returns trigger ${DEFINER} as $$
      declare
        viewer_scope text := current_setting('hub.scope', true);
      begin
        ${AS_HUB}
        with line as (
          select n.partner_id, n.id, i.service_id, case when i.period_until - i.period_from > 31 then least(i.period_until, p.closed_on) - 1 else i.period_from end as day,
            n.amount, n.job_function, i.provenance, i.created_at as recorded_at
          from new_rows n join invoice i on i.partner_id = n.partner_id and i.id = n.invoice_id join partner p on p.id = n.partner_id where n.amount <> 0),
        shown as materialized (
          select x.service_id, x.day, x.job_function, shown_function(x.service_id, x.day, x.job_function) as category
          from (select distinct l.service_id, l.day, l.job_function from line l where l.job_function is not null) as x)
        insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source, external_reference,
            provenance, recorded_at)
          select l.partner_id, ${entryKey('l.id', `md5('EMPLOYER_GROUP_INVOICED_EUR ' || l.id)`)}, l.service_id, 'EMPLOYER_GROUP_INVOICED_EUR', l.day,
            l.amount, s.category, null, 'hub', 'invoice-line-' || l.id, l.provenance, l.recorded_at
          from line l left join shown s on s.service_id = l.service_id and s.day = l.day and s.job_function = l.job_function
          order by l.partner_id, l.id;
        ${AS_BEFORE}
        return null;
      end $$;`);
    this.addSql(`create trigger invoice_line_counted after insert on invoice_line
      referencing new table as new_rows for each statement execute function count_invoice_lines();`);
  }

  override down(): void {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}
