import { fallbackOrder, type LanguageCode } from '../../../database/localised-text.ts';
import {
  type AnyRow,
  and,
  connection,
  derived,
  type Expression,
  expression,
  join,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  raw,
  type Sql,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import type { SharedService } from '../../service.entity.ts';
import { AdviceSession } from '../session.entity.ts';

/** Answers from which on a mean is told: fewer tell who gave them. */
const FEWEST_ANSWERS = 4;

/** A filter with its references turned into keys. */
export interface SessionCondition {
  service?: string | undefined;
  kinds?: readonly string[] | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  isOpen?: boolean | null | undefined;
}

/** The latest first. */
export const SESSION_ORDER: OrderKey<AdviceSession>[] = [
  { by: (row) => row.startsAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

function condition(row: RowRef<AdviceSession>, filter: SessionCondition): Sql | undefined {
  const { service, kinds, from, to, isOpen } = filter;
  const open = sql`(${row.cancelledAt} is null and ${row.seatsTaken} < ${row.capacity} and now() <= ${row.registrationUntil})`;
  return and([
    named('shared_service', service, 'service', row.service),
    kinds ? oneOf(row.kind, kinds, 'text') : undefined,
    from ? sql`${row.startsAt} >= ${from}::timestamptz` : undefined,
    to ? sql`${row.startsAt} < ${to}::timestamptz` : undefined,
    typeof isOpen === 'boolean' ? (isOpen ? open : sql`not ${open}`) : undefined,
  ]);
}

export function sessions(filter: SessionCondition, page: Page): Rows {
  return connection(AdviceSession, { where: (row) => condition(row, filter), orderBy: SESSION_ORDER, page });
}

export function sessionsOfService(filter: SessionCondition, page: Page): Rows {
  return connection<AdviceSession, SharedService>(AdviceSession, {
    where: (row, service) => and([sql`${row.service} = ${service.id}`, condition(row, filter)]),
    orderBy: SESSION_ORDER,
    page,
  });
}

export function sessionById(id: string): Rows {
  return one(AdviceSession, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Seats that nobody has taken. */
export function freeSeats(): Expression {
  return expression<AdviceSession>((row) => sql`(${row.capacity} - ${row.seatsTaken})`);
}

/** Path of the calendar of a service's sessions. */
export function calendarPath(): Expression {
  return expression<SharedService>((row) => sql`'/calendar/sessions/' || ${row.slug} || '.ics'`);
}

const COUNTS = ['role', 'attended', 'ofWhomFirstTime'] as const;

/** Who came, by role, as far as the viewer sees it. */
export function attendanceOfSession(): Rows {
  return derived<(typeof COUNTS)[number], AdviceSession>({
    subquery: (session) =>
      sql`(select a.role, sum(a.attended)::int as attended, sum(a.first_time)::int as "ofWhomFirstTime"
        from session_attendance a where a.session_id = ${session.id} group by a.role having sum(a.attended) > 0 order by a.role)`,
    columns: [...COUNTS],
  });
}

/** What was thought of it, from some answers on; grades that the viewer does not see are not there. */
export function satisfactionOfSession(): Rows {
  return derived<'session_id' | 'answers' | 'mean', AdviceSession>(
    {
      subquery: (session) =>
        sql`(select c.session_id, sum(c.answers)::int as answers, trim_scale(round(sum(c.grade * c.answers)::numeric / nullif(sum(c.answers), 0), 2)) as mean
          from satisfaction_score c where c.session_id = ${session.id} group by 1 having sum(c.answers) >= ${raw(String(FEWEST_ANSWERS))})`,
      columns: ['session_id', 'answers', 'mean'],
      fields: {
        grades: (row: AnyRow) =>
          derived({
            subquery: () =>
              sql`(select c.grade, c.answers from satisfaction_score c where c.session_id = ${row.session_id as Sql} and c.answers > 0 order by c.grade)`,
            columns: ['grade', 'answers'],
          }),
      } as never,
    },
    { kind: 'one', limit: 1 },
  );
}

/** Sessions of a service by its slug, for its calendar: as JSON; NULL where there is no such service. */
export function sessionsOfCalendar(slug: string, language: LanguageCode): Sql {
  const text = (table: string, column: string): Sql =>
    sql`coalesce(${join(
      fallbackOrder(language).map((code) => raw(`${table}.${column}_${code}`)),
      ', ',
    )})`;
  const instant = (column: string): Sql =>
    raw(`to_char(s.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);
  // A calendar looks a year back: older sessions are asked of the hub.
  return sql`(select json_build_object('name', ${text('v', 'name')}, 'sessions', (select coalesce(json_agg(json_build_object('id', s.id, 'kind', s.kind,
        'title', ${text('s', 'title')}, 'startsAt', ${instant('starts_at')}, 'endsAt', ${instant('ends_at')}, 'changedAt', ${instant('created_at')}, 'version', s.version,
        'place', ${text('t', 'name')}, 'isCancelled', s.cancelled_at is not null) order by s.starts_at, s.id), '[]'::json)
      from advice_session s left join territory t on t.id = s.municipality_id where s.service_id = v.id and s.starts_at > now() - interval '1 year'))
    from shared_service v where v.slug = ${slug} and v.kind in ('PREVENTION', 'DIVERSITY'))`;
}
