import type { Partner } from '../../../partners/partner.entity.ts';
import {
  type AnyRow,
  and,
  connection,
  derived,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type Rows,
  type Sql,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import type { SharedService } from '../../service.entity.ts';
import { SharedWorker } from '../employer-group.entity.ts';
import { PlacementRequest } from '../placement.entity.ts';

/** A figure by function is told to members from so many workers, or members, on. */
const FEWEST = 4;

/** A filter with its references turned into keys. */
export interface RequestCondition {
  partner?: string | undefined;
  service?: string | undefined;
  states?: readonly string[] | null | undefined;
  functions?: readonly string[] | null | undefined;
}

/** The latest first. */
export const REQUEST_ORDER: OrderKey<PlacementRequest>[] = [
  { by: (row) => row.requestedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

export function placementRequests(filter: RequestCondition, page: Page): Rows {
  const { partner, service, states, functions } = filter;
  return connection(PlacementRequest, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        states ? oneOf(row.state, states, 'text') : undefined,
        functions ? oneOf(row.jobFunction, functions, 'text') : undefined,
      ]),
    orderBy: REQUEST_ORDER,
    page,
  });
}

export function requestsOfPartner(page: Page): Rows {
  return connection<PlacementRequest, Partner>(PlacementRequest, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: REQUEST_ORDER,
    page,
  });
}

export function requestById(id: string): Rows {
  return one(PlacementRequest, (row) => sql`${row.id} = ${id}::uuid`);
}

/**
 * Hours of contracts and placements by week and function, a contract that begins or ends in a week by its days from Monday to
 * Friday; to members, of functions of enough people and in tens of hours: what one more contract adds is not told.
 */
export function capacityOfService(from: string, weeks: number): Rows {
  return derived<
    'week' | 'jobFunction' | 'workers' | 'contractHours' | 'placedHours' | 'freeHours',
    SharedService
  >(
    {
      subquery: (
        service,
      ) => sql`(select c.week, c.job_function as "jobFunction", c.workers, trim_scale(round(c.contract, c.decimals)) as "contractHours",
          trim_scale(round(c.placed, c.decimals)) as "placedHours",
          trim_scale(greatest(round(c.contract, c.decimals) - round(c.placed, c.decimals), 0)) as "freeHours"
        from (select k.*, case group_insight(${service.id}) when 'ALL' then 2 else -1 end as decimals from (
          select k.monday as week, w.job_function, count(distinct w.reference)::int as workers,
            sum(w.contract_hours * greatest(0, least(k.monday + 5, coalesce(w.employed_until, k.monday + 5)) - greatest(k.monday, w.employed_from)) / 5) as contract,
            sum(coalesce(p.minutes, 0) / 60.0) as placed
          from (select date_trunc('week', ${from}::date)::date + 7 * n as monday from generate_series(0, ${weeks}::int - 1) as n) as k
          join counted_contract w on w.service_id = ${service.id} and w.employed_from < k.monday + 7
            and (w.employed_until is null or w.employed_until > k.monday)
          left join lateral (select sum(minutes_in_week(q.minutes_by_weekday, q.starts_on, least(q.ends_on, w.employed_until), k.monday)) as minutes
            from counted_placement q where q.worker_id = w.worker_id and q.starts_on < k.monday + 7 and (q.ends_on is null or q.ends_on > k.monday)) as p on true
          group by 1, 2) as k) as c
        where case group_insight(${service.id}) when 'ALL' then true when 'SOME' then c.workers >= ${FEWEST}::int else false end
        order by c.week, c.job_function)`,
      columns: ['week', 'jobFunction', 'workers', 'contractHours', 'placedHours', 'freeHours'],
    },
    { weight: 10, limit: weeks * 13 },
  );
}

/** What is asked for and not placed, by function; to members, of functions that enough members ask for. */
export function demandOfService(): Rows {
  return derived<'jobFunction' | 'members' | 'weeklyHours', SharedService>(
    {
      subquery: (
        service,
      ) => sql`(select d.job_function as "jobFunction", d.members, trim_scale(d.hours) as "weeklyHours" from (
          select r.job_function, count(distinct r.partner_id)::int as members, sum(r.weekly_hours) as hours
          from counted_request r where r.service_id = ${service.id} group by 1) as d
        where case group_insight(${service.id}) when 'ALL' then true when 'SOME' then d.members >= ${FEWEST}::int else false end
        order by d.job_function)`,
      columns: ['jobFunction', 'members', 'weeklyHours'],
    },
    { limit: 13 },
  );
}

