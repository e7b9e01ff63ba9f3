import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { agreementOf } from '../../src/services/purchasing/ocds/agreement-of.ts';
import { releasesOf } from '../../src/services/purchasing/ocds/document.ts';
import { compiled } from '../../src/services/purchasing/ocds/merge.ts';
import { OcdsFile } from '../../src/services/purchasing/ocds/ocds-file.ts';
import { readRelease } from '../../src/services/purchasing/ocds/read-release.ts';
import type { Release } from '../../src/services/purchasing/ocds/release-shape.ts';
import { SEED } from '../support/seed.ts';
import { awardRelease, type Json, packageOf, tenderRelease } from './ocds-releases.ts';

const OCID = 'ocds-mh0001-gloves';

describe('a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mutualhub-ocds-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function found(content: string | Buffer): Promise<string[]> {
    const path = join(folder, 'file.json');
    await writeFile(path, content);
    const file = await OcdsFile.open(path);
    const lines: string[] = [];
    for await (const { where, refusal, value } of file.releases()) {
      lines.push(`${where}: ${refusal?.code ?? (value as Json).id}`);
    }
    await file.close();
    expect(file.size).toBe(lines.length);
    return lines;
  }
  const release = (id: string, date: unknown) => ({ ocid: OCID, id, date });
  const lines = (...documents: unknown[]) => documents.map((one) => JSON.stringify(one)).join('\n');

  test('of one release a line gives them the oldest first, and bad lines stop nothing', async () => {
    const text = `${lines(release('b', '2026-02-01T00:00:00Z'), release('a', '2026-01-01T00:00:00Z'))}\r\n
      \n{"ocid": "broken\n${lines(release('c', 7), { hello: 'world' })}\n`;
    expect(await found(text)).toEqual([
      'line 5: INVALID_JSON',
      'line 6: c',
      'line 7: NOT_OCDS',
      'line 2: a',
      'line 1: b',
    ]);
  });

  test('may begin with a bad line, or with the mark of its encoding', async () => {
    expect(await found(`oops\n${lines(release('a', null))}\n`)).toEqual([
      'line 1: INVALID_JSON',
      'line 2: a',
    ]);
    expect(await found(`\uFEFF${lines(release('a', null), release('b', null))}`)).toEqual([
      'line 1: a',
      'line 2: b',
    ]);
  });

  test('of packages, one a line, gives the releases of all by date', async () => {
    const text = lines(
      packageOf(release('d', '2026-04-01T00:00:00Z'), release('a', '2026-01-01T00:00:00Z')),
      packageOf(release('c', '2026-03-01T00:00:00Z'), release('b', '2026-02-01T00:00:00Z')),
    );
    expect(await found(text)).toEqual([
      'line 1 releases.1: a',
      'line 2 releases.1: b',
      'line 2 releases.0: c',
      'line 1 releases.0: d',
    ]);
  });

  test('of one document gives its releases by date', async () => {
    const document = packageOf(release('b', '2026-02-01T00:00:00Z'), release('a', '2026-01-01T00:00:00Z'));
    expect(await found(JSON.stringify(document, null, 2))).toEqual(['releases.1: a', 'releases.0: b']);
    expect(await found(JSON.stringify(document))).toEqual(['releases.1: a', 'releases.0: b']);
  });

  test('that is empty, no text or no JSON is refused', async () => {
    expect(await found('')).toEqual([': INVALID_JSON']);
    expect(await found(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual([': INVALID_JSON']);
    expect(await found(`${'['.repeat(200_000)}`)).toEqual([': INVALID_JSON']);
  });

  test('with a line that is longer than memory allows refuses that line', async () => {
    const long = `{"ocid":"${'x'.repeat(64 * 1024 * 1024)}"}`;
    expect(await found(`${lines(release('a', null))}\n${long}\n${lines(release('b', null))}`)).toEqual([
      'line 1: a',
      'line 2: TOO_LARGE',
      'line 3: b',
    ]);
  });
});

describe('whatever stands in a release', () => {
  /** A valid release, with anything put anywhere. */
  const mutated = fc
    .tuple(
      fc.constantFrom(
        tenderRelease(OCID),
        awardRelease(OCID),
        packageOf(tenderRelease(OCID), awardRelease(OCID)),
      ),
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.oneof(
            fc.jsonValue(),
            fc.constantFrom(null, '', '\0', '\ud800', -1, Number.POSITIVE_INFINITY, {}, []),
          ),
        ),
      ),
    )
    .map(([valid, changes]) =>
      changes.reduce((document, [at, value]) => replaced(document, at, value), valid as unknown),
    );

  function replaced(document: unknown, at: number, value: unknown): unknown {
    const copy = structuredClone(document);
    const places: [holder: Json, key: string][] = [];
    const walk = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return;
      for (const key of Object.keys(part)) {
        places.push([part as Json, key]);
        walk((part as Json)[key]);
      }
    };
    walk(copy);
    const place = places[at % Math.max(places.length, 1)];
    if (place) place[0][place[1]] = value;
    return copy;
  }

  test('is read or refused with a reason, and nothing is thrown', () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(mutated, fc.jsonValue()), (document) => {
        for (const found of releasesOf(document)) {
          const read = found.refusal ? found : readRelease(found.value);
          if (read.refusal) {
            expect(read.refusal.code).toMatch(/^[A-Z_]+$/);
            expect(read.refusal.message).not.toBe('');
            refused += 1;
            continue;
          }
          const agreed = agreementOf(compiled([read.value as Release]) as Release);
          expect(agreed.value ?? agreed.refusal).toBeTruthy();
          // What is kept can be stored, and read again it is the same.
          const stored = JSON.parse(JSON.stringify(read.value));
          expect(stored).toEqual(read.value);
          expect(JSON.stringify(stored)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
          expect(readRelease(stored).value).toEqual(stored);
          taken += 1;
        }
      }),
      { numRuns: 2000, seed: SEED },
    );
    expect(taken).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });

  test('the order in which releases are merged is that of their dates alone', () => {
    const releases = [
      tenderRelease(OCID),
      awardRelease(OCID),
      tenderRelease(
        OCID,
        { id: 'u', date: '2026-01-10T00:00:00Z', tag: ['tenderUpdate'] },
        { title: 'Gants' },
      ),
      tenderRelease(OCID, { id: 'v', date: '2026-01-11T00:00:00Z' }, { title: null, lots: [{ id: '3' }] }),
    ].map((given) => readRelease(given).value as Release);
    const expected = compiled(releases);
    fc.assert(
      fc.property(fc.shuffledSubarray(releases, { minLength: releases.length }), (shuffled) => {
        expect(compiled(shuffled)).toEqual(expected);
      }),
    );
  });
});
