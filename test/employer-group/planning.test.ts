import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Role } from '../../src/access/roles.ts';
import { keyOf, refused, save } from '../partners/records.ts';
import { GroupWorld, holder, MONDAY, weekOf } from './world.ts';

let world: GroupWorld;
beforeAll(async () => {
  world = await GroupWorld.open();
});
afterAll(() => world.close());

interface Named {
  id: string;
}
interface Week {
  week: string;
  jobFunction: string;
  workers: number;
  contractHours: string;
  placedHours: string;
  freeHours: string;
}

async function capacityOf(
  group: GroupWorld,
  from: string,
  weeks: number,
  viewer = group.staff,
): Promise<Week[]> {
  const { data, errors } = await group.ask(
    `query ($id: ID!, $from: Date!, $weeks: Int!) { node(id: $id) { ... on EmployerGroupService {
      capacity(from: $from, weeks: $weeks) { week jobFunction workers contractHours placedHours freeHours } } } }`,
    { id: group.service.id, from, weeks },
    viewer,
  );
  expect(errors).toBeUndefined();
  return data.node.capacity;
}

describe('A request', () => {
  const need = (more: object = {}) => ({
    partner: world.member.id,
    service: world.service.id,
    jobFunction: 'ACCOUNTANT',
    weeklyHours: '7.5',
    startsOn: '2026-09-07',
    ...more,
  });

  test('is the member’s to make and to take back, and met by a placement that it agrees to', async () => {
    const { request } = await world.as(world.editor, 'requestPlacement', need());
    expect(request).toMatchObject({
      state: 'OPEN',
      requestedOn: MONDAY,
      weeklyHours: '7.5',
      municipality: { nisCode: '21004' },
    });
    const worker = await world.newWorker();
    const placement = await save(world.hub, 'proposePlacement', {
      partner: world.member.id,
      worker: worker.id,
      request: request.id,
      weeklyHours: '7.5',
      startsOn: '2026-09-07',
    });
    await world.as(world.editor, 'agreeToPlacement', { placement: placement.id });
    const { data } = await world.ask(
      `query ($partner: ID!) { placementRequests(filter: { partner: $partner }) { nodes { id state } } }`,
      { partner: world.member.id },
      world.editor,
    );
    expect(data.placementRequests.nodes).toContainEqual({ id: request.id, state: 'PLACED' });
    expect(
      (await world.as(world.editor, 'withdrawPlacementRequest', { id: request.id })).userErrors[0].code,
    ).toBe('WRONG_STATE');
    const { request: second } = await world.as(world.editor, 'requestPlacement', need());
    expect((await world.as(world.editor, 'withdrawPlacementRequest', { id: second.id })).request.state).toBe(
      'WITHDRAWN',
    );
  });

  test('is of members of today, and for hours that there are', async () => {
    const outsider = await GroupWorld.beside(world);
    const codes = [];
    for (const wrong of [
      { partner: outsider.member.id },
      { weeklyHours: '7.1' },
      { weeklyHours: '50.25' },
      { endsOn: '2026-09-07' },
      { municipality: '00000' },
    ]) {
      codes.push((await refused(world.hub, 'requestPlacement', need(wrong))).code);
    }
    expect(codes).toEqual([
      'MEMBERS_ONLY',
      'INVALID_HOURS',
      'INVALID_HOURS',
      'INVALID_PERIOD',
      'UNKNOWN_CODE',
    ]);
    expect(await world.as(outsider.editor, 'requestPlacement', need())).toEqual({ refused: 'FORBIDDEN' });
    const { request } = await world.as(world.editor, 'requestPlacement', need());
    expect(
      (await world.as(outsider.editor, 'withdrawPlacementRequest', { id: request.id })).userErrors[0].code,
    ).toBe('NOT_FOUND');
  });

  test('is matched with workers who have the hours in every week, the nearest first', async () => {
    const group = await GroupWorld.beside(world);
    const [near, full, partly, away, other] = (await Promise.all(
      [{}, {}, {}, {}, { job_function: 'DPO' }].map((columns) =>
        group.newWorker({ job_function: 'LAWYER', ...columns }),
      ),
    )) as [Named, Named, Named, Named, Named];
    const dedicated = await group.newWorker({ job_function: 'LAWYER', is_dedicated: true });
    const someone = await group.newMember();
    await group.newPlacement({ worker: near, member: someone, hours: 10 });
    await group.newPlacement({ worker: full, member: someone, hours: 38 });
    // Free now, and not in every week of the request.
    await group.newPlacement({
      worker: partly,
      member: someone,
      hours: 35,
      starts_on: '2026-11-02',
      ends_on: '2026-11-16',
    });
    await group.newPlacement({ worker: dedicated, member: someone, hours: 4 });
    const { request } = await group.as(group.editor, 'requestPlacement', {
      partner: group.member.id,
      service: group.service.id,
      jobFunction: 'LAWYER',
      weeklyHours: '8',
      startsOn: '2026-09-07',
      endsOn: '2027-01-04',
    });
    const matches = async (viewer: GroupWorld['staff']) => {
      const question = `query ($id: ID!) { node(id: $id) { ... on PlacementRequest { matches { worker { id } freeHours nearness } } } }`;
      return (await group.ask(question, { id: request.id }, viewer)).data.node.matches;
    };
    expect(await matches(group.staff)).toEqual([
      { worker: { id: near.id }, freeHours: '28', nearness: 'MUNICIPALITY' },
      { worker: { id: away.id }, freeHours: '38', nearness: 'ELSEWHERE' },
    ]);
    expect(await matches(group.editor)).toEqual([]);
    expect(other.id).toBeDefined();
  });
});

