import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { count, keyOf, refused } from '../partners/records.ts';
import { GroupWorld, holder } from './world.ts';

let world: GroupWorld;
beforeAll(async () => {
  world = await GroupWorld.open();
});
afterAll(() => world.close());

const cents = (amount: string): number => Math.round(Number(amount) * 100);
const sum = (amounts: readonly string[]): number => amounts.reduce((total, one) => total + cents(one), 0);

interface Line {
  kind: string;
  jobFunction: string | null;
  hours: string | null;
  amount: string;
}
interface TestInvoice {
  id: string;
  number: string;
  kind: string;
  isProvisional: boolean;
  netAmount: string;
  vatRate: string;
  vatAmount: string;
  totalAmount: string;
  vatGround: string;
  partner: { id: string };
  lines: Line[];
}

/** A group of its own, with a worker for two members by time and materials, one for a flat rate, one pro rata; and what they cost in 2025. */
async function groupOf2025(): Promise<{ group: GroupWorld; members: { id: string }[] }> {
  const group = await GroupWorld.beside(world);
  const members = [group.member, ...(await Promise.all([1, 2, 3, 4].map(() => group.newMember())))];
  const [a, b, flat, other, large] = members as [
    { id: string },
    { id: string },
    { id: string },
    { id: string },
    { id: string },
  ];
  const energy = await group.newWorker({ job_function: 'ENERGY_ADVISER' });
  const dpo = await group.newWorker({ job_function: 'DPO', contract_hours: 19 });
  const start = '2024-12-30';
  const ofA = await group.newPlacement({ member: a, hours: 20, starts_on: start });
  const ofB = await group.newPlacement({ member: b, hours: 10, starts_on: start });
  await group.newPlacement({ member: flat, worker: energy, hours: 38, starts_on: start });
  await group.newPlacement({ member: other, worker: dpo, hours: 6, starts_on: start });
  await group.newPlacement({ member: large, worker: dpo, hours: 6, starts_on: '2025-07-01' });
  await group.newTimesheet({ placement: ofA, member: a, week: '2025-01-13', hours: 30 });
  await group.newTimesheet({ placement: ofB, member: b, week: '2025-01-13', hours: 10 });
  const rule = async (partner: { id: string }, more: object) => {
    const input = {
      partner: partner.id,
      service: group.service.id,
      vatTreatment: 'EXEMPT_INDEPENDENT_GROUP',
      validFrom: '2025-01-01',
      ...more,
    };
    expect((await group.as(group.staff, 'saveBillingRule', input)).userErrors).toEqual([]);
  };
  await rule(a, { mode: 'TIME_AND_MATERIALS' });
  await rule(b, { mode: 'TIME_AND_MATERIALS', vatTreatment: 'STANDARD_RATE' });
  await rule(flat, { mode: 'FLAT_RATE', flatAmount: '3000' });
  await rule(other, { mode: 'PRO_RATA', sharingKey: 'WEIGHT', weight: '1' });
  await rule(large, { mode: 'PRO_RATA', sharingKey: 'WEIGHT', weight: '2.5', rhythm: 'YEARLY' });
  const cost = async (worker: { id: string } | null, amount: string) => {
    const components = [
      { kind: 'GROSS_PAY', amount },
      { kind: 'SUBSIDY', amount: '1000.01' },
    ];
    const input = { service: group.service.id, worker: worker?.id ?? null, year: 2025, components };
    expect((await group.as(group.staff, 'saveCostSheet', input)).userErrors).toEqual([]);
  };
  await cost(group.worker, '61000.02');
  await cost(energy, '58777.77');
  await cost(dpo, '33333.33');
  await cost(null, '20000.04');
  return { group, members };
}

const run = async (group: GroupWorld, of: object) => {
  const { invoiceRun, userErrors } = await group.as(group.staff, 'runInvoices', {
    service: group.service.id,
    ...of,
  });
  expect(userErrors).toEqual([]);
  return invoiceRun as {
    id: string;
    netAmount: string;
    staffCost: string;
    fixedCost: string;
    provision: string;
    invoices: { nodes: TestInvoice[] };
  };
};
const MONTHS = Array.from({ length: 12 }, (_, at) => `2025-${String(at + 1).padStart(2, '0')}-01`);

/** How a run is stopped: on a server its session is ended under it. */
const STOP = process.env.HUB_TEST_DATABASE_URL
  ? 'perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1)'
  : `raise exception 'stopped' using errcode = '57P01'`;

