/**
 * The answers about usage made by one statement each, written by hand: `limit` on the rollups, `entries` on the entries
 * themselves. `values` takes the hub's variables. Entries are added up by day before they are by month, which is the
 * faster of the ways to do it; one that was taken back and the one that takes it back add up to nothing, and no cell of
 * the data holds only such.
 */

/** The rows `g` as the hub's JSON. `dimensions` are expressions of their values. */
const rows = (
  dimensions,
  sequence,
) => `'"usageMetrics":{"rows":[' || coalesce(string_agg('{"metric":"' || g.metric_key
  || '","dimensions":[' || ${dimensions.map((value) => `'{"value":' || coalesce('"' || ${value} || '"', 'null') || '}'`).join(` || ',' || `)}
  || '],"period":{"from":"' || g.month || '"},"cell":{"value":"' || trim_scale(g.quantity) || '"}}', ','
  order by ${sequence}), '') || ']}'`;

const BY_SERVICE = rows(
  [`'service_' || g.service_id`],
  'array_position($1, g.metric_key::text), g.month, g.service_id',
);

/** Days of `x` made months; other columns stay. */
const months = (
  days,
  ...keys
) => `select ${keys.join(', ')}, date_trunc('month', x.occurred_on::timestamp)::date as month,
  sum(x.quantity) as quantity from (${days}) as x group by ${keys.join(', ')}, month`;

const byService = (cells) => ({
  text: `select '{' || ${BY_SERVICE} || '}' from (${cells}) as g`,
  values: ({ metrics, from, to }) => [metrics, from, to],
});

const bySectorAndRegion = (cells) => ({
  text: `select '{' || ${rows(['s.code', 'g.region_code'], 'g.month, s.code collate "C", g.region_code collate "C"')} || '}'
    from (${cells}) as g join sector s on s.id = g.sector_id`,
  values: ({ metrics, from, to }) => [metrics[0], from, to],
});

const ofPartner = (cells) => ({
  text: `select '{"partner":{' || ${BY_SERVICE} || '}}' from (${cells}) as g`,
  values: ({ id, metrics, from, to }) => [metrics, from, to, id.slice('partner_'.length)],
});

/** The statements, by the shape that they answer. */
export const LIMIT = {
  byService: byService(`select metric_key, month, service_id, sum(quantity) as quantity from usage_sum
    where metric_key = any ($1) and month >= $2 and month < $3
    group by metric_key, month, service_id having sum(entries) > 0`),
  bySectorAndRegion:
    bySectorAndRegion(`select metric_key, month, sector_id, region_code, sum(quantity) as quantity from usage_sum
    where metric_key = $1 and month >= $2 and month < $3
    group by metric_key, month, sector_id, region_code having sum(entries) > 0`),
  ofPartner: ofPartner(`select metric_key, month, service_id, sum(quantity) as quantity from usage_month
    where partner_id = $4 and metric_key = any ($1) and month >= $2 and month < $3
    group by metric_key, month, service_id having sum(entries) > 0`),
};

export const ENTRIES = {
  byService: byService(
    months(
      `select metric_key, service_id, occurred_on, sum(quantity) as quantity from usage_entry
       where metric_key = any ($1) and occurred_on >= $2 and occurred_on < $3 group by metric_key, service_id, occurred_on`,
      'metric_key',
      'service_id',
    ),
  ),
  bySectorAndRegion: bySectorAndRegion(
    months(
      `select u.metric_key, f.sector_id, f.region_code, u.occurred_on, sum(u.quantity) as quantity from usage_entry u
       join partner_profile f on f.partner_id = u.partner_id and f.valid_from <= u.occurred_on and u.occurred_on < f.valid_until
       where u.metric_key = $1 and u.occurred_on >= $2 and u.occurred_on < $3
       group by u.metric_key, f.sector_id, f.region_code, u.occurred_on`,
      'metric_key',
      'sector_id',
      'region_code',
    ),
  ),
  ofPartner: ofPartner(
    months(
      `select metric_key, service_id, occurred_on, quantity from usage_entry
       where partner_id = $4 and metric_key = any ($1) and occurred_on >= $2 and occurred_on < $3`,
      'metric_key',
      'service_id',
    ),
  ),
};
