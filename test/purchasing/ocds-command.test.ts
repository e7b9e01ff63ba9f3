import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { preparedDatabase } from '../start/hub-process.ts';
import { Importing } from './ocds-hub.ts';
import { awardRelease, packageOf, tenderRelease } from './ocds-releases.ts';

const importing = Importing.forThisFile();

describe('the command', () => {
  const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

  test('says what became of each release, and by its exit code whether some were refused', async () => {
    const settings = await preparedDatabase('demonstration');
    const run = async (...args: string[]) => {
      const child = spawn(process.execPath, [CLI, 'import', 'ocds', ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, ...settings },
      });
      const text = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const) {
        child[name].on('data', (data) => {
          text[name] += data;
        });
      }
      const code = await new Promise((resolve) => child.on('close', resolve));
      return { code, ...text };
    };
    const ocid = importing.newOcid();
    const good = join(importing.folder, 'good.json');
    const mixed = join(importing.folder, 'mixed.json');
    await writeFile(good, JSON.stringify(packageOf(tenderRelease(ocid), awardRelease(ocid))));
    await writeFile(mixed, JSON.stringify(packageOf(tenderRelease(ocid), {})));

    const first = await run(good);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^imported {2}ocds-\S+ ocds-\S+-tender \(releases\.0\): agreement PLANNED.*\nimported .*\n2 releases: 2 imported, 0 unchanged, 0 refused\.\n$/,
    );
    expect(await run(good, '--service', 'purchasing')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\n2 releases: 0 imported, 2 unchanged, 0 refused\.\n$/),
    });
    expect(await run(mixed)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(
        /^refused .*INVALID_RELEASE.*\nunchanged .*\n2 releases: 0 imported, 1 unchanged, 1 refused\.\n$/,
      ),
    });
    expect(await run(join(importing.folder, 'nowhere.json'))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^\S+ cannot be read \(ENOENT\)[^\n]*\n$/),
    });
    expect(await run(good, '--servise', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/import ocds FILE/),
    });
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Give one file/) });
  }, 120_000);
});

describe('the file', () => {
  test('that is not there, and a service that is not, are said in one line', async () => {
    await expect(importing.takeFile(join(importing.folder, 'nowhere.json'))).rejects.toThrow(
      /cannot be read \(ENOENT\)/,
    );
    await expect(importing.takeFile(importing.folder)).rejects.toThrow(/cannot be read \(EISDIR\)/);
    await expect(importing.take([tenderRelease(importing.newOcid())], { service: 'nobody' })).rejects.toThrow(
      /There is purchasing/,
    );
  });

  test('obeys no terminal: what it says of itself is printed without control characters', async () => {
    expect(
      (await importing.take([{ ...tenderRelease(importing.newOcid()), id: '\u001b[2Jgone' }]))[0],
    ).not.toMatch(/\p{C}/u);
  });
});

describe('published releases', () => {
  const FOLDER = new URL('../../../shared/data/ocds/', import.meta.url);
  const hasData = existsSync(FOLDER);
  const testWithData = hasData ? test : test.skip;
  const skipped =
    'skipped: the data are not beside this checkout (../shared/data/ocds), so that no real release is tried';
  const path = (name: string): string => fileURLToPath(new URL(name, FOLDER));
  const LIFECYCLE = 'ocds-213czf-000-00001';

  testWithData(hasData ? 'of single tenders are refused, each with its reason' : skipped, async () => {
    const before = await importing.everything();
    const lines = await importing.takeFile(path('uk_contracts_finder_releases.ndjson'));
    expect(lines).toHaveLength(11);
    for (const line of lines) expect(line).toMatch(/^refused: NOT_A_FRAMEWORK_AGREEMENT/);
    expect(await importing.everything()).toEqual(before);
  });

  testWithData(
    hasData
      ? 'of a whole life cycle make an agreement of it, where the importer says that it is one'
      : skipped,
    async () => {
      const file = path(`fictional-lifecycle/${LIFECYCLE}.json`);
      expect(new Set((await importing.takeFile(file)).map((line) => line.slice(0, 34)))).toEqual(
        new Set(['refused: NOT_A_FRAMEWORK_AGREEMENT']),
      );
      const lines = await importing.takeFile(file, { frameworks: [LIFECYCLE] });
      expect(lines).toHaveLength(6);
      expect(lines.filter((line) => line.startsWith('refused'))).toEqual([]);
      expect(await importing.held(LIFECYCLE)).toMatchObject({
        status: 'ACTIVE',
        maximum: '1100000.00',
        awards: [['1', 'AnyCorp Cycle Provision', null, '11111111.0', `${LIFECYCLE}-award-01`]],
      });
      const record = await importing.takeFile(path(`fictional-lifecycle/record-${LIFECYCLE}.json`), {
        frameworks: [LIFECYCLE],
      });
      expect(record).toEqual(['unchanged: it says nothing new']);
      const again = new Set(await importing.takeFile(file, { frameworks: [LIFECYCLE] }));
      expect(again).toEqual(new Set(['unchanged: imported before']));
    },
  );
});
