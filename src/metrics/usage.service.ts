import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import { checkSandbox, mayEdit, mayRun } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import { brusselsDay, type Clock } from '../clock.ts';
import { type Change, noteChange } from '../database/changes.ts';
import { newId } from '../database/keys.ts';
import type { Provenance } from '../database/properties.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf, parseGlobalId } from '../ids.ts';
import { mustBeOpen } from '../partners/index.ts';
import { Partner } from '../partners/partner.entity.ts';
import { Enrolment } from '../services/enrolment.entity.ts';
import { SharedService } from '../services/service.entity.ts';
import { UsageEntry } from './metric.entity.ts';
import type { MetricDefinitionInit } from './metric-definition.ts';
import type { ReportUsageInput, UsageEntryInput } from './usage.inputs.ts';
import { enrolmentOn, negated, quantityError } from './usage-rules.ts';

const MOST_ENTRIES = 1000;

/** What became of one reported entry. */
export interface EntryOutcome {
  status: 'ACCEPTED' | 'DUPLICATE' | 'REJECTED';
  /** Key of the entry that the hub holds now. */
  entry?: string;
  error?: { code: string; message: string; field?: string };
}

/** A row as it will be written, keys resolved. */
interface NewEntry {
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

/** An entry with what its metric has against it. */
interface Judged {
  entry: NewEntry;
  error?: UserError | undefined;
}

/** What the entries of a request refer to, read in a few statements for all of them. */
interface Known {
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

/** Reports of use: each entry is accepted or refused by itself, and nothing is ever counted twice. */
export class UsageService {
  private readonly definitions: Map<string, MetricDefinitionInit>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    definitions: readonly MetricDefinitionInit[],
    private readonly clock: Clock,
  ) {
    this.definitions = new Map(definitions.map((definition) => [definition.key, definition]));
  }

