import type { EntityManager } from '@mikro-orm/postgresql';
import type { Provenance } from '../database/properties.ts';
import { keyIn } from '../ids.ts';
import type { ReportUsageInput } from './usage.inputs.ts';
import { type EnrolmentPeriod, isReference } from './usage-rules.ts';

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

/** An entry that is to be reversed, and who reported it. */
export interface Reversible extends NewEntry {
  source: string;
}

interface PartnerRow {
  id: string;
  provenance: Provenance;
  closedOn: string | null;
}

interface ServiceRow {
  id: string;
  kind: string;
  provenance: Provenance;
}

interface EnrolmentRow extends EnrolmentPeriod {
  partner: string;
  service: string;
}

/** What the entries of a request refer to, read in a few statements for all of them. */
export interface Known {
  /** Partners by key: where they come from, and the day on which they left. */
  partners: Map<string, PartnerRow>;
  services: Map<string, ServiceRow>;
  /** Enrolments by partner and service, locked against being ended meanwhile. */
  enrolments: Map<string, EnrolmentRow[]>;
  /** Entries of the same source with one of the references, and entries to reverse, by key. */
  byReference: Map<string, NewEntry>;
  byId: Map<string, Reversible>;
  reversed: Set<string>;
}

const KEYS = 'select value::uuid from json_array_elements_text(?::json)';
const PARTNERS = `select id, provenance, closed_on as "closedOn" from partner where id in (${KEYS})`;
const SERVICES = `select id, kind, provenance from shared_service where id in (${KEYS})`;
const ENROLMENTS = `
  select e.id, e.partner_id as partner, e.service_id as service, e.active_from as "activeFrom", e.ended_on as "endedOn"
  from json_to_recordset(?::json) as x (p uuid, s uuid) join enrolment e on e.partner_id = x.p and e.service_id = x.s
  order by e.partner_id, e.id for share of e`;
const ENTRY = `u.id, u.partner_id as partner, u.service_id as service, u.metric_key as metric, u.occurred_on as "occurredOn",
  u.quantity, u.category, u.enrolment_id as enrolment, u.reverses_id as reverses, u.external_reference as "externalReference",
  u.provenance`;
// Locked, so that of two reversals of one entry that arrive together the second sees the first.
const TO_REVERSE = `select ${ENTRY}, u.source from usage_entry u where u.id in (${KEYS}) order by u.partner_id, u.id for update`;
const REVERSALS = `select reverses_id as reverses from usage_entry where reverses_id in (${KEYS})`;
/** By all columns of the unique index, which begins with the partner. */
const SAME_REFERENCE = `
  select ${ENTRY} from json_to_recordset(?::json) as x (p uuid, s uuid, r text)
  join usage_entry u on u.partner_id = x.p and u.service_id = x.s and u.source = ? and u.external_reference = x.r`;

/** Looks up all that the entries refer to; enrolments and entries to reverse are locked until the report is written. */
export async function lookUp(em: EntityManager, input: ReportUsageInput): Promise<Known> {
  const keys = (field: 'partner' | 'service' | 'reverses'): string[] => [
    ...new Set(input.entries.map((entry) => keyIn(entry[field])).filter((key) => key !== undefined)),
  ];
  const partners = await rowsOf<PartnerRow>(em, PARTNERS, keys('partner'));
  const services = await rowsOf<ServiceRow>(em, SERVICES, keys('service'));
  const uses = new Map(
    input.entries.flatMap(({ partner, service }) => {
      const [p, s] = [keyIn(partner), keyIn(service)];
      return p && s ? [[`${p} ${s}`, { p, s }]] : [];
    }),
  );
  const enrolments = await rowsOf<EnrolmentRow>(em, ENROLMENTS, [...uses.values()]);
  const byPartnerAndService = new Map<string, EnrolmentRow[]>();
  for (const enrolment of enrolments) {
    const key = `${enrolment.partner} ${enrolment.service}`;
    byPartnerAndService.set(key, [...(byPartnerAndService.get(key) ?? []), enrolment]);
  }
  const reversedIds = keys('reverses');
  const toReverse = await rowsOf<Reversible>(em, TO_REVERSE, reversedIds);
  const byId = new Map(toReverse.map((entry) => [entry.id, entry]));
  const references = input.entries.flatMap(({ partner, service, reverses, externalReference: r }) => {
    // What a reversal is about says the entry that it takes back.
    const original = byId.get(keyIn(reverses) ?? '');
    const [p, s] = reverses ? [original?.partner, original?.service] : [keyIn(partner), keyIn(service)];
    return p && s && isReference(r) ? [{ p, s, r }] : [];
  });
  const sameReference = await rowsOf<NewEntry>(em, SAME_REFERENCE, references, input.source);
  const reversals = await rowsOf<{ reverses: string }>(em, REVERSALS, reversedIds);
  return {
    partners: new Map(partners.map((partner) => [partner.id, partner])),
    services: new Map(services.map((service) => [service.id, service])),
    enrolments: byPartnerAndService,
    byReference: new Map(sameReference.map((entry) => [referenceOf(entry), entry])),
    byId,
    reversed: new Set(reversals.map(({ reverses }) => reverses)),
  };
}

/** Rows of a statement that takes what it looks for as JSON, whose length is no part of its text, then other values. */
async function rowsOf<Row>(
  em: EntityManager,
  text: string,
  wanted: readonly unknown[],
  ...values: string[]
): Promise<Row[]> {
  return wanted.length > 0 ? await em.execute<Row[]>(text, [JSON.stringify(wanted), ...values]) : [];
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
