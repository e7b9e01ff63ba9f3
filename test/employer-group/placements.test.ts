import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Role } from '../../src/access/roles.ts';
import { keyOf, newKey, refused, save } from '../partners/records.ts';
import { GroupWorld, holder, MONDAY } from './world.ts';

let world: GroupWorld;
beforeAll(async () => {
  world = await GroupWorld.open();
});
afterAll(() => world.close());

interface Named {
  id: string;
}

const proposal = (more: object = {}) => ({
  partner: world.member.id,
  worker: world.worker.id,
  weeklyHours: '7.5',
  startsOn: '2026-09-07',
  ...more,
});
const editorOf = (member: Named) => holder(Role.PARTNER_EDITOR, member);

describe('A placement', () => {
  test('is proposed by the group, and agreed to by the member that will have authority', async () => {
    const worker = await world.newWorker();
    const { placement } = await world.as(world.staff, 'proposePlacement', proposal({ worker: worker.id }));
    expect(placement).toMatchObject({
      state: 'PROPOSED',
      weeklyHours: '7.5',
      proposedOn: MONDAY,
      decidedOn: null,
      endsOn: null,
      municipality: { nisCode: '21004' },
    });
    expect(placement.schedule.map(({ hours }: { hours: string }) => hours)).toEqual([
      '1.5',
      '1.5',
      '1.5',
      '1.5',
      '1.5',
    ]);
    const step = { placement: placement.id };
    expect(await world.as(world.staff, 'agreeToPlacement', step)).toEqual({ refused: 'FORBIDDEN' });
    const { placement: agreed } = await world.as(world.editor, 'agreeToPlacement', step);
    expect(agreed).toMatchObject({ state: 'AGREED', decidedOn: MONDAY });
    expect((await world.as(world.editor, 'declinePlacement', step)).userErrors[0].code).toBe('WRONG_STATE');
    const { placement: ended } = await world.as(world.staff, 'endPlacement', {
      ...step,
      endsOn: '2027-07-01',
    });
    expect(ended.endsOn).toBe('2027-07-01');
    const { placement: cancelled } = await world.as(world.staff, 'cancelPlacement', step);
    expect(cancelled.state).toBe('CANCELLED');
  });

  test('takes a part of the contract, or days that come to its hours', async () => {
    const worker = (await world.newWorker({ contract_hours: 30.4 })).id;
    const half = await world.as(
      world.staff,
      'proposePlacement',
      proposal({ worker, weeklyHours: null, shareOfContract: '0.5' }),
    );
    expect(half.placement).toMatchObject({ weeklyHours: '15', shareOfContract: '0.4934' });
    const days = [
      { weekday: 'TUESDAY', hours: '4' },
      { weekday: 'FRIDAY', hours: '3.5' },
    ];
    const { placement } = await world.as(
      world.staff,
      'proposePlacement',
      proposal({ worker, schedule: days }),
    );
    expect(placement.schedule).toEqual(days);
    const codes = [];
    for (const wrong of [
      { weeklyHours: '7.6' },
      { weeklyHours: null },
      { shareOfContract: '0.5' },
      { weeklyHours: null, shareOfContract: '1.5' },
      { schedule: days, weeklyHours: '8' },
      { endsOn: '2026-09-07' },
      { municipality: '99999' },
    ]) {
      codes.push((await refused(world.hub, 'proposePlacement', proposal({ worker, ...wrong }))).code);
    }
    expect(codes).toEqual([
      'INVALID_HOURS',
      'INVALID_HOURS',
      'INVALID_HOURS',
      'INVALID_HOURS',
      'SCHEDULE_DOES_NOT_ADD_UP',
      'INVALID_PERIOD',
      'UNKNOWN_CODE',
    ]);
  });

  test('is with members alone, within the contract, and while the group is authorised', async () => {
    const worker = (await world.newWorker({ employed_until: '2027-01-01' })).id;
    const outsider = await GroupWorld.beside(world);
    const refusal = async (more: object) =>
      (await refused(world.hub, 'proposePlacement', proposal({ worker, ...more }))).code;
    expect(await refusal({ partner: outsider.member.id })).toBe('MEMBERS_ONLY');
    expect(await refusal({ startsOn: '2027-01-01' })).toBe('OUTSIDE_CONTRACT');
    expect(await refusal({ endsOn: '2027-01-02' })).toBe('OUTSIDE_CONTRACT');
    expect(await refusal({ weeklyHours: '38.25' })).toBe('CONTRACT_HOURS_EXCEEDED');
    await world.hub.sql(`update employer_group set authorised_until = '2026-09-01' where service_id = $1`, [
      keyOf(outsider.service),
    ]);
    const late = { worker: outsider.worker.id, partner: outsider.member.id };
    expect(await refusal(late)).toBe('GROUP_NOT_AUTHORISED');
  });

  test('of a dedicated worker leaves nothing for another member at that time', async () => {
    const worker = (await world.newWorker({ is_dedicated: true })).id;
    const other = await world.newMember();
    await save(world.hub, 'proposePlacement', proposal({ worker, endsOn: '2026-12-01' }));
    expect((await refused(world.hub, 'proposePlacement', proposal({ worker, partner: other.id }))).code).toBe(
      'WORKER_DEDICATED',
    );
    await save(
      world.hub,
      'proposePlacement',
      proposal({ worker, partner: other.id, startsOn: '2026-12-01' }),
    );
  });

  test('neither begins nor is agreed to while the member is in a labour dispute', async () => {
    const member = await world.newMember();
    const worker = (await world.newWorker()).id;
    const early = await save(world.hub, 'proposePlacement', proposal({ worker, partner: member.id }));
    const dispute = { partner: member.id, service: world.service.id, startedOn: '2026-06-10' };
    const { dispute: strike } = await world.as(editorOf(member), 'recordLabourDispute', dispute);
    expect(
      (await refused(world.hub, 'recordLabourDispute', { ...dispute, startedOn: '2026-06-12' })).code,
    ).toBe('DISPUTE_OVERLAPS');
    expect(
      (await refused(world.hub, 'proposePlacement', proposal({ worker, partner: member.id }))).code,
    ).toBe('LABOUR_DISPUTE');
    expect(
      (await world.as(editorOf(member), 'agreeToPlacement', { placement: early.id })).userErrors[0].code,
    ).toBe('LABOUR_DISPUTE');
    await save(world.hub, 'endLabourDispute', { id: strike.id, endedOn: MONDAY });
    expect(
      (await world.as(editorOf(member), 'agreeToPlacement', { placement: early.id })).placement.state,
    ).toBe('AGREED');
    const outsider = await GroupWorld.beside(world);
    expect(await world.as(outsider.staff, 'recordLabourDispute', dispute)).toEqual({ refused: 'FORBIDDEN' });
  });

  test('is agreed to once, though two answer at the same moment', async () => {
    const worker = (await world.newWorker()).id;
    const { id } = await save(world.hub, 'proposePlacement', proposal({ worker }));
    const answers = await Promise.all([
      world.as(world.editor, 'agreeToPlacement', { placement: id }),
      world.as(world.editor, 'declinePlacement', { placement: id }),
      world.as(world.editor, 'agreeToPlacement', { placement: id }),
    ]);
    expect(answers.filter(({ placement }) => placement)).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual(
      ['WRONG_STATE', 'WRONG_STATE'],
    );
  });

  test('keeps its member enrolled, and ends with a member that leaves', async () => {
    const member = await world.newMember();
    const worker = (await world.newWorker()).id;
    const { id } = await save(
      world.hub,
      'proposePlacement',
      proposal({ worker, partner: member.id, startsOn: '2026-06-01' }),
    );
    await world.as(editorOf(member), 'agreeToPlacement', { placement: id });
    const later = await save(world.hub, 'proposePlacement', proposal({ worker, partner: member.id }));
    const [enrolment] = await world.hub.sql<{ id: string }>(
      'select id from enrolment where partner_id = $1',
      [keyOf(member)],
    );
    const end = { id: `enrolment_${enrolment?.id}`, endedOn: '2026-06-14' };
    expect((await refused(world.hub, 'endEnrolment', end)).code).toBe('PLACEMENTS_OPEN');
    await save(world.hub, 'closePartner', { partner: member.id, closedOn: '2026-06-10' });
    const states = await world.hub.sql(
      'select id, state, ends_on::text from placement where partner_id = $1 order by starts_on',
      [keyOf(member)],
    );
    expect(states).toEqual([
      { id: keyOf({ id }), state: 'AGREED', ends_on: '2026-06-10' },
      { id: keyOf(later), state: 'CANCELLED', ends_on: null },
    ]);
  });
});

