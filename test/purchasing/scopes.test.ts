import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { ANONYMOUS, type Viewer } from '../../src/access/viewer.ts';
import { save } from '../partners/records.ts';
import { Centre, holder, MONDAY, steps } from './centre.ts';

let centre: Centre;
let order: { id: string };
beforeAll(async () => {
  centre = await Centre.open();
  order = await centre.place();
}, 60_000);
afterAll(() => centre.close());

// biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the test's own question
async function ask(source: string, viewer: Viewer): Promise<any> {
  const { data, errors } = await centre.hub.query(source, {}, { viewer });
  expect(errors).toBeUndefined();
  return data;
}
const seenBy = async (viewer: Viewer): Promise<number> =>
  (await ask('{ orders { totalCount } }', viewer)).orders.totalCount;

describe('an order', () => {
  test('is seen by its member, the staff and the supplier that it is offered to, and by nobody else', async () => {
    expect(await seenBy(centre.buyer)).toBe(1);
    expect(await seenBy(holder(Role.PARTNER_READER, centre.member))).toBe(1);
    expect(await seenBy(centre.staff)).toBe(1);
    expect(await seenBy(centre.supplier(1))).toBe(1);
    expect(await seenBy(centre.supplier(2))).toBe(0);
    const other = await centre.newMember();
    expect(await seenBy(holder(Role.PARTNER_EDITOR, other))).toBe(0);
    expect(await seenBy(ANONYMOUS)).toBe(0);
    const another = await centre.another();
    expect(await seenBy(another.staff)).toBe(0);
  });

  test('goes out of a supplier’s sight when it passes on, and leaves it what was its own', async () => {
    const { id } = await centre.place();
    await centre.as(centre.supplier(1), 'declineOrder', { order: id, reason: 'OUT_OF_STOCK' });
    expect(await centre.look({ id }, centre.supplier(1))).toBeNull();
    const second = await centre.look({ id }, centre.supplier(2));
    // Not what the first one was asked, nor at which price.
    expect(steps(second)).toEqual(['OFFERED 2']);
    const own = `{ node(id: "${centre.suppliers[0]?.id}") { ... on Supplier { events { nodes { kind exclVat order { id } } } } } }`;
    const events = (await ask(own, centre.supplier(1))).node.events.nodes;
    expect(events).toContainEqual({ kind: 'DECLINED', exclVat: '47.66', order: null });
    expect((await ask(own, centre.supplier(2))).node.events.nodes).toEqual([]);
  });

  test('is answered by its supplier alone, and by the staff', async () => {
    const { id } = await centre.place();
    const confirm = (viewer: Viewer) => centre.as(viewer, 'confirmOrder', { order: id });
    expect(await confirm(centre.buyer)).toEqual({ refused: 'FORBIDDEN' });
    expect((await confirm(centre.supplier(2))).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const another = await centre.another();
    expect((await confirm(another.staff)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await confirm(centre.staff)).order.history.at(-1)).toMatchObject({
      kind: 'CONFIRMED',
      actor: 'STAFF',
    });
  });

  test('does not tell its supplier what the buyer would pay at most', async () => {
    const { id } = await centre.place({ priceLimit: '60' });
    const limit = async (viewer: Viewer) =>
      (await ask(`{ node(id: "${id}") { ... on PurchaseOrder { priceLimit } } }`, viewer)).node.priceLimit;
    expect([await limit(centre.buyer), await limit(centre.staff), await limit(centre.supplier(1))]).toEqual([
      '60',
      '60',
      null,
    ]);
  });

  test('tells a rank that it passes over no amount, and a supplier not how many steps it does not see', async () => {
    const fresh = await centre.another();
    const [first, second] = fresh.suppliers;
    const price = { product: 'MASKS', supplier: first?.id, rank: 1, unitPrice: '3', vatRate: '6' };
    const prices = [{ ...price, validFrom: '2026-06-01', minimumQuantity: '10' }];
    await save(fresh.hub, 'savePrices', { lot: fresh.lot.id, prices });
    await fresh.place();
    const steps = async (supplier: { id: string } | undefined, viewer: Viewer) =>
      (
        await ask(
          `{ node(id: "${supplier?.id}") { ... on Supplier { events { nodes { kind exclVat inclVat position } } } } }`,
          viewer,
        )
      ).node.events.nodes;
    const passedOver = { kind: 'PASSED_OVER', exclVat: '0', inclVat: '0' };
    expect(await steps(first, fresh.supplier(1))).toEqual([{ ...passedOver, position: null }]);
    expect(await steps(first, fresh.staff)).toEqual([{ ...passedOver, position: 2 }]);
    expect(await steps(second, fresh.supplier(2))).toMatchObject([{ kind: 'OFFERED', position: null }]);
    expect(await steps(second, fresh.buyer)).toMatchObject([{ kind: 'OFFERED', position: 3 }]);
  });

  test('is placed by the member or the staff', async () => {
    expect(await centre.as(centre.supplier(1), 'placeOrder', centre.order())).toEqual({
      refused: 'FORBIDDEN',
    });
    const other = await centre.newMember();
    const stranger = holder(Role.PARTNER_EDITOR, other);
    expect(await centre.as(stranger, 'placeOrder', centre.order())).toEqual({ refused: 'FORBIDDEN' });
    const { order: placed } = await centre.as(centre.staff, 'placeOrder', centre.order());
    expect(placed.history[0]).toMatchObject({ kind: 'PLACED', actor: 'STAFF' });
  });
});

describe('what is on offer', () => {
  const catalogue = `{ catalogue { nodes { code prices { rank unitPrice supplier { name } } lot { ceiling { amount } committed { amount } } } } }`;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the test's own question
  const prices = async (viewer: Viewer): Promise<any> =>
    (await ask(catalogue, viewer)).catalogue.nodes.find(
      ({ code, prices: found }: { code: string; prices: unknown[] }) => code === 'GLOVES' && found.length > 0,
    )?.prices;

  test('is public without its prices, which members see, and each supplier its own', async () => {
    expect((await ask('{ catalogue { totalCount } }', ANONYMOUS)).catalogue.totalCount).toBeGreaterThan(1);
    expect(await prices(ANONYMOUS)).toBeUndefined();
    expect((await prices(centre.buyer)).map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3]);
    expect(await prices(centre.supplier(2))).toMatchObject([{ rank: 2, unitPrice: '4.2' }]);
  });

  test('what was ordered of a lot is the staff’s to see', async () => {
    const committed = async (viewer: Viewer) =>
      (
        await ask(
          '{ frameworkAgreements { nodes { lots { committed { amount } spent { amount } } } } }',
          viewer,
        )
      ).frameworkAgreements.nodes
        .flatMap(({ lots }: { lots: unknown[] }) => lots)
        .filter((lot: { committed: unknown }) => lot.committed !== null).length;
    expect(await committed(centre.staff)).toBe(1);
    expect(await committed(centre.buyer)).toBe(0);
    expect(await committed(ANONYMOUS)).toBe(0);
  });

  test('a supplier changes no price, nor does the staff of another service', async () => {
    const another = await centre.another();
    const price = {
      product: 'GLOVES',
      supplier: centre.suppliers[0]?.id,
      rank: 1,
      unitPrice: '1',
      vatRate: '6',
      validFrom: '2026-06-01',
    };
    const input = { lot: centre.lot.id, prices: [price] };
    expect(await centre.as(centre.supplier(1), 'savePrices', input)).toEqual({ refused: 'FORBIDDEN' });
    expect(await centre.as(another.staff, 'savePrices', input)).toEqual({ refused: 'FORBIDDEN' });
  });
});

