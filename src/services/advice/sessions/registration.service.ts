import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import type { Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { AdviceSession, SessionRegistration } from '../session.entity.ts';
import type { CancelRegistrationInput, RegisterForSessionInput } from './session.inputs.ts';
import { checkCount } from './session-rules.ts';

/** Seats that partners take; how many are free is the database's to say, under a lock of the session. */
export class RegistrationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Takes seats and answers the key of the registration. */
  async register(viewer: Viewer, input: RegisterForSessionInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const sessionKey = keyOf('advice_session', input.session, 'session');
    checkCount(input.seats, [1, 100], 'seats');
    const request = { viewer, mutation: 'registerForSession', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      const session = await em.findOne(AdviceSession, { id: sessionKey });
      if (!session) throw new NotFoundError('The session', 'session');
      allow(
        mayEdit(viewer, partnerKey) || mayRun(viewer, session.service.id),
        "the partner does, or the service's staff",
      );
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const registration = em.create(SessionRegistration, {
        partner,
        id: newId(),
        service: session.service,
        session,
        seats: input.seats,
        registeredAt: this.clock(),
        cancelledAt: null,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: registration.id };
    });
    return id;
  }

  /** Gives seats back, before the session begins; answers the key of the registration. */
  async cancel(viewer: Viewer, input: CancelRegistrationInput): Promise<string> {
    const key = keyOf('session_registration', input.registration, 'registration');
    const request = { viewer, mutation: 'cancelRegistration', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await em.execute('select r.id from session_registration r where r.id = ? for no key update', [key]);
      const registration = await em.findOne(SessionRegistration, { id: key });
      if (!registration) throw new NotFoundError('The registration', 'registration');
      allow(
        mayEdit(viewer, registration.partner.id) || mayRun(viewer, registration.service.id),
        "the partner does, or the service's staff",
      );
      checkSandbox(viewer, registration.provenance, 'registration');
      if (registration.cancelledAt) {
        throw new UserError('WRONG_STATE', 'The seats were given back before.', 'registration');
      }
      registration.cancelledAt = this.clock();
      await em.flush();
      return { id: key };
    });
    return key;
  }
}
