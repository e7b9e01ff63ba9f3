import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keyOf } from '../partners/records.ts';
import { GroupWorld } from './world.ts';

let world: GroupWorld;
beforeAll(async () => {
  world = await GroupWorld.open();
});
afterAll(() => world.close());

interface Row {
  dimensions: { value: string | null }[];
  cell: { value: string | null; status: string };
}

/** Figures of the world's group, by category, as somebody sees them. */
async function figures(
  metric: string,
  day: { from?: string; to: string },
  viewer = world.staff,
): Promise<object> {
  const { data, errors } = await world.ask(
    `query ($service: ID!, $period: DateRangeInput!) { node(id: $service) { ... on EmployerGroupService {
      usageMetrics(metrics: [${metric}], period: $period, groupBy: [CATEGORY]) { rows { dimensions { value } cell { value status } } } } } }`,
    { service: world.service.id, period: day },
    viewer,
  );
  expect(errors).toBeUndefined();
  return Object.fromEntries(
    data.node.usageMetrics.rows.map(({ dimensions, cell }: Row) => [dimensions[0]?.value ?? '', cell.value]),
  );
}

describe('What an employer group does is counted where it is written down', () => {
  test('workers, full-time equivalents and hours of contracts on a day, by function', async () => {
    await world.newWorker({ job_function: 'DPO', contract_hours: 19, employed_from: '2024-02-01' });
    await world.newWorker({
      job_function: 'SECRETARY',
      is_dedicated: true,
      employed_from: '2023-01-01',
      employed_until: '2025-01-01',
    });
    expect(await figures('EMPLOYER_GROUP_WORKERS', { to: '2024-03-01' })).toEqual({
      ACCOUNTANT: '1',
      DPO: '1',
      DEDICATED: '1',
    });
    expect(await figures('EMPLOYER_GROUP_WORKERS', { to: '2025-06-01' })).toMatchObject({ DEDICATED: '0' });
    expect(await figures('EMPLOYER_GROUP_FTE', { to: '2026-01-01' })).toMatchObject({
      ACCOUNTANT: '1',
      DPO: '0.5',
    });
    await world.as(world.staff, 'endContract', { worker: world.worker.id, employedUntil: '2026-06-01' });
    expect(await figures('EMPLOYER_GROUP_WORKERS', { to: '2026-06-01' })).toMatchObject({ ACCOUNTANT: '1' });
    expect(await figures('EMPLOYER_GROUP_WORKERS', { to: '2026-06-02' })).toMatchObject({ ACCOUNTANT: '0' });
  });

  test('the occupation rate: hours placed a week over those of the contracts', async () => {
    const group = await GroupWorld.beside(world);
    const before = world;
    world = group;
    const placement = await group.newPlacement({ hours: 19 });
    await group.newPlacement({ member: await group.newMember(), hours: 9.5 });
    const rate = (to: string) => figures('EMPLOYER_GROUP_OCCUPATION_RATE', { to });
    const of = async (to: string): Promise<unknown> => Object.values(await rate(to))[0];
    expect(Object.values(await figures('EMPLOYER_GROUP_WEEKLY_HOURS', { to: '2026-01-06' }))).toEqual([
      '28.5',
    ]);
    expect(await of('2026-01-05')).toBe('0');
    expect(await of('2026-01-06')).toBe('0.75');
    await group.hub.sql(`update placement set ends_on = '2026-03-02' where id = $1`, [keyOf(placement)]);
    expect(Object.values(await figures('EMPLOYER_GROUP_WEEKLY_HOURS', { to: '2026-03-03' }))).toEqual([
      '9.5',
    ]);
    world = before;
  });

  test('hours that a member approved, and functions of fewer than four workers under another name', async () => {
    const group = await GroupWorld.beside(world);
    const before = world;
    world = group;
    const lawyer = await group.newWorker({ job_function: 'LAWYER' });
    for (let n = 0; n < 4; n += 1) await group.newWorker({ job_function: 'DPO' });
    for (let n = 0; n < 5; n += 1) await group.newWorker({ job_function: 'ENERGY_ADVISER' });
    const [dpo] = await group.hub.sql<{ id: string }>(
      `select id from shared_worker where service_id = $1 and job_function = 'ENERGY_ADVISER' limit 1`,
      [keyOf(group.service)],
    );
    const adviser = { id: `shared_worker_${dpo?.id}` };
    const legal = await group.newPlacement({ worker: lawyer, hours: 10 });
    const energy = await group.newPlacement({ worker: adviser, hours: 10 });
    await group.newTimesheet({ placement: legal, worker: lawyer, week: '2026-02-02', hours: 7.5 });
    await group.newTimesheet({ placement: energy, worker: adviser, week: '2026-02-02', hours: 10 });
    await group.newTimesheet({
      placement: energy,
      worker: adviser,
      week: '2026-02-09',
      hours: 10,
      state: 'SUBMITTED',
      approved_at: null,
    });
    const month = { from: '2026-02-01', to: '2026-03-01' };
    expect(await figures('EMPLOYER_GROUP_HOURS_PLACED', month)).toEqual({
      ENERGY_ADVISER: '10',
      OTHER: '7.5',
    });
    expect(await figures('EMPLOYER_GROUP_MEMBERS_SERVED', month)).toEqual({
      ENERGY_ADVISER: '1',
      OTHER: '1',
    });
    world = before;
  });
});