/** Hours of a worker in each week, day by day, as the test itself adds them up. */
async function hoursByWeek(worker: Named): Promise<Map<string, number>> {
  const rows = await world.hub.sql<{ minutes: number[]; from: string; until: string | null }>(
    `select minutes_by_weekday as minutes, starts_on::text as from, ends_on::text as until from placement
     where worker_id = $1 and state in ('PROPOSED', 'AGREED')`,
    [keyOf(worker)],
  );
  const weeks = new Map<string, number>();
  for (const { minutes, from, until } of rows) {
    for (let day = Date.parse(from); day < Date.parse(until ?? '2026-12-28'); day += 86_400_000) {
      const weekday = (new Date(day).getUTCDay() + 6) % 7;
      const monday = new Date(day - weekday * 86_400_000).toISOString().slice(0, 10);
      weeks.set(monday, (weeks.get(monday) ?? 0) + (minutes[weekday] as number) / 60);
    }
  }
  return weeks;
}

const MORE_THAN_HALF = { worker: 0, weeklyHours: '20', startsOn: '2026-09-01', endsOn: null };

test('never more hours in any week than the contract has, however many are placed at once', async () => {
  const members = await Promise.all([1, 2, 3].map(() => world.newMember()));
  const day = fc
    .integer({ min: 0, max: 60 })
    .map((n) => new Date(Date.parse('2026-09-01') + n * 86_400_000).toISOString().slice(0, 10));
  const wish = fc.record({
    member: fc.integer({ min: 0, max: 2 }),
    worker: fc.integer({ min: 0, max: 1 }),
    weeklyHours: fc.integer({ min: 4, max: 90 }).map((quarters) => `${quarters / 4}`),
    startsOn: day,
    endsOn: fc.option(day),
  });
  let accepted = 0;
  let exceeded = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 3, maxLength: 9 }), async (wishes) => {
      const workers = [await world.newWorker(), await world.newWorker({ contract_hours: 19 })];
      const answers = await Promise.all(
        wishes.map(({ member, worker, ...rest }) =>
          world.as(world.staff, 'proposePlacement', {
            ...rest,
            partner: members[member]?.id,
            worker: workers[worker]?.id,
            idempotencyKey: newKey(),
          }),
        ),
      );
      for (const { placement, userErrors } of answers) {
        if (placement) accepted += 1;
        else if (userErrors[0].code === 'CONTRACT_HOURS_EXCEEDED') exceeded += 1;
        else expect(userErrors[0].code).toBe('INVALID_PERIOD');
      }
      for (const [at, worker] of workers.entries()) {
        for (const [week, hours] of await hoursByWeek(worker)) {
          expect({ week, isWithin: hours <= (at === 0 ? 38 : 19) }).toEqual({ week, isWithin: true });
        }
      }
    }),
    // Whatever is drawn, some meet: three that want more than half of one contract.
    { numRuns: 12, examples: [[[0, 1, 2].map((member) => ({ ...MORE_THAN_HALF, member }))]] },
  );
  expect([accepted > 0, exceeded > 0]).toEqual([true, true]);
}, 60_000);

