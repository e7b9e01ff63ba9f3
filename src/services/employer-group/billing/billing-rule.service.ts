import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { exact } from '../../checks.ts';
import { Enrolment } from '../../enrolment.entity.ts';
import { BillingMode, BillingRule, SharingKey } from '../billing.entity.ts';
import type { EndBillingRuleInput, SaveBillingRuleInput } from './billing.inputs.ts';
import { groupRunBy } from './group.service.ts';

/** How members pay. */
export class BillingRuleService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Says how a member pays from a day on, and answers the key of the rule. */
  async save(viewer: Viewer, input: SaveBillingRuleInput): Promise<string> {
    const serviceKey = keyOf('service', input.service, 'service');
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const { mode, rhythm, vatTreatment, validFrom, validUntil = null } = input;
    if (validUntil && validUntil <= validFrom)
      throw new UserError('INVALID_PERIOD', `Give a day after ${validFrom}.`, 'validUntil');
    const terms = { mode, rhythm, vatTreatment, validFrom, validUntil, ...partsOfMode(input) };
    const request = { viewer, mutation: 'saveBillingRule', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await groupRunBy(em, viewer, serviceKey);
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      checkSandbox(viewer, partner.provenance, 'partner');
      if ((await em.count(Enrolment, { partner, service, activeFrom: { $ne: null } })) === 0) {
        throw new UserError(
          'MEMBERS_ONLY',
          'The partner is not a member of the group: enrol it first.',
          'partner',
        );
      }
      const open = await em.findOne(BillingRule, { partner, service, validUntil: null });
      if (open && open.validFrom < validFrom) {
        open.validUntil = validFrom;
        await em.flush();
      }
      const rule = em.create(BillingRule, {
        partner,
        id: newId(),
        service,
        ...terms,
        headcount: terms.sharingKey === SharingKey.HEADCOUNT ? partner.headcount : null,
        provenance: partner.provenance,
      } as never);
      await em.flush();
      return { id: rule.id };
    });
    return id;
  }

  /** Gives a rule its end and answers its key. */
  async end(viewer: Viewer, input: EndBillingRuleInput): Promise<string> {
    const key = keyOf('billing_rule', input.id, 'id');
    const { validUntil } = input;
    const request = { viewer, mutation: 'endBillingRule', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const rule = await em.findOne(BillingRule, { id: key });
      if (!rule) throw new NotFoundError('The billing rule', 'id');
      allow(mayRun(viewer, rule.service.id), "the group's staff does");
      checkSandbox(viewer, rule.provenance, 'id');
      if (validUntil <= rule.validFrom)
        throw new UserError(
          'INVALID_PERIOD',
          `It holds from ${rule.validFrom}: give a later day.`,
          'validUntil',
        );
      rule.validUntil = validUntil;
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

/** What belongs to a mode and to no other. @throws UserError BILLING_RULE_INCOMPLETE, INVALID_AMOUNT */
function partsOfMode({ mode, flatAmount, sharingKey, weight }: SaveBillingRuleInput) {
  const asks = (isAsked: boolean, value: unknown, field: string, what: string): void => {
    if (isAsked === (value !== null && value !== undefined)) return;
    const message = isAsked
      ? `A rule of ${what} needs \`${field}\`: give it.`
      : `\`${field}\` belongs to a rule of ${what} alone: leave it out.`;
    throw new UserError('BILLING_RULE_INCOMPLETE', message, field);
  };
  asks(mode === BillingMode.FLAT_RATE, flatAmount, 'flatAmount', 'FLAT_RATE');
  asks(mode === BillingMode.PRO_RATA, sharingKey, 'sharingKey', 'PRO_RATA');
  asks(sharingKey === SharingKey.WEIGHT, weight, 'weight', 'the key WEIGHT');
  return {
    flatAmount: flatAmount ? exact(flatAmount, { field: 'flatAmount', decimals: 2 }) : null,
    sharingKey: sharingKey ?? null,
    weight: weight ? weightOf(weight) : null,
  };
}

function weightOf(weight: string): string {
  const found = exact(weight, { field: 'weight', decimals: 2, least: 1n });
  if (Number(found) < 100_000_000) return found;
  throw new UserError('INVALID_AMOUNT', 'A weight has at most 8 digits before the point.', 'weight');
}
