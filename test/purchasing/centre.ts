import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { ADMINISTRATOR, type Viewer, viewerOf } from '../../src/access/viewer.ts';
import { overdueOrdersOf } from '../../src/app.ts';
import {
  documentOf,
  enterpriseNumber,
  keyOf,
  type MutationName,
  newEnrolment,
  newKey,
  newPartner,
  newService,
  save,
  send,
} from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

/** A Monday at 10:00 in Brussels. */
export const MONDAY = '2026-06-15T10:00:00+02:00';

interface Named {
  id: string;
}

let centres = 0;

/** A purchasing centre whose clock the test sets: three suppliers, a lot with gloves and masks, and a member. */
export class Centre {
  now = new Date(MONDAY);
  hub!: TestHub;
  service!: Named;
  suppliers: Named[] = [];
  agreement!: Named;
  lot!: Named;
  product: Record<string, Named> = {};
  member!: Named;

  /** @param terms of the agreement and of the lot, where they are not the usual ones */
  static async open(terms: { agreement?: object; lot?: object } = {}): Promise<Centre> {
    const centre = new Centre();
    centre.hub = await startTestHub('operation', { clock: () => centre.now });
    await centre.set(terms);
    return centre;
  }

  /** Another service on the same hub, with records of its own. */
  async another(terms: { agreement?: object; lot?: object } = {}): Promise<Centre> {
    const centre = new Centre();
    centre.hub = this.hub;
    centre.now = this.now;
    await centre.set(terms);
    return centre;
  }

  private async set({ agreement = {}, lot = {} }: { agreement?: object; lot?: object }): Promise<void> {
    centres += 1;
    const { hub } = this;
    this.service = await newService(hub, 'PURCHASING');
    for (const n of [1, 2, 3]) {
      this.suppliers.push(
        await save(hub, 'createSupplier', {
          service: this.service.id,
          name: `Supplier ${n}`,
          enterpriseNumber: enterpriseNumber(9_000 + centres * 10 + n),
        }),
      );
    }
    this.agreement = await save(hub, 'createFrameworkAgreement', {
      service: this.service.id,
      ocid: `ocds-test-${centres}`,
      title: { fr: 'Protection' },
      method: 'OPEN',
      status: 'ACTIVE',
      validFrom: '2020-01-01',
      validUntil: '2100-01-01',
      ...agreement,
    });
    const { lots } = await save(hub, 'saveLots', {
      agreement: this.agreement.id,
      lots: [{ localId: '1', title: { fr: 'Protection individuelle' }, ...lot }],
    });
    this.lot = lots[0];
    const { products } = await save(hub, 'saveProducts', {
      lot: this.lot.id,
      products: [
        {
          code: 'GLOVES',
          cpv: '33141420-0',
          unit: 'box of 100',
          saleUnit: '5',
          title: { fr: 'Gants', nl: 'Handschoenen' },
        },
        { code: 'MASKS', cpv: '33157000-5', unit: 'box of 50', title: { fr: 'Masques' } },
      ],
    });
    for (const product of products.nodes) this.product[product.code] = product;
    const price = (n: number, product: string, unitPrice: string, vatRate = '21') => ({
      product,
      supplier: this.suppliers[n - 1]?.id,
      rank: n,
      unitPrice,
      vatRate,
      validFrom: '2020-01-01',
    });
    await save(hub, 'savePrices', {
      lot: this.lot.id,
      prices: [
        price(1, 'GLOVES', '4.10'),
        price(1, 'MASKS', '3.33', '6'),
        price(2, 'GLOVES', '4.20'),
        price(2, 'MASKS', '3.50', '6'),
        price(3, 'GLOVES', '5'),
        price(3, 'MASKS', '4', '6'),
      ],
    });
    this.member = await this.newMember();
  }

  async newMember(): Promise<Named> {
    const partner = await newPartner(this.hub, {
      recognitions: [{ authority: 'COCOF', validFrom: '2020-01-01' }],
    });
    await newEnrolment(this.hub, partner, this.service, '2020-01-01');
    return partner;
  }

  /** An order of the member, of ten boxes of gloves and two of masks where nothing else is said. */
  order(input: object = {}): object {
    return {
      partner: this.member.id,
      lot: this.lot.id,
      lines: [
        { product: this.product.GLOVES?.id, quantity: '10' },
        { product: this.product.MASKS?.id, quantity: '2' },
      ],
      ...input,
    };
  }

  // biome-ignore lint/suspicious/noExplicitAny: the shape of the payload is the test's own question
  place(input: object = {}): Promise<any> {
    return save(this.hub, 'placeOrder', this.order(input));
  }

  /** The code with which an order is refused. */
  async refusal(input: object = {}): Promise<string> {
    const { userErrors } = await send(this.hub, 'placeOrder', this.order(input));
    expect(userErrors).toHaveLength(1);
    return userErrors[0].code;
  }

  get buyer(): Viewer {
    return holder(Role.PARTNER_EDITOR, this.member);
  }

  get staff(): Viewer {
    return holder(Role.SERVICE_STAFF, this.service);
  }

  supplier(n: number): Viewer {
    return holder(Role.SUPPLIER, this.suppliers[n - 1] as Named);
  }

  /** Time goes on until an instant in Brussels, and the hub looks for what is overdue. */
  async until(instant: string): Promise<number> {
    this.now = new Date(instant);
    return this.passOn();
  }

  passOn(): Promise<number> {
    return overdueOrdersOf(this.hub.orm, undefined, () => this.now).run((error) => {
      throw error;
    });
  }

  /** Sends a mutation as somebody, and gives its payload. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the payload is the test's own question
  async as(viewer: Viewer, mutation: MutationName, input: object): Promise<any> {
    const variables = { input: { idempotencyKey: newKey(), ...input } };
    const { data, errors } = await this.hub.query(documentOf(mutation), variables, { viewer });
    return errors ? { refused: errors[0]?.extensions?.code } : data[mutation];
  }

  /** What an order is now, as somebody sees it. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the test's own question
  async look(order: Named, viewer: Viewer = ADMINISTRATOR): Promise<any> {
    const { data, errors } = await this.hub.query(
      `query ($id: ID!) { node(id: $id) { ... on PurchaseOrder { state rank supplier { id } totalExclVat totalInclVat isLate answerDueAt
        lines { quantity unitPrice } history { kind actor rank reason exclVat supplier { id } } } } }`,
      { id: order.id },
      { viewer },
    );
    expect(errors).toBeUndefined();
    return data.node;
  }

  /** What is committed and spent of the lot, and of its agreement. */
  async spend(): Promise<string[]> {
    const rows = await this.hub.sql<{ committed: string; spent: string }>(
      'select committed, spent from spend_account where id in ($1, $2) order by id = $1',
      [keyOf(this.lot), keyOf(this.agreement)],
    );
    return rows.map(({ committed, spent }) => `${committed} + ${spent}`);
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}

export function holder(role: Role, of: Named): Viewer {
  return viewerOf({ principal: `client_${randomUUID()}`, grants: [{ role, of: keyOf(of) }] });
}

/** Steps of a history in short: `OFFERED 1`. */
export function steps(order: { history: { kind: string; rank: number | null }[] }): string[] {
  return order.history.map(({ kind, rank }) => (rank === null ? kind : `${kind} ${rank}`));
}
