import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GroupWorld, weekOf } from './world.ts';

let world: GroupWorld;
beforeAll(async () => {
  world = await GroupWorld.open();
});
afterAll(() => world.close());

const codeOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'saved',
    (error: { code?: string; constraint?: string }) => error.constraint ?? error.code,
  );

describe('Whoever writes, the database keeps the law', () => {
  test('contracts: 19 hours at least, one at a time of a reference, 50 workers on any day', async () => {
    expect(await codeOf(world.newWorker({ contract_hours: 18.75 }))).toBe('MH101');
    expect(await codeOf(world.newWorker({ reference: 'W-1', employed_from: '2021-01-01' }))).toBe(
      'shared_worker_no_overlap',
    );
    expect(await codeOf(world.newWorker({ reference: 'J. Jansen' }))).toBe('shared_worker_reference');
    const other = await GroupWorld.beside(world);
    for (let n = 1; n < 50; n += 1)
      await other.newWorker({ employed_from: '2021-01-01', employed_until: '2022-01-01' });
    expect(await codeOf(other.newWorker({ employed_from: '2020-06-01' }))).toBe('MH102');
    expect(await codeOf(other.newWorker({ employed_from: '2022-01-01' }))).toBe('saved');
  });

  test('placements: with members, within the contract, never more hours in a week than it has', async () => {
    const worker = await world.newWorker();
    const outsider = await GroupWorld.beside(world);
    expect(await codeOf(world.newPlacement({ worker, member: outsider.member }))).toBe('MH109');
    expect(await codeOf(world.newPlacement({ worker, starts_on: '2019-12-30' }))).toBe('MH108');
    expect(await codeOf(world.newPlacement({ worker, ends_on: '2026-03-05' }))).toBe('saved');
    // Half of the week is another member's from the Thursday on: together 38 hours, and no more.
    const second = await world.newMember();
    expect(await codeOf(world.newPlacement({ worker, member: second, hours: 19.25 }))).toBe('MH110');
    expect(
      await codeOf(world.newPlacement({ worker, member: second, hours: 38, starts_on: '2026-03-05' })),
    ).toBe('saved');
    expect(await codeOf(world.newPlacement({ worker, hours: 0.25, starts_on: '2026-03-09' }))).toBe('MH110');
    // In the week that the two share, 11.4 hours of the first one and 15.2 of the second leave some free.
    expect(
      await codeOf(world.newPlacement({ worker, hours: 3, starts_on: '2026-03-02', ends_on: '2026-03-09' })),
    ).toBe('saved');
  });

  test('hours that are not the schedule’s are refused', async () => {
    expect(await codeOf(world.newPlacement({ minutes_by_weekday: weekOf(18) }))).toBe('placement_schedule');
  });
});
