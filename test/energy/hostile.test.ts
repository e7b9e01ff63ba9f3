import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { importDegreeDays, importReadings } from '../../src/app.ts';
import { monthsIn, sendMonths } from './climate.ts';
import { EnergyWorld, holder } from './world.ts';

let world: EnergyWorld;
let folder: string;
beforeAll(async () => {
  world = await EnergyWorld.open();
  folder = await mkdtemp(join(tmpdir(), 'mutualhub-hostile-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const QUIET = { each: () => undefined, progress: () => undefined };
let files = 0;
async function written(text: string, ending: string): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.${ending}`);
  await writeFile(path, text);
  return path;
}

describe('readings that somebody makes up', () => {
  const send = async (meter: { id: string }, ...readings: object[]) => {
    const { results, userErrors, refused } = await world.as(world.editor, 'importMeterReadings', {
      readings: readings.map((one) => ({ meter: meter.id, ...one })),
    });
    if (refused) return refused;
    return [...results, ...userErrors].map(({ status, error, code }) => error?.code ?? code ?? status);
  };
  const day = (of: number, quantity: string, quality = 'MEASURED') => ({
    from: `2024-01-${String(of).padStart(2, '0')}T00:00:00Z`,
    until: `2024-01-${String(of + 1).padStart(2, '0')}T00:00:00Z`,
    quantity,
    quality,
  });

  test('of the year 1, or of the one before it, are refused alone', async () => {
    const meter = await world.newMeter();
    expect(
      await send(
        meter,
        { from: '0001-01-01T00:00:00+05:00', until: '0001-01-01T12:00:00Z', quantity: '1' },
        { from: '1899-12-31T00:00:00Z', until: '1900-01-02T00:00:00Z', quantity: '1' },
        { from: '1900-01-01T00:00:00Z', until: '1900-01-02T00:00:00Z', quantity: '1' },
        { from: '9999-12-31T23:59:59-05:00', until: '9999-12-31T23:59:59-06:00', quantity: '1' },
      ),
    ).toEqual(['INVALID_INTERVAL', 'INVALID_INTERVAL', 'ACCEPTED', 'INVALID_INTERVAL']);
  });

  test('too large for a month are refused with a code, and nothing of them is saved', async () => {
    const meter = await world.newMeter();
    expect(await send(meter, day(1, '10000000000'), day(2, '9999999999'))).toEqual([
      'INVALID_AMOUNT',
      'ACCEPTED',
    ]);
    // What was stored before there was that limit, and what it becomes with one more.
    const [key] = await world.hub.sql<{ partner: string }>(
      'select partner_id as partner from meter where id = $1',
      [meter.id.slice(6)],
    );
    await world.hub.sql(
      `insert into meter_reading (partner_id, meter_id, starts_at, ends_at, quantity) values ($1, $2, '2024-01-10T00:00Z', '2024-01-11T00:00Z', 99990000000000)`,
      [key?.partner, meter.id.slice(6)],
    );
    expect(await send(meter, day(5, '9999999999'))).toEqual(['INVALID_AMOUNT']);
    const [{ n } = { n: 0 }] = await world.hub.sql<{ n: number }>(
      'select count(*)::int as n from meter_reading where meter_id = $1',
      [meter.id.slice(6)],
    );
    expect(n).toBe(2);
  });

  test('a repeat of what was refused is refused, and no duplicate of anything', async () => {
    const meter = await world.newMeter();
    expect(await send(meter, day(1, '1'))).toEqual(['ACCEPTED']);
    expect(await send(meter, day(1, '2'), day(1, '2', 'CORRECTED'))).toEqual([
      'READING_OVERLAPS',
      'READING_OVERLAPS',
    ]);
    expect(await send(meter, day(1, '2', 'CORRECTED'), day(1, '2', 'CORRECTED'))).toEqual([
      'REPLACED',
      'DUPLICATE',
    ]);
    expect(await send(meter, day(1, '2'), day(1, '2'))).toEqual(['DUPLICATE', 'DUPLICATE']);
  });
});

describe('files that somebody else made', () => {
  const BY_DAY = { time: 't', meter: 'm', quantity: 'q', step: 'DAY' };
  async function run(text: string, mapping: object = BY_DAY) {
    const lines: string[] = [];
    const done = await importReadings(
      world.hub.orm,
      {
        file: await written(text, 'csv'),
        mapping: await written(JSON.stringify(mapping), 'json'),
        isDryRun: false,
      },
      { ...QUIET, each: (line) => lines.push(line) },
    );
    return { ...done, lines };
  }
  const stored = (reference: string) =>
    world.hub.sql<{ at: string; quantity: string; quality: string }>(
      `select (r.starts_at at time zone 'Europe/Brussels')::date::text as at, trim_scale(r.quantity)::text as quantity, r.quality
        from meter_reading r join meter m on m.id = r.meter_id where m.reference = $1 order by 1`,
      [reference],
    );

  test('a day that is not, and a year of two digits, are no other day', async () => {
    await world.newMeter({ reference: 'DAYS' });
    const days = ['0024-01-03', '03/01/0024', '0000-01-03T00:00Z', '2023-02-30T12:00Z', '1899-01-01'];
    const { lines, accepted } = await run(
      `t,m,q\n${days.map((day) => `${day},DAYS,5`).join('\n')}\n2024-02-29T12:00+01:00,DAYS,5\n`,
    );
    expect(lines.map((line) => /: ([A-Z_]+)/.exec(line)?.[1])).toEqual([
      ...Array(4).fill('INVALID_TIME'),
      'INVALID_INTERVAL',
    ]);
    expect(accepted).toBe(1);
    expect(await stored('DAYS')).toMatchObject([{ at: '2024-02-29' }]);
  });

  test('beside a decimal comma, a point makes no number a thousand times smaller', async () => {
    await world.newMeter({ reference: 'POINTS' });
    const mapping = { ...BY_DAY, delimiter: ';', decimal: ',' };
    const { lines } = await run(
      't;m;q\n2024-01-01;POINTS;1.000\n2024-01-02;POINTS;1.000,5\n2024-01-03;POINTS;1000,5\n',
      mapping,
    );
    expect(lines).toEqual([
      expect.stringContaining('row 2, POINTS: INVALID_AMOUNT'),
      expect.stringContaining('row 3, POINTS: INVALID_AMOUNT'),
    ]);
    expect(await stored('POINTS')).toMatchObject([{ at: '2024-01-03', quantity: '1000.5' }]);
  });

  test('a quality is what the mapping says, and nothing that an object has of its own', async () => {
    await world.newMeter({ reference: 'QUALITY' });
    await run('t,m,q,k\n2024-01-01,QUALITY,5,constructor\n2024-01-02,QUALITY,5,E\n', {
      ...BY_DAY,
      quality: { column: 'k', texts: { E: 'ESTIMATED' } },
    });
    expect((await stored('QUALITY')).map(({ quality }) => quality)).toEqual(['MEASURED', 'ESTIMATED']);
  });

  test('a quote that is never closed, and a row without end, are told', async () => {
    const unreadable = (text: string) =>
      expect(run(text)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', field: 'file' });
    await unreadable('t,m,q\n2024-01-01,"A,5\n2024-01-02,A,5\n');
    await unreadable('t,m,q\n2024-01-01,A"B,5\n');
    await unreadable(`t,m,q\n2024-01-01,"${'x'.repeat(1_100_000)}",5\n`);
    await expect(
      importReadings(
        world.hub.orm,
        { file: folder, mapping: await written(JSON.stringify(BY_DAY), 'json'), isDryRun: false },
        QUIET,
      ),
    ).rejects.toThrow(/cannot be read \(EISDIR\)/);
  });

  test('an id is that of the meter, whatever another partner calls its own', async () => {
    const meter = await world.newMeter({ reference: 'MINE' });
    const partner = await world.newMember();
    const building = await world.newBuilding({}, partner);
    await world.newMeter({ reference: meter.id }, [{ building, partner }]);
    expect(await run(`t,m,q\n2024-01-01,${meter.id},5\n`)).toMatchObject({ accepted: 1, refused: 0 });
    expect(await stored('MINE')).toMatchObject([{ quantity: '5' }]);
  });

  test('degree days of a day that is not, or more than there are, are refused with their line', async () => {
    const degreeDays = async (row: string, day = 'd') =>
      importDegreeDays(
        world.hub.orm,
        { file: await written(`d,v\n${row}\n`, 'csv'), station: 'UCCLE', base: '16.5', day, value: 'v' },
        QUIET,
      );
    for (const row of ['2023-02-30,5', '0000-01-01,5', '2023-02-01,100.1'])
      await expect(degreeDays(row)).rejects.toMatchObject({ code: 'INVALID_AMOUNT' });
    await expect(degreeDays('2023-02-01,5', 'constructor')).rejects.toMatchObject({ code: 'COLUMN_UNKNOWN' });
    expect(await degreeDays('2024-02-29,100')).toBe(1);
  });
});

test('a factor that is too large, and a normal year of centuries, are refused with a code', async () => {
  const factor = {
    service: world.service.id,
    kind: 'CALORIFIC',
    carrier: 'WOOD',
    unit: 'KG',
    basis: 'A test',
    source: 'A test',
    validFrom: '2020-01-01',
  };
  const codes = ({ userErrors }: { userErrors: { code: string; field: string }[] }) =>
    userErrors.map(({ code, field }) => `${code} ${field}`);
  const saved = async (value: string) =>
    codes(await world.as(world.staff, 'saveEnergyFactor', { ...factor, value }));
  expect(await saved('100000000')).toEqual(['INVALID_AMOUNT value']);
  expect(await saved('99999999')).toEqual([]);
  const station = async (normalFrom: string, normalUntil: string) =>
    codes(
      await world.as(world.administrator, 'saveWeatherStation', {
        code: 'LONG',
        name: 'Long',
        source: 'A test',
        normalFrom,
        normalUntil,
      }),
    );
  expect(await station('0001-01-01', '9999-01-01')).toEqual(['INVALID_PERIOD normalFrom']);
  expect(await station('1991-01-01', '2021-01-01')).toEqual([]);
});

test('who fills a group with buildings of its own learns nothing of the few others in it', async () => {
  const year = monthsIn('2024-01-01', '2025-01-01');
  const made = async (partner: { id: string }, kwhM2: number) => {
    const building = await world.newBuilding({ activity: 'HOSPITAL', floor_area_m2: '800' }, partner);
    const meter = await world.newMeter({}, [{ building, partner }]);
    await sendMonths(world, [meter], year, () => (kwhM2 * 800) / 12);
  };
  const others = [];
  for (let n = 0; n < 4; n += 1) others.push(await world.newMember());
  for (const [at, kwhM2] of [200, 210, 220, 230, 240].entries())
    await made(others[at % 4] as { id: string }, kwhM2);
  const curious = await world.newMember();
  for (let n = 0; n < 5; n += 1) await made(curious, 1);
  const asked = async (partner: { id: string }) => {
    const { data } = await world.ask(
      '{ energyIntensity(year: 2024) { activity buildings upperQuartile status } }',
      {},
      holder(Role.PARTNER_EDITOR, partner),
    );
    return data.energyIntensity.find(({ activity }: { activity: string }) => activity === 'HOSPITAL');
  };
  expect(await asked(curious)).toEqual({
    activity: 'HOSPITAL',
    buildings: null,
    upperQuartile: null,
    status: 'WITHHELD',
  });
  // As soon as the others are enough by themselves, they are told of.
  for (let n = 0; n < 5; n += 1) await made(await world.newMember(), 250 + n);
  expect(await asked(curious)).toMatchObject({ buildings: 15, status: 'OK' });
}, 60_000);
