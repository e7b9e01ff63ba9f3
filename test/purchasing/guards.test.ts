import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keyOf, newKey, newPartner, save, send } from '../partners/records.ts';
import { Centre } from './centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await Centre.open();
}, 60_000);
afterAll(() => centre.close());

const line = (product: { id: string } | undefined, quantity: string) => ({ product: product?.id, quantity });

describe('an order is refused', () => {
  test('to who is not enrolled on the day', async () => {
    const stranger = await newPartner(centre.hub);
    expect(await centre.refusal({ partner: stranger.id })).toBe('ENROLMENT_REQUIRED');
    const asked = await newPartner(centre.hub);
    await save(centre.hub, 'enrolPartner', { partner: asked.id, service: centre.service.id });
    expect(await centre.refusal({ partner: asked.id })).toBe('ENROLMENT_REQUIRED');
  });

  test('outside the agreement’s period and state', async () => {
    const over = await centre.another({ agreement: { validFrom: '2025-01-01', validUntil: '2026-06-15' } });
    expect(await over.refusal()).toBe('AGREEMENT_NOT_IN_FORCE');
    const planned = await centre.another({ agreement: { status: 'PLANNED' } });
    expect(await planned.refusal()).toBe('AGREEMENT_NOT_IN_FORCE');
    await save(planned.hub, 'updateFrameworkAgreement', { id: planned.agreement.id, status: 'ACTIVE' });
    await planned.place();
    await save(planned.hub, 'updateFrameworkAgreement', { id: planned.agreement.id, status: 'CANCELLED' });
    expect(await planned.refusal()).toBe('AGREEMENT_NOT_IN_FORCE');
  });

  test('to whom the agreement is not open, by authority and by category', async () => {
    const ofOthers = await centre.another({ agreement: { eligibleAuthorities: ['VGC'] } });
    expect(await ofOthers.refusal()).toBe('AUTHORITY_NOT_ELIGIBLE');
    const ofOwn = await centre.another({
      agreement: { eligibleAuthorities: ['COCOF', 'VGC'], buyerCategories: ['CARE_INSTITUTION', 'EVENT'] },
    });
    expect(await ofOwn.refusal()).toBe('BUYER_CATEGORY_NOT_ELIGIBLE');
    const of = { partner: ofOwn.member.id, service: ofOwn.service.id };
    await save(ofOwn.hub, 'setBuyerCategory', { ...of, category: 'ADMINISTRATION' });
    expect(await ofOwn.refusal()).toBe('BUYER_CATEGORY_NOT_ELIGIBLE');
    await save(ofOwn.hub, 'setBuyerCategory', { ...of, category: 'EVENT' });
    await ofOwn.place();
  });

  test('an authority is eligible with its administrations', async () => {
    const centreOfCocom = await centre.another({ agreement: { eligibleAuthorities: ['COCOM'] } });
    const partner = await newPartner(centre.hub, {
      recognitions: [{ authority: 'IRISCARE', validFrom: '2020-01-01' }],
    });
    const enrolment = await save(centre.hub, 'enrolPartner', {
      partner: partner.id,
      service: centreOfCocom.service.id,
      requestedOn: '2026-01-01',
      recognition: partner.recognitions[0].id,
    });
    await save(centre.hub, 'activateEnrolment', { id: enrolment.id, activeFrom: '2026-01-01' });
    await centreOfCocom.place({ partner: partner.id });
  });

  test('beyond sale units, lots, certificates and withdrawals', async () => {
    const fresh = await centre.another();
    const { GLOVES, MASKS } = fresh.product;
    expect(await fresh.refusal({ lines: [line(GLOVES, '7')] })).toBe('QUANTITY_NOT_IN_SALE_UNITS');
    expect(await fresh.refusal({ lines: [line(GLOVES, '0')] })).toBe('QUANTITY_NOT_IN_SALE_UNITS');
    expect(await fresh.refusal({ lines: [line(GLOVES, '-5')] })).toBe('QUANTITY_NOT_IN_SALE_UNITS');
    expect(await fresh.refusal({ lines: [line(MASKS, '0.0005')] })).toBe('QUANTITY_NOT_IN_SALE_UNITS');
    expect(await fresh.refusal({ lines: [] })).toBe('INVALID_LINES');
    expect(await fresh.refusal({ lines: [line(MASKS, '1'), line(MASKS, '1')] })).toBe('PRODUCT_TWICE');
    expect(await fresh.refusal({ lines: [line(centre.product.MASKS, '1')] })).toBe('PRODUCT_NOT_ORDERABLE');
    const masks = { code: 'MASKS', cpv: '33157000-5', unit: 'box of 50', title: { fr: 'Masques' } };
    const certified = { ...masks, certification: 'EN 149', certifiedFrom: '2025-01-01' };
    const change = (product: object) =>
      save(fresh.hub, 'saveProducts', { lot: fresh.lot.id, products: [product] });
    await change({ ...certified, certifiedUntil: '2026-06-15' });
    expect(await fresh.refusal()).toBe('CERTIFICATION_NOT_VALID');
    await change({ ...certified, certifiedUntil: '2026-06-16' });
    await fresh.place();
    await change({ ...masks, withdrawnOn: '2026-06-15' });
    expect(await fresh.refusal()).toBe('PRODUCT_NOT_ORDERABLE');
  });

  test('without a price in force, below its least quantity, and above the buyer’s limit', async () => {
    const fresh = await centre.another();
    expect(await fresh.refusal({ priceLimit: '47.65' })).toBe('PRICE_ABOVE_LIMIT');
    await fresh.place({ priceLimit: '47.66' });
    const price = (n: number, more: object) => ({
      product: 'MASKS',
      supplier: fresh.suppliers[n - 1]?.id,
      rank: n,
      unitPrice: '3',
      vatRate: '6',
      validFrom: '2026-06-01',
      ...more,
    });
    const set = (prices: object[]) => save(fresh.hub, 'savePrices', { lot: fresh.lot.id, prices });
    await set([price(1, { minimumQuantity: '10' })]);
    const passedOver = await fresh.place();
    expect(passedOver.history).toMatchObject([
      { kind: 'PLACED' },
      { kind: 'PASSED_OVER', rank: 1, reason: 'NO_PRICE', actor: 'HUB' },
      { kind: 'OFFERED', rank: 2 },
    ]);
    await set([1, 2, 3].map((n) => price(n, { validFrom: '2026-06-10', validUntil: '2026-06-15' })));
    expect(await fresh.refusal()).toBe('PRICE_NOT_IN_FORCE');
  });

  test('beyond the lot’s ceiling, and beyond the agreement’s', async () => {
    const small = await centre.another({ lot: { ceiling: '100' } });
    await small.place();
    await small.place();
    expect(await small.refusal()).toBe('CEILING_PASSED');
    const cheap = { lines: [line(small.product.MASKS, '1')] };
    await small.place(cheap);
    expect(await small.spend()).toEqual(['98.65 + 0.00', '98.65 + 0.00']);
    const { userErrors } = await send(small.hub, 'saveLots', {
      agreement: small.agreement.id,
      lots: [{ localId: '1', title: { fr: 'Lot' }, ceiling: '98' }],
    });
    expect(userErrors).toMatchObject([{ code: 'CEILING_BELOW_SPEND' }]);
    // Who would pay nothing learns nothing of what others have left.
    expect(await small.refusal({ priceLimit: '0' })).toBe('PRICE_ABOVE_LIMIT');
    const under = await centre.another({ agreement: { maximumValue: '50' } });
    await under.place();
    expect(await under.refusal()).toBe('CEILING_PASSED');
  });

  test('a rank whose price does not fit the ceiling is passed over', async () => {
    const tight = await centre.another({ lot: { ceiling: '48' } });
    const { id } = await tight.place();
    await tight.as(tight.supplier(1), 'declineOrder', { order: id, reason: 'OTHER' });
    const order = await tight.look({ id });
    expect(order.state).toBe('EXHAUSTED');
    expect(order.history.filter(({ kind }: { kind: string }) => kind === 'PASSED_OVER')).toMatchObject([
      { rank: 2, reason: 'CEILING' },
      { rank: 3, reason: 'CEILING' },
    ]);
    expect(await tight.spend()).toEqual(['0.00 + 0.00', '0.00 + 0.00']);
  });

  test('to a partner that has left', async () => {
    const fresh = await centre.another();
    await save(fresh.hub, 'closePartner', { partner: fresh.member.id });
    expect(await fresh.refusal()).toBe('PARTNER_CLOSED');
  });
});

