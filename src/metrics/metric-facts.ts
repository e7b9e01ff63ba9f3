import { join, literal, oneOf, raw, type Sql, sql, today } from '../read/index.ts';
import {
  type MetricDefinitionInit,
  MetricSource,
  POPULATION_SERVED,
  REPORTING_DONE,
} from './metric-definition.ts';
import { isMonthStart, MONTHS, type Step } from './periods.ts';

/*
 * Facts of a metric, under the alias `f`: what is counted or added up, each with what its partner was at the time.
 * Dimensions and conditions are written on their columns, which are those of ENTRY_COLUMNS. All are read under row
 * security: a viewer counts what it sees.
 */

/** A period whose ends are expressions; their text where they are known, so that nothing is read in vain. */
interface Bounds {
  /** First day, or NULL for no bound. */
  from: Sql;
  /** First day after the period, or NULL for no bound. */
  to: Sql;
  known?: { from: string | null; to: string | null } | undefined;
}

/** What facts are read from. */
export interface Tables {
  months: Sql;
  days: Sql;
  enrolments: Sql;
}

/** The records that the viewer sees. */
export const SEEN: Tables = {
  months: raw('usage_month'),
  days: raw('usage_fact'),
  enrolments: raw('enrolment'),
};

/** That a record is there, whoever sees it, and not what it says: its quantity is none. */
export const COUNTED: Tables = {
  months: raw('counted_month'),
  days: raw('counted_fact'),
  enrolments: raw('counted_enrolment'),
};

/** The rollups, from the smallest to the one that holds everything: sums, totals, months of single partners. */
export const GRAINS = ['SUM', 'TOTAL', 'MONTH'] as const;
export type Grain = (typeof GRAINS)[number];

/** Which facts a question needs. */
export interface FactsQuestion {
  definition: Pick<MetricDefinitionInit, 'key' | 'kind' | 'aggregation' | 'source' | 'needsEnrolment'>;
  /** The metric's key, where another row tells it: of one kind with the definition's. */
  metric?: Sql | undefined;
  /** The keys of several flows at once, told apart by `f.metric_key`: all of one kind with the definition's. */
  alike?: readonly string[] | undefined;
  bounds: Bounds;
  step: Step | undefined;
  /** What a fact must be about, on the columns of all tables of facts: what an index can find. */
  where: readonly Sql[];
  /** Whether they are asked for by membership of a federation, which changes on days and not with months. */
  byMembership: boolean;
  /** The rollup that holds all that is asked for; the months unless it says otherwise. */
  grain?: Grain | undefined;
  /** Whether there may be months of single partners that the viewer sees and their totals not: it reaches some. */
  reachesPartners?: boolean | undefined;
  /** The records that the viewer sees, unless it says otherwise. */
  tables?: Tables | undefined;
}

const MONTH = (day: Sql): Sql => sql`date_trunc('month', ${day}::timestamp)::date`;
const NEXT_MONTH = (day: Sql): Sql => sql`(${MONTH(day)} + interval '1 month')::date`;
/** The first day of a month that is not before a day. */
const MONTH_FROM = (day: Sql): Sql =>
  sql`case when ${MONTH(day)} = ${day} then ${day} else ${NEXT_MONTH(day)} end`;

/** Partner and month of a period in which a membership begins or ends inside: its facts are taken day by day. */
const divided = ({ from, to }: Bounds): Sql =>
  sql`(select distinct mb.partner_id, ${MONTH(raw('b.day'))} as month
    from membership mb cross join lateral (values (mb.valid_from), (mb.valid_until)) as b(day)
    where extract(day from b.day) <> 1 and b.day >= coalesce(${from}, '-infinity') and b.day < coalesce(${to}, 'infinity'))`;

const MONTH_COLUMNS =
  raw(`m.metric_key, m.partner_id, m.service_id, m.month as day, m.quantity, m.entries, m.uses, m.category, m.enrolment_id,
  m.sector_id, m.size_band, m.municipality_id, m.region_code, m.province_code, m.authority_id`);
const ENTRY_COLUMNS =
  raw(`m.metric_key, m.partner_id, m.service_id, m.occurred_on as day, m.quantity, 1 as entries,
  (m.quantity <> 0)::int as uses, m.category, m.enrolment_id, m.sector_id, m.size_band, m.municipality_id, m.region_code,
  m.province_code, m.authority_id`);
