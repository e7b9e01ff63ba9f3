import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { Enrolment } from '../../enrolment.entity.ts';
import { SharedService } from '../../service.entity.ts';
import { LabourDispute } from '../placement.entity.ts';
import type { EndLabourDisputeInput, RecordLabourDisputeInput } from './placement.inputs.ts';

/** Labour disputes at members: told by the member, or by the group. */
export class DisputeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Records a dispute and answers its key. Placements that are agreed on stand, and no hours are worked meanwhile. */
  async record(viewer: Viewer, input: RecordLabourDisputeInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const serviceKey = keyOf('service', input.service, 'service');
    const { startedOn, endedOn = null } = input;
    if (startedOn > brusselsDay(this.clock()))
      throw new UserError('DATE_IN_FUTURE', 'Give a day that has come.', 'startedOn');
    inOrder(startedOn, endedOn);
    const request = { viewer, mutation: 'recordLabourDispute', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      const service = await em.findOne(SharedService, { id: serviceKey });
      if (!service) throw new NotFoundError('The service', 'service');
      allow(
        mayEdit(viewer, partnerKey) || mayRun(viewer, serviceKey),
        "the partner does, or the service's staff",
      );
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      if ((await em.count(Enrolment, { partner, service, activeFrom: { $ne: null } })) === 0) {
        throw new UserError('MEMBERS_ONLY', 'The partner is not a member of this group.', 'partner');
      }
      const dispute = em.create(LabourDispute, {
        partner,
        id: newId(),
        service,
        startedOn,
        endedOn,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: dispute.id };
    });
    return id;
  }

  /** Says when a dispute is over, and answers its key. */
  async end(viewer: Viewer, input: EndLabourDisputeInput): Promise<string> {
    const key = keyOf('labour_dispute', input.id, 'id');
    const request = { viewer, mutation: 'endLabourDispute', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const dispute = await em.findOne(LabourDispute, { id: key });
      if (!dispute) throw new NotFoundError('The labour dispute', 'id');
      allow(
        mayEdit(viewer, dispute.partner.id) || mayRun(viewer, dispute.service.id),
        "the partner does, or the service's staff",
      );
      checkSandbox(viewer, dispute.provenance, 'id');
      inOrder(dispute.startedOn, input.endedOn);
      dispute.endedOn = input.endedOn;
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

function inOrder(startedOn: string, endedOn: string | null): void {
  if (endedOn && endedOn <= startedOn)
    throw new UserError('INVALID_PERIOD', `Give a day after ${startedOn}.`, 'endedOn');
}
