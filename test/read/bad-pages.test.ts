import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { type Case, expectRefusal, UNKNOWN } from './refusal.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

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
  const pages = [
    ['first: 0', 'first', /`first` is 0: ask for 1 to 100/],
    ['first: 101', 'first', /`first` is 101: ask for 1 to 100/],
    ['first: -1', 'first', /`first` is -1/],
    ['last: 0', 'last', /`last` is 0/],
    ['last: 101', 'last', /`last` is 101/],
    ['first: 1, last: 1', 'first', /either `first` or `last`/],
    ['after: "x", last: 1', 'after', /`after` with `first`/],
    ['after: "x", before: "y"', 'after', /`before` with `last`/],
    ['before: "x"', 'before', /together with `last`/],
    ['before: "x", first: 1', 'before', /together with `last`/],
  ] as const;

  test.each(lists)('of %s', async (list) => {
    for (const [args, field, says] of pages) {
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
  const nested: Case[] = [
    {
      what: 'a bad page',
      source: '{ sharedServices(first: 2) { nodes { slug enrolments(first: 0) { totalCount } } } }',
      code: 'INVALID_PAGE',
      field: 'first',
      says: /1 to 100/,
    },
    {
      what: 'a bad page two levels down',
      source: '{ sharedServices { nodes { enrolments { nodes { usage(first: 101) { totalCount } } } } } }',
      code: 'INVALID_PAGE',
      field: 'first',
      says: /1 to 100/,
    },
    {
      what: 'a forged cursor',
      source: '{ sharedServices { nodes { usage(after: "x") { totalCount } } } }',
      code: 'INVALID_CURSOR',
      field: 'after',
      says: /take it from/,
    },
    {
      what: 'a period that ends before it begins',
      source:
        '{ sharedServices { nodes { usage(filter: { period: { from: "2021-01-01", to: "2020-01-01" } }) { totalCount } } } }',
      code: 'INVALID_PERIOD',
      field: 'filter.period',
      says: /`to` is the first day after it/,
    },
    {
      what: 'an id of another kind',
      source: `{ sharedServices { nodes { enrolments(filter: { partner: "service_${UNKNOWN}" }) { totalCount } } } }`,
      code: 'INVALID_ID',
      field: 'filter.partner',
      says: /no id of this kind/,
    },
  ];
  test.each(nested)('$what has its code, the path of the root field and its own location', async (bad) => {
    await expectRefusal(hub, { ...bad, path: ['sharedServices'] });
    const { errors } = await hub.query(bad.source);
    const column = errors?.[0]?.locations?.[0]?.column as number;
    expect(bad.source.slice(column - 1)).toMatch(/^(enrolments|usage)\(/);
  });

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
