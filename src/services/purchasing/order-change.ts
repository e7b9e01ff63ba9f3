import { mergeKeys, readKeys } from '../../live/index.ts';

/** What notices of the database say: which orders have changed, `<partner> <order>` each, and of none how. */
export interface OrderChange {
  orders: readonly string[];
}

/** What a notice says. @throws Error for what the trigger did not write */
export function readOrderChange(payload: string): OrderChange {
  return { orders: readKeys(payload, 'orders') };
}

/** Two changes as one, each order once; undefined where they are too many to look at. */
export function mergeOrderChanges(one: OrderChange, other: OrderChange): OrderChange | undefined {
  const orders = mergeKeys(one.orders, other.orders);
  return orders && { orders };
}
