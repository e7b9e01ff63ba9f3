import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clock, newEnrolment, newPartner, newService, send } from '../partners/records.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let partner: { id: string };
let service: { id: string };
beforeAll(async () => {
  hub = await startTestHub('operation', { clock });
  partner = await newPartner(hub);
  service = await newService(hub, 'PURCHASING');
  await newEnrolment(hub, partner, service, '2026-01-10');
});
afterAll(() => hub.close());

let references = 0;
function entry(change: object = {}): object {
  references += 1;
  return {
    externalReference: `entry-${references}`,
    partner: partner.id,
    service: service.id,
    metric: 'PURCHASING_ORDERS',
    occurredOn: '2026-03-01',
    quantity: '2',
    ...change,
  };
}

const report = (entries: object[], more: object = {}) =>
  send(hub, 'reportUsage', { source: 'ecat', entries, ...more });
const reversal = (reverses: string, externalReference: string) => report([{ externalReference, reverses }]);

test('an entry is taken back once, as a whole, and never a reversal', async () => {
  const original = (await report([entry({ quantity: '7', category: 'GLOVES' })])).results[0].entry;
  const { results } = await reversal(original.id, 'back-1');
  expect(results[0]).toMatchObject({
    status: 'ACCEPTED',
    entry: {
      quantity: '-7',
      category: 'GLOVES',
      occurredOn: '2026-03-01',
      metric: { key: 'PURCHASING_ORDERS' },
      reverses: { id: original.id },
      enrolment: original.enrolment,
      isReversed: false,
    },
  });
  const { data } = await hub.write(
    'query ($id: ID!) { node(id: $id) { ... on UsageEntry { isReversed } } }',
    original,
  );
  expect(data.node).toEqual({ isReversed: true });
  expect((await reversal(original.id, 'back-1')).results[0].status).toBe('DUPLICATE');
  const error = (code: string) => ({ status: 'REJECTED', error: { code, field: 'entries.0.reverses' } });
  expect((await reversal(original.id, 'back-2')).results[0]).toMatchObject(error('ALREADY_REVERSED'));
  const { entry: back } = results[0];
  expect((await reversal(back.id, 'back-3')).results[0]).toMatchObject(error('REVERSAL_MISMATCH'));
});

test('of two reversals of one entry in one request the first counts', async () => {
  const { entry: original } = (await report([entry()])).results[0];
  const { results } = await report(
    ['a', 'b'].map((name) => ({ externalReference: `twice-${name}`, reverses: original.id })),
  );
  expect(results).toMatchObject([
    { status: 'ACCEPTED' },
    { error: { code: 'ALREADY_REVERSED', field: 'entries.1.reverses' } },
  ]);
});

test('of two reversals that arrive together, from two sources, one is recorded', async () => {
  for (let round = 0; round < 4; round++) {
    const { entry: original } = (await report([entry()])).results[0];
    const back = (source: string) =>
      report([entry(), { externalReference: `race-${original.id}`, reverses: original.id }], { source });
    const answers = await Promise.all([back('tool-a'), back('tool-b'), back('tool-c')]);
    const codes = answers.map(({ results }) => results[1].error?.code ?? 'kept').toSorted();
    expect(codes).toEqual(['ALREADY_REVERSED', 'ALREADY_REVERSED', 'kept']);
    // Each request's other entry is kept all the same.
    expect(answers.every(({ results }) => results[0].status === 'ACCEPTED')).toBe(true);
  }
});

/** An entry as the recount knows it. */
interface Known {
  input: { externalReference: string };
  partner: number;
  month: string;
  micro: bigint;
  /** Once the hub has answered. */
  id?: string;
  /** The reference of the entry that took it back. */
  reversedAs?: string;
}

/** A quantity of millionths as the exact decimal that the hub gives. */
function decimal(micro: bigint): string {
  const digits = String(micro).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
}