describe('A month', () => {
  test('is invoiced at cost by each member’s rule, with VAT and its ground, and the preview says so before', async () => {
    const { group, members } = await groupOf2025();
    const [a, b, flat] = members as [{ id: string }, { id: string }, { id: string }];
    const { data, errors } = await group.ask(
      `query ($service: ID!) { invoicePreview(service: $service, month: "2025-01-01") { kind staffCost fixedCost netAmount count withoutRule
        invoices { partner { id } isProvisional netAmount vatAmount lines { position kind jobFunction hours amount } } } }`,
      { service: group.service.id },
      group.staff,
    );
    expect(errors).toBeUndefined();
    const done = await run(group, { month: '2025-01-01' });
    const invoices = done.invoices.nodes;
    const shown = data.invoicePreview;
    expect(shown).toMatchObject({
      count: 4,
      withoutRule: [],
      netAmount: done.netAmount,
      staffCost: done.staffCost,
    });
    const kept = invoices.map(({ partner, isProvisional, netAmount, vatAmount, lines }) => ({
      partner,
      isProvisional,
      netAmount,
      vatAmount,
      lines,
    }));
    expect(shown.invoices).toEqual(expect.arrayContaining(kept));
    expect(invoices.map(({ number }) => number).sort()).toEqual([
      '2026-0001',
      '2026-0002',
      '2026-0003',
      '2026-0004',
    ]);

    const of = (partner: { id: string }) =>
      invoices.find((one) => one.partner.id === partner.id) as TestInvoice;
    // Thirty hours and ten of one worker, whose January costs 31 of 365 days.
    expect(cents(of(a).lines[0]?.amount as string) / cents(of(b).lines[0]?.amount as string)).toBeCloseTo(
      3,
      3,
    );
    expect(of(a).lines.map(({ kind, jobFunction, hours }) => [kind, jobFunction, hours])).toEqual([
      ['STAFF_COST', 'ACCOUNTANT', '30'],
      ['FIXED_COST', null, null],
    ]);
    expect(sum([of(a).lines[0]?.amount as string, of(b).lines[0]?.amount as string])).toBe(
      Math.round((6_000_001 * 31) / 365),
    );
    expect(of(flat)).toMatchObject({
      isProvisional: true,
      netAmount: '3000',
      lines: [{ kind: 'FLAT_RATE', amount: '3000' }],
    });
    expect(of(b)).toMatchObject({ vatRate: '21' });
    expect(cents(of(b).vatAmount)).toBe(Math.round(cents(of(b).netAmount) * 0.21));
    expect(of(b).vatGround).toMatch(/20 juillet 1970/);
    expect(of(a)).toMatchObject({ vatRate: '0', vatAmount: '0' });
    expect(of(a).vatGround).toMatch(/article 44, § 2bis/);
  });

  test('is run once, however often and by however many it is asked for', async () => {
    const { group } = await groupOf2025();
    const input = { service: group.service.id, month: '2025-02-01' };
    const answers = await Promise.all([1, 2, 3].map(() => group.as(group.staff, 'runInvoices', input)));
    expect(new Set(answers.map(({ invoiceRun }) => invoiceRun.id)).size).toBe(1);
    expect(await count(world.hub, 'invoice', 'service_id = $1', [keyOf(group.service)])).toBe(4);
    expect((await run(group, { month: '2025-02-01' })).id).toBe(answers[0].invoiceRun.id);
  });

  test('that is stopped half-way leaves nothing, and the next attempt writes each invoice once', async () => {
    const { group } = await groupOf2025();
    const question = `query ($service: ID!) { invoicePreview(service: $service, month: "2025-03-01") { netAmount count } }`;
    const before = (await group.ask(question, { service: group.service.id }, group.staff)).data
      .invoicePreview;
    await world.hub.sql(`create function stop_here() returns trigger language plpgsql security definer as $$ begin
      if (select count(*) from invoice where run_id = new.run_id) >= 2 then ${STOP}; end if; return new; end $$`);
    await world.hub.sql(
      'create trigger stop_here after insert on invoice for each row execute function stop_here()',
    );
    const input = { service: group.service.id, month: '2025-03-01' };
    const stopped = await group.as(group.staff, 'runInvoices', input).catch(() => ({ refused: 'LOST' }));
    expect(stopped.refused).toBeDefined();
    await world.hub.sql('drop trigger stop_here on invoice');
    await world.hub.sql('drop function stop_here()');
    const left = ['invoice', 'invoice_run'].map((table) =>
      count(world.hub, table, 'service_id = $1', [keyOf(group.service)]),
    );
    expect(await Promise.all(left)).toEqual([0, 0]);
    const done = await run(group, { month: '2025-03-01' });
    expect(done.netAmount).toBe(before.netAmount);
    expect(done.invoices.nodes).toHaveLength(before.count);
    expect(done.invoices.nodes.map(({ number }) => number).sort()[0]).toBe('2026-0001');
  });

  test('waits for its end, for every member’s rule, and names those who have none', async () => {
    const group = await GroupWorld.beside(world);
    await group.newPlacement({ starts_on: '2026-01-05' });
    const input = { service: group.service.id, month: '2026-06-01' };
    expect(await refused(world.hub, 'runInvoices', input)).toEqual({
      code: 'PERIOD_NOT_OVER',
      field: 'month',
    });
    const uncosted = await group.as(group.staff, 'runInvoices', { ...input, month: '2026-05-01' });
    expect(uncosted.userErrors[0].code).toBe('COST_SHEET_MISSING');
    expect(uncosted.userErrors[0].message).toContain(group.worker.id);
    await group.as(group.staff, 'saveCostSheet', {
      service: group.service.id,
      worker: group.worker.id,
      year: 2026,
      components: [{ kind: 'GROSS_PAY', amount: '50000' }],
    });
    const { userErrors } = await group.as(group.staff, 'runInvoices', { ...input, month: '2026-05-01' });
    expect(userErrors[0].code).toBe('BILLING_RULE_MISSING');
    expect(userErrors[0].message).toContain(group.member.id);
    for (const wrong of [
      { month: '2026-05-02' },
      { month: '0050-01-01' },
      {},
      { month: '2026-05-01', year: 2025 },
      { year: 1999 },
    ]) {
      expect((await refused(world.hub, 'runInvoices', { service: group.service.id, ...wrong })).code).toBe(
        'INVALID_PERIOD',
      );
    }
  });
});

