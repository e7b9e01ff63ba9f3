import type { EntityManager } from '@mikro-orm/postgresql';
import { brusselsDay } from '../../clock.ts';
import { NotFoundError, UserError } from '../../errors.ts';
import { keyOf } from '../../ids.ts';
import { isEnough, plusUnits, scaled, totalsOf } from './amounts.ts';
import type { OrderLine, PurchaseOrder } from './order.entity.ts';
import type { RecordDeliveryInput } from './order.inputs.ts';
import { workingDayBefore } from './working-time.ts';

/** What was delivered so far comes to. */
export function delivered(lines: readonly OrderLine[]): ReturnType<typeof totalsOf> {
  return totalsOf(
    lines.map(({ deliveredQuantity, unitPrice, vatRate }) => ({
      quantity: deliveredQuantity,
      unitPrice,
      vatRate,
    })),
  );
}

/** How much of each line comes this time. */
export function quantitiesOf(lines: readonly OrderLine[], input: RecordDeliveryInput): [OrderLine, string][] {
  const left = (line: OrderLine): string => plusUnits(line.quantity, `-${line.deliveredQuantity}`);
  const wanted = input.lines?.map(({ product, quantity }, index): [OrderLine, string] => {
    const field = `lines.${index}`;
    const key = keyOf('product', product, `${field}.product`);
    const line = lines.find((one) => one.product.id === key);
    if (!line) throw new NotFoundError('The product in this order', `${field}.product`);
    if (/\.\d{4}/.test(quantity) || scaled(quantity, 3) <= 0n || !isEnough(left(line), quantity)) {
      throw new UserError(
        'QUANTITY_BEYOND_ORDER',
        `Of this line ${left(line)} units are left to deliver: give some of them.`,
        `${field}.quantity`,
      );
    }
    return [line, quantity];
  });
  if (wanted && (wanted.length === 0 || new Set(wanted.map(([line]) => line)).size < wanted.length)) {
    throw new UserError('INVALID_LINES', 'Name each product once, and one at least.', 'lines');
  }
  return (
    wanted ??
    lines
      .map((line): [OrderLine, string] => [line, left(line)])
      .filter(([, quantity]) => scaled(quantity, 3) > 0n)
  );
}

/** A supplier writes a delivery down when it has come: what it says later does not make it punctual. */
export function mustBeRecent(came: Date, at: Date): void {
  const earliest = workingDayBefore(brusselsDay(at));
  if (brusselsDay(came) >= earliest) return;
  throw new UserError(
    'DELIVERY_TOO_LONG_AGO',
    `A supplier records what came on ${earliest} or later: the buyer, or the service's staff, record what came before.`,
    'deliveredAt',
  );
}

/** A delivery comes after the confirmation and the delivery before it, and has come. */
export async function mustBeLatest(
  em: EntityManager,
  order: PurchaseOrder,
  { came, at }: { came: Date; at: Date },
): Promise<void> {
  const [before] = await em.execute<{ at: Date | null }[]>(
    `select max(occurred_at) as at from order_event where partner_id = ? and order_id = ? and kind = 'DELIVERED'`,
    [order.partner.id, order.id],
  );
  const earliest = before?.at ? new Date(before.at) : (order.confirmedAt as Date);
  if (came >= earliest && came <= at) return;
  throw new UserError(
    'DATES_OUT_OF_ORDER',
    `A delivery of this order came at ${earliest.toISOString()} or later, and not in the future.`,
    'deliveredAt',
  );
}