/** Of all partners together; what a rollup does not tell apart is null in it. */
const TOGETHER = (own: string): Sql =>
  raw(`m.metric_key, null::uuid as partner_id, m.service_id, m.month as day, m.quantity, m.entries, m.uses, null::varchar as category,
  null::uuid as enrolment_id, m.sector_id, ${own}`);
const TOTALS = {
  SUM: sql`select ${TOGETHER('null::text as size_band, null::uuid as municipality_id, m.region_code, null::varchar as province_code, null::uuid as authority_id')} from usage_sum m`,
  TOTAL: sql`select ${TOGETHER('m.size_band, null::uuid as municipality_id, m.region_code, m.province_code, m.authority_id')} from usage_total m`,
};

/** The condition that a row of use is of a metric. */
function ofMetric({ definition, metric, alike }: FactsQuestion): Sql {
  if (alike) return oneOf(raw('m.metric_key'), alike, 'text');
  return definition.source === MetricSource.ALL_USAGE
    ? sql`m.metric_key in (select d.key from metric_definition d where d.kind = 'FLOW')`
    : sql`m.metric_key = ${metric ?? literal(definition.key)}`;
}

/** The conditions, and the rest that is given, as a where clause. */
function where(question: FactsQuestion, ...more: (Sql | undefined)[]): Sql {
  return join([ofMetric(question), ...question.where, ...more.filter((one) => one !== undefined)], ' and ');
}

/** Whether an end of a period, where it is known, divides no month. */
const isWhole = (day: string | null | undefined): boolean =>
  day === null || (day !== undefined && isMonthStart(day));

const dividesNoMonth = ({ known }: Bounds): boolean => isWhole(known?.from) && isWhole(known?.to);

/** Whether each fact of use is of a whole month, its day the first. */
export const isOfMonths = ({ bounds, byMembership }: FactsQuestion): boolean =>
  dividesNoMonth(bounds) && !byMembership;

/** Facts of use in a period: whole months from the rollups, days that make no whole month from the entries. */
export function flowFacts(question: FactsQuestion): Sql {
  const { bounds, step, byMembership, grain = 'MONTH', tables = SEEN } = question;
  const { from, to, known } = bounds;
  const parts: Sql[] = [];
  if (step === 'DAY') {
    return sql`select ${ENTRY_COLUMNS} from ${tables.days} m where ${where(question, since(from, known?.from, 'm.occurred_on'), until(to, known?.to, 'm.occurred_on'))}`;
  }
  const months = [
    known?.from === null ? undefined : sql`m.month >= ${isWhole(known?.from) ? from : MONTH_FROM(from)}`,
    known?.to === null ? undefined : sql`m.month < ${isWhole(known?.to) ? to : MONTH(to)}`,
  ];
  if (!known) {
    // Of ends that are told by another row nothing is known here: NULL is none.
    months[0] = sql`m.month >= coalesce(${MONTH_FROM(from)}, '-infinity')`;
    months[1] = sql`m.month < coalesce(${MONTH(to)}, 'infinity')`;
  }
  const undivided = byMembership
    ? sql`not exists (select from ${divided(bounds)} as x where x.partner_id = m.partner_id and x.month = m.month)`
    : undefined;
  const rollup = where(question, ...months, raw('m.entries <> 0'), undivided);
  if (grain !== 'MONTH' && !byMembership) {
    parts.push(sql`${TOTALS[grain]} where ${rollup}`);
    // Totals that are not seen as a whole are counted from the months that are.
    if (question.reachesPartners) {
      parts.push(sql`select ${MONTH_COLUMNS} from usage_month m where ${rollup} and not m.is_synthetic
        and not m.service_id = any((select hub_scope('services'))::uuid[])`);
    }
  } else parts.push(sql`select ${MONTH_COLUMNS} from ${tables.months} m where ${rollup}`);
  const inDays = (condition: Sql, of?: Sql): void => {
    parts.push(
      sql`select ${ENTRY_COLUMNS} from ${of ?? raw('')}${tables.days} m where ${where(question, condition)}`,
    );
  };
  const first = sql`m.occurred_on >= ${from} and m.occurred_on < least(${MONTH_FROM(from)}, ${to})`;
  const last =
    known?.from === null
      ? sql`m.occurred_on >= ${MONTH(to)} and m.occurred_on < ${to}`
      : sql`m.occurred_on >= greatest(${MONTH(to)}, ${MONTH_FROM(from)}) and m.occurred_on < ${to}`;
  if (!known) {
    // Both ends in one reading: each takes its time to plan.
    const edges = sql`(values (${from}, least(${MONTH_FROM(from)}, ${to})), (greatest(${MONTH(to)}, ${MONTH_FROM(from)}), ${to}))`;
    inDays(
      raw('m.occurred_on >= edge.since and m.occurred_on < edge.until'),
      sql`${edges} as edge(since, until) cross join `,
    );
  } else {
    if (!isWhole(known.from)) inDays(first);
    if (!isWhole(known.to)) inDays(last);
  }
  if (byMembership) {
    inDays(sql`m.occurred_on >= coalesce(${MONTH_FROM(from)}, '-infinity') and m.occurred_on < coalesce(${MONTH(to)}, 'infinity')
      and (m.partner_id, ${MONTH(raw('m.occurred_on'))}) in (select x.partner_id, x.month from ${divided(bounds)} as x)`);
  }
  return join(parts, ' union all ');
}

