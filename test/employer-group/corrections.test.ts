import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { keyOf, refused, save } from '../partners/records.ts';
import { GroupWorld, holder } from './world.ts';

let world: GroupWorld;
beforeAll(async () => {
  world = await GroupWorld.open();
});
afterAll(() => world.close());

interface Named {
  id: string;
}

/** A group of its own with what it costs in 2025, and rules of its members. */
async function group2025(costs: readonly [Named | null, string, string?][] = []): Promise<GroupWorld> {
  const group = await GroupWorld.beside(world);
  for (const [worker, pay, subsidy] of costs.length > 0 ? costs : ([[group.worker, '36500']] as const)) {
    await costs2025(group, worker, pay, subsidy);
  }
  return group;
}

async function costs2025(group: GroupWorld, worker: Named | null, pay: string, subsidy?: string) {
  const components = [
    { kind: 'GROSS_PAY', amount: pay },
    ...(subsidy ? [{ kind: 'SUBSIDY', amount: subsidy }] : []),
  ];
  const input = { service: group.service.id, worker: worker?.id ?? null, year: 2025, components };
  return group.as(group.staff, 'saveCostSheet', input);
}

async function pays(group: GroupWorld, member: Named, more: object) {
  const { userErrors, billingRule } = await group.as(group.staff, 'saveBillingRule', {
    partner: member.id,
    service: group.service.id,
    mode: 'TIME_AND_MATERIALS',
    vatTreatment: 'EXEMPT_INDEPENDENT_GROUP',
    validFrom: '2025-01-01',
    ...more,
  });
  expect(userErrors).toEqual([]);
  return billingRule;
}

interface Invoice {
  id: string;
  netAmount: string;
  vatAmount: string;
  vatTreatment: string;
  partner: Named;
}

async function invoicesOf(group: GroupWorld, of: object): Promise<Invoice[]> {
  const { invoiceRun, userErrors } = await group.as(group.staff, 'runInvoices', {
    service: group.service.id,
    ...of,
  });
  expect(userErrors).toEqual([]);
  const { data } = await group.ask(
    `query ($id: ID!) { node(id: $id) { ... on InvoiceRun { invoices(first: 50) { nodes { id netAmount vatAmount vatTreatment partner { id } } } } } }`,
    { id: invoiceRun.id },
  );
  return data.node.invoices.nodes;
}

const totalOf = (invoices: readonly Invoice[], member?: Named): number =>
  Math.round(
    100 *
      invoices
        .filter(({ partner }) => !member || partner.id === member.id)
        .reduce((sum, { netAmount }) => sum + Number(netAmount), 0),
  ) / 100;

/** Hours that count for the hub: by its metric, reversals included. */
async function hoursCounted(member: Named): Promise<number> {
  const [row] = await world.hub.sql<{ hours: string }>(
    `select coalesce(sum(quantity), 0)::text as hours from usage_entry where partner_id = $1 and metric_key = 'EMPLOYER_GROUP_HOURS_PLACED'`,
    [keyOf(member)],
  );
  return Number(row?.hours);
}

