import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import type { Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import { localisedText } from '../../../database/localised-text.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { httpsAddress } from '../../checks.ts';
import { municipalityCalled } from '../../municipality.service.ts';
import { advisoryService } from '../advisory.service.ts';
import { AdviceSession } from '../session.entity.ts';
import type { CancelSessionInput, ChangeSessionInput, PlanSessionInput } from './session.inputs.ts';
import { checkCount, checkTimes } from './session-rules.ts';

const SEATS = [1, 10_000] as const;
const TITLE = { field: 'title', required: true, longest: 200 };

/** Rules and transactions of sessions: the service's staff plans, changes and cancels them. */
export class SessionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Plans a session and answers its key. */
  async plan(viewer: Viewer, input: PlanSessionInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const times = {
      startsAt: new Date(input.startsAt),
      endsAt: new Date(input.endsAt),
      registrationUntil: new Date(input.registrationUntil ?? input.startsAt),
    };
    checkTimes(times, this.clock());
    checkCount(input.capacity, SEATS, 'capacity');
    const onlineUrl = httpsAddress(input.onlineUrl, 'onlineUrl');
    mustHavePlace(input.municipality, onlineUrl);
    const title = localisedText(input.title, TITLE);
    const request = { viewer, mutation: 'planSession', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await advisoryService(em, serviceKey);
      allow(mayRun(viewer, serviceKey), "the service's staff does");
      checkSandbox(viewer, service.provenance, 'service');
      const session = em.create(AdviceSession, {
        id: newId(),
        service,
        kind: input.kind,
        title,
        ...times,
        municipality: input.municipality ? await municipalityCalled(em, input.municipality) : null,
        onlineUrl,
        capacity: input.capacity,
        cancelledAt: null,
        provenance: service.provenance,
      } as never);
      await em.flush();
      return { id: session.id };
    });
    return id;
  }

  /** Changes what is given of a session, and answers its key. */
  change(viewer: Viewer, input: ChangeSessionInput): Promise<string> {
    return this.step(viewer, 'changeSession', input, async (em, session) => {
      const times = {
        startsAt: input.startsAt ? new Date(input.startsAt) : session.startsAt,
        endsAt: input.endsAt ? new Date(input.endsAt) : session.endsAt,
        registrationUntil: input.registrationUntil
          ? new Date(input.registrationUntil)
          : session.registrationUntil,
      };
      checkTimes(times, this.clock());
      Object.assign(session, times);
      if (typeof input.capacity === 'number') {
        checkCount(input.capacity, SEATS, 'capacity');
        session.capacity = input.capacity;
      }
      if (input.title) session.title = localisedText(input.title, { ...TITLE, before: session.title });
      if (input.municipality !== undefined) {
        session.municipality = (
          input.municipality ? await municipalityCalled(em, input.municipality) : null
        ) as never;
      }
      if (input.onlineUrl !== undefined) session.onlineUrl = httpsAddress(input.onlineUrl, 'onlineUrl');
      mustHavePlace(session.municipality?.id, session.onlineUrl);
    });
  }

  /** Cancels a session; registrations stand, so that it is known whom to tell. */
  cancel(viewer: Viewer, input: CancelSessionInput): Promise<string> {
    return this.step(viewer, 'cancelSession', input, async (_, session) => {
      if (session.cancelledAt)
        throw new UserError('SESSION_CANCELLED', 'The session was cancelled before.', 'session');
      session.cancelledAt = this.clock();
    });
  }

  private async step(
    viewer: Viewer,
    mutation: string,
    input: CancelSessionInput,
    change: (em: EntityManager, session: AdviceSession) => Promise<void>,
  ): Promise<string> {
    const key = keyOf('advice_session', input.session, 'session');
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await em.execute('select s.id from advice_session s where s.id = ? for no key update', [key]);
      const session = await em.findOne(AdviceSession, { id: key });
      if (!session) throw new NotFoundError('The session', 'session');
      allow(mayRun(viewer, session.service.id), "the service's staff does");
      checkSandbox(viewer, session.provenance, 'session');
      await change(em, session);
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

function mustHavePlace(municipality: string | null | undefined, onlineUrl: string | null | undefined): void {
  if (municipality || onlineUrl) return;
  throw new UserError('PLACE_MISSING', 'Give `municipality`, `onlineUrl` or both.', 'municipality');
}
