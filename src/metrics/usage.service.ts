import { idempotently } from '../access/idempotency.ts';
import { checkSandbox, mayEdit, mayRun } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import { brusselsDay, type Clock } from '../clock.ts';
import { newId } from '../database/keys.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import { mustBeOpen } from '../partners/index.ts';
import type { MetricDefinitionInit } from './metric-definition.ts';
import type { ReportUsageInput, UsageEntryInput } from './usage.inputs.ts';
import { type Known, lookUp, type NewEntry, referenceOf, sameEntry } from './usage-look-up.service.ts';
import { recordEntries } from './usage-record.service.ts';
import { enrolmentOn, isReference, negated, quantityError } from './usage-rules.ts';

const MOST_ENTRIES = 1000;
/** Source of what the hub counts itself, such as orders. */
const OWN_SOURCE = 'hub';

/** What became of one reported entry. */
export interface EntryOutcome {
  status: 'ACCEPTED' | 'DUPLICATE' | 'REJECTED';
  /** Key of the entry that the hub holds now. */
  entry?: string;
  error?: { code: string; message: string; field?: string };
}

/** An entry with what its metric has against it. */
interface Judged {
  entry: NewEntry;
  error?: UserError | undefined;
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
    if (!/^[a-z0-9][a-z0-9.-]{0,59}$/.test(input.source) || input.source === OWN_SOURCE) {
      throw new UserError(
        'INVALID_SOURCE',
        'A source has 1 to 60 of a-z, 0-9, dot and hyphen, e.g. `ecat`; `hub` is the hub’s own.',
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
      if (accepted.length > 0) await recordEntries(em, input.source, accepted, this.clock());
      return outcomes;
    });
  }

  private judge(viewer: Viewer, input: UsageEntryInput, known: Known, accepted: NewEntry[]): EntryOutcome {
    if (!isReference(input.externalReference)) {
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
    if (provenance) checkSandbox(viewer, provenance, 'service');
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
  const { source, ...taken } = original;
  const entry = {
    ...taken,
    id: newId(),
    quantity: negated(original.quantity),
    reverses: original.id,
    externalReference: input.externalReference,
  };
  const error =
    source === OWN_SOURCE
      ? new UserError(
          'COUNTED_BY_HUB',
          'The hub counted that entry itself, from an order: it stands as long as the order does.',
          'reverses',
        )
      : undefined;
  return { entry, error };
}