describe('Hours', () => {
  test('of the week in which a placement ends are paid by its member', async () => {
    const group = await group2025();
    const other = await group.newMember();
    // Until Friday 31 January: the Sunday of that week lies in February.
    const leaving = await group.newPlacement({ starts_on: '2025-01-06', ends_on: '2025-02-01' });
    const staying = await group.newPlacement({ member: other, starts_on: '2025-01-06' });
    await group.newTimesheet({ placement: leaving, week: '2025-01-27', hours: 18 });
    await group.newTimesheet({ placement: staying, member: other, week: '2025-01-20', hours: 2 });
    await pays(group, group.member, {});
    await pays(group, other, {});
    const january = await invoicesOf(group, { month: '2025-01-01' });
    expect([totalOf(january, group.member), totalOf(january, other)]).toEqual([2790, 310]);
  });

  test('that are approved are given back by their member until they are invoiced, and count no longer', async () => {
    const group = await GroupWorld.beside(world);
    const placement = await group.newPlacement();
    const sheet = { placement: placement.id, week: '2026-05-04' };
    const step = async (viewer: GroupWorld['staff'], mutation: Parameters<GroupWorld['as']>[1], id: string) =>
      (await group.as(viewer, mutation, { timesheets: [id] })).userErrors;
    const write = async (hours: string) =>
      (await group.as(group.staff, 'saveTimesheets', { timesheets: [{ ...sheet, hours }] })).results[0];
    const { timesheet } = await write('19');
    await step(group.staff, 'submitTimesheets', timesheet);
    expect((await write('18')).error).toMatchObject({
      code: 'WRONG_STATE',
      field: 'timesheets.0.week',
      message: expect.stringContaining('returnTimesheets'),
    });
    await step(group.editor, 'approveTimesheets', timesheet);
    expect(await hoursCounted(group.member)).toBe(19);
    expect(await step(group.editor, 'returnTimesheets', timesheet)).toEqual([]);
    expect(await hoursCounted(group.member)).toBe(0);
    expect((await write('12.5')).status).toBe('ACCEPTED');
    await step(group.staff, 'submitTimesheets', timesheet);
    await step(group.editor, 'approveTimesheets', timesheet);
    expect(await hoursCounted(group.member)).toBe(12.5);
  });

  test('are not worked on the days of a dispute that a schedule has, whichever is written first', async () => {
    const group = await GroupWorld.beside(world);
    const placement = await group.newPlacement();
    const dispute = (startedOn: string, endedOn: string) => ({
      partner: group.member.id,
      service: group.service.id,
      startedOn,
      endedOn,
    });
    const write = async (week: string) => {
      const rows = [{ placement: placement.id, week, hours: '8' }];
      return (await group.as(group.staff, 'saveTimesheets', { timesheets: rows })).results[0];
    };
    // Monday to Saturday, and the schedule has no Sunday.
    await save(world.hub, 'recordLabourDispute', dispute('2026-03-02', '2026-03-08'));
    expect((await write('2026-03-02')).error).toMatchObject({
      code: 'LABOUR_DISPUTE',
      field: 'timesheets.0.week',
    });
    expect((await write('2026-04-06')).status).toBe('ACCEPTED');
    expect(
      await refused(world.hub, 'recordLabourDispute', dispute('2026-04-06', '2026-04-11')),
    ).toMatchObject({
      code: 'HOURS_WORKED',
      field: 'startedOn',
    });
    await save(world.hub, 'recordLabourDispute', dispute('2026-04-06', '2026-04-10'));
  });

  test('of one person under two contracts never pass what may be worked in a week', async () => {
    const group = await GroupWorld.beside(world);
    const contract = { reference: 'W-77', contract_hours: 38 };
    const first = await group.newWorker({ ...contract, employed_until: '2026-03-05' });
    const second = await group.newWorker({ ...contract, employed_from: '2026-03-05' });
    const earlier = await group.newPlacement({ worker: first, ends_on: '2026-03-05' });
    const later = await group.newPlacement({ worker: second, starts_on: '2026-03-05' });
    const rows = [earlier, later].map(({ id }) => ({ placement: id, week: '2026-03-02', hours: '30' }));
    const { results } = await group.as(group.staff, 'saveTimesheets', { timesheets: rows });
    expect(results[0].status).toBe('ACCEPTED');
    expect(results[1].error).toMatchObject({
      code: 'WEEK_TOO_LONG',
      message: expect.stringContaining('In the week of 2026-03-02: 60 of 50 hours.'),
    });
  });
});

describe('A credit note', () => {
  test('opens hours and rules of its invoice again, and the settlement invoices what was right', async () => {
    const group = await group2025();
    const other = await group.newMember();
    const placement = await group.newPlacement({ starts_on: '2025-01-06' });
    const second = await group.newPlacement({ member: other, starts_on: '2025-01-06' });
    const wrong = await group.newTimesheet({ placement, week: '2025-01-13', hours: 30 });
    await group.newTimesheet({ placement: second, member: other, week: '2025-01-13', hours: 10 });
    const rule = await pays(group, group.member, { validUntil: null });
    await pays(group, other, {});
    const january = await invoicesOf(group, { month: '2025-01-01' });
    expect(totalOf(january, group.member)).toBe(2325);
    const endsEarlier = { id: rule.id, validUntil: '2025-01-20' };
    expect((await refused(world.hub, 'endBillingRule', endsEarlier)).code).toBe('PERIOD_INVOICED');
    const own = january.find(({ partner }) => partner.id === group.member.id) as Invoice;
    await group.as(group.staff, 'creditInvoice', { invoice: own.id });
    expect((await group.as(group.editor, 'returnTimesheets', { timesheets: [wrong.id] })).userErrors).toEqual(
      [],
    );
    const rows = [{ placement: placement.id, week: '2025-01-13', hours: '10' }];
    expect((await group.as(group.staff, 'saveTimesheets', { timesheets: rows })).results[0].status).toBe(
      'ACCEPTED',
    );
    await group.as(group.staff, 'submitTimesheets', { timesheets: [wrong.id] });
    await group.as(group.editor, 'approveTimesheets', { timesheets: [wrong.id] });
    await save(world.hub, 'endBillingRule', endsEarlier);
    await pays(group, group.member, { validFrom: '2025-01-20' });
    const settled = await invoicesOf(group, { year: 2025 });
    expect([totalOf(settled, group.member), totalOf([...january, ...settled], other)]).toEqual([
      18250, 18250,
    ]);
  });
});

