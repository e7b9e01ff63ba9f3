import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HEADCOUNTS, oneOf, SECTORS } from './directory.mjs';

const MOST_ENTRIES = 25;
/** Share of requests that say again what was said before. */
const REPEATS = 0.1;
/** Share of requests without an answer that are sent again. */
const RETRIES = 0.8;
/** Share of entries that take an earlier one back. */
const REVERSALS = 0.2;
const BETWEEN_CHANGES_MS = 250;

const REPORT = `mutation ($input: ReportUsageInput!) {
  reportUsage(input: $input) { results { externalReference status entry { id } error { code message } } userErrors { code message } } }`;
const CHANGE = `mutation ($input: UpdatePartnerInput!) {
  updatePartner(input: $input) { partner { id } userErrors { code message } } }`;

/** What a hub answers; undefined where it was killed meanwhile: a dying one may still say that its database is gone. */
export async function answerOf(hub, query, variables, token) {
  try {
    return await hub.ask(query, variables, token);
  } catch (error) {
    if (!hub.isAlive) return undefined;
    throw new Error(`A hub that nobody killed gave no good answer; it says: ${hub.log}`, { cause: error });
  }
}

/** Reports usage, takes some of its own back, and knows what was acknowledged. */
export class Writer {
  /** Every request: its input, and the ids of its entries once it was acknowledged. */
  requests = [];
  /** Acknowledged entries that nobody has taken back. */
  standing = [];
  /** The request that the hub took with it when it was killed. */
  lost = undefined;

  constructor(directory, name) {
    this.directory = directory;
    this.name = name;
  }

  /** Sends one request. */
  async work(hub) {
    const { lost } = this;
    this.lost = undefined;
    if (lost && Math.random() < RETRIES) await this.#send(hub, lost);
    else if (Math.random() < REPEATS) await this.#repeat(hub);
    else await this.#send(hub, this.#newRequest());
  }

  #newRequest() {
    const batch = randomUUID();
    const references = Array.from(
      { length: 1 + Math.floor(Math.random() * MOST_ENTRIES) },
      (_, i) => `${batch} ${i}`,
    );
    const entries = references.map((externalReference) => {
      if (Math.random() >= REVERSALS || this.standing.length === 0)
        return this.directory.entry(externalReference);
      const [reverses] = this.standing.splice(Math.floor(Math.random() * this.standing.length), 1);
      return { externalReference, reverses };
    });
    const request = {
      input: { idempotencyKey: randomUUID(), source: this.name, entries },
      ids: undefined,
      wasLost: false,
    };
    this.requests.push(request);
    return request;
  }

  async #send(hub, request) {
    const results = await this.#report(hub, request.input, 'ACCEPTED');
    if (!results) {
      this.lost = request;
      request.wasLost = true;
      return;
    }
    request.ids = results;
    for (const [index, { reverses }] of request.input.entries.entries()) {
      if (!reverses) this.standing.push(results[index]);
    }
  }

  /** The same entries again, as the same request or as another one: nothing may be counted twice. */
  async #repeat(hub) {
    const request = oneOf(this.requests.filter(({ ids }) => ids));
    if (!request) return;
    const ids =
      Math.random() < 0.5
        ? await this.#report(hub, request.input, 'ACCEPTED')
        : await this.#report(hub, { ...request.input, idempotencyKey: randomUUID() }, 'DUPLICATE');
    if (ids && ids.join() !== request.ids.join()) throw new Error('A repeat was given other entries');
  }

  async #report(hub, input, expected) {
    const data = await answerOf(hub, REPORT, { input });
    if (!data) return undefined;
    const { results, userErrors } = data.reportUsage;
    const wrong = [...userErrors, ...results.filter(({ status }) => status !== expected)];
    if (wrong.length > 0) throw new Error(`${this.name} was answered ${JSON.stringify(wrong)}`);
    return results.map(({ entry }) => entry.id);
  }
}

/** Changes what partners are, so that their usage moves to other cells. */
export class Mover {
  changes = 0;

  constructor(directory) {
    this.directory = directory;
  }

  /** Changes one partner. */
  async work(hub) {
    const data = await answerOf(hub, CHANGE, {
      input: {
        idempotencyKey: randomUUID(),
        id: oneOf(this.directory.partners),
        sector: oneOf(SECTORS),
        headcount: oneOf(HEADCOUNTS),
      },
    });
    if (!data) return;
    if (!data.updatePartner.partner) throw new Error(JSON.stringify(data.updatePartner.userErrors));
    this.changes += 1;
    await sleep(BETWEEN_CHANGES_MS);
  }
}
