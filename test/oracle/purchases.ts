import { save } from '../partners/records.ts';
import type { TestHub } from '../support/hub.ts';

/** Something on offer at the purchasing service of the demonstration, and orders of its members in several states. */
export async function makePurchases(hub: TestHub): Promise<void> {
  const read = `{ sharedServices(kind: PURCHASING) { nodes { id enrolments(first: 8, filter: { status: [ACTIVE] }) { nodes { partner { id } } } } } }`;
  const [centre] = (await hub.query(read)).data.sharedServices.nodes;
  const service: string = centre.id;
  const members = centre.enrolments.nodes.map(({ partner }: { partner: { id: string } }) => partner.id);
  const suppliers: string[] = [];
  for (const name of ['Alpha', 'Béta', 'Gamma']) {
    const more = name === 'Béta' ? { identifierScheme: 'GB-COH', identifier: '09506232' } : {};
    const input = { service, name, website: `https://${name === 'Alpha' ? 'a' : 'b'}.example`, ...more };
    suppliers.push((await save(hub, 'createSupplier', input)).id);
  }
  const agreement = (ocid: string, more: object) =>
    save(hub, 'createFrameworkAgreement', {
      service,
      ocid,
      title: { fr: `Accord ${ocid}`, nl: 'Overeenkomst' },
      method: 'OPEN',
      status: 'ACTIVE',
      validFrom: '2020-01-01',
      validUntil: '2090-01-01',
      ...more,
    });
  const open = await agreement('ocds-demo-1', {
    description: { fr: 'Protection' },
    maximumValue: '100000.50',
  });
  const closed = await agreement('ocds-demo-2', {
    eligibleAuthorities: ['VGC', 'COCOM'],
    buyerCategories: ['CARE_INSTITUTION'],
    status: 'PLANNED',
    method: 'LIMITED',
  });
  for (const { id } of [open, closed]) {
    const lots = ['1', '2'].map((localId) => ({
      localId,
      title: { fr: `Lot ${localId}` },
      ...(localId === '1' ? { ceiling: '50000' } : {}),
    }));
    for (const lot of (await save(hub, 'saveLots', { agreement: id, lots })).lots)
      await fill(hub, lot.id, suppliers);
  }
  const { lots } = (
    await hub.query(
      `{ node(id: "${open.id}") { ... on FrameworkAgreement { lots { id products { nodes { id } } } } } }`,
    )
  ).data.node;
  for (const partner of members.slice(0, 3))
    await save(hub, 'setBuyerCategory', { partner, service, category: 'EVENT' });
  const [lot] = lots;
  const products: string[] = lot.products.nodes.map(({ id }: { id: string }) => id);
  await save(hub, 'adviseOnProduct', {
    product: products[0],
    grade: 'SUITABLE',
    reasons: { fr: 'Conforme', en: 'Fits' },
  });
  await save(hub, 'adviseOnProduct', { product: products[0], grade: 'RECOMMENDED', givenOn: '2024-02-01' });
  for (const [index, partner] of members.entries()) {
    await save(hub, 'remarkOnProduct', {
      partner,
      product: products[index % 2],
      rating: 1 + (index % 5),
      text: 'Utile',
    });
    const order = await save(hub, 'placeOrder', {
      partner,
      lot: lot.id,
      lines: products.slice(0, 1 + (index % 2)).map((product) => ({ product, quantity: '4' })),
      ...(index % 2 ? { priceLimit: '100', buyerReference: `ref ${index}` } : {}),
    });
    const on = { order: order.id };
    if (index % 4 === 1) await save(hub, 'declineOrder', { ...on, reason: 'OUT_OF_STOCK' });
    if (index % 4 === 2 || index === 0) await save(hub, 'confirmOrder', on);
    if (index === 2)
      await save(hub, 'recordDelivery', { ...on, lines: [{ product: products[0], quantity: '1.5' }] });
    if (index === 6) await save(hub, 'recordDelivery', on);
    if (index === 6) await save(hub, 'closeOrder', on);
    if (index % 4 === 3) await save(hub, 'cancelOrder', on);
  }
  await beLate(hub);
}

/** Orders that were confirmed are late: the day on which they were due is moved, which no mutation does. */
async function beLate(hub: TestHub): Promise<void> {
  await hub.sql('alter table purchase_order disable trigger user');
  await hub.sql(
    `update purchase_order set delivery_due_on = '2022-03-01' where state in ('CONFIRMED', 'PARTLY_DELIVERED')`,
  );
  await hub.sql('alter table purchase_order enable trigger user');
}

async function fill(hub: TestHub, lot: string, suppliers: readonly string[]): Promise<void> {
  await save(hub, 'saveProducts', {
    lot,
    products: [
      {
        code: 'GANTS-1',
        cpv: '33141420-0',
        unit: 'boîte de 100',
        saleUnit: '0.5',
        title: { fr: 'Gants été', nl: 'Handschoenen' },
        description: { fr: 'En nitrile' },
        certification: 'EN 455',
        certifiedFrom: '2021-01-01',
        pictureUrl: 'https://pictures.example/gloves.jpg',
        referencePrice: '6.2',
        referencePriceSource: 'Catalogue',
      },
      { code: 'MASQUES-1', cpv: '33157000-5', unit: 'pièce', title: { fr: 'Masques' } },
      { code: 'VIEUX-1', cpv: '18424300-0', unit: 'pièce', title: { en: 'Old' }, withdrawnOn: '2024-01-01' },
    ],
  });
  const codes = ['GANTS-1', 'MASQUES-1'];
  const prices = suppliers.flatMap((supplier, index) =>
    codes.map((product) => ({
      product,
      supplier,
      rank: index + 1,
      unitPrice: `${index + 3}.25`,
      vatRate: '21',
      minimumQuantity: String(index),
      validFrom: '2020-01-01',
    })),
  );
  await save(hub, 'savePrices', { lot, prices });
  // The first one has become cheaper.
  await save(hub, 'savePrices', {
    lot,
    prices: [{ ...prices[0], unitPrice: '3', validFrom: '2023-07-01' }],
  });
}
