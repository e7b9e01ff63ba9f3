/** What notices of the database say: which orders have changed, `<partner> <order>` each, and of none how. */
export interface OrderChange {
  orders: readonly string[];
}

/** Most orders of a change: more are not worth being looked at one by one. */
const MOST_ORDERS = 100;

/**
 * What a notice says.
 * @throws Error for what the trigger did not write
 */
export function readOrderChange(payload: string): OrderChange {
  const { orders } = JSON.parse(payload) as Partial<OrderChange>;
  if (!Array.isArray(orders)) throw new Error(`This is no notice of orders: ${payload.slice(0, 80)}`);
  return { orders };
}

/** Two changes as one, each order once; undefined where they are too many to look at. */
export function mergeOrderChanges(one: OrderChange, other: OrderChange): OrderChange | undefined {
  const orders = [...new Set([...one.orders, ...other.orders])];
  return orders.length > MOST_ORDERS ? undefined : { orders };
}