describe('A year is settled', () => {
  test('by the VAT treatment of its months, so that no VAT is kept of what is given back', async () => {
    const group = await group2025([]);
    await group.newPlacement({ hours: 38, starts_on: '2024-12-30' });
    const flat = { mode: 'FLAT_RATE', flatAmount: '4000' };
    await pays(group, group.member, { ...flat, vatTreatment: 'STANDARD_RATE', validUntil: '2025-12-01' });
    await pays(group, group.member, { ...flat, validFrom: '2025-12-01' });
    for (const month of ['2025-11-01', '2025-12-01']) await invoicesOf(group, { month });
    const settled = await invoicesOf(group, { year: 2025 });
    // 334 days of 365 at the standard rate, of which 4,000 was invoiced.
    expect(
      settled.map(({ netAmount, vatAmount, vatTreatment }) => [vatTreatment, netAmount, vatAmount]).sort(),
    ).toEqual([
      ['EXEMPT_INDEPENDENT_GROUP', '-900', '0'],
      ['STANDARD_RATE', '29400', '6174'],
    ]);
  });

  test('at a cost of nothing by giving back what was invoiced', async () => {
    const group = await GroupWorld.beside(world);
    await group.newPlacement({ hours: 38, starts_on: '2024-12-30' });
    await costs2025(group, group.worker, '40000', '40000');
    await pays(group, group.member, { mode: 'FLAT_RATE', flatAmount: '1500' });
    await invoicesOf(group, { month: '2025-03-01' });
    expect(totalOf(await invoicesOf(group, { year: 2025 }))).toBe(-1500);
  });

  test('by the people whom a member had when its rule was made', async () => {
    const group = await group2025();
    const other = await group.newMember();
    for (const member of [group.member, other]) {
      await world.hub.sql('update partner set headcount = 10 where id = $1', [keyOf(member)]);
      await group.newPlacement({ member, starts_on: '2024-12-30' });
      await pays(group, member, { mode: 'PRO_RATA', sharingKey: 'HEADCOUNT' });
    }
    await world.hub.sql('update partner set headcount = 0 where id = $1', [keyOf(other)]);
    const settled = await invoicesOf(group, { year: 2025 });
    expect([totalOf(settled, group.member), totalOf(settled, other)]).toEqual([18250, 18250]);
  });

  test('and nobody is placed in it afterwards, nor taken out of it', async () => {
    const group = await group2025();
    const { id } = await group.newPlacement({ starts_on: '2024-12-30' });
    await pays(group, group.member, {});
    await invoicesOf(group, { year: 2025 });
    const proposal = {
      partner: group.member.id,
      worker: group.worker.id,
      weeklyHours: '4',
      startsOn: '2025-06-02',
    };
    expect(await refused(world.hub, 'proposePlacement', proposal)).toEqual({
      code: 'YEAR_SETTLED',
      field: 'startsOn',
    });
    expect((await refused(world.hub, 'endPlacement', { placement: id, endsOn: '2025-06-02' })).code).toBe(
      'YEAR_SETTLED',
    );
    expect(await refused(world.hub, 'cancelPlacement', { placement: id })).toEqual({
      code: 'YEAR_SETTLED',
      field: 'placement',
    });
    await save(world.hub, 'endPlacement', { placement: id, endsOn: '2026-06-01' });
  });

  test('neither with nobody, nor at less than nothing', async () => {
    const group = await GroupWorld.beside(world);
    const service = group.service.id;
    for (const period of [{ month: '2025-03-01' }, { year: 2025 }]) {
      expect((await refused(world.hub, 'runInvoices', { service, ...period })).code).toBe(
        'NOBODY_TO_INVOICE',
      );
    }
    expect((await costs2025(group, group.worker, '40000', '40000.01')).userErrors[0]).toMatchObject({
      code: 'COST_BELOW_ZERO',
      field: 'components',
    });
  });
});