const MONTHS = ['2025-11', '2025-12', '2026-01'];
const step = fc.record({
  kind: fc.constantFrom('new', 'new', 'repeat', 'rewrite', 'reverse', 'reverse'),
  which: fc.nat(50),
  partner: fc.nat(2),
  month: fc.constantFrom(...MONTHS),
  micro: fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }),
  category: fc.constantFrom(null, 'A', 'B'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });

test('whatever is reported, repeated, rewritten and taken back, the totals are those of a recount', async () => {
  const partners = [await newPartner(hub), await newPartner(hub), await newPartner(hub)];
  let stories = 0;

  /** One request of a story: what it sends, and the status that each entry must get. */
  async function request(
    steps: Step[],
    known: Known[],
    place: { id: string },
    source: string,
  ): Promise<void> {
    // What this request adds has no id to take back before it is answered.
    const before = [...known];
    const sent = steps.map((step, index) => {
      const earlier = before[step.which % Math.max(before.length, 1)];
      if (step.kind === 'new' || !earlier) {
        const input = {
          externalReference: `r${known.length}`,
          partner: partners[step.partner].id,
          service: place.id,
          metric: 'OTHER_SERVICE_UNITS',
          occurredOn: `${step.month}-1${index}`,
          quantity: decimal(step.micro),
          category: step.category,
        };
        const fresh: Known = { input, partner: step.partner, month: step.month, micro: step.micro };
        known.push(fresh);
        return { input, status: 'ACCEPTED', fresh };
      }
      if (step.kind === 'repeat') return { input: earlier.input, status: 'DUPLICATE' };
      if (step.kind === 'rewrite') {
        return { input: { ...earlier.input, quantity: decimal(earlier.micro + 1n) }, status: 'REJECTED' };
      }
      const externalReference = `${earlier.input.externalReference}-back-${index % 2}`;
      const input = { externalReference, reverses: earlier.id };
      if (earlier.reversedAs) {
        return { input, status: earlier.reversedAs === externalReference ? 'DUPLICATE' : 'REJECTED' };
      }
      earlier.reversedAs = externalReference;
      return { input, status: 'ACCEPTED' };
    });
    const { results } = await report(
      sent.map(({ input }) => input),
      { source },
    );
    expect(results.map(({ status }: { status: string }) => status)).toEqual(sent.map(({ status }) => status));
    for (const [index, { fresh }] of sent.entries()) if (fresh) fresh.id = results[index].entry.id;
  }

  const property = fc.asyncProperty(story, async (requests) => {
    stories += 1;
    const place = await newService(hub, 'OTHER');
    const known: Known[] = [];
    for (const steps of requests) await request(steps, known, place, `story-${stories}`);

    const { data } = await hub.write(
      `query ($service: ID!) {
        total: usageMetrics(metrics: [OTHER_SERVICE_UNITS, PARTNERS_SERVED], filter: { services: [$service] }) { ...rows }
        split: usageMetrics(metrics: [OTHER_SERVICE_UNITS], filter: { services: [$service] }, groupBy: [PARTNER], granularity: MONTH) { ...rows }
      }
      fragment rows on UsageMetrics { rows { dimensions { value } period { from } cell { value } } }`,
      { service: place.id },
    );
    const holding = known.filter(({ reversedAs }) => !reversedAs);
    const sum = (some: Known[]) => decimal(some.reduce((total, { micro }) => total + micro, 0n));
    const [units, served] = data.total.rows;
    expect(units.cell.value ?? '0').toBe(sum(holding));
    const users = new Set(holding.filter(({ micro }) => micro > 0n).map((one) => one.partner));
    expect(served.cell.value ?? '0').toBe(String(users.size));
    const split = new Map<string, string>();
    for (const { dimensions, period, cell } of data.split.rows) {
      split.set(`${dimensions[0].value} ${period.from.slice(0, 7)}`, cell.value ?? '0');
    }
    for (const [index, { id }] of partners.entries()) {
      for (const month of MONTHS) {
        const own = holding.filter((one) => one.partner === index && one.month === month);
        expect(split.get(`${id} ${month}`) ?? '0').toBe(sum(own));
      }
    }
  });
  await fc.assert(property, { numRuns: 25 });
}, 120_000);
