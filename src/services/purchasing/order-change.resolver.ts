import { Arg, Field, ID, InputType, Resolver, Root, Subscription } from 'type-graphql';
import { changesOf, type HubContext } from '../../graphql/context.ts';
import { keyOf } from '../../ids.ts';
import type { Fields } from '../../read/index.ts';
import { OrderStatusChange } from './order.type.ts';
import { type OrderScope, orderStatusChange, type SeenOrders } from './order-change.read.ts';
import { orderChanges } from './order-change.topic.ts';

@InputType({ description: 'Which orders to hear of: every condition that is given must hold.' })
export class OrderScopeInput {
  @Field(() => ID, { nullable: true, description: 'This order.' })
  order?: string | null;

  @Field(() => ID, { nullable: true, description: 'Orders of this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Orders at this purchasing service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'Orders that this supplier is offered, or has.' })
  supplier?: string | null;
}

@Resolver()
export class OrderChangeResolver {
  @Subscription(() => OrderStatusChange, {
    description:
      'Tells within a second of orders whose state has changed, as far as you see them. Errors: INVALID_ID, NOT_FOUND.',
    subscribe: ({ args, context }: { args: { scope?: OrderScopeInput | null }; context: HubContext }) =>
      changesOf(context, orderChanges, scopeOf(args.scope ?? {})),
  })
  orderStatusChanged(
    @Root() change: SeenOrders,
    @Arg('scope', () => OrderScopeInput, {
      nullable: true,
      description: 'Which orders; all that you see without it.',
    })
    _scope?: OrderScopeInput | null,
  ): Fields {
    return orderStatusChange(change);
  }
}

function scopeOf({ order, partner, service, supplier }: OrderScopeInput): OrderScope {
  return {
    order: order ? keyOf('order', order, 'scope.order') : undefined,
    partner: partner ? keyOf('partner', partner, 'scope.partner') : undefined,
    service: service ? keyOf('service', service, 'scope.service') : undefined,
    supplier: supplier ? keyOf('supplier', supplier, 'scope.supplier') : undefined,
  };
}
