import type { EntityManager } from '@mikro-orm/postgresql';
import { asHub } from '../../access/as-hub.ts';
import { idempotently } from '../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../access/rights.ts';
import type { Viewer } from '../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../clock.ts';
import { newId } from '../../database/keys.ts';
import type { UnitOfWork } from '../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { keyOf } from '../../ids.ts';
import { mustBeOpen } from '../../partners/index.ts';
import { Partner } from '../../partners/partner.entity.ts';
import type { Enrolment } from '../enrolment.entity.ts';
import { type FrameworkAgreement, Lot } from './agreement.entity.ts';
import { isInSaleUnits, isMore, scaled } from './amounts.ts';
import { type Choice, firstRank, type PassedOver, type Wanted } from './cascade.ts';
import { CascadeRank, Product } from './catalogue.entity.ts';
import { OrderActor, OrderEventKind, OrderLine, OrderState, PurchaseOrder } from './order.entity.ts';
import type { PlaceOrderInput } from './order.inputs.ts';
import { enrolmentOf, mustBeEligible, mustBeInForce } from './order-eligibility.service.ts';
import { type OrderPassing, pricesOn, recordStep, roomOf, totalsOfOrder } from './order-passing.service.ts';
import { isCertified, isOnOffer } from './order-terms.ts';
import { addWorkingDays, addWorkingHours, type WorkingHours } from './working-time.ts';

const MOST_LINES = 100;

/** Who orders what of which lot, looked up. */
interface Buying {
  partner: Partner;
  lot: Lot;
  agreement: FrameworkAgreement;
  enrolment: Enrolment;
  wanted: readonly Wanted[];
}

/** Rules and transaction of placing an order. */
export class OrderPlacing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly work: WorkingHours,
    private readonly passing: OrderPassing,
  ) {}

  /** Places an order, offers it to the first rank that can supply it, and answers its key. */
  async place(viewer: Viewer, input: PlaceOrderInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const lotKey = keyOf('lot', input.lot, 'lot');
    const request = { viewer, mutation: 'placeOrder', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      const lot = await em.findOne(Lot, { id: lotKey }, { populate: ['agreement'] });
      if (!lot) throw new NotFoundError('The lot', 'lot');
      const byStaff = mayRun(viewer, lot.service.id);
      allow(mayEdit(viewer, partnerKey) || byStaff, "the partner orders, or the service's staff for it");
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const at = this.clock();
      const agreement = lot.agreement as unknown as FrameworkAgreement;
      const day = brusselsDay(at);
      mustBeInForce(agreement, day);
      const enrolment = await enrolmentOf(em, viewer, { partner, agreement, day });
      await mustBeEligible(em, { partner, agreement, enrolment, day });
      const wanted = await wantedOf(em, lot, input, day);
      const buying = { partner, lot, agreement, enrolment, wanted };
      // Who orders need not see every rank, nor what others have left of a ceiling.
      const { choice, passedOver } = await asHub(em, viewer, () =>
        choose(em, buying, { day, limit: input.priceLimit ? cents(input.priceLimit) : undefined }),
      );
      const order = await this.write(em, buying, { choice, input, at });
      recordStep(em, order, {
        kind: OrderEventKind.PLACED,
        actor: viewer.reach.editable.includes(partnerKey) ? OrderActor.BUYER : OrderActor.STAFF,
        at,
        rank: null,
        supplier: null,
      });
      this.passing.passOver(em, order, passedOver, at);
      this.passing.offer(em, order, choice.supplier, at);
      await em.flush();
      return { id: order.id };
    });
    return id;
  }

  private async write(
    em: EntityManager,
    { partner, lot, agreement, enrolment }: Buying,
    { choice, input, at }: { choice: Choice; input: PlaceOrderInput; at: Date },
  ): Promise<PurchaseOrder> {
    const [{ number } = { number: 0 }] = await em.execute<{ number: number }[]>(
      `select nextval('purchase_order_number')::int as number`,
    );
    const order = em.create(PurchaseOrder, {
      id: newId(),
      partner,
      number,
      service: lot.service,
      agreement,
      lot,
      enrolment,
      buyerReference: referenceOf(input),
      priceLimit: input.priceLimit ? cents(input.priceLimit) : null,
      state: OrderState.PLACED,
      rank: choice.rank,
      placedAt: at,
      pricedAt: at,
      confirmationDueAt: addWorkingHours(at, agreement.confirmationHours, this.work),
      deliveryDueOn: addWorkingDays(brusselsDay(at), agreement.deliveryDays),
      ...totalsOfOrder(choice.totals),
      // What a made-up partner does is made up.
      provenance: partner.provenance,
    } as never);
    for (const [index, line] of choice.lines.entries()) {
      em.create(OrderLine, {
        id: newId(),
        partner,
        order,
        position: index + 1,
        product: em.getReference(Product, line.product),
        quantity: line.quantity,
        price: em.getReference(CascadeRank, line.price),
        unitPrice: line.unitPrice,
        vatRate: line.vatRate,
        exclVat: line.exclVat,
      } as never);
    }
    return order;
  }
}

