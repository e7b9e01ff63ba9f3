import type { EntityManager } from '@mikro-orm/postgresql';
import { UserError } from '../../errors.ts';
import type { Partner } from '../../partners/partner.entity.ts';
import { OrderState, PurchaseOrder } from './order.entity.ts';

/** Orders of a partner that leaves: they are over before, as a supplier may be about to deliver. */
export const leavingOrders = {
  /** @throws UserError ORDERS_OPEN with the number of the first order that is not over */
  async end(em: EntityManager, partner: Partner): Promise<void> {
    const over = [OrderState.CLOSED, OrderState.CANCELLED, OrderState.EXHAUSTED];
    const open = await em.findOne(
      PurchaseOrder,
      { partner, state: { $nin: over } },
      { orderBy: { number: 'asc' } },
    );
    if (!open) return;
    throw new UserError(
      'ORDERS_OPEN',
      `Order ${open.number} is ${open.state}: cancel it, or have it delivered and closed, and then close the partner.`,
      'partner',
    );
  },
};
