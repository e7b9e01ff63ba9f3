import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Change } from '../database/changes.ts';
import type { Provenance } from '../database/properties.ts';
import { parseGlobalId } from '../ids.ts';
import { Partner } from '../partners/partner.entity.ts';
import { Enrolment } from '../services/enrolment.entity.ts';
import { SharedService } from '../services/service.entity.ts';
import { UsageEntry } from './metric.entity.ts';
import type { ReportUsageInput } from './usage.inputs.ts';

/** A row as it will be written, keys resolved. */
export interface NewEntry {
  id: string;
  partner: string;
  service: string;
  metric: string;
  occurredOn: string;
  quantity: string;
  category: string | null;
  enrolment: string | null;
  reverses: string | null;
  externalReference: string;
  provenance: Provenance;
}

/** What the entries of a request refer to, read in a few statements for all of them. */
export interface Known {
  /** Partners by key: where they come from, and the day on which they left. */
  partners: Map<string, { provenance: Provenance; closedOn: string | null }>;
  services: Map<string, SharedService>;
  /** Enrolments by partner and service, locked against being ended meanwhile. */
  enrolments: Map<string, Enrolment[]>;
  /** Entries of the same source with one of the references, and entries to reverse, by key. */
  byReference: Map<string, NewEntry>;
  byId: Map<string, NewEntry>;
  reversed: Set<string>;
}

/** Looks up all that the entries refer to; enrolments and entries to reverse are locked until the report is written. */
export async function lookUp(em: EntityManager, input: ReportUsageInput): Promise<Known> {
  const keys = (field: 'partner' | 'service' | 'reverses'): string[] => [
    ...new Set(input.entries.flatMap((entry) => (entry[field] && parseGlobalId(entry[field])?.id) || [])),
  ];
  const partnerIds = keys('partner');
  const serviceIds = keys('service');
  const reversedIds = keys('reverses');
  const partners = await em.find(
    Partner,
    { id: { $in: partnerIds } },
    { fields: ['id', 'provenance', 'closedOn'] },
  );
  const services = await em.find(SharedService, { id: { $in: serviceIds } });
  const enrolments = await em.find(
    Enrolment,
    { partner: { $in: partnerIds }, service: { $in: serviceIds } },
    { orderBy: { partner: 'asc', id: 'asc' }, lockMode: LockMode.PESSIMISTIC_READ },
  );
  const references = [...new Set(input.entries.map((entry) => entry.externalReference))];
  const sameReference = await em.find(UsageEntry, {
    source: input.source,
    externalReference: { $in: references },
  });
  // Locked, so that of two reversals of one entry that arrive together the second sees the first.
  const toReverse = await em.find(
    UsageEntry,
    { id: { $in: reversedIds } },
    { orderBy: { partner: 'asc', id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const reversals = await em.find(UsageEntry, { reverses: { id: { $in: reversedIds } } });

  const byPartnerAndService = new Map<string, Enrolment[]>();
  for (const enrolment of enrolments) {
    const key = `${enrolment.partner.id} ${enrolment.service.id}`;
    byPartnerAndService.set(key, [...(byPartnerAndService.get(key) ?? []), enrolment]);
  }
  const byReference = new Map(sameReference.map(rowOf).map((row) => [referenceOf(row), row]));
  return {
    partners: new Map(
      partners.map(({ id, provenance, closedOn }) => [
        id,
        { provenance: provenance as Provenance, closedOn: closedOn ?? null },
      ]),
    ),
    services: new Map(services.map((service) => [service.id, service])),
    enrolments: byPartnerAndService,
    byReference,
    byId: new Map(toReverse.map((entry) => [entry.id, rowOf(entry)])),
    reversed: new Set(reversals.map((entry) => (entry.reverses as { id: string }).id)),
  };
}

function rowOf(entry: UsageEntry): NewEntry {
  return {
    id: entry.id,
    partner: entry.partner.id,
    service: entry.service.id,
    metric: entry.metric.key,
    occurredOn: entry.occurredOn,
    quantity: entry.quantity,
    category: entry.category ?? null,
    enrolment: entry.enrolment?.id ?? null,
    reverses: (entry.reverses as { id: string } | null)?.id ?? null,
    externalReference: entry.externalReference,
    provenance: entry.provenance as Provenance,
  };
}

/** What a source's reference is unique for: a partner's use of a service, which whoever reports it sees. */
export function referenceOf({ partner, service, externalReference }: NewEntry): string {
  return `${partner} ${service} ${externalReference}`;
}

/** Whether a report says what an earlier entry says; the enrolment is the hub's own conclusion. */
export function sameEntry(a: NewEntry, b: NewEntry): boolean {
  const fields = ['partner', 'service', 'metric', 'occurredOn', 'category', 'reverses'] as const;
  return fields.every((field) => a[field] === b[field]) && decimal(a.quantity) === decimal(b.quantity);
}

function decimal(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

/** What the trail says of a report: one entry for all of it, as each row of use says itself where it comes from. */
export function summaryOf(source: string, accepted: readonly NewEntry[]): Change {
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
