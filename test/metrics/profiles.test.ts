import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ask } from './asking.ts';
import { addPartner, addService, changePartner, keyIn, reportUsage } from './records.ts';
import { rollupDifferences } from './rollups.ts';

let hub: TestHub;
let service: string;
let partner: string;
let today: string;

beforeAll(async () => {
  hub = await startTestHub('operation');
  service = await addService(hub, 'OTHER', 'rooms');
  const [now] = await hub.sql<{ day: string }>(
    `select (now() at time zone 'Europe/Brussels')::date::text as day`,
  );
  today = (now as { day: string }).day;
});
afterAll(() => hub.close());

beforeEach(async () => {
  partner = await addPartner(hub, 'Mover', { sector: 'CULTURE', headcount: 7 });
  await use('2023-05-10', '10');
});

const use = (occurredOn: string, quantity: string) =>
  reportUsage(hub, [{ service, partner, metric: 'OTHER_SERVICE_UNITS', occurredOn, quantity }]);

/** As if what the partner is now had been recorded on an earlier day. */
const asIfRecordedOn = (day: string) =>
  hub.sql(`update partner_profile set recorded_on = $2 where partner_id = $1 and valid_until = 'infinity'`, [
    keyIn(partner),
    day,
  ]);

/** The partner's use by a dimension, as `value quantity`. */
async function by(dimension: string, more = ''): Promise<string[]> {
  const { rows } = await ask(hub, `metrics: [OTHER_SERVICE_UNITS], groupBy: [${dimension}, PARTNER]${more}`);
  return rows
    .filter((line) => line.includes(partner))
    .map((line) =>
      line
        .split(' ')
        .filter((word) => word !== partner)
        .slice(1)
        .join(' '),
    );
}

describe('a partner that becomes something else', () => {
  beforeEach(() => asIfRecordedOn('2022-01-01'));

  test('keeps the use of earlier days where it was, and has that of today in its new sector', async () => {
    await changePartner(hub, partner, { sector: 'EDUCATION' });
    await use(today, '1');
    expect(await by('SECTOR')).toEqual(['CULTURE 10', 'EDUCATION 1']);
    expect(await by('SECTOR', ', period: { from: "2023-05-10", to: "2023-05-11" }')).toEqual(['CULTURE 10']);
    expect(await rollupDifferences(hub)).toEqual([]);
  });

  test('has another size band from today on, and the same one while its heads stay in it', async () => {
    await changePartner(hub, partner, { headcount: 9 });
    await use(today, '1');
    expect(await by('SIZE_BAND')).toEqual(['FROM_5_TO_9 11']);
    await changePartner(hub, partner, { headcount: 30 });
    expect(await by('SIZE_BAND')).toEqual(['FROM_20_TO_49 1', 'FROM_5_TO_9 10']);
    expect(await rollupDifferences(hub)).toEqual([]);
  });

  test('moves with its region and province, and leaves earlier use in the old ones', async () => {
    const [before] = (await by('MUNICIPALITY')) as [string];
    await hub.sql(
      `update partner set municipality_id = (select id from territory where nis_code = '25072') where id = $1`,
      [keyIn(partner)],
    );
    await use(today, '1');
    expect(await by('MUNICIPALITY')).toEqual([before, '25072 1']);
    expect(await by('REGION')).toEqual(['03000 1', '04000 10']);
    expect(await by('PROVINCE')).toEqual(['20002 1', '- 10']);
    expect(await rollupDifferences(hub)).toEqual([]);
  });

  test('has a late entry in the sector of its day, and a reversal takes it from there', async () => {
    await changePartner(hub, partner, { sector: 'EDUCATION' });
    const [late] = await use('2024-02-01', '100');
    expect(await by('SECTOR')).toEqual(['CULTURE 110']);
    await reportUsage(hub, [{ reverses: late }]);
    expect(await by('SECTOR')).toEqual(['CULTURE 10']);
    expect(await rollupDifferences(hub)).toEqual([]);
  });

  test('is still filtered by what it is today, and its figures by what it was', async () => {
    await changePartner(hub, partner, { sector: 'EDUCATION' });
    expect(await by('SECTOR', ', filter: { partners: { sectors: ["EDUCATION"] } }')).toEqual(['CULTURE 10']);
    expect(await by('SECTOR', ', filter: { partners: { sectors: ["CULTURE"] } }')).toEqual([]);
  });

  test('may do so several times in one month, each day by itself', async () => {
    await changePartner(hub, partner, { sector: 'EDUCATION' });
    // As if the change had come in the middle of a month.
    await hub.sql(
      `update partner_profile set valid_until = '2023-06-15' where partner_id = $1 and valid_until <> 'infinity'`,
      [keyIn(partner)],
    );
    await hub.sql(
      `update partner_profile set valid_from = '2023-06-15' where partner_id = $1 and valid_until = 'infinity'`,
      [keyIn(partner)],
    );
    await use('2023-06-14', '1');
    await use('2023-06-15', '2');
    expect(await by('SECTOR', ', period: { from: "2023-06-01", to: "2023-07-01" }')).toEqual([
      'CULTURE 1',
      'EDUCATION 2',
    ]);
    const { rows } = await ask(
      hub,
      'metrics: [OTHER_SERVICE_UNITS], groupBy: [SECTOR], granularity: DAY, period: { from: "2023-06-14", to: "2023-06-16" }',
    );
    expect(rows).toEqual(['2023-06-14..2023-06-15 CULTURE 1', '2023-06-15..2023-06-16 EDUCATION 2']);
    expect(await rollupDifferences(hub)).toEqual([]);
  });
});

test('a change on the day of recording mends what was wrong from the start', async () => {
  await changePartner(hub, partner, { sector: 'EDUCATION' });
  expect(await by('SECTOR')).toEqual(['EDUCATION 10']);
  await changePartner(hub, partner, { sector: 'CARE_HOMES', headcount: 300 });
  expect(await by('SECTOR')).toEqual(['CARE_HOMES 10']);
  expect(await by('SIZE_BAND')).toEqual(['FROM_200 10']);
  expect(await rollupDifferences(hub)).toEqual([]);
});
