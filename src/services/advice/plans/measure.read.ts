import type { Partner } from '../../../partners/partner.entity.ts';
import {
  and,
  connection,
  derived,
  type Expression,
  expression,
  list,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type Rows,
  type Sql,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import type { RiskAnalysis } from '../analysis.entity.ts';
import { PreventionMeasure } from '../measure.entity.ts';

/** A filter with its references turned into keys. */
export interface MeasureCondition {
  partner?: string | undefined;
  service?: string | undefined;
  states?: readonly string[] | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  isOverdue?: boolean | null | undefined;
}

/** The next deadline first. */
export const MEASURE_ORDER: OrderKey<PreventionMeasure>[] = [
  { by: (row) => row.deadline, direction: 'asc', type: 'date' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

const TODAY = sql`(now() at time zone 'Europe/Brussels')::date`;
const overdue = (row: { state: Sql; deadline: Sql }): Sql =>
  sql`(${row.state} in ('PLANNED', 'IN_PROGRESS') and ${row.deadline} < ${TODAY})`;

export function measures(
  { partner, service, states, from, to, isOverdue }: MeasureCondition,
  page: Page,
): Rows {
  return connection(PreventionMeasure, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        states ? oneOf(row.state, states, 'text') : undefined,
        from ? sql`${row.deadline} >= ${from}::date` : undefined,
        to ? sql`${row.deadline} < ${to}::date` : undefined,
        typeof isOverdue === 'boolean' ? sql`${overdue(row)} = ${isOverdue}::boolean` : undefined,
      ]),
    orderBy: MEASURE_ORDER,
    page,
  });
}

export function measuresOfAnalysis(): Rows {
  return list<PreventionMeasure, RiskAnalysis>(PreventionMeasure, {
    where: (row, analysis) => sql`${row.partner} = ${analysis.partner} and ${row.analysis} = ${analysis.id}`,
    orderBy: MEASURE_ORDER,
  });
}

export function measureById(id: string): Rows {
  return one(PreventionMeasure, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Whether its deadline has passed and it is neither done nor dropped. */
export function isOverdue(): Expression {
  return expression<PreventionMeasure>((row) => overdue(row));
}

/** Years of a partner's plan in which measures are due that the viewer sees. */
export function planOfPartner(from: number, years: number): Rows {
  return derived<'year' | 'measures' | 'done' | 'doneInTime' | 'overdue' | 'budget', Partner>(
    {
      subquery: (
        partner,
      ) => sql`(select extract(year from m.deadline)::int as year, count(*)::int as measures, count(*) filter (where m.state = 'DONE')::int as done,
          count(*) filter (where m.state = 'DONE' and m.closed_on <= m.deadline)::int as "doneInTime",
          count(*) filter (where ${overdue({ state: sql`m.state`, deadline: sql`m.deadline` })})::int as overdue, trim_scale(coalesce(sum(m.budget), 0)) as budget
        from prevention_measure m where m.partner_id = ${partner.id} and m.state <> 'DROPPED'
          and m.deadline >= make_date(${from}::int, 1, 1) and m.deadline < make_date(${from}::int + ${years}::int, 1, 1)
        group by 1 order by 1)`,
      columns: ['year', 'measures', 'done', 'doneInTime', 'overdue', 'budget'],
    },
    { limit: years },
  );
}
