import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import { brusselsDay, type Clock } from '../clock.ts';
import { newId } from '../database/keys.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import { mustBeOpen } from '../partners/index.ts';
import { Partner, Recognition } from '../partners/partner.entity.ts';
import { Enrolment, EnrolmentEvent, EnrolmentStatus } from './enrolment.entity.ts';
import type { ActivateEnrolmentInput, EndEnrolmentInput, EnrolPartnerInput } from './enrolment.inputs.ts';
import { SharedService } from './service.entity.ts';

/** Rules and transactions of enrolments: requested, then active, then ended. */
export class EnrolmentService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Requests an enrolment and answers its key. */
  async request(viewer: Viewer, input: EnrolPartnerInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const serviceKey = keyOf('service', input.service, 'service');
    allow(
      mayEdit(viewer, partnerKey) || mayRun(viewer, serviceKey),
      "the partner asks for its enrolment, or the service's staff enters it",
    );
    const request = { viewer, mutation: 'enrolPartner', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const service = await em.findOne(SharedService, { id: serviceKey });
      if (!service) throw new NotFoundError('The service', 'service');
      checkSandbox(viewer, service.provenance, 'service');
      const requestedOn = this.pastDay(input.requestedOn, 'requestedOn');
      const recognition = await recognitionOf(em, partner, input.recognition, requestedOn);
      // Of two requests that arrive together the second sees the first.
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 3))', [
        `${partner.id} ${service.id}`,
      ]);
      const overlapping = await em.count(Enrolment, {
        partner,
        service,
        $or: [{ endedOn: null }, { endedOn: { $gt: requestedOn } }],
      });
      if (overlapping > 0) {
        throw new UserError(
          'ENROLMENT_OVERLAPS',
          'The partner has an enrolment in this service for that time already: end it first.',
          'service',
        );
      }
      const enrolment = em.create(Enrolment, {
        id: newId(),
        partner,
        service,
        recognition,
        status: EnrolmentStatus.REQUESTED,
        requestedOn,
        // What a made-up partner does is made up.
        provenance: partner.provenance,
      } as never);
      this.record(em, enrolment, requestedOn);
      await em.flush();
      return { id: enrolment.id };
    });
    return id;
  }

  /** Puts a requested enrolment in force and answers its key. */
  activate(viewer: Viewer, input: ActivateEnrolmentInput): Promise<string> {
    return this.change(viewer, 'activateEnrolment', input, (enrolment) => {
      allow(mayRun(viewer, enrolment.service.id), "the service's staff puts an enrolment in force");
      if (enrolment.status !== EnrolmentStatus.REQUESTED) {
        throw new UserError(
          'WRONG_STATE',
          `Only a requested enrolment is activated; this one is ${enrolment.status}.`,
          'id',
        );
      }
      const activeFrom = this.pastDay(input.activeFrom, 'activeFrom');
      if (activeFrom < enrolment.requestedOn) {
        throw new UserError(
          'DATES_OUT_OF_ORDER',
          `It was requested on ${enrolment.requestedOn}: it cannot be active before.`,
          'activeFrom',
        );
      }
      enrolment.status = EnrolmentStatus.ACTIVE;
      enrolment.activeFrom = activeFrom;
      return activeFrom;
    });
  }

  /** Ends an enrolment, whether it was active or only requested, and answers its key. */
  end(viewer: Viewer, input: EndEnrolmentInput): Promise<string> {
    return this.change(viewer, 'endEnrolment', input, (enrolment) => {
      const isAllowed = mayEdit(viewer, enrolment.partner.id) || mayRun(viewer, enrolment.service.id);
      allow(isAllowed, "the partner or the service's staff ends an enrolment");
      if (enrolment.status === EnrolmentStatus.ENDED) {
        throw new UserError('WRONG_STATE', `This enrolment ended on ${enrolment.endedOn} already.`, 'id');
      }
      const endedOn = this.pastDay(input.endedOn, 'endedOn');
      const first = enrolment.activeFrom ?? enrolment.requestedOn;
      if (endedOn < first) {
        throw new UserError('DATES_OUT_OF_ORDER', `It began on ${first}: it cannot end before.`, 'endedOn');
      }
      enrolment.status = EnrolmentStatus.ENDED;
      enrolment.endedOn = endedOn;
      return endedOn;
    });
  }

  private async change(
    viewer: Viewer,
    mutation: string,
    input: { idempotencyKey: string; id: string },
    apply: (enrolment: Enrolment) => string,
  ): Promise<string> {
    const id = keyOf('enrolment', input.id, 'id');
    await idempotently(
      this.unitOfWork,
      { viewer, mutation, key: input.idempotencyKey, input },
      async (em) => {
        // Locked, so that of two changes that arrive together the second sees the first.
        const [locked] = await em.execute<{ partner_id: string }[]>(
          'select partner_id from enrolment where id = ? for update',
          [id],
        );
        if (!locked) throw new NotFoundError('The enrolment', 'id');
        const enrolment = await em.findOneOrFail(Enrolment, { partner: locked.partner_id, id });
        checkSandbox(viewer, enrolment.provenance, 'id');
        this.record(em, enrolment, apply(enrolment));
        await em.flush();
        return { id };
      },
    );
    return id;
  }

  private record(em: EntityManager, enrolment: Enrolment, occurredOn: string): void {
    em.create(EnrolmentEvent, {
      id: newId(),
      partner: enrolment.partner,
      enrolment,
      status: enrolment.status,
      occurredOn,
      recordedAt: this.clock(),
    } as never);
  }

  /** A day that a user gave, or today; what has not happened yet is refused. */
  private pastDay(given: string | null | undefined, field: string): string {
    const today = brusselsDay(this.clock());
    if (given && given > today) {
      throw new UserError(
        'DATE_IN_FUTURE',
        `${given} has not come yet (today is ${today}): record it when it has.`,
        field,
      );
    }
    return given ?? today;
  }
}

async function recognitionOf(
  em: EntityManager,
  partner: Partner,
  globalId: string | null | undefined,
  on: string,
): Promise<Recognition | null> {
  if (!globalId) return null;
  const recognition = await em.findOne(Recognition, {
    partner,
    id: keyOf('recognition', globalId, 'recognition'),
  });
  if (!recognition) throw new NotFoundError('The recognition of this partner', 'recognition');
  if (recognition.validFrom > on || (recognition.validUntil && recognition.validUntil <= on)) {
    throw new UserError('RECOGNITION_NOT_VALID', `That recognition does not hold on ${on}.`, 'recognition');
  }
  return recognition;
}