describe('A year', () => {
  test('comes to its cost and the provision to the cent, whatever was invoiced before', async () => {
    const { group, members } = await groupOf2025();
    const provision = (kind: string, amount: string) =>
      group.as(group.staff, 'recordProvision', {
        service: group.service.id,
        year: 2025,
        kind,
        liability: 'SEVERANCE',
        amount,
        approvedOn: '2025-12-01',
      });
    expect((await provision('ADDITION', '5000.05')).userErrors).toEqual([]);
    expect((await provision('USE', '1200.01')).userErrors).toEqual([]);
    expect((await provision('USE', '9999')).userErrors[0].code).toBe('PROVISION_EXCEEDED');
    const runs = [];
    for (const month of MONTHS.slice(0, 11)) runs.push(await run(group, { month }));
    const credited = runs[4]?.invoices.nodes[0] as TestInvoice;
    const { invoice: credit } = await group.as(group.staff, 'creditInvoice', { invoice: credited.id });
    expect(credit).toMatchObject({ kind: 'CREDIT_NOTE', credits: { id: credited.id } });
    expect(sum([credit.totalAmount, credited.totalAmount])).toBe(0);
    // Hours that a member approved late enter the settlement.
    const [placement] = await world.hub.sql<{ id: string }>(
      `select id from placement where partner_id = $1 limit 1`,
      [keyOf(members[1] as { id: string })],
    );
    await group.newTimesheet({
      placement: { id: `placement_${placement?.id}` },
      member: members[1] as { id: string },
      week: '2025-03-10',
      hours: 38,
    });
    const settled = await run(group, { year: 2025 });
    const cost = 6_000_001 + 5_777_776 + 3_233_332 + 1_900_003;
    expect(sum([settled.staffCost, settled.fixedCost])).toBe(cost);
    expect(settled.provision).toBe('3800.04');
    const [all] = await world.hub.sql<{ net: string }>(
      'select sum(net_amount)::text as net from invoice where service_id = $1',
      [keyOf(group.service)],
    );
    expect(cents(all?.net as string)).toBe(cost + 380_004);
    expect(
      settled.invoices.nodes.every(({ kind, isProvisional }) => kind === 'SETTLEMENT' && !isProvisional),
    ).toBe(true);
    // The one who is invoiced by the year pays all of it now.
    const yearly = settled.invoices.nodes.find(({ partner }) => partner.id === members[4]?.id) as TestInvoice;
    expect(yearly.lines.map(({ kind }) => kind)).toEqual(['STAFF_COST', 'FIXED_COST', 'PROVISION']);
    expect(
      await count(world.hub, 'timesheet', `service_id = $1 and state <> 'INVOICED'`, [keyOf(group.service)]),
    ).toBe(0);
  });

  test('that is settled stands: its costs, hours, provisions and invoices do not change', async () => {
    const { group, members } = await groupOf2025();
    const january = await run(group, { month: '2025-01-01' });
    await run(group, { year: 2025 });
    const service = group.service.id;
    const attempts: [Parameters<GroupWorld['as']>[1], object][] = [
      ['saveCostSheet', { service, year: 2025, components: [{ kind: 'OTHER', amount: '1' }] }],
      [
        'recordProvision',
        { service, year: 2025, kind: 'ADDITION', liability: 'OTHER', amount: '1', approvedOn: '2026-01-01' },
      ],
      ['creditInvoice', { invoice: january.invoices.nodes[0]?.id }],
      ['runInvoices', { service, month: '2025-02-01' }],
    ];
    for (const [mutation, input] of attempts)
      expect([mutation, (await refused(world.hub, mutation, input)).code]).toEqual([
        mutation,
        'YEAR_SETTLED',
      ]);
    const codeOf = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'saved',
        ({ code }) => code,
      );
    const [a] = members as [{ id: string }];
    expect(
      await codeOf(world.hub.sql(`update timesheet set hours = 1 where partner_id = $1`, [keyOf(a)])),
    ).toBe('MH113');
    expect(
      await codeOf(world.hub.sql(`update invoice set net_amount = 1 where partner_id = $1`, [keyOf(a)])),
    ).toBe('MH119');
    expect(await codeOf(world.hub.sql(`delete from invoice_line where partner_id = $1`, [keyOf(a)]))).toBe(
      'MH119',
    );
    const late = {
      service,
      partner: a.id,
      mode: 'FLAT_RATE',
      flatAmount: '1',
      vatTreatment: 'STANDARD_RATE',
      validFrom: '2025-06-01',
    };
    expect((await refused(world.hub, 'saveBillingRule', late)).code).toBe('PERIOD_INVOICED');
  });

  test('has nobody to settle with where nobody was placed', async () => {
    const group = await GroupWorld.beside(world);
    await group.as(group.staff, 'saveCostSheet', {
      service: group.service.id,
      year: 2025,
      components: [{ kind: 'PREMISES', amount: '1' }],
    });
    expect(await refused(world.hub, 'runInvoices', { service: group.service.id, year: 2025 })).toEqual({
      code: 'NOBODY_TO_INVOICE',
      field: 'year',
    });
  });
});