test('the catalogue is searched by words in any language, by CPV, by lot, and by who may order', async () => {
  const found = async (filter: string, viewer: Viewer = centre.buyer): Promise<string[]> => {
    const of = `lot: "${centre.lot.id}"`;
    const data = await ask(`{ catalogue(filter: { ${of} ${filter} }) { nodes { code } } }`, viewer);
    return data.catalogue.nodes.map(({ code }: { code: string }) => code);
  };
  expect(await found('')).toEqual(['GLOVES', 'MASKS']);
  expect(await found('search: "handsch"')).toEqual(['GLOVES']);
  expect(await found('search: "masques 50"')).toEqual([]);
  expect(await found('cpv: "3315"')).toEqual(['MASKS']);
  expect(await found('cpv: "33"')).toEqual(['GLOVES', 'MASKS']);
  expect(await found(`orderableBy: "${centre.member.id}"`)).toEqual(['GLOVES', 'MASKS']);
  const stranger = await save(centre.hub, 'createPartner', {
    enterpriseNumber: '0999012345'.replace(/\d\d$/, String(97 - (9_990_123 % 97)).padStart(2, '0')),
    name: { fr: 'Autre' },
    legalForm: 'ASBL_VZW',
    sector: 'HOMELESS_SHELTERS',
    headcount: 3,
    languages: ['FR'],
    sites: [{ postalCode: '1000' }],
  });
  expect(await found(`orderableBy: "${stranger.id}"`)).toEqual([]);
});

test('the staff see which suppliers are late', async () => {
  const fresh = await centre.another();
  centre.now = new Date('2021-01-05T10:00:00+01:00');
  const { id } = await fresh.place();
  await fresh.as(fresh.supplier(1), 'confirmOrder', { order: id });
  centre.now = new Date(MONDAY);
  const late = `{ lateSuppliers(service: "${fresh.service.id}") { supplier { name isLate } orders undeliveredExclVat dueSince } }`;
  expect((await ask(late, fresh.staff)).lateSuppliers).toEqual([
    {
      supplier: { name: 'Supplier 1', isLate: true },
      orders: 1,
      undeliveredExclVat: '47.66',
      dueSince: '2021-01-14',
    },
  ]);
  expect((await ask(late, fresh.supplier(2))).lateSuppliers).toEqual([]);
});

test('the panel’s advice is public, and a member’s remark is its own and the staff’s', async () => {
  const product = centre.product.GLOVES?.id;
  await save(centre.hub, 'adviseOnProduct', { product, grade: 'RECOMMENDED', reasons: { fr: 'Solides.' } });
  const { remark } = await centre.as(centre.buyer, 'remarkOnProduct', {
    partner: centre.member.id,
    product,
    rating: 2,
    text: 'Trop petits.',
  });
  const settled = await centre.as(centre.staff, 'settleRemark', { id: remark.id, state: 'TAKEN_UP' });
  expect(settled.remark).toMatchObject({ state: 'TAKEN_UP' });
  const voices = `{ product(id: "${product}") { advice { grade reasons } remarks { nodes { rating text state } } } }`;
  const { product: seen } = await ask(voices, centre.staff);
  expect(seen).toEqual({
    advice: [{ grade: 'RECOMMENDED', reasons: 'Solides.' }],
    remarks: { nodes: [{ rating: 2, text: 'Trop petits.', state: 'TAKEN_UP' }] },
  });
  const other = holder(Role.PARTNER_EDITOR, await centre.newMember());
  expect((await ask(voices, other)).product).toEqual({ advice: seen.advice, remarks: { nodes: [] } });
  expect((await centre.look(order)).state).toBe('OFFERED');
});
