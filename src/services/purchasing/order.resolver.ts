import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Needed } from '../../access/rights.ts';
import { Role, TokenScope } from '../../access/roles.ts';
import type { HubContext } from '../../graphql/context.ts';
import { UserErrorType, withUserErrors } from '../../graphql/errors.ts';
import { PageArgs, pageOf } from '../../graphql/pages.ts';
import { keyOf } from '../../ids.ts';
import type { Expression, Rows } from '../../read/index.ts';
import {
  CancelOrderInput,
  CloseOrderInput,
  ConfirmOrderInput,
  ConsentToPriceInput,
  DeclineOrderInput,
  OrderFilter,
  PlaceOrderInput,
  RecordDeliveryInput,
} from './order.inputs.ts';
import * as read from './order.read.ts';
import type { OrderService } from './order.service.ts';
import {
  DeliveryLineType,
  OrderEventType,
  OrderLineType,
  PurchaseOrderConnection,
  PurchaseOrderType,
} from './order.type.ts';
import type { OrderPlacing } from './order-placing.service.ts';

@ObjectType({ description: 'What became of an order mutation.', simpleResolvers: true })
export class PurchaseOrderPayload {
  @Field(() => PurchaseOrderType, {
    nullable: true,
    description:
      'The order as it is now; null where there are user errors, and for a supplier from which it has passed on.',
  })
  order?: Rows | null;

  @Field(() => [UserErrorType], { description: 'What to mend; empty when all was saved.' })
  userErrors!: UserErrorType[];
}

/** The condition that a filter stands for, its ids decoded before any SQL. */
function conditionOf(filter: OrderFilter | null | undefined): read.OrderCondition {
  if (!filter) return {};
  const { partner, service, lot, supplier, ...rest } = filter;
  return {
    ...rest,
    ...(partner ? { partner: keyOf('partner', partner, 'filter.partner') } : {}),
    ...(service ? { service: keyOf('service', service, 'filter.service') } : {}),
    ...(lot ? { lot: keyOf('lot', lot, 'filter.lot') } : {}),
    ...(supplier ? { supplier: keyOf('supplier', supplier, 'filter.supplier') } : {}),
  };
}

@Resolver(() => PurchaseOrderType)
export class OrderResolver {
  constructor(
    private readonly placing: OrderPlacing,
    private readonly service: OrderService,
  ) {}

