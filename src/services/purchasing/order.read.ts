import {
  and,
  connection,
  type Expression,
  expression,
  list,
  mustExist,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
  today,
} from '../../read/index.ts';
import { ofService } from './agreement.read.ts';
import { DeliveryLine, OrderEvent, OrderLine, PurchaseOrder } from './order.entity.ts';
import type { Supplier } from './supplier.entity.ts';

/** An order filter with its references turned into keys. */
export interface OrderCondition {
  states?: readonly string[] | null | undefined;
  partner?: string | undefined;
  service?: string | undefined;
  lot?: string | undefined;
  supplier?: string | undefined;
  placedFrom?: string | null | undefined;
  placedTo?: string | null | undefined;
  isLate?: boolean | null | undefined;
}

/** The latest first. */
export const ORDER_ORDER: OrderKey<PurchaseOrder>[] = [
  { by: (row) => row.placedAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];
export const EVENT_ORDER: OrderKey<OrderEvent>[] = [
  { by: (row) => row.occurredAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

/** The instant at which a day begins in Belgium. */
const beginOf = (day: string): Sql => sql`(${day}::date::timestamp at time zone 'Europe/Brussels')`;

const isLate = (row: RowRef<PurchaseOrder>): Sql =>
  sql`(${row.state} in ('CONFIRMED', 'PARTLY_DELIVERED') and ${row.deliveryDueOn} < ${today})`;

function condition(row: RowRef<PurchaseOrder>, filter: OrderCondition): Sql | undefined {
  const { states, partner, service, lot, supplier, placedFrom, placedTo } = filter;
  const named = (table: string, key: string | undefined, field: string, column: Sql): Sql | undefined =>
    key ? and([mustExist(table, [key], field), sql`${column} = ${key}::uuid`]) : undefined;
  return and([
    states ? oneOf(row.state, states, 'text') : undefined,
    named('partner', partner, 'partner', row.partner),
    ofService(row.service, service),
    named('lot', lot, 'lot', row.lot),
    named('supplier', supplier, 'supplier', row.supplier),
    placedFrom ? sql`${row.placedAt} >= ${beginOf(placedFrom)}` : undefined,
    placedTo ? sql`${row.placedAt} < ${beginOf(placedTo)}` : undefined,
    typeof filter.isLate === 'boolean' ? sql`${isLate(row)} = ${filter.isLate}::boolean` : undefined,
  ]);
}

export function orders(filter: OrderCondition, page: Page): Rows {
  return connection(PurchaseOrder, { where: (row) => condition(row, filter), orderBy: ORDER_ORDER, page });
}

export function orderById(id: string): Rows {
  return one(PurchaseOrder, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Whether an order's delivery is late today. */
export function orderIsLate(): Expression {
  return expression<PurchaseOrder>(isLate);
}

export function linesOfOrder(): Rows {
  return list<OrderLine, PurchaseOrder>(OrderLine, {
    where: (row, order) => sql`${row.partner} = ${order.partner} and ${row.order} = ${order.id}`,
    orderBy: [
      { by: (row) => row.position, direction: 'asc', type: 'int' },
      { by: (row) => row.id, direction: 'asc', type: 'uuid' },
    ],
  });
}

/** Steps of an order, the first one first. */
export function historyOfOrder(): Rows {
  return list<OrderEvent, PurchaseOrder>(OrderEvent, {
    where: (row, order) => sql`${row.partner} = ${order.partner} and ${row.order} = ${order.id}`,
    orderBy: [
      // A supplier is not told the positions; which of its own steps of one order came first, it knows.
      { by: (row) => sql`${row.position}`, direction: 'asc', type: 'int' },
      { by: (row) => row.id, direction: 'asc', type: 'uuid' },
    ],
  });
}

/** Steps that are about a supplier, the latest first. */
export function historyOfSupplier(page: Page): Rows {
  return connection<OrderEvent, Supplier>(OrderEvent, {
    where: (row, supplier) => sql`${row.supplier} = ${supplier.id}`,
    orderBy: EVENT_ORDER,
    page,
  });
}

/** What came with a delivery. */
export function linesOfDelivery(): Rows {
  return list<DeliveryLine, OrderEvent>(DeliveryLine, {
    where: (row, event) => sql`${row.partner} = ${event.partner} and ${row.event} = ${event.id}`,
    orderBy: [{ by: (row) => row.id, direction: 'asc', type: 'uuid' }],
  });
}