/** An amount with its cents, as the database writes it. @throws UserError for parts of a cent */
function cents(amount: string): string {
  if (!/^\d+(\.\d{1,2})?$/.test(amount)) {
    throw new UserError(
      'INVALID_AMOUNT',
      'An amount here has 2 decimals at most and is not negative.',
      'priceLimit',
    );
  }
  const [whole, fraction = ''] = amount.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

function referenceOf({ buyerReference }: PlaceOrderInput): string | null {
  const reference = buyerReference?.normalize('NFC').trim() || null;
  if (reference && reference.length > 80) {
    throw new UserError('TEXT_TOO_LONG', 'A reference has at most 80 characters.', 'buyerReference');
  }
  return reference;
}

async function wantedOf(
  em: EntityManager,
  lot: Lot,
  { lines }: PlaceOrderInput,
  day: string,
): Promise<Wanted[]> {
  if (lines.length < 1 || lines.length > MOST_LINES) {
    throw new UserError('INVALID_LINES', `An order has 1 to ${MOST_LINES} lines.`, 'lines');
  }
  const keys = lines.map(({ product }, index) => keyOf('product', product, `lines.${index}.product`));
  const products = new Map((await em.find(Product, { id: { $in: keys } })).map((one) => [one.id, one]));
  return lines.map(({ quantity }, index) => {
    const key = keys[index] as string;
    const field = `lines.${index}`;
    const product = products.get(key);
    if (!product) throw new NotFoundError('The product', `${field}.product`);
    if (keys.indexOf(key) !== index) {
      throw new UserError('PRODUCT_TWICE', 'Order a product in one line.', `${field}.product`);
    }
    if (product.lot.id !== lot.id || !isOnOffer(product, day)) {
      throw new UserError(
        'PRODUCT_NOT_ORDERABLE',
        `The product ${product.code} is not on offer in this lot: one supplier delivers an order, which is of one lot.`,
        `${field}.product`,
      );
    }
    if (!isCertified(product, day)) {
      throw new UserError(
        'CERTIFICATION_NOT_VALID',
        `The certificate ${product.certification} of product ${product.code} does not hold on ${day}: it cannot be ordered.`,
        `${field}.product`,
      );
    }
    return { product: key, quantity: quantityOf(quantity, product.saleUnit, `${field}.quantity`) };
  });
}

/** A quantity in sale units, as the database writes it. */
function quantityOf(quantity: string, saleUnit: string, field: string): string {
  const isFine = !/\.\d{4}/.test(quantity) && scaled(quantity, 3) < 10n ** 12n;
  if (isFine && isInSaleUnits(quantity, saleUnit)) return quantity;
  throw new UserError(
    'QUANTITY_NOT_IN_SALE_UNITS',
    `Order some, in multiples of ${Number(saleUnit)} units.`,
    field,
  );
}

/**
 * The rank that an order goes to. A limit is compared before anybody looks at a ceiling: an order that its buyer does not
 * mean to place does not tell what others have left.
 * @param limit total without VAT, with its cents
 */
async function choose(
  em: EntityManager,
  { lot, agreement, wanted }: Buying,
  { day, limit }: { day: string; limit: string | undefined },
): Promise<{ choice: Choice; passedOver: PassedOver[] }> {
  const products = wanted.map(({ product }) => product);
  const prices = await pricesOn(em, { lot: lot.id, products, day });
  const first = firstRank(wanted, prices, { after: 0 }).choice;
  if (!first) {
    throw new UserError(
      'PRICE_NOT_IN_FORCE',
      'No supplier has a price in force today for all of these products in these quantities: see `prices`, and their minimum quantities.',
      'lines',
    );
  }
  if (limit && isMore(first.totals.exclVat, limit)) {
    throw new UserError(
      'PRICE_ABOVE_LIMIT',
      `The order comes to ${first.totals.exclVat} € without VAT at the first rank already: raise the limit, or leave it out.`,
      'priceLimit',
    );
  }
  const room = await roomOf(em, { lot: lot.id, agreement: agreement.id });
  // A later rank that fits where the first one does not is cheaper than it, and so within the limit too.
  const { choice, passedOver } = firstRank(wanted, prices, { after: 0, room });
  if (choice) return { choice, passedOver };
  throw new UserError(
    'CEILING_PASSED',
    'The order would pass what may still be ordered of this lot, or under its agreement: order less.',
    'lines',
  );
}
