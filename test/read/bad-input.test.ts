import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { BAD_IDS, BAD_NESTED, BAD_PAGES, BAD_PARTNER_REFERENCES, BAD_VALUES } from './bad-input.ts';
import { expectRefusal, UNKNOWN } from './refusal.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

describe('references', () => {
  test.each(BAD_PARTNER_REFERENCES)('of a partner: $what', (bad) =>
    expectRefusal(hub, { path: ['partner'], ...bad }),
  );

  test.each(['federation', 'sharedService', 'population'])('of a %s are checked alike', async (field) => {
    const prefix = { federation: 'federation', sharedService: 'service', population: 'population' }[field];
    const ask = (reference: string) => `{ ${field}(reference: { ${reference} }) { id } }`;
    const bad = { what: '', path: [field], says: /./ };
    await expectRefusal(hub, {
      ...bad,
      source: ask(`id: "${prefix}_${UNKNOWN}"`),
      code: 'NOT_FOUND',
      field: 'reference',
    });
    await expectRefusal(hub, {
      ...bad,
      source: ask(`slug: "nobody"`),
      code: 'NOT_FOUND',
      field: 'reference',
    });
    await expectRefusal(hub, {
      ...bad,
      source: ask(`id: "partner_${UNKNOWN}"`),
      code: 'INVALID_ID',
      field: 'reference.id',
    });
    await expectRefusal(hub, {
      ...bad,
      source: ask('slug: "a", id: "b"'),
      code: 'INVALID_REFERENCE',
      field: 'reference',
    });
    await expectRefusal(hub, { ...bad, source: ask(''), code: 'INVALID_REFERENCE', field: 'reference' });
  });

  test.each(BAD_IDS)('ids elsewhere: $what', (bad) => expectRefusal(hub, bad));
});

describe('pages', () => {
  const lists = [
    'partners',
    'sharedServices',
    'federations',
    'populations',
    'enrolments',
    'usageEntries',
    'publishedFigures',
  ];

  test.each(lists)('of %s', async (list) => {
    for (const [args, field, says] of BAD_PAGES) {
      const source = `{ ${list}(${args}) { totalCount } }`;
      await expectRefusal(hub, { what: '', source, code: 'INVALID_PAGE', field, says, path: [list] });
    }
  });

  test('a number that is no Int is refused before anything runs', async () => {
    const code = 'GRAPHQL_VALIDATION_FAILED';
    await expectRefusal(hub, {
      what: '',
      source: '{ partners(first: 3000000000) { totalCount } }',
      code,
      says: /32-bit/,
    });
    await expectRefusal(hub, {
      what: '',
      source: '{ partners(first: "3") { totalCount } }',
      code,
      says: /Int cannot represent/,
    });
  });

  test('null page arguments are like none', async () => {
    const { data, errors } = await hub.query(
      '{ partners(first: null, after: null, last: null, before: null) { nodes { id } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.partners.nodes).toHaveLength(20);
  });
});

describe('nested fields', () => {
  test.each(BAD_NESTED)(
    '$what has its code, the path of the root field and its own location',
    async (bad) => {
      await expectRefusal(hub, { ...bad, path: ['sharedServices'] });
      const { errors } = await hub.query(bad.source);
      const column = errors?.[0]?.locations?.[0]?.column as number;
      expect(bad.source.slice(column - 1)).toMatch(/^(enrolments|usage)\(/);
    },
  );

  test('under an alias, a node and a list', async () => {
    for (const root of [
      'population(reference: { slug: "care-homes-of-brussels" })',
      `node(id: "population_${UNKNOWN}")`,
    ]) {
      const source = `{ alias: ${root} { ... on Population { coverage(service: "x") { size } } } }`;
      await expectRefusal(hub, {
        what: '',
        source,
        code: 'INVALID_ID',
        field: 'service',
        says: /service_0189/,
        path: ['alias'],
      });
    }
  });

  test('the other root fields are answered', async () => {
    const { data, errors } = await hub.query(
      '{ bad: partner(reference: { slug: "nobody" }) { id } good: viewer { principal } }',
    );
    expect(data).toEqual({ bad: null, good: { principal: 'anonymous' } });
    expect(errors).toMatchObject([{ path: ['bad'], extensions: { code: 'NOT_FOUND' } }]);
  });
});

describe('values', () => {
  test.each(BAD_VALUES)('$what', async (bad) => {
    if (bad.code === 'TEXT_INVALID') {
      // The database itself refuses it.
      const { errors } = await hub.query(bad.source, bad.variables);
      expect(errors).toMatchObject([{ path: bad.path, extensions: { code: bad.code } }]);
    } else await expectRefusal(hub, bad);
  });

  test.each([
    ['"abc"'],
    ['"1,5"'],
    ['"1e3"'],
    ['""'],
    ['" 1"'],
    ['"NaN"'],
    ['12'],
    ['1.5'],
    ['"1.1234567"'],
    ['"123456789012345"'],
  ])('the quantity %s is no Decimal', async (quantity) => {
    const source = `mutation { reportUsage(input: { idempotencyKey: "abcdefgh", source: "x", entries: [{ externalReference: "a", quantity: ${quantity} }] }) { acceptedCount } }`;
    const { errors } = await hub.write(source);
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/Decimal expects an exact number as a string such as/) },
    ]);
    expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const value: unknown = JSON.parse(quantity);
    const input = {
      idempotencyKey: 'abcdefgh',
      source: 'x',
      entries: [{ externalReference: 'a', quantity: value }],
    };
    const sent = await hub.write(
      'mutation ($input: ReportUsageInput!) { reportUsage(input: $input) { acceptedCount } }',
      { input },
    );
    expect(sent.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('more values than a statement takes are refused', async () => {
    const ids = Array.from({ length: 2_000 }, () => `service_${UNKNOWN}`);
    const { errors, statements } = await hub.query(
      'query ($f: PartnerFilter) { partners(filter: $f) { totalCount } }',
      { f: { usesServices: ids } },
    );
    expect(errors).toMatchObject([{ path: ['partners'] }]);
    expect(errors?.[0]?.extensions?.code).not.toBe('INTERNAL_SERVER_ERROR');
    expect(statements).toEqual([]);
  });
});
