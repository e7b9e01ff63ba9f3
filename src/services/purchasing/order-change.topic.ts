import { mergeKeys, readKeys, type Topic } from '../../live/index.ts';
import {
  type OrderChange,
  type OrderScope,
  type SeenOrders,
  scopeExists,
  seenOrders,
} from './order-change.read.ts';

/** Changes of orders. */
export const orderChanges: Topic<OrderChange, OrderScope, SeenOrders> = {
  channel: 'hub_order_changed',
  read: (payload) => ({ orders: readKeys(payload, 'orders') }),
  merge: (one, other) => {
    const orders = mergeKeys(one.orders, other.orders);
    return orders && { orders };
  },
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
