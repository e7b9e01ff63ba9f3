import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { type Case, expectRefusal, UNKNOWN } from './refusal.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

describe('values', () => {
  const usage = 'query ($p: DateRangeInput) { usageEntries(filter: { period: $p }) { totalCount } }';
  test.each<Case>([
    {
      what: 'period backwards',
      source: usage,
      variables: { p: { from: '2021-01-01', to: '2020-12-31' } },
      code: 'INVALID_PERIOD',
      field: 'filter.period',
      says: /ends on 2020-12-31.*first day after/,
      path: ['usageEntries'],
    },
    {
      what: 'empty period',
      source: usage,
      variables: { p: { from: '2021-01-01', to: '2021-01-01' } },
      code: 'INVALID_PERIOD',
      field: 'filter.period',
      says: /before or on its first day/,
      path: ['usageEntries'],
    },
    {
      what: 'metrics period',
      source:
        '{ usageMetrics(metrics: [PARTNERS_SERVED], period: { from: "2021-01-01", to: "2020-01-01" }) { rows { metric } } }',
      code: 'INVALID_PERIOD',
      field: 'period',
      says: /first day/,
      path: ['usageMetrics'],
    },
    {
      what: 'a day that does not exist',
      source: usage,
      variables: { p: { from: '2021-02-29' } },
      code: 'BAD_USER_INPUT',
      says: /Date expects a day of the calendar.*2021-02-29/,
    },
    {
      what: 'a date in another form',
      source: usage,
      variables: { p: { from: '29/02/2020' } },
      code: 'BAD_USER_INPUT',
      says: /YYYY-MM-DD/,
    },
    {
      what: 'a date as a number',
      source: '{ usageEntries(filter: { period: { from: 2020 } }) { totalCount } }',
      code: 'GRAPHQL_VALIDATION_FAILED',
      says: /YYYY-MM-DD/,
    },
    {
      what: 'the year 0',
      source: '{ sharedServices { nodes { enrolledByAuthority(asOf: "0000-01-01") { count } } } }',
      code: 'GRAPHQL_VALIDATION_FAILED',
      says: /YYYY-MM-DD/,
    },
    {
      what: 'null for a value that has to be there',
      source: 'query ($o: PartnerOrder = NAME) { partners(orderBy: $o) { totalCount } }',
      variables: { o: null },
      code: 'BAD_USER_INPUT',
      says: /"orderBy".*must not be null/,
      path: ['partners'],
    },
    {
      what: 'the same in a nested field',
      source: 'query ($s: ID = "x") { populations { nodes { coverage(service: $s) { size } } } }',
      variables: { s: null },
      code: 'BAD_USER_INPUT',
      says: /"service".*must not be null/,
      path: ['populations'],
    },
    {
      what: 'an enum that is not one',
      source: 'query ($o: PartnerOrder!) { partners(orderBy: $o) { totalCount } }',
      variables: { o: 'AGE' },
      code: 'BAD_USER_INPUT',
      says: /"AGE" does not exist in "PartnerOrder"/,
    },
    {
      what: 'the character NUL',
      source: 'query ($s: String!) { partners(filter: { sectors: [$s] }) { totalCount } }',
      variables: { s: 'a\0b' },
      code: 'TEXT_INVALID',
      says: /NUL/,
      path: ['partners'],
    },
    {
      what: 'a text without end',
      source: 'query ($s: String!) { partners(filter: { sectors: [$s] }) { totalCount } }',
      variables: { s: 'a'.repeat(10_001) },
      code: 'TEXT_TOO_LONG',
      says: /at most 10000 characters/,
      path: ['partners'],
    },
    {
      what: 'no metric',
      source: '{ usageMetrics(metrics: []) { rows { metric } } }',
      code: 'TOO_MANY_METRICS',
      field: 'metrics',
      says: /1 to 6/,
      path: ['usageMetrics'],
    },
  ])('$what', async (bad) => {
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