describe('Debts', () => {
  test('are borne among the members by what they were invoiced, and towards creditors by each as a whole', async () => {
    const { group, members } = await groupOf2025();
    const idle = await group.newMember();
    await run(group, { month: '2025-01-01' });
    const { debt } = await group.as(group.staff, 'recordGroupDebt', {
      service: group.service.id,
      asOf: '2026-06-01',
      taxDebt: '1000',
      socialDebt: '2333.33',
    });
    expect(debt).toMatchObject({ taxDebt: '1000', socialDebt: '2333.33' });
    const { debt: now } = await group.as(group.staff, 'recordGroupDebt', {
      service: group.service.id,
      asOf: '2026-06-15',
      taxDebt: '1000',
      socialDebt: '2333.33',
    });
    const shares = async (partner: { id: string }, viewer = group.staff) => {
      const question = `query ($id: ID!) { node(id: $id) { ... on Partner { liabilityShares { amount debt { id taxDebt socialDebt } } } } }`;
      return (await group.ask(question, { id: partner.id }, viewer)).data.node.liabilityShares;
    };
    const amounts = [];
    for (const member of [...members, idle]) {
      const own = (await shares(member)).filter((one: { debt: { id: string } }) => one.debt.id === now.id);
      expect(own).toHaveLength(1);
      amounts.push(own[0].amount);
    }
    expect(sum(amounts)).toBe(333_333);
    // Invoiced on the fifteenth of June alone: on the first day nothing was, and all bear the same.
    expect(amounts.at(-1)).toBe('0');
    const first = (await shares(idle)).filter((one: { debt: { id: string } }) => one.debt.id === debt.id);
    expect(cents(first[0].amount)).toBeGreaterThanOrEqual(Math.floor(333_333 / 6));
    expect(
      await refused(world.hub, 'recordGroupDebt', {
        service: group.service.id,
        asOf: '2026-06-01',
        taxDebt: '1',
        socialDebt: '1',
      }),
    ).toEqual({ code: 'DEBT_RECORDED', field: 'asOf' });
  });
});

