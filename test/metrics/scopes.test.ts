import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ANSWER, ask, linesOf } from './asking.ts';
import { addFederation, addPartner, addService, enrol, reportUsage } from './records.ts';

const QUESTION = `metrics: [OTHER_SERVICE_UNITS, PARTNERS_SERVED, REPORTING_COMPLETENESS]`;

/** The answer of the field of a record. */
async function askOf(hub: TestHub, type: string, id: string, argument: string) {
  const { data, errors, statements } = await hub.write(
    `query ($id: ID!) { node(id: $id) { ... on ${type} { usageMetrics(${argument}) { ${ANSWER} } } } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  return linesOf(data.node.usageMetrics);
}

describe('with few records', () => {
  let hub: TestHub;
  let rooms: string;
  let cars: string;
  let member: string;
  let other: string;
  let federation: string;

  beforeAll(async () => {
    hub = await startTestHub('operation');
    rooms = await addService(hub, 'OTHER', 'rooms');
    cars = await addService(hub, 'OTHER', 'cars');
    federation = await addFederation(hub, 'roof');
    // A member from the 10th of a month to the 20th of another.
    const memberships = [{ federation, validFrom: '2023-03-10', validUntil: '2023-05-20' }];
    member = await addPartner(hub, 'Member', { memberships });
    other = await addPartner(hub, 'Other');
    await enrol(hub, member, rooms, '2023-01-01', '2023-05-01');
    await enrol(hub, other, rooms, '2023-01-01');
    const use = (partner: string, occurredOn: string, quantity: string, service = rooms) => ({
      service,
      partner,
      metric: 'OTHER_SERVICE_UNITS',
      occurredOn,
      quantity,
    });
    await reportUsage(hub, [
      use(member, '2023-03-09', '1'),
      use(member, '2023-03-10', '10'),
      use(member, '2023-04-15', '100'),
      use(member, '2023-05-19', '1000', cars),
      use(member, '2023-05-20', '10000', cars),
      use(other, '2023-04-15', '5'),
    ]);
  });
  afterAll(() => hub.close());

  test('a partner’s use is that of the question by partner', async () => {
    expect(await askOf(hub, 'Partner', member, QUESTION)).toEqual({
      rows: ['.. 11111', '.. 1', '.. 1'],
      totals: ['.. 11111', '.. 1', '.. 1'],
    });
    expect((await askOf(hub, 'Partner', other, `${QUESTION}, groupBy: [SERVICE]`)).rows).toEqual([
      `.. ${rooms} 5`,
      `.. ${rooms} 1`,
      `.. ${rooms} 1`,
    ]);
  });

  test('a service’s use is that of the question with the filter', async () => {
    const byPartner = `${QUESTION}, granularity: MONTH, groupBy: [PARTNER]`;
    for (const service of [rooms, cars]) {
      expect(await askOf(hub, 'OtherService', service, byPartner)).toEqual(
        await ask(hub, `${byPartner}, filter: { services: ["${service}"] }`),
      );
    }
  });

  test('a federation’s use is that of its members, on the days on which they were', async () => {
    const units = 'metrics: [OTHER_SERVICE_UNITS]';
    expect((await askOf(hub, 'Federation', federation, `${units}, granularity: MONTH`)).rows).toEqual([
      '2023-03-01..2023-04-01 10',
      '2023-04-01..2023-05-01 100',
      '2023-05-01..2023-06-01 1000',
    ]);
    expect((await askOf(hub, 'Federation', federation, units)).rows).toEqual(['.. 1110']);
    const clipped = `${units}, period: { from: "2023-03-05", to: "2023-05-19" }`;
    expect((await askOf(hub, 'Federation', federation, clipped)).rows).toEqual([
      '2023-03-05..2023-05-19 110',
    ]);
  });

  test('by federation a month is divided where a membership begins or ends in it', async () => {
    const { rows, totals } = await ask(
      hub,
      'metrics: [OTHER_SERVICE_UNITS, PARTNERS_SERVED], groupBy: [FEDERATION], period: { from: "2023-03-01", to: "2023-06-01" }',
    );
    expect(rows.map((line) => line.replace('2023-03-01..2023-06-01 ', ''))).toEqual([
      `${federation} 1110`,
      '- 10006',
      `${federation} 1`,
      '- 2',
    ]);
    expect(totals.map((line) => line.split(' ')[1])).toEqual(['11116', '2']);
  });

  test('reporting is asked of the members of the last day', async () => {
    const reporting = 'metrics: [REPORTING_EXPECTED, REPORTING_DONE, REPORTING_COMPLETENESS]';
    const until = (to: string) =>
      askOf(hub, 'Federation', federation, `${reporting}, period: { from: "2023-01-01", to: "${to}" }`);
    expect((await until('2023-03-10')).totals.map((line) => line.split(' ')[1])).toEqual([
      '0',
      '0',
      'nothing',
    ]);
    expect((await until('2023-03-11')).totals.map((line) => line.split(' ')[1])).toEqual(['1', '1', '1']);
  });
});

describe('in the demonstration', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
  });
  afterAll(() => hub.close());

  test('a page of partners with their figures by service takes one statement, and each is its own', async () => {
    const { data, errors, statements } =
      await hub.query(`{ partners(first: 20, filter: { usesNoService: false }) { nodes { id
      usageMetrics(metrics: [PARTNERS_SERVED, ENROLMENTS_ACTIVE], groupBy: [PARTNER], period: { from: "2020-01-01", to: "2023-01-01" }) {
        rows { dimensions { value } } totals { cell { value } } } } } }`);
    expect(errors).toBeUndefined();
    expect(statements).toHaveLength(1);
    const { nodes } = data.partners;
    expect(nodes).toHaveLength(20);
    for (const { id, usageMetrics } of nodes) {
      const about = usageMetrics.rows.map(
        (row: { dimensions: { value: string }[] }) => row.dimensions[0]?.value,
      );
      expect(new Set(about).size).toBeLessThanOrEqual(1);
      for (const partner of about) expect(partner).toBe(id);
      expect(usageMetrics.totals).toHaveLength(2);
    }
    expect(
      nodes.some(({ usageMetrics }: { usageMetrics: { rows: [] } }) => usageMetrics.rows.length > 0),
    ).toBe(true);
  });

  test('federations have the rows of the question by federation', async () => {
    const argument = 'metrics: [PURCHASING_ORDERS, PARTNERS_SERVED], granularity: YEAR';
    const { data } = await hub.query(
      `{ federations(first: 5) { nodes { id usageMetrics(${argument}) { ${ANSWER} } } } }`,
    );
    const { rows } = await ask(hub, `${argument}, groupBy: [FEDERATION]`);
    for (const { id, usageMetrics } of data.federations.nodes) {
      const own = rows.filter((line) => line.includes(id)).map((line) => line.replace(`${id} `, ''));
      expect(linesOf(usageMetrics).rows).toEqual(own);
    }
    expect(rows.filter((line) => line.includes('federation_')).length).toBeGreaterThan(5);
  });
});

test('a report in the month in which the first of all enrolments begins is one', async () => {
  const hub = await startTestHub('operation');
  const service = await addService(hub, 'OTHER', 'rooms');
  const partner = await addPartner(hub, 'Member');
  await enrol(hub, partner, service, '2023-03-10');
  await reportUsage(hub, [
    { service, partner, metric: 'OTHER_SERVICE_UNITS', occurredOn: '2023-03-10', quantity: '1' },
  ]);
  const month = 'period: { from: "2023-03-01", to: "2023-04-01" }';
  const { totals } = await ask(hub, `metrics: [REPORTING_DONE, REPORTING_COMPLETENESS], ${month}`);
  expect(totals.map((line) => line.split(' ')[1])).toEqual(['1', '1']);
  await hub.close();
});

describe('authorities that are asked together', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
  });
  afterAll(() => hub.close());

  test.each(['ENROLMENTS_ACTIVE', 'REPORTING_DONE', 'PARTNERS_SERVED'])(
    '%s of each is what it is told alone',
    async (metric) => {
      const figures = `usageMetrics(metrics: [${metric}]) { rows { cell { value } } }`;
      const { data } = await hub.query(`{ competentAuthorities { id code ${figures} } }`);
      const together = data.competentAuthorities as { id: string; code: string; usageMetrics: object }[];
      const told = together.map(({ usageMetrics }) => JSON.stringify(usageMetrics));
      expect(new Set(told).size).toBeGreaterThan(5);
      for (const { id, code, usageMetrics } of together) {
        const alone = await hub.query(
          `query ($id: ID!) { node(id: $id) { ... on CompetentAuthority { ${figures} } } }`,
          { id },
        );
        expect([code, usageMetrics]).toEqual([code, alone.data.node.usageMetrics]);
      }
    },
  );
});
