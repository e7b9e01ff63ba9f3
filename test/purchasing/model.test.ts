import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Viewer } from '../../src/access/viewer.ts';
import { brusselsDay } from '../../src/clock.ts';
import type { MutationName } from '../partners/records.ts';
import { SEED } from '../support/seed.ts';
import { Centre, MONDAY } from './centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await Centre.open();
}, 60_000);
afterAll(() => centre.close());

/** Totals without VAT of ten boxes of gloves and two of masks, by rank. */
const TOTALS = ['', '47.66', '49', '58'];
const LAST_RANK = 3;

/** What an order should be, told by the rules alone. */
interface Model {
  state: string;
  rank: number;
  /** Whether the buyer is asked about what is dearer than the second rank. */
  limited: boolean;
  /** Working hours since Monday at 10:00. */
  hours: number;
  dueAt: number | undefined;
  left: number;
  steps: string[];
}

interface Real {
  id: string;
}

type Command = fc.AsyncCommand<Model, Real>;

/** The instant so many working hours after Monday at 10:00: a day of them is 9:00 to 17:00. */
function instantOf(hours: number): Date {
  const start = Date.parse(MONDAY);
  const sinceNine = hours + 1;
  // What ends with a day is still of that day.
  const days = Math.max(0, Math.ceil(sinceNine / 8) - 1);
  const weekends = Math.floor(days / 5);
  return new Date(start + (days + 2 * weekends) * 86_400_000 + (sinceNine - 8 * days - 1) * 3_600_000);
}

/** Seven working days after the Monday. */
const DELIVERY_DUE_ON = '2026-06-24';
const isLate = ({ hours }: Model): boolean => brusselsDay(instantOf(hours)) > DELIVERY_DUE_ON;

function pass(model: Model): void {
  if (model.rank === LAST_RANK) {
    model.state = 'EXHAUSTED';
    model.dueAt = undefined;
    model.steps.push('EXHAUSTED');
    return;
  }
  model.rank += 1;
  const isAsked = model.limited && model.rank === LAST_RANK;
  model.state = isAsked ? 'CONSENT_ASKED' : 'OFFERED';
  model.dueAt = model.hours + (isAsked ? 8 : 4);
  model.steps.push(model.state);
}

/** Time is over, and the hub has looked. */
function timeOut(model: Model): void {
  while (model.dueAt !== undefined && model.hours >= model.dueAt) {
    if (model.state === 'CONSENT_ASKED') {
      model.state = 'CANCELLED';
      model.dueAt = undefined;
      model.steps.push('CANCELLED');
      return;
    }
    model.steps.push('TIMED_OUT');
    pass(model);
  }
}

/** Something that somebody tries at any time: it happens exactly where the rules let it. */
class Try implements Command {
  constructor(
    private readonly mutation: MutationName,
    private readonly who: (model: Model) => Viewer,
    private readonly more: object,
    private readonly may: (model: Model) => boolean,
    private readonly become: (model: Model) => void,
  ) {}

  check(): boolean {
    return true;
  }

  async run(model: Model, { id }: Real): Promise<void> {
    const isTaken = this.may(model);
    const answer = await centre.as(this.who(model), this.mutation, { order: id, ...this.more });
    const refused = answer.refused ?? answer.userErrors[0]?.code;
    expect([this.toString(), refused === undefined]).toEqual([this.toString(), isTaken]);
    if (isTaken) this.become(model);
    await agree(model, id);
  }

  toString(): string {
    return `${this.mutation} ${JSON.stringify(this.more)}`;
  }
}

class Wait implements Command {
  constructor(
    private readonly hours: number,
    private readonly looks: boolean,
  ) {}

  check(): boolean {
    return true;
  }

  async run(model: Model, { id }: Real): Promise<void> {
    model.hours += this.hours;
    centre.now = instantOf(model.hours);
    if (this.looks) {
      await centre.passOn();
      timeOut(model);
    }
    await agree(model, id);
  }

  toString(): string {
    return `${this.hours} h${this.looks ? ', the hub looks' : ''}`;
  }
}

async function agree(model: Model, id: string): Promise<void> {
  const order = await centre.look({ id });
  expect({ state: order.state, rank: order.rank, total: order.totalExclVat }).toEqual({
    state: model.state,
    rank: model.rank,
    total: TOTALS[model.rank],
  });
  expect(order.history.map(({ kind }: { kind: string }) => kind)).toEqual(model.steps);
  expect(order.answerDueAt === null).toBe(model.dueAt === undefined);
}

