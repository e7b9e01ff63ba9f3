import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PRICE_LIMIT } from './centre.mjs';
import { oneOf } from './directory.mjs';
import { answerOf } from './writer.mjs';

/** Share of steps in which a request is said again that was answered before. */
const REPEATS = 0.1;
/** Share of requests that come to two hubs at the same time. */
const DOUBLES = 0.15;
const BETWEEN_STEPS_MS = 60;

/** What a step may be refused for: somebody else's, or the hub's own, came before it. */
const TOO_LATE = ['WRONG_STATE', 'ANSWER_TOO_LATE', 'NOT_FOUND'];

const ORDERS = `query ($filter: OrderFilter!) { orders(first: 30, filter: $filter) { nodes { id state } } }`;

const documentOf = (mutation) =>
  `mutation ($input: ${mutation[0].toUpperCase()}${mutation.slice(1)}Input!) {
    ${mutation}(input: $input) { order { id } userErrors { code message } } }`;

/** Somebody with a token who asks things of hubs, and knows what was acknowledged. */
export class Party {
  /** Every request: its mutation and input, and the order and what was said of it once there was an answer. */
  requests = [];

  constructor(centre, { id, token }) {
    this.centre = centre;
    this.id = id;
    this.token = token;
  }

  /** Takes a step through one of the hubs; what a killed one left unanswered comes first, at another one. */
  async work(hubs) {
    const [lost] = this.unanswered();
    const answered = this.requests.filter(({ order }) => order);
    if (lost) await this.deliver(oneOf(hubs), lost);
    else if (answered.length > 0 && Math.random() < REPEATS) await this.deliver(oneOf(hubs), oneOf(answered));
    else await this.step(hubs);
    await sleep(BETWEEN_STEPS_MS);
  }

  unanswered() {
    return this.requests.filter(({ order, refused }) => !order && !refused);
  }

  /** Sends a new request, sometimes through two hubs at once. */
  async send(hubs, mutation, input) {
    const request = { mutation, input: { idempotencyKey: randomUUID(), ...input }, wasLost: false };
    this.requests.push(request);
    const to = [oneOf(hubs), ...(Math.random() < DOUBLES ? [oneOf(hubs)] : [])];
    await Promise.all(to.map((hub) => this.deliver(hub, request)));
    return request;
  }

  /** Sends a request under its key; a request that was done once is answered the same for ever. */
  async deliver(hub, request) {
    const { mutation, input } = request;
    const data = await answerOf(hub, documentOf(mutation), { input }, this.token);
    if (!data) {
      request.wasLost ||= !request.order && !request.refused;
      return;
    }
    const { order, userErrors } = data[mutation];
    const [refused] = userErrors;
    const said = `${mutation} ${input.idempotencyKey} was answered ${JSON.stringify(data[mutation])}`;
    if (refused) {
      // Of a request that came twice, the second may have found another state than the first.
      if (mutation === 'placeOrder' || request.order || !TOO_LATE.includes(refused.code))
        throw new Error(said);
      request.refused = refused.code;
      return;
    }
    // A supplier sees no more of an order that it has declined.
    const id = order?.id ?? input.order;
    if (!id || (request.order && request.order !== id))
      throw new Error(`${said}, and ${request.order} before`);
    request.order = id;
    request.refused = undefined;
  }

  /** Orders that it sees in some states. */
  async orders(hub, filter) {
    const data = await answerOf(hub, ORDERS, { filter }, this.token);
    return data?.orders.nodes ?? [];
  }
}

/** A member that places orders, consents to dearer prices or does not, cancels, and says what was delivered. */
export class Buyer extends Party {
  async step(hubs) {
    const chance = Math.random();
    if (chance < 0.5) return this.place(hubs);
    const states = ['OFFERED', 'CONSENT_ASKED', 'CONFIRMED', 'DELIVERED'];
    const orders = await this.orders(oneOf(hubs), { partner: this.id, states });
    // Who is asked answers first.
    const order = orders.find(({ state }) => state === 'CONSENT_ASKED') ?? oneOf(orders);
    if (order?.state === 'CONSENT_ASKED') {
      return this.send(hubs, 'consentToPrice', { order: order.id, accepted: Math.random() < 0.7 });
    }
    if (order?.state === 'OFFERED' && chance < 0.6)
      return this.send(hubs, 'cancelOrder', { order: order.id });
    if (order?.state === 'CONFIRMED') return this.send(hubs, 'recordDelivery', { order: order.id });
    if (order?.state === 'DELIVERED') return this.send(hubs, 'closeOrder', { order: order.id });
  }

  /** Places an order, now and then with a limit that a later rank's price passes. */
  place(hubs) {
    const input = this.centre.order(this);
    const few = [{ product: this.centre.products[0], quantity: '14' }];
    return this.send(
      hubs,
      'placeOrder',
      Math.random() < 0.3 ? { ...input, lines: few, priceLimit: PRICE_LIMIT } : input,
    );
  }
}

/** A supplier that confirms orders, declines them, and leaves others alone. */
export class Supplier extends Party {
  async step(hubs) {
    const order = oneOf(await this.orders(oneOf(hubs), { supplier: this.id, states: ['OFFERED'] }));
    if (!order) return;
    if (Math.random() < 0.5) await this.send(hubs, 'confirmOrder', { order: order.id });
    else await this.send(hubs, 'declineOrder', { order: order.id, reason: 'OUT_OF_STOCK' });
  }
}