describe('Placements are seen', () => {
  test('by the member, the group’s staff, and a federation that the member shares them with', async () => {
    const other = await world.newMember();
    const worker = await world.newWorker();
    await save(world.hub, 'proposePlacement', proposal({ worker: worker.id }));
    const question = `query ($worker: ID!) { placements(filter: { worker: $worker }) { totalCount nodes { worker { reference } calendarUrl } } }`;
    const seen = async (viewer: GroupWorld['staff']) => {
      const { data, errors } = await world.ask(question, { worker: worker.id }, viewer);
      return errors ? errors[0]?.extensions?.code : data.placements.totalCount;
    };
    expect(await seen(world.staff)).toBe(1);
    expect(await seen(world.editor)).toBe(1);
    expect(await seen(editorOf(other))).toBe('NOT_FOUND');
    const outsider = await GroupWorld.beside(world);
    expect(await seen(outsider.staff)).toBe('NOT_FOUND');
    expect(await world.as(outsider.staff, 'proposePlacement', proposal())).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    expect(await world.as(world.editor, 'proposePlacement', proposal())).toEqual({ refused: 'FORBIDDEN' });
  });

  test('by a federation as long as the member shares them with it', async () => {
    const federation = await save(world.hub, 'createFederation', {
      slug: 'staff-seers',
      name: { fr: 'Seers' },
    });
    await world.hub.sql(
      `insert into membership (partner_id, id, federation_id, valid_from) values ($1, gen_random_uuid(), $2, '2020-01-01')`,
      [keyOf(world.member), keyOf(federation)],
    );
    await save(world.hub, 'proposePlacement', proposal({ worker: (await world.newWorker()).id }));
    const analyst = holder(Role.FEDERATION_ANALYST, federation);
    const seen = async () => {
      const question = `query ($partner: ID!) { placements(filter: { partner: $partner }) { totalCount } invoices(filter: { partner: $partner }) { totalCount } }`;
      const { data } = await world.ask(question, { partner: world.member.id }, analyst);
      return [data.placements.totalCount > 0, data.invoices.totalCount];
    };
    const share = (room: string) =>
      save(world.hub, 'grantDataSharing', {
        partner: world.member.id,
        federation: federation.id,
        purpose: 'Advice to the members',
        rooms: [room],
        validUntil: '2027-01-01',
      });
    await save(world.hub, 'revokeDataSharing', { id: (await share('USAGE')).id });
    expect(await seen()).toEqual([false, 0]);
    const { id } = await share('EMPLOYER_GROUP');
    expect(await seen()).toEqual([true, 0]);
    await save(world.hub, 'revokeDataSharing', { id });
    expect(await seen()).toEqual([false, 0]);
  });

  test('as a calendar by whoever has its address, and by nobody else', async () => {
    const worker = await world.newWorker();
    const placement = await save(world.hub, 'proposePlacement', proposal({ worker: worker.id }));
    const read = (url: string, language: string) =>
      world.hub.http.inject({ url, headers: { 'accept-language': language } });
    expect((await read(placement.calendarUrl, 'fr')).body).toContain('STATUS:TENTATIVE');
    await world.as(world.editor, 'agreeToPlacement', { placement: placement.id });
    const { statusCode, headers, body } = await read(placement.calendarUrl, 'nl');
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(body).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR');
    expect(body).toContain('Boekhouder');
    for (const url of [
      '/calendar/placements/00000000-0000-4000-8000-000000000000.ics',
      '/calendar/placements/x.ics',
      placement.calendarUrl.replace('.ics', ''),
    ]) {
      expect((await read(url, 'fr')).statusCode).toBe(404);
    }
  });
});