describe('The preview', () => {
  test('names placements whose hours are missing, and the run that a month has', async () => {
    const group = await group2025();
    const placement = await group.newPlacement({ starts_on: '2025-01-06', ends_on: '2025-01-18' });
    await group.newTimesheet({ placement, week: '2025-01-06', hours: 19 });
    await pays(group, group.member, {});
    const question = `query ($service: ID!) { invoicePreview(service: $service, month: "2025-01-01") { withoutHours run { id } } }`;
    const preview = async () =>
      (await group.ask(question, { service: group.service.id }, group.staff)).data.invoicePreview;
    expect(await preview()).toEqual({ withoutHours: [placement.id], run: null });
    await group.newTimesheet({ placement, week: '2025-01-13', hours: 0 });
    await invoicesOf(group, { month: '2025-01-01' });
    expect(await preview()).toEqual({
      withoutHours: [],
      run: { id: expect.stringMatching(/^invoice_run_/) },
    });
  });
});

describe('A placement', () => {
  test('ends earlier and never later, and with its contract', async () => {
    const group = await GroupWorld.beside(world);
    const { id } = await group.newPlacement({ ends_on: '2026-12-01' });
    expect(await refused(world.hub, 'endPlacement', { placement: id, endsOn: '2027-01-01' })).toEqual({
      code: 'PLACEMENT_LENGTHENED',
      field: 'endsOn',
    });
    const open = await group.newPlacement();
    await save(world.hub, 'endContract', { worker: group.worker.id, employedUntil: '2027-03-01' });
    const ends = await world.hub.sql(
      'select ends_on::text from placement where id = any($1) order by ends_on',
      [[keyOf({ id }), keyOf(open)]],
    );
    expect(ends).toEqual([{ ends_on: '2026-12-01' }, { ends_on: '2027-03-01' }]);
    expect(
      await refused(world.hub, 'endContract', { worker: group.worker.id, employedUntil: '2026-11-01' }),
    ).toEqual({
      code: 'PLACED_AFTER_END',
      field: 'employedUntil',
    });
    const proposal = {
      partner: group.member.id,
      worker: group.worker.id,
      weeklyHours: '1',
      startsOn: '2027-01-04',
    };
    expect((await save(world.hub, 'proposePlacement', { ...proposal, weeklyHours: '19' })).id).toBeDefined();
    expect((await refused(world.hub, 'proposePlacement', proposal)).code).toBe('CONTRACT_HOURS_EXCEEDED');
    const { userErrors } = await group.as(group.staff, 'proposePlacement', proposal);
    expect(userErrors[0].message).toContain('In the week of 2027-01-04: 39 of 38 hours.');
  });

  test('holds no longer than the authorisation, which does not end under it', async () => {
    const group = await GroupWorld.beside(world);
    await group.newPlacement({ ends_on: '2026-10-01' });
    const [{ id } = { id: '' }] = await world.hub.sql<Named>(
      'select id from employer_group where service_id = $1',
      [keyOf(group.service)],
    );
    const until = (authorisedUntil: string) => ({ id: `employer_group_${id}`, authorisedUntil });
    expect(await refused(world.hub, 'updateEmployerGroup', until('2026-09-01'))).toEqual({
      code: 'PLACED_AFTER_END',
      field: 'authorisedUntil',
    });
    await save(world.hub, 'updateEmployerGroup', until('2026-10-01'));
    const proposal = {
      partner: group.member.id,
      worker: group.worker.id,
      weeklyHours: '1',
      startsOn: '2026-07-06',
    };
    expect((await refused(world.hub, 'proposePlacement', proposal)).code).toBe('GROUP_NOT_AUTHORISED');
    await save(world.hub, 'proposePlacement', { ...proposal, endsOn: '2026-10-01' });
  });

  test('answers a request once, though two are proposed at the same moment', async () => {
    const group = await GroupWorld.beside(world);
    const asked = await save(world.hub, 'requestPlacement', {
      partner: group.member.id,
      service: group.service.id,
      jobFunction: 'ACCOUNTANT',
      weeklyHours: '8',
      startsOn: '2026-09-07',
    });
    const proposal = {
      partner: group.member.id,
      worker: group.worker.id,
      request: asked.id,
      weeklyHours: '4',
      startsOn: '2026-09-07',
    };
    const answers = await Promise.all([1, 2].map(() => group.as(group.staff, 'proposePlacement', proposal)));
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual(
      ['REQUEST_ANSWERED'],
    );
    expect(
      await refused(world.hub, 'requestPlacement', {
        partner: group.member.id,
        service: group.service.id,
        jobFunction: 'DPO',
        weeklyHours: '8',
        startsOn: '2026-06-14',
      }),
    ).toEqual({ code: 'INVALID_PERIOD', field: 'startsOn' });
  });

  test('is shown without its worker and its calendar to a federation that sees it by an agreement', async () => {
    const group = await GroupWorld.beside(world);
    const placement = await group.newPlacement();
    const federation = await save(world.hub, 'createFederation', {
      slug: 'seers-by-agreement',
      name: { fr: 'Seers' },
    });
    await world.hub.sql(
      `insert into membership (partner_id, id, federation_id, valid_from) values ($1, gen_random_uuid(), $2, '2020-01-01')`,
      [keyOf(group.member), keyOf(federation)],
    );
    await save(world.hub, 'grantDataSharing', {
      partner: group.member.id,
      federation: federation.id,
      purpose: 'Advice to the members',
      rooms: ['EMPLOYER_GROUP'],
      validUntil: '2027-01-01',
    });
    const question = `query ($service: ID!) { placements(first: 9, filter: { service: $service }) { nodes { id worker { reference } calendarUrl } } }`;
    const seen = async (viewer: GroupWorld['staff']) => {
      const { data } = await group.ask(question, { service: group.service.id }, viewer);
      return data.placements.nodes;
    };
    expect(await seen(holder(Role.FEDERATION_ANALYST, federation))).toEqual([
      { id: placement.id, worker: null, calendarUrl: null },
    ]);
    expect(await seen(group.editor)).toEqual([
      { id: placement.id, worker: { reference: 'W-1' }, calendarUrl: expect.stringMatching(/\.ics$/) },
    ]);
  });
});