  @Query(() => PurchaseOrderConnection, {
    description:
      'Orders that you may see, the latest first: a member its own, the staff those of their service, a supplier those that are offered to it or that it has. Errors: INVALID_PAGE, INVALID_CURSOR, INVALID_ID; NOT_FOUND where the filter names what is not there.',
  })
  orders(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => OrderFilter, {
      nullable: true,
      description: 'Which orders; all of them without it.',
    })
    filter?: OrderFilter | null,
  ): Rows {
    return read.orders(conditionOf(filter), pageOf(page, read.ORDER_ORDER, ['orders', filter]));
  }

  @FieldResolver(() => [OrderLineType], { description: 'Its lines.' })
  lines(): Rows {
    return read.linesOfOrder();
  }

  @FieldResolver(() => [OrderEventType], {
    description: 'Its history, the first step first; a supplier sees the steps that are about itself.',
  })
  history(): Rows {
    return read.historyOfOrder();
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether its delivery is late: confirmed, not all there, and due before today.',
  })
  isLate(): Expression {
    return read.orderIsLate();
  }

  @Authorized<Needed>(TokenScope.ORDERS, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => PurchaseOrderPayload, {
    description:
      'Places an order of one lot, and offers it to the first rank of the cascade that has a price for all of it. User errors: NOT_FOUND, PARTNER_CLOSED, ENROLMENT_REQUIRED, AGREEMENT_NOT_IN_FORCE, AUTHORITY_NOT_ELIGIBLE, BUYER_CATEGORY_NOT_ELIGIBLE, PRODUCT_NOT_ORDERABLE, PRODUCT_TWICE, CERTIFICATION_NOT_VALID, QUANTITY_NOT_IN_SALE_UNITS, PRICE_NOT_IN_FORCE, PRICE_ABOVE_LIMIT, CEILING_PASSED, INVALID_LINES, INVALID_AMOUNT, TEXT_TOO_LONG…',
  })
  placeOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'The order.' }) input: PlaceOrderInput,
    @Ctx() context: HubContext,
  ): Promise<PurchaseOrderPayload> {
    return saved(() => this.placing.place(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ORDERS, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => PurchaseOrderPayload, {
    description:
      'Answers whether an order goes on at a dearer rank’s price; it is cancelled otherwise. User errors: NOT_FOUND, WRONG_STATE, ANSWER_TOO_LATE…',
  })
  consentToPrice(
    @Arg('input', () => ConsentToPriceInput, { description: 'The answer.' }) input: ConsentToPriceInput,
    @Ctx() context: HubContext,
  ): Promise<PurchaseOrderPayload> {
    return saved(() => this.service.consent(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ORDERS, Role.SUPPLIER, Role.SERVICE_STAFF)
  @Mutation(() => PurchaseOrderPayload, {
    description: 'The supplier takes an order. User errors: NOT_FOUND, WRONG_STATE, ANSWER_TOO_LATE…',
  })
  confirmOrder(
    @Arg('input', () => ConfirmOrderInput, { description: 'Which.' }) input: ConfirmOrderInput,
    @Ctx() context: HubContext,
  ): Promise<PurchaseOrderPayload> {
    return saved(() => this.service.confirm(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ORDERS, Role.SUPPLIER, Role.SERVICE_STAFF)
  @Mutation(() => PurchaseOrderPayload, {
    description:
      'The supplier does not take an order, which passes to the next rank. User errors: NOT_FOUND, WRONG_STATE, ANSWER_TOO_LATE, INVALID_REASON…',
  })
  declineOrder(
    @Arg('input', () => DeclineOrderInput, { description: 'Which, and why.' }) input: DeclineOrderInput,
    @Ctx() context: HubContext,
  ): Promise<PurchaseOrderPayload> {
    return saved(() => this.service.decline(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ORDERS, Role.SUPPLIER, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => PurchaseOrderPayload, {
    description:
      'Records that an order came, or a part of it. User errors: NOT_FOUND, WRONG_STATE, QUANTITY_BEYOND_ORDER, INVALID_LINES, DATES_OUT_OF_ORDER, DELIVERY_TOO_LONG_AGO…',
  })
  recordDelivery(
    @Arg('input', () => RecordDeliveryInput, { description: 'What came.' }) input: RecordDeliveryInput,
    @Ctx() context: HubContext,
  ): Promise<PurchaseOrderPayload> {
    return saved(() => this.service.deliver(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ORDERS, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => PurchaseOrderPayload, {
    description: 'Cancels an order that no supplier has confirmed. User errors: NOT_FOUND, WRONG_STATE…',
  })
  cancelOrder(
    @Arg('input', () => CancelOrderInput, { description: 'Which.' }) input: CancelOrderInput,
    @Ctx() context: HubContext,
  ): Promise<PurchaseOrderPayload> {
    return saved(() => this.service.cancel(context.viewer, input));
  }

  @Authorized<Needed>(TokenScope.ORDERS, Role.PARTNER_EDITOR, Role.SERVICE_STAFF)
  @Mutation(() => PurchaseOrderPayload, {
    description:
      'Closes a confirmed order: nothing more comes of it, and what did not come no longer counts against the ceilings. A buyer closes what has not come all when `deliveryDueOn` is over, the staff at any time. User errors: NOT_FOUND, WRONG_STATE, DELIVERY_NOT_DUE…',
  })
  closeOrder(
    @Arg('input', () => CloseOrderInput, { description: 'Which.' }) input: CloseOrderInput,
    @Ctx() context: HubContext,
  ): Promise<PurchaseOrderPayload> {
    return saved(() => this.service.close(context.viewer, input));
  }
}

function saved(change: () => Promise<string>): Promise<PurchaseOrderPayload> {
  return withUserErrors(async () => ({ order: read.orderById(await change()) }));
}

@Resolver(() => OrderEventType)
export class OrderEventResolver {
  @FieldResolver(() => [DeliveryLineType], { description: 'What came, for a delivery; empty otherwise.' })
  delivered(): Rows {
    return read.linesOfDelivery();
  }
}