const inTime = ({ hours, dueAt }: Model): boolean => dueAt !== undefined && hours < dueAt;
const isCarriedOut = ({ state }: Model): boolean => ['CONFIRMED', 'PARTLY_DELIVERED'].includes(state);
const become =
  (state: string, step = state) =>
  (model: Model): void => {
    model.state = state;
    model.dueAt = undefined;
    model.steps.push(step);
  };

const buyer = (): Viewer => centre.buyer;
const supplier = ({ rank }: Model): Viewer => centre.supplier(rank);
const offered = (model: Model): boolean => model.state === 'OFFERED' && inTime(model);
const asked = (model: Model): boolean => model.state === 'CONSENT_ASKED' && inTime(model);

const commands: fc.Arbitrary<Command>[] = [
  fc.constant(new Try('confirmOrder', supplier, {}, offered, become('CONFIRMED'))),
  fc.constant(
    new Try('declineOrder', supplier, { reason: 'OUT_OF_STOCK' }, offered, (model) => {
      model.steps.push('DECLINED');
      pass(model);
    }),
  ),
  // Whoever has it not, or no longer, never answers for it.
  fc.constant(
    new Try(
      'confirmOrder',
      ({ rank }) => centre.supplier(rank === 1 ? 2 : 1),
      {},
      () => false,
      () => undefined,
    ),
  ),
  fc.constant(
    new Try('consentToPrice', buyer, { accepted: true }, asked, (model) => {
      model.steps.push('CONSENTED', 'OFFERED');
      model.state = 'OFFERED';
      model.dueAt = model.hours + 4;
    }),
  ),
  fc.constant(new Try('consentToPrice', buyer, { accepted: false }, asked, become('CANCELLED'))),
  fc.constant(
    new Try(
      'cancelOrder',
      buyer,
      {},
      ({ state }) => ['OFFERED', 'CONSENT_ASKED'].includes(state),
      become('CANCELLED'),
    ),
  ),
  fc.constant(
    new Try('recordDelivery', supplier, {}, isCarriedOut, (model) => {
      model.left = 0;
      become('DELIVERED')(model);
    }),
  ),
  fc.integer({ min: 1, max: 3 }).map((units) => {
    const part = (): object => ({ lines: [{ product: centre.product.MASKS?.id, quantity: String(units) }] });
    return new (class extends Try {
      override async run(model: Model, real: Real): Promise<void> {
        // The product is known when the test runs.
        Object.assign(this, { more: part() });
        await super.run(model, real);
      }
    })(
      'recordDelivery',
      buyer,
      {},
      (model) => isCarriedOut(model) && units <= model.left,
      (model) => {
        model.left -= units;
        become('PARTLY_DELIVERED', 'DELIVERED')(model);
      },
    );
  }),
  fc.constant(
    new Try(
      'closeOrder',
      buyer,
      {},
      (model) => (isCarriedOut(model) && isLate(model)) || model.state === 'DELIVERED',
      become('CLOSED'),
    ),
  ),
  fc.constant(
    new Try(
      'closeOrder',
      () => centre.staff,
      {},
      (model) => isCarriedOut(model) || model.state === 'DELIVERED',
      become('CLOSED'),
    ),
  ),
  fc
    .record({ hours: fc.integer({ min: 1, max: 9 }), looks: fc.boolean() })
    .map(({ hours, looks }) => new Wait(hours, looks)),
  fc.integer({ min: 3, max: 5 }).map((hours) => new Wait(hours, true)),
];

test('whatever is tried, whenever, an order does what the rules say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 14 }), fc.boolean(), async (tried, limited) => {
      await fc.asyncModelRun(async () => {
        centre.now = new Date(MONDAY);
        const { id } = await centre.place(limited ? { priceLimit: '50' } : {});
        const model: Model = {
          state: 'OFFERED',
          rank: 1,
          limited,
          hours: 0,
          dueAt: 4,
          left: 2,
          steps: ['PLACED', 'OFFERED'],
        };
        return { model, real: { id } };
      }, tried);
    }),
    {
      numRuns: Number(process.env.HUB_MODEL_RUNS ?? 60),
      seed: SEED,
    },
  );
  const [sum] = await centre.hub.sql(
    `select a.committed = coalesce(sum(case when o.state in ('CLOSED', 'CANCELLED', 'EXHAUSTED') then 0 else o.total_excl_vat - o.delivered_excl_vat end), 0)
      and a.spent = sum(o.delivered_excl_vat) as adds_up
     from spend_account a join purchase_order o on o.lot_id = a.id group by a.id`,
  );
  expect(sum).toEqual({ adds_up: true });
}, 240_000);