describe('Capacity', () => {
  test('is what contracts have less what is placed, as a recount day by day has it', async () => {
    const day = fc
      .integer({ min: 0, max: 40 })
      .map((n) => new Date(Date.parse('2026-08-31') + n * 86_400_000).toISOString().slice(0, 10));
    const wish = fc.record({
      quarters: fc.integer({ min: 1, max: 60 }),
      from: day,
      until: fc.option(day),
      second: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 6 }), async (wishes) => {
        const group = await GroupWorld.beside(world);
        const late = await group.newWorker({
          employed_from: '2026-09-09',
          employed_until: '2026-10-02',
          contract_hours: 30.4,
        });
        const placed: { minutes: number[]; from: string; until: string | null }[] = [];
        for (const { quarters, from, until, second } of wishes) {
          const hours = quarters / 4;
          // A placement ends with its contract at the latest.
          const end = second && (!until || until > '2026-10-02') ? '2026-10-02' : until;
          const columns = { worker: second ? late : group.worker, hours, starts_on: from, ends_on: end };
          const isThere = await group.newPlacement(columns).then(
            () => true,
            () => false,
          );
          if (isThere) placed.push({ minutes: weekOf(hours), from, until: end });
        }
        const weeks = await capacityOf(group, '2026-09-03', 6);
        expect(weeks.map(({ week }) => week)).toEqual([
          '2026-08-31',
          '2026-09-07',
          '2026-09-14',
          '2026-09-21',
          '2026-09-28',
          '2026-10-05',
        ]);
        for (const { week, workers, contractHours, placedHours, freeHours } of weeks) {
          const days = [0, 1, 2, 3, 4, 5, 6].map((n) =>
            new Date(Date.parse(week) + n * 86_400_000).toISOString().slice(0, 10),
          );
          const isOn = (one: string) => one >= '2026-09-09' && one < '2026-10-02';
          const own = 38 + (30.4 * days.slice(0, 5).filter(isOn).length) / 5;
          const taken = placed.reduce(
            (sum, { minutes, from, until }) =>
              sum +
              days.reduce(
                (all, one, n) => all + (one >= from && (!until || one < until) ? (minutes[n] as number) : 0),
                0,
              ),
            0,
          );
          expect({
            week,
            workers,
            contractHours: Number(contractHours),
            placedHours: Number(placedHours),
          }).toEqual({
            week,
            workers: days.some(isOn) ? 2 : 1,
            contractHours: Number(own.toFixed(2)),
            placedHours: Number((taken / 60).toFixed(2)),
          });
          expect(Math.abs(Number(freeHours) - Math.max(0, own - taken / 60))).toBeLessThan(0.011);
        }
      }),
      { numRuns: 8 },
    );
  }, 60_000);

  test('is told to members of functions of four workers or more, and to nobody else', async () => {
    const group = await GroupWorld.beside(world);
    for (let n = 0; n < 4; n += 1) await group.newWorker({ job_function: 'PREVENTION_ADVISER' });
    const functions = async (viewer: GroupWorld['staff']) =>
      (await capacityOf(group, MONDAY, 1, viewer)).map(({ jobFunction }) => jobFunction);
    expect(await functions(group.staff)).toEqual(['ACCOUNTANT', 'PREVENTION_ADVISER']);
    expect(await functions(group.editor)).toEqual(['PREVENTION_ADVISER']);
    const outsider = await GroupWorld.beside(world);
    expect(await functions(outsider.editor)).toEqual([]);
    expect(await functions(outsider.staff)).toEqual([]);
  });

  test('and headroom to the law’s limit is its members’ and staff’s', async () => {
    const group = await GroupWorld.beside(world);
    await group.newWorker({ employed_until: '2026-01-01' });
    const question = `query ($id: ID!) { node(id: $id) { ... on EmployerGroupService { now: headroom { workers limit headroom } before: headroom(on: "2025-06-01") { workers headroom } } } }`;
    const seen = async (viewer: GroupWorld['staff']) =>
      (await group.ask(question, { id: group.service.id }, viewer)).data.node;
    const own = { now: { workers: 1, limit: 50, headroom: 49 }, before: { workers: 2, headroom: 48 } };
    expect(await seen(group.staff)).toEqual(own);
    expect(await seen(group.editor)).toEqual(own);
    expect(await seen((await GroupWorld.beside(world)).editor)).toEqual({ now: null, before: null });
  });

  test('stands beside what is asked for, of functions that enough members ask for', async () => {
    const group = await GroupWorld.beside(world);
    const members = [group.member, ...(await Promise.all([1, 2, 3].map(() => group.newMember())))];
    for (const [at, partner] of members.entries()) {
      const need = {
        partner: partner.id,
        service: group.service.id,
        jobFunction: 'DPO',
        weeklyHours: '2',
        startsOn: '2026-09-07',
      };
      await save(group.hub, 'requestPlacement', need);
      if (at === 0) await save(group.hub, 'requestPlacement', { ...need, jobFunction: 'LAWYER' });
    }
    const question = `query ($id: ID!) { node(id: $id) { ... on EmployerGroupService { openDemand { jobFunction members weeklyHours } } } }`;
    const seen = async (viewer: GroupWorld['staff']) =>
      (await group.ask(question, { id: group.service.id }, viewer)).data.node.openDemand;
    const dpo = { jobFunction: 'DPO', members: 4, weeklyHours: '8' };
    expect(await seen(group.staff)).toEqual([dpo, { jobFunction: 'LAWYER', members: 1, weeklyHours: '2' }]);
    expect(await seen(group.editor)).toEqual([dpo]);
    expect(await seen((await GroupWorld.beside(world)).editor)).toEqual([]);
  });
});

