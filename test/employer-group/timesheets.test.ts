import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { count, keyOf, newKey, save } from '../partners/records.ts';
import { GroupWorld, holder } from './world.ts';

let world: GroupWorld;
beforeAll(async () => {
  world = await GroupWorld.open();
});
afterAll(() => world.close());

interface Named {
  id: string;
}

/** A worker of its own, placed with the first member since January. */
async function placed(columns: Record<string, unknown> = {}): Promise<{ worker: Named; placement: Named }> {
  const worker = await world.newWorker();
  return { worker, placement: await world.newPlacement({ worker, ...columns }) };
}
const write = async (rows: object[], viewer = world.staff) => {
  const { results, userErrors } = await world.as(viewer, 'saveTimesheets', { timesheets: rows });
  expect(userErrors).toEqual([]);
  return results as {
    status: string;
    timesheet: string | null;
    error: { code: string; field: string } | null;
  }[];
};

describe('Hours', () => {
  test('are written by the group, sent, approved by the member, and counted then', async () => {
    const { placement } = await placed();
    const [row] = await write([{ placement: placement.id, week: '2026-06-01', hours: '7.25' }]);
    const sheet = { timesheets: [row?.timesheet] };
    expect((await world.as(world.editor, 'approveTimesheets', sheet)).userErrors[0].code).toBe('WRONG_STATE');
    const { timesheets: sent } = await world.as(world.staff, 'submitTimesheets', sheet);
    expect(sent).toMatchObject([{ state: 'SUBMITTED', hours: '7.25', approvedAt: null }]);
    expect(await world.as(world.staff, 'approveTimesheets', sheet)).toEqual({ refused: 'FORBIDDEN' });
    const { timesheets: back } = await world.as(world.editor, 'returnTimesheets', sheet);
    expect(back).toMatchObject([{ state: 'DRAFT', submittedAt: null }]);
    expect(await write([{ placement: placement.id, week: '2026-06-01', hours: '6' }])).toMatchObject([
      { status: 'ACCEPTED', timesheet: row?.timesheet },
    ]);
    await world.as(world.staff, 'submitTimesheets', sheet);
    const before = await count(world.hub, 'usage_entry', `metric_key = 'EMPLOYER_GROUP_HOURS_PLACED'`);
    const { timesheets: approved } = await world.as(world.editor, 'approveTimesheets', sheet);
    expect(approved).toMatchObject([{ state: 'APPROVED', hours: '6' }]);
    expect(await count(world.hub, 'usage_entry', `metric_key = 'EMPLOYER_GROUP_HOURS_PLACED'`)).toBe(
      before + 1,
    );
  });

  test('are accepted or refused row by row, and a repeat changes nothing', async () => {
    const { placement } = await placed({ ends_on: '2026-06-08' });
    const proposed = await save(world.hub, 'proposePlacement', {
      partner: world.member.id,
      worker: (await world.newWorker()).id,
      weeklyHours: '4',
      startsOn: '2026-06-01',
    });
    const row = (more: object) => ({ placement: placement.id, week: '2026-05-04', hours: '8', ...more });
    const rows = [
      row({}),
      row({ week: '2026-05-05' }),
      row({ week: '2026-06-22' }),
      row({ week: '2026-06-08' }),
      row({ hours: '8.1' }),
      row({ placement: 'placement_00000000-0000-4000-8000-000000000000' }),
      row({ placement: proposed.id, week: '2026-06-01' }),
      row({ hours: '8' }),
      row({ hours: '9' }),
      row({ placement: 'placement_1' }),
      row({ week: '2026-05-11', hours: '50.25' }),
      row({ week: '2026-06-01', hours: '0' }),
    ];
    const outcome = (results: Awaited<ReturnType<typeof write>>) =>
      results.map(({ status, error }) => error?.code ?? status);
    const first = await write(rows);
    expect(outcome(first)).toEqual([
      'ACCEPTED',
      'INVALID_WEEK',
      'DATE_IN_FUTURE',
      'NOT_PLACED',
      'INVALID_HOURS',
      'NOT_FOUND',
      'NOT_PLACED',
      'DUPLICATE',
      'ROW_REPEATED',
      'NOT_FOUND',
      'WEEK_TOO_LONG',
      'ACCEPTED',
    ]);
    expect(first[3]?.error?.field).toBe('timesheets.3.week');
    expect(outcome(await write(rows))[0]).toBe('DUPLICATE');
    const input = { idempotencyKey: newKey(), timesheets: [row({ week: '2026-05-18' })] };
    const { staff } = world;
    const answers = await Promise.all([1, 2].map(() => world.as(staff, 'saveTimesheets', input)));
    expect(answers[0]).toEqual(answers[1]);
    expect(await count(world.hub, 'timesheet', 'placement_id = $1', [keyOf(placement)])).toBe(3);
  });

  test('of a worker never pass what may be worked in a week, though two members’ are written at once', async () => {
    const { worker, placement } = await placed();
    const other = await world.newMember();
    const second = await world.newPlacement({ worker, member: other, hours: 19 });
    const answers = await Promise.all(
      [placement, second].map(({ id }) => write([{ placement: id, week: '2026-05-25', hours: '26' }])),
    );
    expect(
      answers
        .flat()
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['ACCEPTED', 'REJECTED']);
  });

  test('are not worked in a week of a labour dispute', async () => {
    const { placement } = await placed();
    const dispute = {
      partner: world.member.id,
      service: world.service.id,
      startedOn: '2026-03-02',
      endedOn: '2026-03-11',
    };
    await save(world.hub, 'recordLabourDispute', dispute);
    const week = (monday: string) => write([{ placement: placement.id, week: monday, hours: '3' }]);
    expect((await week('2026-03-02'))[0]?.error?.code).toBe('LABOUR_DISPUTE');
    expect((await week('2026-03-09'))[0]?.status).toBe('ACCEPTED');
  });

  test('that are invoiced no longer change', async () => {
    const { worker, placement } = await placed();
    const invoiced = await world.newTimesheet({
      placement,
      worker,
      week: '2026-04-06',
      hours: 5,
      state: 'INVOICED',
      invoice_id: '00000000-0000-4000-8000-000000000000',
    });
    const [row] = await write([{ placement: placement.id, week: '2026-04-06', hours: '6' }]);
    expect(row?.error?.code).toBe('TIMESHEET_INVOICED');
    const sheet = { timesheets: [invoiced.id] };
    expect((await world.as(world.editor, 'approveTimesheets', sheet)).userErrors[0].code).toBe(
      'TIMESHEET_INVOICED',
    );
    const codeOf = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'saved',
        ({ code }) => code,
      );
    expect(
      await codeOf(world.hub.sql(`update timesheet set hours = 1 where id = $1`, [keyOf(invoiced)])),
    ).toBe('MH113');
  });

  test('are all sent, or none', async () => {
    const { placement } = await placed();
    const rows = await write(
      ['2026-05-04', '2026-05-11'].map((week) => ({ placement: placement.id, week, hours: '5' })),
    );
    const ids = rows.map(({ timesheet }) => timesheet);
    await world.as(world.staff, 'submitTimesheets', { timesheets: [ids[1]] });
    expect((await world.as(world.staff, 'submitTimesheets', { timesheets: ids })).userErrors[0].code).toBe(
      'WRONG_STATE',
    );
    expect(
      await count(world.hub, 'timesheet', `placement_id = $1 and state = 'DRAFT'`, [keyOf(placement)]),
    ).toBe(1);
  });
});

