import { type MutationName, save } from '../partners/records.ts';
import type { TestHub } from '../support/hub.ts';

/** Ids of what a purchasing service and a member of it have: two suppliers whose prices differ, and a product. */
export interface Offer {
  partner: string;
  service: string;
  suppliers: readonly [string, string];
  agreement: string;
  lot: string;
  product: string;
}

let attempts = 0;
function next(): string {
  attempts += 1;
  return `offer-${attempts}`;
}

/** A purchasing service, whose first supplier sells at 1 and whose second one at 2, with a member. */
export async function makeOffer(hub: TestHub, service: string, partner: string): Promise<Offer> {
  const supplier = async (): Promise<string> =>
    (await save(hub, 'createSupplier', { service, name: next() })).id;
  const suppliers = [await supplier(), await supplier()] as const;
  const agreement = await save(hub, 'createFrameworkAgreement', {
    service,
    ocid: next(),
    title: { fr: 'Accord' },
    description: { fr: 'Pour essayer' },
    method: 'OPEN',
    status: 'ACTIVE',
    validFrom: '2020-01-01',
    validUntil: '2100-01-01',
    maximumValue: '1000000',
    eligibleAuthorities: ['COCOF', 'VGC'],
  });
  const lots = [{ localId: '1', title: { fr: 'Lot' }, ceiling: '500000' }];
  const [lot] = (await save(hub, 'saveLots', { agreement: agreement.id, lots })).lots;
  const { products } = await save(hub, 'saveProducts', { lot: lot.id, products: [productInput('PRODUCT')] });
  const prices = suppliers.map((one, index) => priceInput('PRODUCT', one, index + 1));
  await save(hub, 'savePrices', { lot: lot.id, prices });
  return { partner, service, suppliers, agreement: agreement.id, lot: lot.id, product: products.nodes[0].id };
}

const productInput = (code: string): object => ({
  code,
  cpv: '33141420-0',
  unit: 'piece',
  title: { fr: 'Produit' },
});
const priceInput = (product: string, supplier: string, rank: number): object => ({
  product,
  supplier,
  rank,
  unitPrice: String(rank),
  vatRate: '21',
  validFrom: '2020-01-01',
});

const order = ({ partner, lot, product }: Offer, more: object = {}): object => ({
  partner,
  lot,
  lines: [{ product, quantity: '2' }],
  ...more,
});

/** Mutations of the purchasing room. */
export type PurchasingMutation = Extract<
  MutationName,
  | 'createSupplier'
  | 'createFrameworkAgreement'
  | 'updateFrameworkAgreement'
  | 'saveLots'
  | 'saveProducts'
  | 'savePrices'
  | 'setBuyerCategory'
  | 'adviseOnProduct'
  | 'remarkOnProduct'
  | 'settleRemark'
  | 'placeOrder'
  | 'consentToPrice'
  | 'confirmOrder'
  | 'declineOrder'
  | 'recordDelivery'
  | 'cancelOrder'
  | 'closeOrder'
>;

/** For each mutation, an input that succeeds, each time anew. */
export function inputsOf(hub: TestHub): Record<PurchasingMutation, (offer: Offer) => Promise<object>> {
  const placed = async (offer: Offer, more: object = {}): Promise<{ order: string }> => ({
    order: (await save(hub, 'placeOrder', order(offer, more))).id,
  });
  const confirmed = async (offer: Offer): Promise<{ order: string }> => {
    const input = await placed(offer);
    await save(hub, 'confirmOrder', input);
    return input;
  };
  const remark = ({ partner, product }: Offer): object => ({ partner, product, rating: 3, text: 'Utile' });
  return {
    createSupplier: async ({ service }) => ({ service, name: next() }),
    createFrameworkAgreement: async ({ service }) => ({
      service,
      ocid: next(),
      title: { fr: 'Accord' },
      method: 'OPEN',
      validFrom: '2020-01-01',
      validUntil: '2100-01-01',
    }),
    updateFrameworkAgreement: async ({ agreement }) => ({ id: agreement, status: 'ACTIVE' }),
    saveLots: async ({ agreement }) => ({ agreement, lots: [{ localId: next(), title: { fr: 'Lot' } }] }),
    saveProducts: async ({ lot }) => ({ lot, products: [productInput(next())] }),
    savePrices: async ({ lot, suppliers }) => {
      const code = next();
      await save(hub, 'saveProducts', { lot, products: [productInput(code)] });
      return { lot, prices: [priceInput(code, suppliers[0], 1)] };
    },
    setBuyerCategory: async ({ partner, service }) => ({ partner, service, category: 'CARE_INSTITUTION' }),
    adviseOnProduct: async ({ product }) => ({ product, grade: 'SUITABLE', reasons: { fr: 'Conforme' } }),
    remarkOnProduct: async (offer) => remark(offer),
    settleRemark: async (offer) => ({
      id: (await save(hub, 'remarkOnProduct', remark(offer))).id,
      state: 'TAKEN_UP',
    }),
    placeOrder: async (offer) => order(offer),
    consentToPrice: async (offer) => {
      const input = await placed(offer, { priceLimit: '3' });
      await save(hub, 'declineOrder', { ...input, reason: 'OTHER' });
      return { ...input, accepted: true };
    },
    confirmOrder: (offer) => placed(offer),
    declineOrder: async (offer) => ({ ...(await placed(offer)), reason: 'OUT_OF_STOCK' }),
    recordDelivery: confirmed,
    cancelOrder: (offer) => placed(offer),
    closeOrder: async (offer) => {
      const input = await confirmed(offer);
      await save(hub, 'recordDelivery', input);
      return input;
    },
  };
}

/** Another body of each of these requests. */
export const OTHER_BODIES: Record<PurchasingMutation, object> = {
  createSupplier: { name: 'Another' },
  createFrameworkAgreement: { title: { fr: 'Autre' } },
  updateFrameworkAgreement: { status: 'COMPLETE' },
  saveLots: { lots: [{ localId: 'other', title: { fr: 'Autre' } }] },
  saveProducts: { products: [productInput('OTHER')] },
  savePrices: { prices: [] },
  setBuyerCategory: { category: 'EVENT' },
  adviseOnProduct: { grade: 'UNSUITABLE' },
  remarkOnProduct: { rating: 1 },
  settleRemark: { state: 'SET_ASIDE' },
  placeOrder: { buyerReference: 'other' },
  consentToPrice: { accepted: false },
  confirmOrder: { order: 'order_01890a5d-ac96-774b-bcce-b302099a8057' },
  declineOrder: { reason: 'OTHER' },
  recordDelivery: { deliveredAt: '2026-06-15T10:00:00Z' },
  cancelOrder: { order: 'order_01890a5d-ac96-774b-bcce-b302099a8057' },
  closeOrder: { order: 'order_01890a5d-ac96-774b-bcce-b302099a8057' },
};