describe('A quote', () => {
  const QUOTE = `query ($service: ID!, $hours: Decimal!) { placementQuote(service: $service, jobFunction: DPO, weeklyHours: $hours, startsOn: "2025-01-01") {
    reason perHour perMonth perYear perYearWithVat tolerance } }`;
  const ask = (group: GroupWorld, viewer: GroupWorld['staff'], hours = '8') =>
    group.ask(QUOTE, { service: group.service.id, hours }, viewer);

  /** Four workers of a function, three of them placed for most of their week, and what they and the group cost in 2025. */
  async function planned(): Promise<{ group: GroupWorld; workers: Named[] }> {
    const group = await GroupWorld.beside(world);
    const workers: Named[] = [];
    for (let n = 0; n < 4; n += 1) {
      const worker = await group.newWorker({ job_function: 'DPO' });
      workers.push(worker);
      const components = [{ kind: 'GROSS_PAY', amount: `${62000 + 700 * n}` }];
      await group.as(group.staff, 'saveCostSheet', {
        service: group.service.id,
        worker: worker.id,
        year: 2025,
        components,
      });
      const member = n === 0 ? group.member : await group.newMember();
      await group.newPlacement({ worker, member, hours: 26, starts_on: '2024-12-30' });
      await ruleFor(group, member);
    }
    const components = [{ kind: 'MANAGEMENT', amount: '30000' }];
    await group.as(group.staff, 'saveCostSheet', { service: group.service.id, year: 2025, components });
    return { group, workers };
  }
  const ruleFor = (group: GroupWorld, member: Named) =>
    save(group.hub, 'saveBillingRule', {
      partner: member.id,
      service: group.service.id,
      mode: 'PRO_RATA',
      sharingKey: 'PLACED_HOURS',
      vatTreatment: 'EXEMPT_INDEPENDENT_GROUP',
      validFrom: '2025-01-01',
    });

  test('comes within its tolerance of what the year’s invoices come to', async () => {
    const { group, workers } = await planned();
    const { data } = await ask(group, group.staff);
    const { perYear, tolerance } = data.placementQuote;
    const newcomer = await group.newMember('2024-12-01');
    await group.newPlacement({
      worker: workers[2] as Named,
      member: newcomer,
      hours: 8,
      starts_on: '2024-12-30',
    });
    await ruleFor(group, newcomer);
    expect(
      (await group.as(group.staff, 'runInvoices', { service: group.service.id, year: 2025 })).userErrors,
    ).toEqual([]);
    const [row] = await group.hub.sql<{ net: string }>(
      'select sum(net_amount)::text as net from invoice where partner_id = $1',
      [keyOf(newcomer)],
    );
    const off = Math.abs(Number(row?.net) / Number(perYear) - 1);
    expect(off).toBeGreaterThan(0);
    expect(Number(tolerance)).toBeLessThanOrEqual(0.2);
    expect(off).toBeLessThan(Number(tolerance));
  });

  test('goes to members and to who could become one, of functions of enough workers, and gives a reason else', async () => {
    const { group } = await planned();
    const own = (await ask(group, group.staff)).data.placementQuote;
    expect(own.reason).toBeNull();
    expect(Number(own.perYearWithVat)).toBeCloseTo(Number(own.perYear) * 1.21, 1);
    const stranger = (await GroupWorld.beside(world)).editor;
    // In coarser steps, which tell nothing of one worker.
    expect((await ask(group, stranger)).data.placementQuote).toEqual({ ...own, tolerance: '0.5' });
    await group.hub.sql(
      `delete from cost_component where sheet_id in (select id from cost_sheet where worker_id = (select max(worker_id::text)::uuid from cost_sheet where service_id = $1))`,
      [keyOf(group.service)],
    );
    expect((await ask(group, stranger)).data.placementQuote.reason).toBe('TOO_FEW_WORKERS');
    expect((await ask(group, group.staff)).data.placementQuote.reason).toBeNull();
    const nobody = holder(Role.SUPPLIER, group.service);
    expect((await ask(group, nobody)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await ask(group, group.staff, '7.1')).errors?.[0]?.extensions?.code).toBe('INVALID_HOURS');
  });

  test('and the critical size: what covers the fixed cost at a price', async () => {
    const { group } = await planned();
    const size = async (more: string, viewer = group.staff) =>
      (
        await group.ask(
          `query ($service: ID!) { criticalSize(service: $service, year: 2025${more}) { reason fixedCost costPerHour pricePerHour hours fullTimeEquivalents members } }`,
          { service: group.service.id },
          viewer,
        )
      ).data.criticalSize;
    const now = await size('');
    expect(now).toMatchObject({ reason: null, fixedCost: '30000', members: 4 });
    const dear = await size(`, pricePerHour: "${Number(now.costPerHour) + 100}"`);
    expect(dear.hours).toBe('300');
    expect((await size(', pricePerHour: "1"')).reason).toBe('PRICE_TOO_LOW');
    expect(await size('', group.editor)).toEqual(now);
  });
});