describe('Estimates', () => {
  test('say nothing of one worker, however they are asked', async () => {
    const group = await GroupWorld.beside(world);
    const stranger = holder(Role.PARTNER_EDITOR, (await GroupWorld.beside(world)).member);
    const question = `query ($service: ID!, $hours: Decimal!) { placementQuote(service: $service, jobFunction: DPO, weeklyHours: $hours, startsOn: "2025-01-06") { perYear tolerance reason } }`;
    const quote = async (hours: string) =>
      (await group.ask(question, { service: group.service.id, hours }, stranger)).data.placementQuote;
    const contract = { job_function: 'DPO', contract_hours: 38 };
    // One person with four contracts is one person.
    const years = ['2020', '2021', '2022', '2023', '2026'];
    for (const [at, year] of years.slice(0, 4).entries()) {
      const worker = await group.newWorker({
        ...contract,
        reference: 'W-77',
        employed_from: `${year}-01-01`,
        employed_until: `${years[at + 1]}-01-01`,
      });
      await costs2025(group, worker, '60000');
    }
    expect(await quote('9.5')).toMatchObject({ perYear: null, reason: 'TOO_FEW_WORKERS' });
    for (const [at, pay] of ['62000', '62000', '62000', '54321.09'].entries()) {
      const worker = await group.newWorker(contract);
      await group.newPlacement({ worker, hours: at < 3 ? 38 : 19, starts_on: '2024-12-30' });
      await costs2025(group, worker, pay);
    }
    const [small, large] = [await quote('9.5'), await quote('19')];
    // What all of the function cost, for all hours that they are placed and those asked for.
    const cost = 4 * 60_000 + 3 * 62_000 + 54_321.09;
    expect(Number(small.perYear) / ((cost * 9.5) / (133 + 9.5))).toBeCloseTo(1, 3);
    expect(Number(large.perYear) / ((cost * 19) / (133 + 19))).toBeCloseTo(1, 3);
    expect([small.tolerance, large.tolerance].every((one) => Number.isInteger(one * 4) || one === 0.1)).toBe(
      true,
    );
  });
});
