import type { LanguageCode } from '../../../database/localised-text.ts';
import { fallbackOrder } from '../../../database/localised-text.ts';
import { join, raw, type Sql, sql } from '../../../read/index.ts';

/** What the calendar of a placement is made of, by the key of the calendar, as JSON; NULL where there is none. */
export function daysOfCalendar(key: string, language: LanguageCode): Sql {
  const name = join(
    fallbackOrder(language).map((code) => raw(`m.name_${code}`)),
    ', ',
  );
  return sql`(select json_build_object('id', p.id, 'jobFunction', w.job_function, 'member', coalesce(${name}), 'minutes', p.minutes_by_weekday,
      'startsOn', p.starts_on, 'endsOn', coalesce(p.ends_on, w.employed_until), 'state', p.state, 'version', p.version,
      'proposedAt', to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'disputes', (select coalesce(json_agg(json_build_object('from', d.started_on, 'until', d.ended_on) order by d.started_on), '[]'::json)
        from labour_dispute d where d.partner_id = p.partner_id and d.service_id = p.service_id))
    from placement p join shared_worker w on w.id = p.worker_id join partner m on m.id = p.partner_id
    where p.calendar_key = ${key}::uuid)`;
}
