import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Language } from '../../src/graphql/language.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { createPartner } from './records.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

/** A connection over each type of order key. */
const CONNECTIONS = [
  'partners(PAGE, orderBy: NAME)',
  'partners(PAGE, orderBy: HEADCOUNT_DESC)',
  'partners(PAGE, orderBy: NEWEST)',
  'enrolments(PAGE)',
  'usageEntries(PAGE)',
  'publishedFigures(PAGE)',
  'sharedServices(PAGE)',
] as const;

function read(connection: string, cursor: string | null, as?: { language: Language }) {
  const field = connection.replace('PAGE', 'first: 2, after: $cursor');
  return hub.query(
    `query ($cursor: String) { page: ${field} { nodes { id } totalCount pageInfo { endCursor } } }`,
    { cursor },
    as,
  );
}

async function cursorOf(connection: string, as?: { language: Language }): Promise<string> {
  return (await read(connection, null, as)).data.page.pageInfo.endCursor;
}

function keysOf(cursor: string): string[] {
  return JSON.parse(Buffer.from(cursor.split('.')[1] as string, 'base64url').toString());
}

function withKeys(cursor: string, keys: unknown): string {
  return `${cursor.split('.')[0]}.${Buffer.from(JSON.stringify(keys) ?? '').toString('base64url')}`;
}

const refused = [
  {
    path: ['page'],
    message: expect.stringMatching(/take it from `pageInfo`|start again without it/),
    extensions: { code: 'INVALID_CURSOR', field: 'after' },
  },
];

/** Texts that look like a key, or nearly. */
const CORNERS = [
  ...[
    '',
    '\0',
    '\ud800',
    '1e5',
    'NaN',
    'Infinity',
    ' 5',
    '5 ',
    '-0',
    '2147483648',
    '999999999',
    '-999999999',
  ],
  ...['0x1F', '5.5', '٣', 'now', 'epoch', 'infinity', '-infinity', '0000-01-01', '0001-01-01', '9999-12-31'],
  ...[
    '2021-02-29',
    '2021-13-01',
    '2021-1-1',
    '2021-01-01 24:00:00.000000+00',
    '2021-01-01 23:59:60.000000+00',
  ],
  ...['0000-06-01 00:00:00.000000+00', '0001-06-01 00:00:00.000000+00', '2021-06-01 10:00:00.123456+15'],
  ...[
    '2021-06-01T10:00:00.123456+00',
    '2021-06-01 10:00:00.123456+00',
    '01890A5D-AC96-774B-BCCE-B302099A8057',
  ],
];

