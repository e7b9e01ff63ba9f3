import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from '../../graphql/idempotency-key.ts';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../graphql/scalars.ts';
import { OrderReason, OrderState } from './order.entity.ts';

@InputType({ description: 'A product to order, and how much of it.' })
export class OrderLineInput {
  @Field(() => ID, { description: 'The product: each once in an order, all of one lot.' })
  product!: string;

  @Field(() => DecimalScalar, {
    description: 'Number of units: a multiple of the product’s sale unit, with 3 decimals at most.',
  })
  quantity!: string;
}

@InputType({ description: 'An order to place.' })
export class PlaceOrderInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The partner that orders.' })
  partner!: string;

  @Field(() => ID, { description: 'The lot that it orders of.' })
  lot!: string;

  @Field(() => [OrderLineInput], { description: 'What it orders: 1 to 100 products.' })
  lines!: OrderLineInput[];

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Total in euro without VAT, with 2 decimals at most, above which you are asked before a later rank of the cascade gets the order; without it you are never asked.',
  })
  priceLimit?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own reference, 80 characters at most. Name no person.',
  })
  buyerReference?: string | null;
}

@InputType({ description: 'A buyer’s answer to a dearer price.' })
export class ConsentToPriceInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The order.' })
  order!: string;

  @Field(() => Boolean, {
    description: 'Whether the order goes on at the price that it has now; it is cancelled otherwise.',
  })
  accepted!: boolean;
}

@InputType({ description: 'An order that its supplier takes.' })
export class ConfirmOrderInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The order.' })
  order!: string;
}

@InputType({ description: 'An order that its supplier does not take.' })
export class DeclineOrderInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The order.' })
  order!: string;

  @Field(() => OrderReason, {
    description: 'Why: OUT_OF_STOCK, CANNOT_DELIVER_IN_TIME, PRODUCT_ENDED or OTHER.',
  })
  reason!: OrderReason;
}

@InputType({ description: 'An order to cancel, before it is confirmed.' })
export class CancelOrderInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The order.' })
  order!: string;
}

@InputType({ description: 'How much of a line was delivered.' })
export class DeliveredLineInput {
  @Field(() => ID, { description: 'The product of the line.' })
  product!: string;

  @Field(() => DecimalScalar, { description: 'Units delivered this time, with 3 decimals at most.' })
  quantity!: string;
}

@InputType({ description: 'A delivery of an order, or of a part of it.' })
export class RecordDeliveryInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The order.' })
  order!: string;

  @Field(() => [DeliveredLineInput], {
    nullable: true,
    description: 'What came; all that is left without it.',
  })
  lines?: DeliveredLineInput[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it came, not before the confirmation and the delivery before, and for a supplier not before the previous working day; now without it.',
  })
  deliveredAt?: string | null;
}

@InputType({ description: 'An order to close: nothing more is delivered of it.' })
export class CloseOrderInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The order.' })
  order!: string;
}

@InputType({ description: 'Which orders: every condition that is given must hold.' })
export class OrderFilter {
  @Field(() => [OrderState], { nullable: true, description: 'In one of these states.' })
  states?: OrderState[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'At this purchasing service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this lot.' })
  lot?: string | null;

  @Field(() => ID, { nullable: true, description: 'With this supplier now.' })
  supplier?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Placed on this day or later.' })
  placedFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Placed before this day.' })
  placedTo?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its delivery is late: confirmed, not all there, and due before today.',
  })
  isLate?: boolean | null;
}