/** Workers of a group on a day and how many more the law allows; for its members and staff. */
export function headroomOfService(on: string | Sql): Rows {
  const day = typeof on === 'string' ? sql`${on}::date` : on;
  return derived<'workers' | 'limit' | 'headroom', SharedService>(
    {
      subquery: (
        service,
      ) => sql`(select x.workers, x.most as "limit", greatest(x.most - x.workers, 0) as headroom from (
          select (select count(*)::int from counted_contract w where w.service_id = ${service.id} and w.employed_from <= ${day}
              and (w.employed_until is null or ${day} < w.employed_until)) as workers,
            legal_value('MAX_WORKERS', ${day})::int as most) as x
        where x.most is not null and group_insight(${service.id}) <> 'NONE')`,
      columns: ['workers', 'limit', 'headroom'],
    },
    { kind: 'one' },
  );
}

/**
 * Workers with enough free hours in every week of a request, up to a year ahead: those who are placed near first, then those
 * who keep the fewest hours. For the group's staff.
 */
export function matchesOfRequest(first: number): Rows {
  return derived<'worker_id' | 'freeHours' | 'nearness', PlacementRequest>(
    {
      subquery: (request) => sql`(with span as (
            select date_trunc('week', ${request.startsOn}::date)::date as first_monday,
              least(coalesce(${request.endsOn}, ${request.startsOn} + 371), ${request.startsOn} + 371) - 1 as last_day),
          week as (select s.first_monday + 7 * n as monday from span s cross join lateral generate_series(0, (s.last_day - s.first_monday) / 7) as n),
          free as (
            select w.worker_id, min(w.contract_hours - coalesce(p.minutes, 0) / 60.0) as hours
            from counted_contract w cross join week k
            left join lateral (select sum(minutes_in_week(q.minutes_by_weekday, q.starts_on, least(q.ends_on, w.employed_until), k.monday)) as minutes
              from counted_placement q where q.worker_id = w.worker_id and q.starts_on < k.monday + 7 and (q.ends_on is null or q.ends_on > k.monday)) as p on true
            where w.service_id = ${request.service} and w.job_function = ${request.jobFunction} and w.employed_from <= ${request.startsOn}
              and (w.employed_until is null or (${request.endsOn} is not null and ${request.endsOn} <= w.employed_until))
              and not (w.is_dedicated and exists (select from counted_placement q where q.worker_id = w.worker_id and q.partner_id <> ${request.partner}
                and daterange(q.starts_on, q.ends_on) && daterange(${request.startsOn}, ${request.endsOn})))
            group by w.worker_id),
          near as (
            select f.worker_id, f.hours, coalesce((select max(case when t.id = here.id then 3 when t.arrondissement_code = here.arrondissement_code then 2
                when t.region_code = here.region_code then 1 else 0 end)
              from placement q join territory t on t.id = q.municipality_id where q.worker_id = f.worker_id and q.state in ('PROPOSED', 'AGREED')
                and (q.ends_on is null or q.ends_on > ${request.startsOn})), 0) as near
            from free f join territory here on here.id = ${request.municipality} where f.hours >= ${request.weeklyHours})
        select n.worker_id, trim_scale(round(n.hours, 2)) as "freeHours", (array['ELSEWHERE', 'REGION', 'ARRONDISSEMENT', 'MUNICIPALITY'])[n.near + 1] as nearness
        from near n where group_insight(${request.service}) = 'ALL'
        order by n.near desc, n.hours, n.worker_id limit ${first}::int)`,
      columns: ['worker_id', 'freeHours', 'nearness'],
      fields: {
        worker: (row: AnyRow) => one(SharedWorker, (worker) => sql`${worker.id} = ${row.worker_id as Sql}`),
      } as never,
    },
    { limit: first, weight: 10 },
  );
}
