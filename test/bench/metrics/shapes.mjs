/** What is asked about usage: three questions of a dashboard, in the words of each contestant. */
import { METRICS, PERIOD } from './data.mjs';
import { ENTRIES, LIMIT } from './sql.mjs';

const PARTNERS = 1_000;
const YEARS = [
  { from: '2024-01-01', to: '2025-01-01' },
  { from: '2025-01-01', to: '2026-01-01' },
];
const ALL = Object.values(METRICS);

/** What the cases are made of: partners with use, in an order without a pattern. */
export async function readKeys(client) {
  const { rows } = await client.query(
    'select partner_id as id from (select distinct partner_id from usage_month) m order by md5(partner_id::text) limit $1',
    [PARTNERS],
  );
  return { partners: rows.map((row) => row.id) };
}

const ARGUMENTS = '$metrics: [MetricKey!]!, $from: Date!, $to: Date!';
const question = (
  groupBy,
) => `usageMetrics(metrics: $metrics, period: { from: $from, to: $to }, groupBy: [${groupBy}],
  granularity: MONTH) { rows { metric dimensions { value } period { from } cell { value } } }`;
const asTheyAre = (given) => given;

/** The shapes, as those of ../shapes.mjs. `flat`: how many times slower the hub may be with ten times the entries. */
export const METRIC_SHAPES = [
  {
    name: 'monthly totals by service',
    target: { entries: 50, limit: 0.7 },
    flat: 1.3,
    // All entries of the data; six sequences of its six metrics.
    cases: () => ALL.map((_, n) => ({ metrics: [...ALL.slice(n), ...ALL.slice(0, n)], ...PERIOD })),
    hub: { query: `query ByService(${ARGUMENTS}) { ${question('SERVICE')} }`, variables: asTheyAre },
    limit: LIMIT.byService,
    entries: ENTRIES.byService,
  },
  {
    name: 'one metric by sector, region and month',
    target: { entries: 50, limit: 0.7 },
    flat: 1.3,
    // With all metrics an answer would have more rows than the hub gives.
    cases: () => ALL.map((key) => ({ metrics: [key], ...PERIOD })),
    hub: { query: `query BySector(${ARGUMENTS}) { ${question('SECTOR, REGION')} }`, variables: asTheyAre },
    limit: LIMIT.bySectorAndRegion,
    entries: ENTRIES.bySectorAndRegion,
  },
  {
    name: "one partner's year",
    // An index leads to its few hundred entries: there is little to be faster than.
    target: { limit: 0.7 },
    flat: 1.3,
    cases: (keys) =>
      keys.partners.map((id, n) => ({ id: `partner_${id}`, metrics: ALL, ...YEARS[n % YEARS.length] })),
    hub: {
      query: `query OfPartner($id: ID!, ${ARGUMENTS}) { partner(reference: { id: $id }) { ${question('SERVICE')} } }`,
      variables: asTheyAre,
    },
    limit: LIMIT.ofPartner,
    entries: ENTRIES.ofPartner,
  },
];
