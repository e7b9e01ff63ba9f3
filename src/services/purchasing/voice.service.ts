import { idempotently } from '../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../access/rights.ts';
import type { Viewer } from '../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../clock.ts';
import { newId } from '../../database/keys.ts';
import { localisedText } from '../../database/localised-text.ts';
import type { UnitOfWork } from '../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { keyOf } from '../../ids.ts';
import { mustBeOpen } from '../../partners/index.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { plainText } from '../checks.ts';
import { Enrolment, EnrolmentStatus } from '../enrolment.entity.ts';
import { BuyerAccount, Product, ProductAdvice, ProductRemark } from './catalogue.entity.ts';
import { mustRun, purchasingService } from './offer.service.ts';
import type {
  AdviseOnProductInput,
  RemarkOnProductInput,
  SetBuyerCategoryInput,
  SettleRemarkInput,
} from './voice.inputs.ts';

const LONGEST = 500;

/** Rules and transactions of what experts and members say of products, and of which kind of buyer a member is. */
export class VoiceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Says which kind of buyer a partner is, and answers the account's key. */
  async setCategory(viewer: Viewer, input: SetBuyerCategoryInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const request = { viewer, mutation: 'setBuyerCategory', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const service = await purchasingService(em, viewer, input.service);
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      // Of two that say it for the first time, the second finds what the first has said.
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 5))', [
        `${partner.id} ${service.id}`,
      ]);
      const known = await em.findOne(BuyerAccount, { partner, service });
      const account =
        known ??
        em.create(BuyerAccount, {
          id: newId(),
          partner,
          service,
          category: input.category,
          provenance: partner.provenance,
        } as never);
      account.category = input.category;
      await em.flush();
      return { id: account.id };
    });
    return id;
  }

  /** Writes down the panel's advice on a product, and answers its key. */
  async advise(viewer: Viewer, input: AdviseOnProductInput): Promise<string> {
    const request = { viewer, mutation: 'adviseOnProduct', key: input.idempotencyKey, input };
    const productKey = keyOf('product', input.product, 'product');
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const product = await em.findOne(Product, { id: productKey });
      if (!product) throw new NotFoundError('The product', 'product');
      mustRun(viewer, product, 'product');
      const today = brusselsDay(this.clock());
      if (input.givenOn && input.givenOn > today) {
        throw new UserError(
          'DATE_IN_FUTURE',
          `${input.givenOn} has not come yet: it is ${today}.`,
          'givenOn',
        );
      }
      const advice = em.create(ProductAdvice, {
        id: newId(),
        service: product.service,
        product,
        grade: input.grade,
        reasons: localisedText(input.reasons, { field: 'reasons', longest: LONGEST }),
        givenOn: input.givenOn ?? today,
        provenance: product.provenance,
      } as never);
      await em.flush();
      return { id: advice.id };
    });
    return id;
  }

  /** Writes down a member's remark on a product, and answers its key. */
  async remark(viewer: Viewer, input: RemarkOnProductInput): Promise<string> {
    const request = { viewer, mutation: 'remarkOnProduct', key: input.idempotencyKey, input };
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const productKey = keyOf('product', input.product, 'product');
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const product = await em.findOne(Product, { id: productKey });
      if (!product) throw new NotFoundError('The product', 'product');
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      const byStaff = mayRun(viewer, product.service.id);
      allow(mayEdit(viewer, partnerKey) || byStaff, "a member remarks, or the service's staff for it");
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const { service } = product;
      if ((await em.count(Enrolment, { partner, service, status: EnrolmentStatus.ACTIVE })) === 0) {
        throw new UserError(
          'ENROLMENT_REQUIRED',
          'Remarks are for members of this purchasing service.',
          'partner',
        );
      }
      if (input.rating < 1 || input.rating > 5) {
        throw new UserError('INVALID_RATING', 'Rate from 1 to 5.', 'rating');
      }
      const remark = em.create(ProductRemark, {
        id: newId(),
        partner,
        service,
        product,
        rating: input.rating,
        text: plainText(input.text, { field: 'text', longest: LONGEST }),
        provenance: partner.provenance,
        recordedAt: this.clock(),
      } as never);
      await em.flush();
      return { id: remark.id };
    });
    return id;
  }

  /** Says what became of a remark, and answers its key. */
  async settle(viewer: Viewer, input: SettleRemarkInput): Promise<string> {
    const id = keyOf('product_remark', input.id, 'id');
    const request = { viewer, mutation: 'settleRemark', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const remark = await em.findOne(ProductRemark, { id });
      if (!remark) throw new NotFoundError('The remark', 'id');
      mustRun(viewer, remark, 'id');
      remark.state = input.state;
      await em.flush();
      return { id };
    });
    return id;
  }
}