describe('what is on offer', () => {
  test('within a lot a rank is one supplier’s, and a supplier has one', async () => {
    const fresh = await centre.another();
    const give = async (n: number, rank: number, product = 'MASKS'): Promise<string[]> => {
      const supplier = fresh.suppliers[n - 1]?.id;
      const prices = [{ product, supplier, rank, unitPrice: '1', vatRate: '6', validFrom: '2026-02-01' }];
      const { userErrors } = await send(fresh.hub, 'savePrices', { lot: fresh.lot.id, prices });
      return userErrors.map(({ code }: { code: string }) => code);
    };
    expect(await give(2, 1)).toEqual(['RANK_TAKEN']);
    expect(await give(1, 4)).toEqual(['RANK_TAKEN']);
    expect(await give(1, 6)).toEqual(['INVALID_RANK']);
    expect(await give(1, 1)).toEqual([]);
  });

  test('a price takes the place of the one before from its day on, and what was ordered stays', async () => {
    const fresh = await centre.another();
    const { id } = await fresh.place();
    const price = {
      product: 'MASKS',
      supplier: fresh.suppliers[0]?.id,
      rank: 1,
      unitPrice: '9',
      vatRate: '6',
    };
    const { products } = await save(fresh.hub, 'savePrices', {
      lot: fresh.lot.id,
      prices: [{ ...price, validFrom: '2026-07-01' }],
    });
    expect(products.nodes.find(({ code }: { code: string }) => code === 'MASKS')).toBeDefined();
    expect((await fresh.look({ id })).totalExclVat).toBe('47.66');
    fresh.now = new Date('2026-07-01T10:00:00+02:00');
    centre.now = fresh.now;
    expect((await fresh.place()).totalExclVat).toBe('59');
    centre.now = new Date('2026-06-15T10:00:00+02:00');
  });

  test('a price is corrected while nothing was ordered at it, and then changes in its end alone', async () => {
    const fresh = await centre.another();
    const give = async (change: object): Promise<string[]> => {
      const price = { product: 'MASKS', supplier: fresh.suppliers[0]?.id, rank: 1, vatRate: '6' };
      const prices = [{ ...price, validFrom: '2020-01-01', ...change }];
      const { userErrors } = await send(fresh.hub, 'savePrices', { lot: fresh.lot.id, prices });
      return userErrors.map(({ code }: { code: string }) => code);
    };
    const masks = { lines: [line(fresh.product.MASKS, '2')] };
    expect(await give({ unitPrice: '3' })).toEqual([]);
    expect((await fresh.place(masks)).totalExclVat).toBe('6');
    expect(await give({ unitPrice: '2' })).toEqual(['PRICE_FIXED']);
    expect(await give({ unitPrice: '3', validUntil: '2026-06-15' })).toEqual([]);
    // The second rank has a price still.
    expect((await fresh.place(masks)).totalExclVat).toBe('7');
    expect(await give({ unitPrice: '2', validFrom: '2026-06-15' })).toEqual([]);
    expect((await fresh.place(masks)).totalExclVat).toBe('4');
  });

  test('two suppliers change their ranks with each other from a day on', async () => {
    const fresh = await centre.another();
    const prices = ['GLOVES', 'MASKS'].flatMap((product) =>
      [1, 2].map((rank) => ({
        product,
        supplier: fresh.suppliers[2 - rank]?.id,
        rank,
        unitPrice: '1',
        vatRate: '6',
        validFrom: '2026-06-10',
      })),
    );
    await save(fresh.hub, 'savePrices', { lot: fresh.lot.id, prices });
    const { id } = await fresh.place();
    expect(await fresh.look({ id })).toMatchObject({ rank: 1, supplier: { id: fresh.suppliers[1]?.id } });
  });

  test('a lot keeps its ceiling where none is given, and loses it where it is null', async () => {
    const small = await centre.another({ lot: { ceiling: '50' } });
    const change = (lot: object) =>
      save(small.hub, 'saveLots', {
        agreement: small.agreement.id,
        lots: [{ localId: '1', title: { nl: 'Perceel' }, ...lot }],
      });
    await change({});
    await small.place();
    expect(await small.refusal()).toBe('CEILING_PASSED');
    await change({ ceiling: null });
    await small.place();
  });

  test('an agreement whose cascade would not fit its time is refused', async () => {
    const { userErrors } = await send(centre.hub, 'createFrameworkAgreement', {
      service: centre.service.id,
      ocid: 'ocds-too-slow',
      title: { fr: 'Lent' },
      method: 'OPEN',
      validFrom: '2026-01-01',
      validUntil: '2027-01-01',
      answerHours: 5,
      confirmationHours: 24,
    });
    expect(userErrors).toMatchObject([{ code: 'INVALID_HOURS', field: 'confirmationHours' }]);
  });
});

