import type { EntityManager } from '@mikro-orm/postgresql';
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
import { plainText } from '../../checks.ts';
import { advisoryService } from '../advisory.service.ts';
import { AdviceRequest, AdviceRequestState } from '../request.entity.ts';
import type {
  AnswerAdviceRequestInput,
  RequestAdviceInput,
  TakeAdviceRequestInput,
  WithdrawAdviceRequestInput,
} from './request.inputs.ts';

const { RECEIVED, IN_PROGRESS, ANSWERED, WITHDRAWN } = AdviceRequestState;

/** Rules and transactions of requests: a partner asks, the service's staff takes and answers. */
export class AdviceRequestService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Records a question and answers the key of the request; a partner needs no enrolment to ask. */
  async ask(viewer: Viewer, input: RequestAdviceInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const serviceKey = keyOf('service', input.service, 'service');
    const question = plainText(input.question, { field: 'question', longest: 2000 });
    const request = { viewer, mutation: 'requestAdvice', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      const service = await advisoryService(em, serviceKey);
      allow(
        mayEdit(viewer, partnerKey) || mayRun(viewer, serviceKey),
        "the partner does, or the service's staff",
      );
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const asked = em.create(AdviceRequest, {
        partner,
        id: newId(),
        service,
        topic: input.topic,
        channel: input.channel,
        urgency: input.urgency,
        question,
        requestedAt: this.clock(),
        handledBy: null,
        takenAt: null,
        closedAt: null,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: asked.id };
    });
    return id;
  }

  /** Somebody takes a request, or hands it over to another role. */
  take(viewer: Viewer, input: TakeAdviceRequestInput): Promise<string> {
    return this.step(viewer, 'takeAdviceRequest', input, (request) => {
      allow(mayRun(viewer, request.service.id), "the service's staff does");
      mustBe(request, [RECEIVED, IN_PROGRESS]);
      request.state = IN_PROGRESS;
      request.handledBy = input.handledBy;
      request.takenAt ??= this.clock();
    });
  }

  answer(viewer: Viewer, input: AnswerAdviceRequestInput): Promise<string> {
    return this.step(viewer, 'answerAdviceRequest', input, (request) => {
      allow(mayRun(viewer, request.service.id), "the service's staff does");
      mustBe(request, [IN_PROGRESS]);
      request.state = ANSWERED;
      request.closedAt = this.clock();
    });
  }

  withdraw(viewer: Viewer, input: WithdrawAdviceRequestInput): Promise<string> {
    return this.step(viewer, 'withdrawAdviceRequest', input, (request) => {
      allow(
        mayEdit(viewer, request.partner.id) || mayRun(viewer, request.service.id),
        "the partner does, or the service's staff",
      );
      mustBe(request, [RECEIVED, IN_PROGRESS]);
      request.state = WITHDRAWN;
      request.closedAt = this.clock();
    });
  }

  private async step(
    viewer: Viewer,
    mutation: string,
    input: { request: string; idempotencyKey: string },
    change: (request: AdviceRequest, em: EntityManager) => void,
  ): Promise<string> {
    const key = keyOf('advice_request', input.request, 'request');
    const asked = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, asked, async (em) => {
      await em.execute('select r.id from advice_request r where r.id = ? for no key update', [key]);
      const request = await em.findOne(AdviceRequest, { id: key });
      if (!request) throw new NotFoundError('The request', 'request');
      checkSandbox(viewer, request.provenance, 'request');
      change(request, em);
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

function mustBe({ state }: AdviceRequest, states: readonly AdviceRequestState[]): void {
  if (states.includes(state)) return;
  throw new UserError('WRONG_STATE', `The request is ${state}: it no longer takes this step.`, 'request');
}