describe('a forged cursor', () => {
  test('of any text is refused', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 0, maxLength: 60 }),
      fc.base64String({ maxLength: 200 }),
      fc
        .tuple(fc.stringMatching(/^[0-9a-f]{12}$/), fc.base64String({ maxLength: 80 }))
        .map((two) => two.join('.')),
      fc.constantFrom(
        '',
        '.',
        'null',
        '0',
        `${'0'.repeat(12)}.W10`,
        "'; drop table partner; --",
        'a'.repeat(100_000),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CONNECTIONS), text, async (connection, cursor) => {
        const { errors, statements } = await read(connection, cursor);
        expect(errors).toMatchObject(refused);
        expect(statements).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('with the right fingerprint never reaches the database with keys that it cannot read', async () => {
    const cursors = new Map<string, string>();
    for (const connection of CONNECTIONS) cursors.set(connection, await cursorOf(connection));
    const key = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom<unknown>(null, 1, true, [], {}, ...CORNERS),
      fc.uuid(),
      fc.string({ minLength: 3000, maxLength: 9000 }),
    );
    const change = fc.oneof(
      fc.array(key, { maxLength: 4 }).map((keys) => () => keys as unknown),
      fc.tuple(key, fc.nat(3)).map(
        ([value, at]) =>
          (keys: string[]) =>
            keys.with(at % keys.length, value as string),
      ),
      fc.jsonValue().map((value) => () => value),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CONNECTIONS), change, async (connection, changed) => {
        const real = cursors.get(connection) as string;
        const { data, errors } = await read(connection, withKeys(real, changed(keysOf(real))));
        if (errors) expect(errors).toMatchObject(refused);
        else expect(data.page.nodes.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 150 },
    );
  });

  test('with a key at the edge of what a type takes is refused, or stands for another place', async () => {
    for (const connection of CONNECTIONS) {
      const real = await cursorOf(connection);
      const keys = keysOf(real);
      for (const [at] of keys.entries()) {
        for (const corner of CORNERS) {
          const { errors } = await read(connection, withKeys(real, keys.with(at, corner)));
          if (errors) expect(errors).toMatchObject(refused);
        }
      }
    }
  });

  test('with one character changed, dropped or doubled is refused, or stands for another place', async () => {
    const real = await cursorOf(CONNECTIONS[0]);
    const spot = fc.nat(real.length - 1);
    await fc.assert(
      fc.asyncProperty(
        spot,
        fc.constantFrom('', 'A', '_', '%', '=', ' ', '0'),
        fc.boolean(),
        async (at, by, keep) => {
          const forged = real.slice(0, at) + by + real.slice(keep ? at : at + 1);
          const { errors } = await read(CONNECTIONS[0], forged);
          if (errors) expect(errors).toMatchObject(refused);
          else if (at < 12 && forged !== real) throw new Error(`The fingerprint was changed: ${forged}`);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a cursor of another question is refused', () => {
  test.each([
    ['another order', 'partners(PAGE, orderBy: NAME)', 'partners(PAGE, orderBy: HEADCOUNT_DESC)'],
    ['an order of the same keys', 'enrolments(PAGE)', 'usageEntries(PAGE)'],
    ['another filter', 'enrolments(PAGE)', 'enrolments(PAGE, filter: { status: [ACTIVE] })'],
    [
      'another value of the filter',
      'partners(PAGE, filter: { search: "de" })',
      'partners(PAGE, filter: { search: "la" })',
    ],
    ['another kind', 'sharedServices(PAGE)', 'sharedServices(PAGE, kind: OTHER)'],
    ['another field', 'sharedServices(PAGE)', 'populations(PAGE)'],
  ])('of %s', async (_, from, to) => {
    const { errors, statements } = await read(to, await cursorOf(from));
    expect(errors).toMatchObject(refused);
    expect(errors?.[0]?.message).toMatch(/another question|not a cursor/);
    expect(statements).toEqual([]);
  });

  test('of another language', async () => {
    const dutch = await cursorOf('partners(PAGE)', { language: Language.NL });
    expect((await read('partners(PAGE)', dutch)).errors).toMatchObject(refused);
    expect((await read('partners(PAGE)', dutch, { language: Language.NL })).errors).toBeUndefined();
  });

  test('of the same list under another parent field', async () => {
    const { data } = await hub.query(
      '{ federations(first: 1) { nodes { members(first: 1) { pageInfo { endCursor } } } } }',
    );
    const cursor = data.federations.nodes[0].members.pageInfo.endCursor;
    expect((await read('partners(PAGE)', cursor)).errors).toMatchObject(refused);
  });
});

test('the longest names still make cursors that the hub takes back', async () => {
  const names = ['한'.repeat(199), 'ß'.repeat(199), '𠀀'.repeat(99), 'ﷺ'.repeat(199), '☂'.repeat(50)];
  const ids = new Set<string>();
  for (const name of names) ids.add(await createPartner(hub, { fr: `${name}`, en: 'longest' }));
  const connection = 'partners(PAGE, filter: { search: "longest" })';
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const { data, errors } = await read(connection, cursor);
    expect(errors).toBeUndefined();
    found.push(...data.page.nodes.map(({ id }: { id: string }) => id));
    cursor = found.length < data.page.totalCount ? data.page.pageInfo.endCursor : null;
  } while (cursor);
  expect(found).toHaveLength(names.length);
  expect(new Set(found)).toEqual(ids);
});