function since(from: Sql, known: string | null | undefined, column: string): Sql | undefined {
  if (known === null) return undefined;
  return known === undefined
    ? sql`${raw(column)} >= coalesce(${from}, '-infinity')`
    : sql`${raw(column)} >= ${from}`;
}

function until(to: Sql, known: string | null | undefined, column: string): Sql | undefined {
  if (known === null) return undefined;
  return known === undefined
    ? sql`${raw(column)} < coalesce(${to}, 'infinity')`
    : sql`${raw(column)} < ${to}`;
}

/** What a partner was on a day, for facts that are no entries. */
const profileOn = (partner: string, day: Sql): Sql =>
  sql`left join partner_profile pf on pf.partner_id = ${raw(partner)} and pf.valid_from <= ${day} and ${day} < pf.valid_until`;
const PROFILE = raw('pf.sector_id, pf.size_band, pf.municipality_id, pf.region_code, pf.province_code');

/** Facts of a level on the day `b.last_day`: one row for each level that holds on it. */
export function levelFacts(question: FactsQuestion): Sql {
  const { definition, tables = SEEN } = question;
  const day = raw('b.last_day');
  const conditions = (more: Sql): Sql => join([...question.where, more], ' and ');
  if (definition.source === MetricSource.ENROLMENTS) {
    return sql`select m.partner_id, m.service_id, ${day} as day, 1::numeric as quantity, 1 as entries, 1 as uses, null::text as category,
        m.id as enrolment_id, ${PROFILE}, r.authority_id
      from ${tables.enrolments} m ${profileOn('m.partner_id', day)}
      left join recognition r on r.partner_id = m.partner_id and r.id = m.recognition_id
      where ${conditions(sql`m.active_from <= ${day} and (m.ended_on is null or m.ended_on > ${day})`)}`;
  }
  if (definition.source === MetricSource.POPULATIONS) return populationFacts(question, day);
  // A level under an enrolment falls away with it.
  const held = (last: string): Sql =>
    definition.needsEnrolment
      ? sql` and exists (select from ${tables.enrolments} e where e.partner_id = ${raw(last)}.partner_id and e.id = ${raw(last)}.enrolment_id
          and e.active_from <= ${day} and (e.ended_on is null or e.ended_on > ${day}))`
      : raw('');
  return sql`select distinct on (x.partner_id, x.service_id, x.category) x.partner_id, x.service_id, ${day} as day, x.quantity,
      1 as entries, 1 as uses, x.category, x.enrolment_id, x.sector_id, x.size_band, x.municipality_id, x.region_code, x.province_code,
      x.authority_id
    from (select ${MONTH_COLUMNS}, m.last_on, m.last_recorded_at, m.last_id from ${tables.months} m
        where ${where(question, raw('m.entries <> 0'), sql`m.last_on <= ${day}`)}${held('m')}
      union all select ${ENTRY_COLUMNS}, m.occurred_on, m.recorded_at, m.id from ${tables.days} m
        where ${where(question, sql`m.occurred_on >= ${MONTH(day)} and m.occurred_on <= ${day} and ${NEXT_MONTH(day)} > ${day} + 1`)}${held('m')}) as x
    order by x.partner_id, x.service_id, x.category, x.last_on desc, x.last_recorded_at desc, x.last_id desc`;
}