describe('Timesheets are seen', () => {
  test('by their member and the group’s staff, and written by the staff alone', async () => {
    const { worker, placement } = await placed();
    await write([{ placement: placement.id, week: '2026-05-04', hours: '5' }]);
    const question = `query ($service: ID!) { timesheets(first: 100, filter: { service: $service }) { nodes { placement { id } hours } } }`;
    const seen = async (viewer: GroupWorld['staff']) => {
      const { data } = await world.ask(question, { service: world.service.id }, viewer);
      return data.timesheets.nodes.some((one: { placement: Named }) => one.placement.id === placement.id);
    };
    const stranger = holder(Role.PARTNER_EDITOR, await world.newMember());
    expect([await seen(world.staff), await seen(world.editor), await seen(stranger)]).toEqual([
      true,
      true,
      false,
    ]);
    const row = { timesheets: [{ placement: placement.id, week: '2026-05-11', hours: '5' }] };
    expect(await world.as(world.editor, 'saveTimesheets', row)).toEqual({ refused: 'FORBIDDEN' });
    const outsider = await GroupWorld.beside(world);
    expect((await world.as(outsider.staff, 'saveTimesheets', row)).results[0].error.code).toBe('NOT_FOUND');
    expect(worker.id).toBeDefined();
  });
});
