import {
  and,
  type Fields,
  fields,
  list,
  mustExist,
  oneOf,
  raw,
  type Sql,
  sql,
  today,
} from '../read/index.ts';
import { SharedService } from '../services/service.entity.ts';
import { MetricDefinition } from './metric.entity.ts';
import { REPORTING_DONE } from './metric-definition.ts';
import type { UsageChange } from './usage-change.ts';

/** Which answers a subscriber wants to know about, references turned into keys. */
export interface UsageScope {
  metrics?: readonly string[] | undefined;
  services?: readonly string[] | undefined;
  partners?: readonly string[] | undefined;
  federation?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** What of the answers has changed, as far as a viewer sees it. */
export interface SeenChange {
  at: string | null;
  metrics: readonly string[];
  services: readonly string[];
  from: string | null;
  until: string | null;
  isComplete: boolean;
}

/** A condition that fails where a scope names what is not there; undefined where it names nothing. */
export function scopeExists({ services, partners, federation }: UsageScope): Sql | undefined {
  const checks: Sql[] = [];
  if (services) checks.push(mustExist('shared_service', services, 'scope.services'));
  if (partners) checks.push(mustExist('partner', partners, 'scope.partners'));
  if (federation) checks.push(mustExist('federation', [federation], 'scope.federation'));
  return checks.length > 0 ? and(checks) : undefined;
}

/**
 * The metrics `t` that are computed from what was written, `s`: the metric itself, those over all use or all reporting,
 * where enrolments are others, their number and what falls away with them; and the ratios of these.
 */
const COMPUTED_FROM =
  raw(`exists (select from metric_definition x where x.key in (t.key, t.numerator_key, t.denominator_key)
  and (x.service_kind is null or x.service_kind = v.kind) and (x.key = s.metric
    or (x.source = 'ALL_USAGE' and s.kind = 'FLOW')
    or (x.source = 'ENROLMENTS' and (s.metric is null or x.key = '${REPORTING_DONE}'))
    or (s.metric is null and (x.source = 'POPULATIONS' or (x.kind = 'STOCK' and x.needs_enrolment)))))`);

/** What of a change the viewer sees in a scope, as JSON of a {@link SeenChange}; NULL where that is nothing. */
export function seenChange({ since, usage, enrolments }: UsageChange, scope: UsageScope): Sql {
  const { metrics, services, from = null, to = null } = scope;
  const ofScope = and([
    metrics && oneOf(raw('t.key'), metrics, 'text'),
    services && oneOf(raw('s.service'), services, 'uuid'),
    sql`s.since_day < coalesce(${to}::date, 'infinity') and s.until_day > coalesce(${from}::date, '-infinity')`,
  ]);
  // A level holds until the next one is known.
  return sql`(with seen as (
      select g.metric, g.service, d.kind, m.first_month as since_day,
        case when d.kind = 'STOCK' then 'infinity' else (m.last_month + interval '1 month')::date end as until_day
      from unnest(${usage.map((group) => group.metric)}::text[], ${usage.map((group) => group.service)}::uuid[],
        ${usage.map((group) => group.from)}::date[], ${usage.map((group) => group.until)}::date[]) as g(metric, service, since_day, until_day)
      join metric_definition d on d.key = g.metric
      cross join lateral (select min(m.month) as first_month, max(m.month) as last_month from usage_month m
        where m.metric_key = g.metric and m.service_id = g.service and m.month >= g.since_day and m.month < g.until_day
          and m.changed_at >= ${since}::timestamptz and ${ofPartners(raw('m.partner_id'), scope)}) as m
      where m.first_month is not null
    union all
      select null, g.service, null, g.since_day, 'infinity'
      from unnest(${enrolments.map((group) => group.service)}::uuid[], ${enrolments.map((group) => group.partner)}::uuid[],
        ${enrolments.map((group) => group.from)}::date[]) as g(service, partner, since_day)
      where exists (select from enrolment e where e.partner_id = g.partner and e.service_id = g.service)
        and ${ofPartners(raw('g.partner'), scope)}
    )
    select case when count(*) > 0 then json_build_object('at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'metrics', json_agg(distinct t.key), 'services', json_agg(distinct s.service), 'from', min(s.since_day),
      'until', nullif(max(s.until_day), 'infinity'), 'isComplete', true) end
    from seen s join shared_service v on v.id = s.service join metric_definition t on ${COMPUTED_FROM} where ${ofScope})`;
}

/** Of the partners of a scope, and members of its federation today. */
function ofPartners(partner: Sql, { partners, federation }: UsageScope): Sql {
  return and([
    partners && oneOf(partner, partners, 'uuid'),
    federation === undefined
      ? undefined
      : sql`exists (select from membership f where f.partner_id = ${partner} and f.federation_id = ${federation}::uuid
          and f.valid_from <= ${today} and (f.valid_until is null or ${today} < f.valid_until))`,
  ]);
}

/** What is told of a change. */
export function usageMetricsChange(change: SeenChange): Fields {
  const { at, metrics, services, from, until, isComplete } = change;
  return fields({
    at: () => (at ? sql`${at}::timestamptz` : raw('now()')),
    metrics: () =>
      list(MetricDefinition, {
        where: (row) => oneOf(row.key, metrics, 'text'),
        orderBy: [{ by: (row) => row.key, direction: 'asc', type: 'text' }],
      }),
    services: () =>
      list(SharedService, {
        where: (row) => oneOf(row.id, services, 'uuid'),
        orderBy: [{ by: (row) => row.slug, direction: 'asc', type: 'text' }],
      }),
    period: () => fields({ from: () => sql`${from}::date`, to: () => sql`${until}::date` }),
    isComplete: () => raw(String(isComplete)),
  });
}
