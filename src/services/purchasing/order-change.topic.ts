import type { Topic } from '../../live/index.ts';
import { type OrderScope, type SeenOrders, scopeExists, seenOrders } from './order-change.read.ts';
import { mergeOrderChanges, type OrderChange, readOrderChange } from './order-change.ts';

/** Changes of orders. */
export const orderChanges: Topic<OrderChange, OrderScope, SeenOrders> = {
  channel: 'hub_order_changed',
  read: readOrderChange,
  merge: mergeOrderChanges,
  concerns: ({ orders }, { partner, order }) =>
    orders.some((one) => {
      const [buyer, id] = one.split(' ');
      return (!partner || buyer === partner) && (!order || id === order);
    }),
  check: scopeExists,
  question: seenOrders,
  event: (answer) => answer as SeenOrders,
  anything: () => ({ orders: [], isComplete: false }),
};
