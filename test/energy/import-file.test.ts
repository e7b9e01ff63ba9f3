import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { importDegreeDays, importReadings } from '../../src/app.ts';
import { save } from '../partners/records.ts';
import { EnergyWorld } from './world.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const DATA = process.env.HUB_SHARED_DATA ?? join(ROOT, '..', 'shared', 'data');
/** Data that stands beside the project. */
const given = (...path: string[]): string => join(DATA, ...path);
const withData = existsSync(DATA) ? test : test.skip;
if (!existsSync(DATA)) console.warn(`Skipped: ${DATA} is not there.`);

let world: EnergyWorld;
let folder: string;
beforeAll(async () => {
  world = await EnergyWorld.open();
  folder = await mkdtemp(join(tmpdir(), 'mutualhub-readings-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

let files = 0;
/** Imports text, or a file, by a mapping. */
async function run(
  text: string,
  mapping: object,
  { isDryRun = false, file }: { isDryRun?: boolean; file?: string } = {},
) {
  files += 1;
  const [csv, json] = [file ?? join(folder, `${files}.csv`), join(folder, `${files}.json`)];
  if (!file) await writeFile(csv, text);
  await writeFile(json, JSON.stringify(mapping));
  const lines: string[] = [];
  const counts = await importReadings(
    world.hub.orm,
    { file: csv, mapping: json, isDryRun },
    { each: (line) => lines.push(line), progress: () => undefined },
  );
  return { ...counts, lines };
}

const stored = (meter: { id: string }) =>
  world.hub.sql<{ from: string; until: string; quantity: string; quality: string }>(
    `select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') as from, to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') as until,
      trim_scale(quantity)::text as quantity, quality from meter_reading where meter_id = $1 order by starts_at`,
    [meter.id.slice(6)],
  );
const meterNamed = (reference: string, columns: object = {}) => world.newMeter({ reference, ...columns });

describe('a file of readings', () => {
  test('by hours in local time: the doubled hour of October counts twice, the missing one of March is none', async () => {
    const meter = await meterNamed('CLOCK');
    const autumn = ['01:00', '02:00', '02:00', '03:00'].map((time, n) => `2025-10-26 ${time},CLOCK,${n + 1}`);
    const spring = ['01:00', '02:00', '03:00'].map((time, n) => `2026-03-29 ${time},CLOCK,${n + 5}`);
    const mapping = { time: 'time', meter: 'meter', quantity: 'kwh', step: 'HOUR' };
    const done = await run(`time,meter,kwh\n${[...autumn, ...spring].join('\n')}\n`, mapping);
    expect(done).toMatchObject({ rows: 7, accepted: 6, refused: 1 });
    expect(done.lines).toContainEqual(
      expect.stringMatching(/^refused {3}row 7, CLOCK: TIME_DOES_NOT_EXIST \(/),
    );
    expect((await stored(meter)).map(({ from, quantity }) => `${from} ${quantity}`)).toEqual([
      '2025-10-25T23:00Z 1',
      '2025-10-26T00:00Z 2',
      '2025-10-26T01:00Z 3',
      '2025-10-26T02:00Z 4',
      '2026-03-29T00:00Z 5',
      '2026-03-29T01:00Z 7',
    ]);
    // The same file again adds nothing.
    expect(await run(`time,meter,kwh\n${[...autumn, ...spring].join('\n')}\n`, mapping)).toMatchObject({
      accepted: 0,
      duplicate: 6,
    });
  });

  test('an index: it rolls over, its device is replaced, and where it goes back otherwise it is refused', async () => {
    const meter = await meterNamed('INDEX', { index_digits: 5 });
    const rows = [
      '01/01/2024;99900,5',
      '01/02/2024;00100,5',
      '01/03/2024;300',
      '01/04/2024;20',
      '01/05/2024;70',
      '01/06/2024;60',
      '01/07/2024;80',
    ];
    const done = await run(`date;stand\n${rows.join('\n')}\n`, {
      delimiter: ';',
      decimal: ',',
      time: 'date',
      columns: { stand: 'INDEX' },
      step: 'UNTIL_NEXT',
      value: 'INDEX',
      replacements: [{ meter: 'stand', at: '2024-03-15', oldFinal: 350, newStart: 10 }],
    });
    expect(done.lines).toEqual([expect.stringMatching(/^refused {3}row 7, stand: INDEX_WENT_BACK \(/)]);
    expect((await stored(meter)).map(({ from, quantity }) => `${from} ${quantity}`)).toEqual([
      '2023-12-31T23:00Z 200',
      '2024-01-31T23:00Z 199.5',
      '2024-02-29T23:00Z 60',
      '2024-03-31T22:00Z 50',
      // From the last index that was believed.
      '2024-04-30T22:00Z 10',
    ]);
  });

  test('days of a large counter: quality, power, and what is negative, empty or no number', async () => {
    const meter = await meterNamed('POWER');
    const rows = [
      '2024-01-01,1000,E',
      '2024-01-02,-5,M',
      '2024-01-03,,M',
      '2024-01-04,abc,M',
      'soon,1,M',
      '2024-01-05,500,M',
    ];
    const done = await run(`day,w,q\n${rows.join('\n')}\n`, {
      time: 'day',
      columns: { w: 'POWER' },
      step: 'DAY',
      value: 'MEAN_POWER_W',
      quality: { column: 'q', texts: { E: 'ESTIMATED', M: 'MEASURED' } },
    });
    expect(done.lines).toEqual([
      expect.stringMatching(/^refused {3}row 3, w: QUANTITY_NEGATIVE \(/),
      expect.stringMatching(/^refused {3}row 5, w: INVALID_AMOUNT \(/),
      expect.stringMatching(/^refused {3}row 6, w: INVALID_TIME \(/),
      'odd       w: GAP from 2024-01-01T23:00:00.000Z to 2024-01-04T23:00:00.000Z',
    ]);
    expect(await stored(meter)).toEqual([
      { from: '2023-12-31T23:00Z', until: '2024-01-01T23:00Z', quantity: '24', quality: 'ESTIMATED' },
      { from: '2024-01-04T23:00Z', until: '2024-01-05T23:00Z', quantity: '12', quality: 'MEASURED' },
    ]);
  });

  test('months as they are written; a time that is told less exactly than its step is none', async () => {
    const meter = await meterNamed('MONTHS');
    const by = (step: string, time: string) =>
      run(`t,MONTHS\n${time},5\n`, { time: 't', columns: { MONTHS: 'MONTHS' }, step });
    expect(await by('MONTH', '2024-02')).toMatchObject({ accepted: 1, lines: [] });
    expect(await stored(meter)).toMatchObject([{ from: '2024-01-31T23:00Z', until: '2024-02-29T23:00Z' }]);
    for (const [step, time] of [
      ['HOUR', '2024-03-01'],
      ['QUARTER_HOUR', '01/03/2024'],
      ['DAY', '2024-03'],
      ['MONTH', '2024-13'],
    ] as const)
      expect([step, (await by(step, time)).lines]).toEqual([
        step,
        [expect.stringMatching(/^refused {3}row 2, MONTHS: INVALID_TIME \(/)],
      ]);
  });

  test('deliveries into a tank become what was used between them, spread by degree days', async () => {
    const meter = await meterNamed('TANK', { carrier: 'HEATING_OIL', unit: 'LITRE', is_tank: true });
    await save(world.hub, 'saveDegreeDays', {
      station: 'UCCLE',
      base: '16.5',
      days: Array.from({ length: 59 }, (_, at) => ({
        day: new Date(Date.UTC(2023, 0, 1 + at)).toISOString().slice(0, 10),
        degreeDays: at < 31 ? '3' : '1',
      })),
    });
    const rows = ['2023-01-01,900', '2023-03-01,1210'];
    await run(`on,litres\n${rows.join('\n')}\n`, {
      time: 'on',
      columns: { litres: 'TANK' },
      step: 'UNTIL_NEXT',
      value: 'FILLED',
    });
    expect(await stored(meter)).toMatchObject([{ quantity: '1210' }]);
    const { data } = await world.ask(
      `query ($id: ID!) { meter(id: $id) { consumption(period: { from: "2023-01-01", to: "2023-03-01" }, granularity: MONTH) { quantity } } }`,
      { id: meter.id },
    );
    // 93 and 28 degree days.
    expect(data.meter.consumption).toEqual([{ quantity: '930' }, { quantity: '280' }]);
    // Weather that is corrected tells better.
    await save(world.hub, 'saveDegreeDays', {
      station: 'UCCLE',
      base: '16.5',
      days: [{ day: '2023-02-01', degreeDays: '94' }],
    });
    const { data: after } = await world.ask(
      `query ($id: ID!) { meter(id: $id) { consumption(period: { from: "2023-01-01", to: "2023-03-01" }, granularity: MONTH) { quantity } } }`,
      { id: meter.id },
    );
    expect(Number(after.meter.consumption[0].quantity)).toBeCloseTo((1210 * 93) / 214, 4);
  });

  test('a dry run stores nothing; a mapping that is wrong, or a meter that nobody knows, is told', async () => {
    const meter = await meterNamed('DRY');
    const mapping = { time: 't', meter: 'm', quantity: 'q', step: 'DAY' };
    // What overlaps within the file is met as the import would meet it.
    const half = 't,m,q\n2024-01-01T00:00+01:00,DRY,5\n2024-01-01T00:30+01:00,DRY,5\n';
    expect(await run(half, { ...mapping, step: 'HOUR' }, { isDryRun: true })).toMatchObject({
      accepted: 1,
      refused: 1,
    });
    expect(await run('t,m,q\n2024-01-01,DRY,5\n', mapping, { isDryRun: true })).toMatchObject({
      accepted: 1,
    });
    expect(await stored(meter)).toEqual([]);
    expect((await run('t,m,q\n2024-01-01,NOBODY,5\n', mapping)).lines).toEqual([
      expect.stringMatching(/^refused {3}row 2, NOBODY: METER_UNKNOWN \(/),
    ]);
    await expect(run('t,m,q\n', { ...mapping, step: 'WEEK' })).rejects.toThrow(/step/);
    await expect(run('t,m,q\n', { ...mapping, quantity: 'x' })).rejects.toThrow(/no column "x"/);
    await expect(run('', mapping, { file: join(folder, 'nothing.csv') })).rejects.toThrow(/cannot be read/);
  });
});

describe('files that stand beside the project', () => {
  withData(
    'hourly electricity of a half-year with a clock change, and the degree days beside it',
    async () => {
      const file = given('energy-be-2016-h1', 'electricity_hourly_w.csv');
      const { readFileSync } = await import('node:fs');
      const names = (readFileSync(file, 'utf8').split('\n')[0] as string).trim().split(',').slice(1);
      const meters = new Map<string, { id: string }>();
      for (const name of names) meters.set(name, await meterNamed(`H-${name}`, { carrier: 'ELECTRICITY' }));
      const done = await run(
        '',
        {
          time: 'timestamp',
          columns: Object.fromEntries(names.map((name) => [name, `H-${name}`])),
          step: 'HOUR',
          value: 'MEAN_POWER_W',
        },
        { file },
      );
      expect(done.rows).toBeGreaterThan(4_300);
      expect(done.accepted).toBeGreaterThan(50_000);
      const totals = async (granularity: string) => {
        const { data } = await world.ask(
          `query ($id: ID!, $granularity: EnergyGranularity!) { meter(id: $id) { consumption(period: { from: "2016-03-01", to: "2016-05-01" }, granularity: $granularity) { quantity } } }`,
          { id: meters.get(names[0] as string)?.id, granularity },
        );
        const steps = data.meter.consumption as { quantity: string }[];
        return [
          steps.length,
          steps.reduce((sum, { quantity }) => sum + Math.round(Number(quantity) * 1e6), 0),
        ];
      };
      const [[hours, byHour], [days, byDay], [months, byMonth]] = [
        await totals('HOUR'),
        await totals('DAY'),
        await totals('MONTH'),
      ];
      // March has one hour less.
      expect([hours, days, months]).toEqual([61 * 24 - 1, 61, 2]);
      expect([byDay, byMonth]).toEqual([byHour, byHour]);
      const stored = await importDegreeDays(
        world.hub.orm,
        {
          file: given('energy-be-2016-h1', 'degree_days_brussels_daily.csv'),
          station: 'UCCLE',
          base: '16.5',
          day: 'date',
          value: 'hdd_16_5',
        },
        { each: () => undefined, progress: () => undefined },
      );
      expect(stored).toBeGreaterThan(360);
    },
    120_000,
  );

  withData('two years of monthly use per m² and day', async () => {
    const meter = await meterNamed('BUILDING-1', { carrier: 'ELECTRICITY' });
    const file = given('energy-monthly-145', 'baseline_145_buildings_monthly.csv');
    const { readFileSync } = await import('node:fs');
    const [head = '', first = ''] = readFileSync(file, 'utf8').split('\n');
    const id = first.split(',')[head.split(',').indexOf('building_id')] as string;
    const done = await run(
      '',
      {
        time: 'period_end',
        marks: 'LAST_DAY',
        meter: 'building_id',
        quantity: 'kwh_per_m2_day',
        where: { energy_type: 'elec', building_id: id },
        step: 'MONTH',
        value: 'PER_DAY',
        // Its floor area in m².
        meters: { [id]: { meter: 'BUILDING-1', factor: 2500 } },
      },
      { file },
    );
    expect(done).toMatchObject({ accepted: 24, refused: 0 });
    const months = await stored(meter);
    expect(months).toHaveLength(24);
    expect(months[0]?.from.slice(5, 16)).toMatch(/^(0[1-9]|1[0-2])-\d\dT2[23]:00$/);
  });
});
