import { randomUUID } from 'node:crypto';
import { enterpriseNumber } from './ledger.mjs';

const MEMBERS = 4;
const SINCE = '2020-01-01';

/** Products, with the price of each rank; one of them is not every supplier's. */
const PRODUCTS = [
  { code: 'GLOVES', cpv: '33141420-0', unit: 'box of 100', vat: '21', prices: ['4.10', '4.20', '5'] },
  { code: 'MASKS', cpv: '33157000-5', unit: 'box of 50', vat: '6', prices: ['3.33', '3.50', '4'] },
  { code: 'GOWNS', cpv: '33199000-1', unit: 'pack of 10', vat: '21', prices: ['11.35', null, '12.99'] },
];

/** What an order may be limited to without VAT: some are dear at a later rank. */
export const PRICE_LIMIT = '58';

/** A purchasing centre with a lot of three products, as many suppliers in a cascade, and members that order. */
export class Centre {
  /** Records it through a hub. */
  static async record(hub) {
    const centre = new Centre();
    const name = { fr: 'Essai de panne' };
    const provider = await hub.make('createProvider', 'provider', { slug: 'crash-centre', name });
    centre.service = await hub.make('createSharedService', 'sharedService', {
      kind: 'PURCHASING',
      slug: 'crash-centre',
      name,
      languages: ['FR'],
      carriers: [provider],
    });
    const ids = await centre.#recordSuppliers(hub);
    const agreement = await hub.make('createFrameworkAgreement', 'frameworkAgreement', {
      service: centre.service,
      ocid: 'ocds-crash0-1',
      title: name,
      method: 'OPEN',
      status: 'ACTIVE',
      validFrom: SINCE,
      validUntil: '2100-01-01',
    });
    const { frameworkAgreement } = await save(hub, 'saveLots', 'frameworkAgreement { lots { id } }', {
      agreement,
      lots: [{ localId: '1', title: name, ceiling: '1000000' }],
    });
    centre.lot = frameworkAgreement.lots[0].id;
    await centre.#recordProducts(hub, ids);
    centre.members = [];
    for (let n = 1; n <= MEMBERS; n++) centre.members.push(await centre.#recordMember(hub, n));
    return centre;
  }

  async #recordSuppliers(hub) {
    this.suppliers = [];
    for (const n of PRODUCTS[0].prices.keys()) {
      const id = await hub.make('createSupplier', 'supplier', {
        service: this.service,
        name: `Supplier ${n + 1}`,
        enterpriseNumber: enterpriseNumber(100 + n),
      });
      this.suppliers.push({ id, token: await tokenOf(hub, 'SUPPLIER', id) });
    }
    return this.suppliers.map(({ id }) => id);
  }

  async #recordProducts(hub, suppliers) {
    const { lot } = await save(hub, 'saveProducts', 'lot { products { nodes { id code } } }', {
      lot: this.lot,
      products: PRODUCTS.map(({ code, cpv, unit }) => ({ code, cpv, unit, title: { fr: code } })),
    });
    const ids = new Map(lot.products.nodes.map(({ id, code }) => [code, id]));
    this.products = PRODUCTS.map(({ code }) => ids.get(code));
    const prices = PRODUCTS.flatMap(({ code, vat, prices }) =>
      prices.map((unitPrice, index) => ({
        product: code,
        supplier: suppliers[index],
        rank: index + 1,
        unitPrice,
        vatRate: vat,
        validFrom: SINCE,
      })),
    );
    await save(hub, 'savePrices', 'lot { id }', {
      lot: this.lot,
      prices: prices.filter(({ unitPrice }) => unitPrice !== null),
    });
  }

  async #recordMember(hub, n) {
    const id = await hub.make('createPartner', 'partner', {
      enterpriseNumber: enterpriseNumber(n),
      name: { fr: `Partenaire ${n}` },
      legalForm: 'ASBL_VZW',
      sector: 'OTHER',
      headcount: 3,
      languages: ['FR'],
      sites: [{ postalCode: '1000' }],
    });
    const requested = { partner: id, service: this.service, requestedOn: SINCE };
    const enrolment = await hub.make('enrolPartner', 'enrolment', requested);
    await hub.make('activateEnrolment', 'enrolment', { id: enrolment, activeFrom: SINCE });
    return { id, token: await tokenOf(hub, 'PARTNER_EDITOR', id) };
  }

  /** A new order of a member's, which knows it again by its reference. */
  order({ id }) {
    const lines = this.products
      .filter(() => Math.random() < 0.5)
      .map((product) => ({ product, quantity: String(1 + Math.floor(Math.random() * 12)) }));
    return {
      partner: id,
      lot: this.lot,
      lines: lines.length > 0 ? lines : [{ product: this.products[0], quantity: '10' }],
      buyerReference: randomUUID(),
    };
  }
}

/** A token of a client with one role. */
async function tokenOf(hub, role, reference) {
  const client = await hub.make('createClient', 'client', { name: role, roles: [{ role, reference }] });
  const { secret } = await save(hub, 'issueAccessToken', 'secret', { client, scopes: ['READ', 'ORDERS'] });
  return secret;
}

/** What a mutation of the administrator's answers; throws where it is refused. */
async function save(hub, mutation, selection, input) {
  const type = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { saved: ${mutation}(input: $input) { ${selection} userErrors { code message } } }`;
  const { saved } = await hub.ask(query, { input: { idempotencyKey: randomUUID(), ...input } });
  if (saved.userErrors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(saved.userErrors)}`);
  return saved;
}
