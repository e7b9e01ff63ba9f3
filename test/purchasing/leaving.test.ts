import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keyOf, send } from '../partners/records.ts';
import { Centre } from './centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await Centre.open();
}, 60_000);
afterAll(() => centre.close());

/** The member's enrolment in the service. */
async function enrolmentOf({ member, service, hub }: Centre): Promise<string> {
  const [row] = await hub.sql<{ id: string }>(
    'select id from enrolment where partner_id = $1 and service_id = $2',
    [keyOf(member), keyOf(service)],
  );
  return `enrolment_${row?.id}`;
}

const refusal = ({ userErrors }: { userErrors: { code: string; field: string }[] }): string[] =>
  userErrors.map(({ code, field }) => `${code} ${field}`);

describe('who has an order under way', () => {
  test('neither leaves the service nor the hub until it is over', async () => {
    const fresh = await centre.another();
    const order = await fresh.place();
    const id = await enrolmentOf(fresh);
    const end = async () => refusal(await send(fresh.hub, 'endEnrolment', { id }));
    const close = async () => refusal(await send(fresh.hub, 'closePartner', { partner: fresh.member.id }));
    expect(await end()).toEqual(['ORDERS_OPEN id']);
    expect(await close()).toEqual(['ORDERS_OPEN partner']);
    await fresh.as(fresh.buyer, 'cancelOrder', { order: order.id });
    expect(await end()).toEqual([]);
    expect(await close()).toEqual([]);
  });

  test('nor while a supplier delivers, and the database says so too', async () => {
    const fresh = await centre.another();
    const order = await fresh.place();
    await fresh.as(fresh.supplier(1), 'confirmOrder', { order: order.id });
    const breaks = (text: string) =>
      fresh.hub.sql(`set hub.scope = '{"administrator":true}'; ${text}`).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
    const enrolment = keyOf({ id: await enrolmentOf(fresh) });
    const ended = `update enrolment set status = 'ENDED', ended_on = '2026-06-30' where id = '${enrolment}'`;
    expect(await breaks(ended)).toBe('MH084');
    const closed = `update partner set closed_on = '2026-06-30' where id = '${keyOf(fresh.member)}'`;
    expect(await breaks(closed)).toBe('MH085');
  });

  test('of an order and the end of the enrolment that arrive together, one is refused', async () => {
    for (let round = 0; round < 4; round++) {
      const fresh = await centre.another();
      const id = await enrolmentOf(fresh);
      const [placed, ended] = await Promise.all([
        send(fresh.hub, 'placeOrder', fresh.order()),
        send(fresh.hub, 'endEnrolment', { id }),
      ]);
      expect([['ENROLMENT_REQUIRED partner'], ['ORDERS_OPEN id']]).toContainEqual([
        ...refusal(placed),
        ...refusal(ended),
      ]);
    }
  });
});