/**
 * Members of the populations that services are for, once for each service; or, for the members served, those with an
 * enrolment in it on the day. What a declared count holds beyond the list is of no known partner. Whether a member is
 * served is known to those who see all of the service's enrolments.
 */
function populationFacts(question: FactsQuestion, day: Sql): Sql {
  const served = sql`case when hub_sees_all_of(m.service_id) then (exists (select from enrolment e
    where e.partner_id = m.partner_id and e.service_id = m.service_id and e.active_from <= ${day}
      and (e.ended_on is null or e.ended_on > ${day})))::int::numeric else 'NaN' end`;
  const quantity = question.definition.key === POPULATION_SERVED ? served : raw('m.members::numeric');
  return sql`select m.partner_id, m.service_id, ${day} as day, ${quantity} as quantity, 1 as entries, 1 as uses, null::text as category,
      null::uuid as enrolment_id, ${PROFILE}, null::uuid as authority_id
    from (select pm.partner_id, s.id as service_id, 1 as members from shared_service s
        join population_member pm on pm.population_id = s.population_id
      union all select null, s.id, po.declared_count - (select count(*) from population_member pm where pm.population_id = po.id)
        from shared_service s join population po on po.id = s.population_id where po.declared_count is not null) as m
    ${profileOn('m.partner_id', day)} where ${join([...question.where, raw('m.members <> 0')], ' and ')}`;
}

/** Facts of a step from `b.first_day` to the day before `b.end_day`, for what no rollup holds. */
export function stepFacts(question: FactsQuestion): Sql {
  const { definition, where: conditions, tables = SEEN } = question;
  if (definition.source === MetricSource.FUNDINGS) {
    // Each day of a funding's period bears the same part of it.
    return sql`select null::uuid as partner_id, m.service_id, greatest(m.period_from, b.first_day) as day,
        m.amount * (least(m.period_until, b.end_day) - greatest(m.period_from, b.first_day)) / (m.period_until - m.period_from) as quantity,
        1 as entries, 1 as uses, null::text as category, null::uuid as enrolment_id, null::uuid as sector_id, null::text as size_band,
        null::uuid as municipality_id, null::text as region_code, null::text as province_code, m.authority_id
      from (select fu.*, null::uuid as partner_id from funding fu) as m where ${join([...conditions, raw('m.period_from < b.end_day and m.period_until > b.first_day')], ' and ')}`;
  }
  const lastDay = sql`(least(b.end_day, ${today} + 1) - 1)`;
  // Whether there was a report in whole months, the months say.
  const [reports, day, first] =
    dividesNoMonth(question.bounds) && question.step !== 'DAY'
      ? [tables.months, raw('u.entries <> 0 and u.month'), MONTH(raw('b.first_day'))]
      : [tables.days, raw('u.occurred_on'), raw('b.first_day')];
  const reported = sql`exists (select from ${reports} u where u.partner_id = m.partner_id and u.enrolment_id = m.id
    and ${day} >= ${first} and ${day} < b.end_day)`;
  // What its partner was, and of which federation, is asked of one day: the last.
  return sql`select m.partner_id, m.service_id, ${lastDay} as day, 1::numeric as quantity, 1 as entries, 1 as uses, null::text as category,
      m.id as enrolment_id, ${PROFILE}, r.authority_id
    from ${tables.enrolments} m ${profileOn('m.partner_id', lastDay)}
    left join recognition r on r.partner_id = m.partner_id and r.id = m.recognition_id
    where ${join(
      [
        ...conditions,
        sql`b.first_day <= ${lastDay} and m.active_from <= ${lastDay} and (m.ended_on is null or m.ended_on > b.first_day)`,
        ...(definition.key === REPORTING_DONE ? [reported] : []),
      ],
      ' and ',
    )}`;
}

/** What a step of a series is, in SQL. */
export function stepInterval(step: Step): Sql {
  return raw(step === 'DAY' ? `interval '1 day'` : `interval '${MONTHS[step]} months'`);
}
