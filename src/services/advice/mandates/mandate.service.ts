import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import type { Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { minutesOf, pseudonym } from '../../checks.ts';
import { advisoryService } from '../advisory.service.ts';
import { AdviserBooking, AdviserMandate } from '../mandate.entity.ts';
import { AdviceRequest } from '../request.entity.ts';
import type {
  BookAdviserInput,
  CancelAdviserBookingInput,
  CreateAdviserMandateInput,
  EndAdviserMandateInput,
} from './mandate.inputs.ts';
import { hoursIn, monthsInOrder } from './mandate-rules.ts';

/** Mandates of advisers and the hours that are booked of them; what is left of a month is the database's to say. */
export class MandateService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Gives an adviser hours and answers the key of the mandate. */
  async create(viewer: Viewer, input: CreateAdviserMandateInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const { validFrom, validUntil = null } = input;
    const reference = pseudonym(input.reference, 'reference');
    const hoursPerMonth = hoursIn(minutesOf(input.hoursPerMonth, 'hoursPerMonth'), 220, 'hoursPerMonth');
    monthsInOrder(validFrom, validUntil);
    const request = { viewer, mutation: 'createAdviserMandate', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await advisoryService(em, serviceKey);
      allow(mayRun(viewer, serviceKey), "the service's staff does");
      checkSandbox(viewer, service.provenance, 'service');
      const mandate = em.create(AdviserMandate, {
        id: newId(),
        service,
        reference,
        role: input.role,
        hoursPerMonth,
        validFrom,
        validUntil,
        provenance: service.provenance,
      } as never);
      await em.flush();
      return { id: mandate.id };
    });
    return id;
  }

  /** Gives a mandate its end, or another one, and answers its key. */
  async end(viewer: Viewer, input: EndAdviserMandateInput): Promise<string> {
    const key = keyOf('adviser_mandate', input.mandate, 'mandate');
    const request = { viewer, mutation: 'endAdviserMandate', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await em.execute('select m.id from adviser_mandate m where m.id = ? for no key update', [key]);
      const mandate = await em.findOne(AdviserMandate, { id: key });
      if (!mandate) throw new NotFoundError('The mandate', 'mandate');
      allow(mayRun(viewer, mandate.service.id), "the service's staff does");
      checkSandbox(viewer, mandate.provenance, 'mandate');
      monthsInOrder(mandate.validFrom, input.validUntil);
      mandate.validUntil = input.validUntil;
      await em.flush();
      return { id: key };
    });
    return key;
  }

  /** Books hours for a partner and answers the key of the booking. */
  async book(viewer: Viewer, input: BookAdviserInput): Promise<string> {
    const mandateKey = keyOf('adviser_mandate', input.mandate, 'mandate');
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const requestKey = input.request ? keyOf('advice_request', input.request, 'request') : null;
    const hours = hoursIn(minutesOf(input.hours, 'hours'), 11, 'hours');
    const asked = { viewer, mutation: 'bookAdviser', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, asked, async (em) => {
      const mandate = await em.findOne(AdviserMandate, { id: mandateKey });
      if (!mandate) throw new NotFoundError('The mandate', 'mandate');
      allow(mayRun(viewer, mandate.service.id), "the service's staff does");
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const request = requestKey ? await em.findOne(AdviceRequest, { id: requestKey, partner }) : null;
      if (requestKey && !request) throw new NotFoundError('The request', 'request');
      const booking = em.create(AdviserBooking, {
        partner,
        id: newId(),
        service: mandate.service,
        mandate,
        request,
        day: input.day,
        hours,
        cancelledAt: null,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: booking.id };
    });
    return id;
  }

  /** Gives hours back and answers the key of the booking. */
  async cancel(viewer: Viewer, input: CancelAdviserBookingInput): Promise<string> {
    const key = keyOf('adviser_booking', input.booking, 'booking');
    const request = { viewer, mutation: 'cancelAdviserBooking', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await em.execute('select b.id from adviser_booking b where b.id = ? for no key update', [key]);
      const booking = await em.findOne(AdviserBooking, { id: key });
      if (!booking) throw new NotFoundError('The booking', 'booking');
      allow(mayRun(viewer, booking.service.id), "the service's staff does");
      checkSandbox(viewer, booking.provenance, 'booking');
      if (booking.cancelledAt)
        throw new UserError('WRONG_STATE', 'The booking was cancelled before.', 'booking');
      booking.cancelledAt = this.clock();
      await em.flush();
      return { id: key };
    });
    return key;
  }
}
