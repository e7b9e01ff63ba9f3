import type { EntityManager } from '@mikro-orm/postgresql';
import { type Change, noteChange } from '../database/changes.ts';
import type { NewEntry } from './usage-look-up.service.ts';

// All rows in one value: a statement with a value for each of their columns is much dearer to make and to read.
const INSERT = `
  insert into usage_entry (partner_id, id, service_id, metric_key, occurred_on, quantity, category, enrolment_id, source,
    external_reference, reverses_id, provenance, recorded_at)
  select x.partner, x.id, x.service, x.metric, x."occurredOn", x.quantity, x.category, x.enrolment, ?,
    x."externalReference", x.reverses, x.provenance, ?::timestamptz
  from json_to_recordset(?::json) as x (partner uuid, id uuid, service uuid, metric text, "occurredOn" date, quantity numeric,
    category text, enrolment uuid, "externalReference" text, reverses uuid, provenance text)`;

/** Writes the entries of a report, and says so in the trail. */
export async function recordEntries(
  em: EntityManager,
  source: string,
  accepted: readonly NewEntry[],
  recordedAt: Date,
): Promise<void> {
  await em.execute(INSERT, [source, recordedAt.toISOString(), JSON.stringify(accepted)], 'run');
  noteChange(em, summaryOf(source, accepted));
}

/** What the trail says of a report: one entry for all of it, as each row of use says itself where it comes from. */
function summaryOf(source: string, accepted: readonly NewEntry[]): Change {
  const ids = accepted.map(({ id }) => id).sort();
  const days = accepted.map(({ occurredOn }) => occurredOn).sort();
  const partners = [...new Set(accepted.map(({ partner }) => partner))].sort();
  return {
    entity: 'UsageEntry',
    table: 'usage_entry',
    // Of one partner, it is that partner's.
    partner: partners.length === 1 ? partners[0] : undefined,
    action: 'CREATED',
    after: {
      source,
      count: accepted.length,
      first_id: ids[0],
      last_id: ids.at(-1),
      first_occurred_on: days[0],
      last_occurred_on: days.at(-1),
      partners,
    },
  };
}