  /**
   * Records the entries of a request and says what became of each, in their sequence.
   * @throws UserError for what concerns the request as a whole
   */
  async report(viewer: Viewer, input: ReportUsageInput): Promise<EntryOutcome[]> {
    if (!/^[a-z0-9][a-z0-9.-]{0,59}$/.test(input.source)) {
      throw new UserError(
        'INVALID_SOURCE',
        'A source has 1 to 60 of a-z, 0-9, dot and hyphen, e.g. `ecat`.',
        'source',
      );
    }
    if (input.entries.length < 1 || input.entries.length > MOST_ENTRIES) {
      throw new UserError(
        'TOO_MANY_ENTRIES',
        `Report 1 to ${MOST_ENTRIES} entries at a time; this request has ${input.entries.length}.`,
        'entries',
      );
    }
    const request = { viewer, mutation: 'reportUsage', key: input.idempotencyKey, input };
    return idempotently(this.unitOfWork, request, async (em) => {
      // Two reports of one source wait for each other, so that a reference is looked up and written as one.
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 1))', [input.source]);
      const known = await lookUp(em, input);
      const accepted: NewEntry[] = [];
      const outcomes = input.entries.map((entry, index) => {
        try {
          return this.judge(viewer, entry, known, accepted);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          const field = `entries.${index}${error.field ? `.${error.field}` : ''}`;
          return { status: 'REJECTED' as const, error: { code: error.code, message: error.message, field } };
        }
      });
      const recordedAt = this.clock();
      if (accepted.length > 0) {
        await em.insertMany(
          UsageEntry,
          accepted.map(
            ({ enrolment, reverses, ...entry }) =>
              ({
                ...entry,
                enrolment: enrolment && [entry.partner, enrolment],
                reverses: reverses && [entry.partner, reverses],
                source: input.source,
                recordedAt,
              }) as never,
          ),
        );
        noteChange(em, summaryOf(input.source, accepted));
      }
      return outcomes;
    });
  }

  private judge(viewer: Viewer, input: UsageEntryInput, known: Known, accepted: NewEntry[]): EntryOutcome {
    if (!/^[^\p{C}]{1,120}$/u.test(input.externalReference)) {
      throw new UserError(
        'INVALID_REFERENCE',
        'An external reference has 1 to 120 printable characters.',
        'externalReference',
      );
    }
    const { entry, error } = input.reverses ? reversal(input, known) : this.quantity(input, known);
    if (!mayEdit(viewer, entry.partner) && !mayRun(viewer, entry.service)) {
      throw new UserError(
        'FORBIDDEN',
        "Your roles do not allow this: the partner or the service's staff reports its use.",
        'partner',
      );
    }
    checkSandbox(viewer, entry.provenance, 'partner');
    const { provenance } = known.services.get(entry.service) ?? {};
    if (provenance) checkSandbox(viewer, provenance as Provenance, 'service');
    // A repeat stays one, also where an enrolment that it rested on has been changed since.
    const earlier = known.byReference.get(referenceOf(entry));
    if (earlier) {
      if (!sameEntry(earlier, entry)) {
        throw new UserError(
          'EXTERNAL_REFERENCE_REUSED',
          `This source reported another entry as ${JSON.stringify(entry.externalReference)} before: entries are never changed; reverse that one and report the right one under a new reference.`,
          'externalReference',
        );
      }
      return { status: 'DUPLICATE', entry: earlier.id };
    }
    if (error) throw error;
    // Use without an enrolment is for the service's staff to say: it weighs in the service's figures.
    if (!entry.enrolment && !entry.reverses && !mayRun(viewer, entry.service)) {
      throw new UserError(
        'ENROLMENT_REQUIRED',
        "The partner was not enrolled in the service on that day: its staff reports a guest's use.",
        'partner',
      );
    }
    if (entry.reverses) {
      if (known.reversed.has(entry.reverses)) {
        throw new UserError('ALREADY_REVERSED', 'That entry was reversed before.', 'reverses');
      }
      known.reversed.add(entry.reverses);
    }
    known.byReference.set(referenceOf(entry), entry);
    known.byId.set(entry.id, entry);
    accepted.push(entry);
    return { status: 'ACCEPTED', entry: entry.id };
  }

  private quantity(input: UsageEntryInput, known: Known): Judged {
    const { service: serviceId, partner: partnerId, metric, occurredOn, quantity, category } = input;
    for (const field of ['service', 'partner', 'metric', 'occurredOn', 'quantity'] as const) {
      if (!input[field])
        throw new UserError('FIELD_MISSING', `Give \`${field}\`, or \`reverses\` alone.`, field);
    }
    const partner = keyOf('partner', partnerId as string, 'partner');
    const who = known.partners.get(partner);
    if (!who) throw new NotFoundError('The partner', 'partner');
    const service = known.services.get(keyOf('service', serviceId as string, 'service'));
    if (!service) throw new NotFoundError('The service', 'service');
    const definition = this.definitions.get(metric as string);
    if (!definition) throw new NotFoundError('The metric', 'metric');
    const day = occurredOn as string;
    mustBeOpen(who, 'partner', day);
    const enrolment = enrolmentOn(known.enrolments.get(`${partner} ${service.id}`) ?? [], day);
    const error = quantityError(
      { occurredOn: day, quantity: quantity as string, category },
      { definition, serviceKind: service.kind, enrolment, today: brusselsDay(this.clock()) },
    );
    const entry = {
      id: newId(),
      partner,
      service: service.id,
      metric: definition.key,
      occurredOn: day,
      quantity: quantity as string,
      category: category ?? null,
      enrolment: enrolment?.id ?? null,
      reverses: null,
      // What a made-up partner does is made up.
      provenance: who.provenance,
      externalReference: input.externalReference,
    };
    return { entry, error };
  }
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

/** The entry that takes another one back as a whole. */
function reversal(input: UsageEntryInput, known: Known): Judged {
  for (const field of ['service', 'partner', 'metric', 'occurredOn', 'quantity', 'category'] as const) {
    if (input[field]) {
      throw new UserError(
        'REVERSAL_MISMATCH',
        `A reversal takes back a whole entry: leave \`${field}\` out.`,
        field,
      );
    }
  }
  const original = known.byId.get(keyOf('usage_entry', input.reverses as string, 'reverses'));
  if (!original) throw new NotFoundError('The entry to reverse', 'reverses');
  if (original.reverses)
    throw new UserError('REVERSAL_MISMATCH', 'That entry is itself a reversal.', 'reverses');
  const entry = {
    ...original,
    id: newId(),
    quantity: negated(original.quantity),
    reverses: original.id,
    externalReference: input.externalReference,
  };
  return { entry };
}

async function lookUp(em: EntityManager, input: ReportUsageInput): Promise<Known> {
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
function referenceOf({ partner, service, externalReference }: NewEntry): string {
  return `${partner} ${service} ${externalReference}`;
}

/** Whether a report says what an earlier entry says; the enrolment is the hub's own conclusion. */
function sameEntry(a: NewEntry, b: NewEntry): boolean {
  const fields = ['partner', 'service', 'metric', 'occurredOn', 'category', 'reverses'] as const;
  return fields.every((field) => a[field] === b[field]) && decimal(a.quantity) === decimal(b.quantity);
}

function decimal(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}
