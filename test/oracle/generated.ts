import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { save } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { agree, described, type Operation, type Outcome } from './agreement.ts';
import { Database } from './database.ts';
import { Cursors } from './generator/cursors.ts';
import { OperationGenerator } from './generator/operations.ts';
import type { Plan } from './generator/plan.ts';
import { samplesOf } from './generator/samples.ts';
import { smallestFailing } from './generator/smaller.ts';
import { write } from './generator/write.ts';
import { Oracle } from './oracle.ts';
import { makePurchases } from './purchases.ts';

/** How many operations are tried in all, and the seed that they grow from. */
export const RUNS = Number(process.env.HUB_ORACLE_RUNS ?? 1200);
export const SEED = Number(process.env.HUB_ORACLE_SEED ?? 20_261_122);

/** A hub on the demonstration data, its oracle, and operations that fit both. */
export class Bench {
  private constructor(
    readonly hub: TestHub,
    readonly oracle: Oracle,
    readonly plans: fc.Arbitrary<Plan>,
    private readonly cursors: Cursors,
  ) {}

  static async start(): Promise<Bench> {
    const hub = await startTestHub();
    await leaveTrail(hub);
    await letIn(hub);
    await makePurchases(hub);
    const oracle = new Oracle(await Database.load(hub));
    const samples = samplesOf(oracle.db);
    const generator = new OperationGenerator(oracle.schema, samples);
    return new Bench(hub, oracle, generator.plans(), new Cursors(hub, oracle, samples));
  }

  /** The operations of a plan, with cursors of the hub in them. */
  async operations(plan: Plan): Promise<Operation[]> {
    return write(this.oracle.schema, await this.cursors.fill(plan));
  }

  /** Whether a plan makes valid operations: the generator's always do, what is left of one may not. */
  async isValid(plan: Plan): Promise<boolean> {
    const operations = await this.operations(plan);
    return operations.every(({ source }) => validate(this.oracle.schema, parse(source)).length === 0);
  }
}

/** The demonstration data is no mutation's: a few changes, so that the trail has something to tell, and a closed partner. */
async function leaveTrail(hub: TestHub): Promise<void> {
  const partners = await hub.sql<{ id: string }>('select id from partner order by slug limit 4');
  const ids = partners.map(({ id }) => `partner_${id}`);
  for (const [at, id] of ids.entries()) await save(hub, 'updatePartner', { id, headcount: 30 + at });
  await save(hub, 'closePartner', { partner: ids[0] });
}

/** Some tools and people: a demonstration begins with none. */
async function letIn(hub: TestHub): Promise<void> {
  const read = '{ partners(first: 2) { nodes { id } } federations(first: 1) { nodes { id } } }';
  const { partners, federations } = (await hub.query(read)).data;
  const staff = partners.nodes.map(({ id }: { id: string }) => ({ role: 'PARTNER_EDITOR', reference: id }));
  const analyst = { role: 'FEDERATION_ANALYST', reference: federations.nodes[0].id };
  const validUntil = '2090-01-01T00:00:00.000Z';
  for (const roles of [staff, staff.slice(0, 1), [{ role: 'HUB_ADMIN', validUntil }]]) {
    const client = await save(hub, 'createClient', { name: `Tool with ${roles.length}`, roles });
    const token = { client: client.id, scopes: ['USAGE', 'READ'] };
    const { id } = await save(hub, 'issueAccessToken', token);
    await save(hub, 'rotateAccessToken', { id, overlapHours: 0 });
    if (roles === staff) await save(hub, 'closeClient', { id: client.id });
  }
  for (const subject of ['one', 'two'])
    await save(hub, 'registerAccount', { issuer: 'https://id.example', subject, roles: [analyst] });
}

/** The seed of one of several parts that a run is split in, so that they can run side by side. */
export function seedOf(part: number): number {
  return SEED + part;
}

/** Tests one of several equal parts of the generated operations. */
export function testPart(part: number, parts: number): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  }, 120_000);
  afterAll(() => bench.hub.close());

  const runs = Math.ceil(RUNS / parts);
  test(
    `hub and oracle agree on ${runs} generated operations (seed ${seedOf(part)})`,
    async () => {
      const outcomes: Outcome[] = [];
      const ask = async (plan: Plan): Promise<void> => {
        const asked: Operation[] = [];
        for (const operation of await bench.operations(plan)) {
          const before = asked.map((one) => `\n\nAsked after:\n${described(one)}`).join('');
          outcomes.push(
            await agree(bench.hub, bench.oracle, operation).catch((error: Error) => {
              throw new Error(`${error.message}${before}`);
            }),
          );
          asked.push(operation);
        }
      };
      const options = { seed: seedOf(part), numRuns: runs, endOnFailure: true };
      const result = await fc.check(fc.asyncProperty(bench.plans, ask), options);
      if (result.failed && result.counterexample) {
        const smallest = await smallestFailing(result.counterexample[0], async (plan) => {
          if (await bench.isValid(plan)) await ask(plan);
        });
        throw new Error(
          `Operation ${result.numRuns} of seed ${seedOf(part)}, made small:\n\n${smallest.message}`,
        );
      }
      const share = (outcome: Outcome): number =>
        outcomes.filter((one) => one === outcome).length / outcomes.length;
      // What is too large for the hub proves nothing: the generator has to keep below its limits.
      expect(share('too large')).toBeLessThan(0.02);
      expect(share('whole')).toBeGreaterThan(0.3);
    },
    120_000 + 500 * runs,
  );
}
