/** What is reported: the use of one service in one month, by all partners that it has. */
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';

/** Columns of an entry as a plain INSERT writes them. */
const COLUMNS = [
  ...['partner_id', 'id', 'service_id', 'metric_key', 'occurred_on', 'quantity', 'enrolment_id', 'source'],
  ...['external_reference', 'provenance', 'recorded_at'],
];
const MONTHS = 24;

/** The services, each with the partners that use it and under which enrolment. */
export async function readServices(client) {
  const { rows } = await client.query(
    `select service_id as service, metric_key as metric, json_agg(json_build_object('partner', partner_id,
       'enrolment', enrolment_id) order by partner_id) as users
     from (select distinct service_id, metric_key, partner_id, enrolment_id from usage_month) m
     group by 1, 2 order by 1`,
  );
  return rows;
}

/**
 * The entries of the batch with a number, new each time: services and months take turns, from the last month back.
 * @param share takes part of the partners: every `of`th, from `first` on
 */
export function batch(services, number, size, share = { first: 0, of: 1 }) {
  const { service, metric, users } = services[number % services.length];
  const own = users.filter((_, index) => index % share.of === share.first);
  const back = Math.floor(number / services.length) % MONTHS;
  const month = new Date(Date.UTC(2025, 11 - back, 1)).toISOString().slice(0, 8);
  return Array.from({ length: size }, (_, n) => ({
    ...own[n % own.length],
    service,
    metric,
    reference: randomUUID(),
    day: `${month}${String(1 + (n % 28)).padStart(2, '0')}`,
    quantity: String(1 + ((number * 7 + n) % 40)),
  }));
}

/** The batch as a request to the hub. */
export function reportOf(entries, source) {
  return {
    query: `mutation ($input: ReportUsageInput!) { reportUsage(input: $input) {
      acceptedCount rejectedCount userErrors { code message } } }`,
    variables: {
      input: {
        idempotencyKey: randomUUID(),
        source,
        entries: entries.map(({ partner, service, metric, reference, day, quantity }) => ({
          externalReference: reference,
          service: `service_${service}`,
          partner: `partner_${partner}`,
          metric,
          occurredOn: day,
          quantity,
        })),
      },
    },
  };
}

/** The batch as one INSERT of all rows. */
export function insertOf(entries, source) {
  const now = new Date();
  const values = entries.flatMap(({ partner, service, metric, enrolment, reference, day, quantity }) => [
    ...[partner, v7(), service, metric, day, quantity, enrolment, source, reference, 'SYNTHETIC', now],
  ]);
  const row = (n) => `(${COLUMNS.map((_, column) => `$${n * COLUMNS.length + column + 1}`)})`;
  return { text: `insert into usage_entry (${COLUMNS}) values ${entries.map((_, n) => row(n))}`, values };
}