describe('the database refuses what no service asks of it', () => {
  const breaks = (text: string, ...values: unknown[]) =>
    centre.hub.sql(`set hub.scope = '{"administrator":true}'; ${text}`, values).then(
      () => 'done',
      (error: { code?: string; constraint?: string }) => error.constraint ?? error.code,
    );

  test('a step that there is not, a total that does not add up, a history that is changed', async () => {
    const fresh = await centre.another();
    const { id } = await fresh.place();
    const of = `where id = '${keyOf({ id })}'`;
    expect(
      await breaks(
        `update purchase_order set state = 'DELIVERED', confirmed_at = now(), answer_due_at = null ${of}`,
      ),
    ).toBe('MH078');
    expect(
      await breaks(`update purchase_order set total_excl_vat = 1, total_incl_vat = 1 + total_vat ${of}`),
    ).toBe('MH079');
    expect(await breaks(`update purchase_order set rank = 3 ${of}`)).toBe('MH077');
    expect(await breaks(`update order_line set quantity = 100 where order_id = '${keyOf({ id })}'`)).toBe(
      'MH078',
    );
    expect(await breaks(`delete from order_event`)).toBe('MH001');
    expect(await breaks(`update spend_account set committed = -1 where id = '${keyOf(fresh.lot)}'`)).toBe(
      'spend_account_amounts',
    );
    expect(await breaks(`update cascade_rank set unit_price = 0 where lot_id = '${keyOf(fresh.lot)}'`)).toBe(
      'MH082',
    );
  });

  test('a buyer’s end of what may come still, and an amount for who is passed over', async () => {
    const { id } = await centre.place();
    await centre.as(centre.supplier(1), 'confirmOrder', { order: id });
    const step = (kind: string, actor: string) =>
      breaks(`insert into order_event (partner_id, id, order_id, service_id, position, kind, actor, rank, excl_vat, incl_vat, occurred_at)
        select partner_id, '${newKey()}', order_id, service_id, 0, '${kind}', '${actor}', rank, excl_vat, incl_vat, occurred_at
        from order_event where order_id = '${keyOf({ id })}' and kind = 'OFFERED'`);
    expect(await step('CLOSED', 'BUYER')).toBe('MH088');
    expect(await step('PASSED_OVER', 'HUB')).toBe('MH078');
  });

  test('a second offer to the same rank', async () => {
    const { id } = await centre.place();
    expect(
      await breaks(`insert into order_event (partner_id, id, order_id, service_id, position, kind, actor, rank, excl_vat, incl_vat, occurred_at)
        select partner_id, '${newKey()}', order_id, service_id, 0, kind, actor, rank, excl_vat, incl_vat, occurred_at
        from order_event where order_id = '${keyOf({ id })}' and kind = 'OFFERED'`),
    ).toBe('order_event_offered_once');
  });
});
