/**
 * Synthetic data for the metrics: the partners and enrolments of scale.mjs, and 24 months of use with many entries
 * in each cell of the finer rollup. At scale 1, 2,500 pairs of a partner and a service have 30 entries in each month:
 * 60,000 cells, 1.8 million entries. At scale 10 the same cells have ten times as many.
 */
import { fillDatabase } from '../scale.mjs';

const PARTNERS = 5_000;
const PAIRS = 2_500;
const ENTRIES_PER_CELL = 30;

/** First month, and the first one after the last. */
export const PERIOD = { from: '2024-01-01', to: '2026-01-01' };
const MONTHS = 24;

/** The one metric of each kind of service: six, which is as many as one question takes. */
export const METRICS = {
  ENERGY: 'ENERGY_KWH_SAVED',
  DIVERSITY: 'DIVERSITY_PEOPLE_TRAINED',
  PREVENTION: 'PREVENTION_CONSULTATIONS',
  EMPLOYER_GROUP: 'EMPLOYER_GROUP_HOURS_PLACED',
  PURCHASING: 'PURCHASING_AMOUNT_INCL_VAT_EUR',
  OTHER: 'OTHER_SERVICE_UNITS',
};

const PAIRS_OF_A_PARTNER_AND_A_SERVICE = `
  create temp table the_pair on commit drop as
  select row_number() over (order by pg_temp.pick(e.n, 31, 2000000000), e.n) as n, e.partner_id, e.service_id, m.metric_key,
    pg_temp.key('enrolment', e.n, e.requested_on) as enrolment_id, d.whole_numbers
  from the_enrolment e
  join (values ${Object.entries(METRICS).map(([kind, key]) => `('${kind}', '${key}')`)}) as m (kind, metric_key) on m.kind = e.kind
  join metric_definition d on d.key = m.metric_key
  where e.status = 'ACTIVE' and e.active_from < date '${PERIOD.from}'
  order by 1 limit $pairs`;

/** A month at a time, day by day, as a hub is filled: the entries of one partner lie far apart. */
const entriesOfMonth = (month) => `
  insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, enrolment_id, source,
    external_reference, provenance, recorded_at)
  select partner_id, pg_temp.key('usage', number, day), service_id, metric_key, day,
    case when whole_numbers then 1 + chance % 40 else (chance % 1000000)::numeric / 100 end, enrolment_id, 'bench',
    number::text, 'SYNTHETIC', day + time '08:00'
  from (select p.*, number, pg_temp.pick(number, 33, 2000000000) as chance,
      (date '${PERIOD.from}' + make_interval(months => ${month}, days => pg_temp.pick(number, 32, 28)))::date as day
    from the_pair p, generate_series(1, $perCell) k,
      lateral (select (p.n * ${MONTHS} + ${month}) * $perCell + k as number) numbered) x
  order by day, chance`;

/** One entry in 500 is taken back, and at least one of each cell is not: each month of a pair has use. */
const TAKEN_BACK = `
  insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, enrolment_id, source,
    external_reference, reverses_id, provenance, recorded_at)
  select partner_id, pg_temp.key('reversal', external_reference::bigint, occurred_on), service_id, metric_key, occurred_on,
    -quantity, enrolment_id, source, 'r' || external_reference, id, 'SYNTHETIC', recorded_at + interval '7 days'
  from usage_entry
  where pg_temp.pick(external_reference::bigint, 34, 500) = 0 and external_reference::bigint % $perCell <> 0`;

/**
 * Fills a migrated database like `loadScale`.
 * @param options `scale` times 30 entries in each cell
 */
export function loadMetrics(client, { scale, say }) {
  const numbers = {
    partners: PARTNERS,
    pairs: PAIRS,
    perCell: Math.max(1, Math.round(ENTRIES_PER_CELL * scale)),
  };
  const months = Array.from({ length: MONTHS }, (_, month) => entriesOfMonth(month));
  const usage = [PAIRS_OF_A_PARTNER_AND_A_SERVICE, 'analyze the_pair', ...months, TAKEN_BACK];
  return fillDatabase(client, { usage, numbers, say });
}
