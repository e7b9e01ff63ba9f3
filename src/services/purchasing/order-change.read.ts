import { and, type Fields, fields, list, mustExist, raw, type Sql, sql } from '../../read/index.ts';
import { PurchaseOrder } from './order.entity.ts';
import { ORDER_ORDER } from './order.read.ts';

/** What notices of the database say: which orders have changed, `<partner> <order>` each, and of none how. */
export interface OrderChange {
  orders: readonly string[];
}

/** Which orders a subscriber wants to know about, references turned into keys. */
export interface OrderScope {
  order?: string | undefined;
  partner?: string | undefined;
  service?: string | undefined;
  supplier?: string | undefined;
}

/** What a viewer is told of: keys of orders that it sees. */
export interface SeenOrders {
  orders: readonly string[];
  isComplete: boolean;
}

/** A condition that fails where a scope names what is not there; undefined where it names nothing. */
export function scopeExists({ partner, service, supplier }: OrderScope): Sql | undefined {
  const checks: Sql[] = [];
  if (partner) checks.push(mustExist('partner', [partner], 'scope.partner'));
  if (service) checks.push(mustExist('shared_service', [service], 'scope.service'));
  if (supplier) checks.push(mustExist('supplier', [supplier], 'scope.supplier'));
  return checks.length > 0 ? and(checks) : undefined;
}

/** The keys of a change's orders that the viewer sees in a scope, as JSON; NULL where there is none. */
export function seenOrders({ orders }: OrderChange, { order, partner, service, supplier }: OrderScope): Sql {
  const keys = orders.map((one) => one.split(' ') as [string, string]);
  return sql`(select json_build_object('orders', json_agg(o.id), 'isComplete', true)
    from unnest(${keys.map(([buyer]) => buyer)}::uuid[], ${keys.map(([, id]) => id)}::uuid[]) as k(buyer, id)
    join purchase_order o on o.partner_id = k.buyer and o.id = k.id
    where ${and([
      order ? sql`o.id = ${order}::uuid` : undefined,
      partner ? sql`o.partner_id = ${partner}::uuid` : undefined,
      service ? sql`o.service_id = ${service}::uuid` : undefined,
      supplier ? sql`o.supplier_id = ${supplier}::uuid` : undefined,
    ])} having count(*) > 0)`;
}

/** What is told of a change. */
export function orderStatusChange({ orders, isComplete }: SeenOrders): Fields {
  return fields({
    orders: () =>
      list(PurchaseOrder, {
        where: (row) => sql`${row.id} = any(${orders}::uuid[])`,
        orderBy: ORDER_ORDER,
      }),
    isComplete: () => raw(String(isComplete)),
  });
}