describe('Accounts are seen', () => {
  test('costs by the staff alone, invoices by their member, provisions and debts by every member', async () => {
    const { group, members } = await groupOf2025();
    const [a, b] = members as [{ id: string }, { id: string }];
    await run(group, { month: '2025-01-01' });
    await group.as(group.staff, 'recordProvision', {
      service: group.service.id,
      year: 2025,
      kind: 'ADDITION',
      liability: 'OTHER',
      amount: '10',
      approvedOn: '2025-12-01',
    });
    const question = `query ($service: ID!) { costSheets(filter: { service: $service }) { totalCount } billingRules(filter: { service: $service }) { nodes { partner { id } } }
      invoices(filter: { service: $service }) { nodes { partner { id } lines { amount } } }
      node(id: $service) { ... on EmployerGroupService { provisionBalance provisions { amount } invoiceRuns { id } } } }`;
    const seen = async (viewer: GroupWorld['staff']) => {
      const { data, errors } = await group.ask(question, { service: group.service.id }, viewer);
      expect(errors).toBeUndefined();
      return {
        costs: data.costSheets.totalCount,
        rules: data.billingRules.nodes.map(({ partner }: { partner: { id: string } }) => partner.id),
        invoices: data.invoices.nodes.map(({ partner }: { partner: { id: string } }) => partner.id),
        balance: data.node.provisionBalance,
        runs: data.node.invoiceRuns.length,
      };
    };
    expect(await seen(group.staff)).toMatchObject({ costs: 4, balance: '10', runs: 1 });
    expect(await seen(holder(Role.PARTNER_READER, a))).toEqual({
      costs: 0,
      rules: [a.id],
      invoices: [a.id],
      balance: '10',
      runs: 0,
    });
    expect(await seen(holder(Role.PARTNER_EDITOR, b))).toMatchObject({ rules: [b.id], invoices: [b.id] });
    const outsider = await GroupWorld.beside(world);
    expect(await seen(outsider.editor)).toEqual({
      costs: 0,
      rules: [],
      invoices: [],
      balance: null,
      runs: 0,
    });
    expect(await seen(outsider.staff)).toEqual({ costs: 0, rules: [], invoices: [], balance: null, runs: 0 });
  });

  test('and written by the staff of their group alone', async () => {
    const { group, members } = await groupOf2025();
    const outsider = await GroupWorld.beside(world);
    const done = await run(group, { month: '2025-01-01' });
    const inputs: [Parameters<GroupWorld['as']>[1], object][] = [
      ['runInvoices', { service: group.service.id, month: '2025-02-01' }],
      [
        'saveCostSheet',
        { service: group.service.id, year: 2025, components: [{ kind: 'OTHER', amount: '1' }] },
      ],
      [
        'saveBillingRule',
        {
          service: group.service.id,
          partner: members[0]?.id,
          mode: 'TIME_AND_MATERIALS',
          vatTreatment: 'STANDARD_RATE',
          validFrom: '2026-01-01',
        },
      ],
      [
        'recordProvision',
        {
          service: group.service.id,
          year: 2025,
          kind: 'ADDITION',
          liability: 'OTHER',
          amount: '1',
          approvedOn: '2026-01-01',
        },
      ],
      ['recordGroupDebt', { service: group.service.id, asOf: '2026-06-01', taxDebt: '1', socialDebt: '1' }],
    ];
    for (const [mutation, input] of inputs) {
      expect([mutation, await outsider.as(outsider.staff, mutation, input)]).toEqual([
        mutation,
        { refused: 'FORBIDDEN' },
      ]);
      expect([mutation, await group.as(group.editor, mutation, input)]).toEqual([
        mutation,
        { refused: 'FORBIDDEN' },
      ]);
    }
    const credit = { invoice: done.invoices.nodes[0]?.id };
    expect((await outsider.as(outsider.staff, 'creditInvoice', credit)).userErrors[0].code).toBe('NOT_FOUND');
    const preview = `query ($service: ID!) { invoicePreview(service: $service, year: 2025) { count } }`;
    for (const viewer of [outsider.staff, group.editor]) {
      const { errors } = await group.ask(preview, { service: group.service.id }, viewer);
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });
});
