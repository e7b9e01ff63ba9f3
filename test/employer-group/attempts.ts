import { type MutationName, newPartner, save, send, unknownId } from '../partners/records.ts';
import type { TestHub } from '../support/hub.ts';

/** Ids of what an employer group and a member of it have. */
export interface Grouped {
  partner: string;
  service: string;
  group: string;
  worker: string;
}

let attempts = 0;
/** The placement of the last attempt. */
let last: string | undefined;
function next(): number {
  attempts += 1;
  return attempts;
}
const reference = (): string => `A-${next()}`;
/** A day that no attempt has had, after all that is invoiced. */
const laterDay = (): string => new Date(Date.UTC(2030, 0, next())).toISOString().slice(0, 10);
/** A day of the past that no attempt has had. */
const earlierDay = (): string => new Date(Date.UTC(2015, 0, next())).toISOString().slice(0, 10);
/** A month that no attempt has had; each has its invoice. */
let months = 0;
function nextMonth(): string {
  months += 1;
  return new Date(Date.UTC(2020, months, 1)).toISOString().slice(0, 10);
}

const contract = (service: string): object => ({
  service,
  reference: reference(),
  jobFunction: 'DPO',
  contractHours: '38',
  employedFrom: '2020-01-01',
  employedUntil: '2020-01-02',
});

/** An employer group with a worker who is placed with a member that pays a flat rate since 2020. */
export async function makeGrouped(hub: TestHub, service: string, partner: string): Promise<Grouped> {
  const operator = await newPartner(hub);
  const group = await save(hub, 'createEmployerGroup', {
    service,
    partner: operator.id,
    legalForm: 'NON_PROFIT_ASSOCIATION',
    jointCommittee: '329.02',
    authorisedFrom: '2013-01-01',
  });
  const worker = await save(hub, 'engageWorker', { ...contract(service), employedUntil: null });
  const placement = await save(hub, 'proposePlacement', {
    partner,
    worker: worker.id,
    weeklyHours: '2',
    startsOn: '2020-01-06',
  });
  await save(hub, 'agreeToPlacement', { placement: placement.id });
  await save(hub, 'saveBillingRule', {
    partner,
    service,
    mode: 'FLAT_RATE',
    flatAmount: '100',
    vatTreatment: 'STANDARD_RATE',
    validFrom: '2020-01-01',
  });
  for (const year of [2020, 2021, 2022, 2023, 2024, 2025]) {
    const components = [{ kind: 'GROSS_PAY', amount: '5000' }];
    await save(hub, 'saveCostSheet', { service, worker: worker.id, year, components });
  }
  return { partner, service, group: group.id, worker: worker.id };
}

/** Mutations of the employer group's room. */
export type GroupMutation = Extract<
  MutationName,
  | 'createEmployerGroup'
  | 'updateEmployerGroup'
  | 'engageWorker'
  | 'endContract'
  | 'saveLegalParameter'
  | 'requestPlacement'
  | 'withdrawPlacementRequest'
  | 'proposePlacement'
  | 'agreeToPlacement'
  | 'declinePlacement'
  | 'cancelPlacement'
  | 'endPlacement'
  | 'recordLabourDispute'
  | 'endLabourDispute'
  | 'saveTimesheets'
  | 'submitTimesheets'
  | 'approveTimesheets'
  | 'returnTimesheets'
  | 'saveCostSheet'
  | 'saveBillingRule'
  | 'endBillingRule'
  | 'recordProvision'
  | 'runInvoices'
  | 'creditInvoice'
  | 'recordGroupDebt'
>;

/** For each mutation, an input that its owner succeeds with; each time a new one. `spareService` gives a service without a group. */
export function groupInputsOf(
  hub: TestHub,
  spareService: () => Promise<string>,
): Record<GroupMutation, (of: Grouped) => Promise<object>> {
  const newWorker = async ({ service }: Grouped): Promise<string> =>
    (await save(hub, 'engageWorker', { ...contract(service), employedUntil: null })).id;
  /** A worker who is placed, and no longer counts in the law's limit afterwards. */
  const proposal = async (of: Grouped): Promise<object> => ({
    partner: of.partner,
    worker: of.worker,
    weeklyHours: '0.25',
    startsOn: '2020-01-06',
    endsOn: '2020-01-13',
  });
  const proposed = async (of: Grouped): Promise<string> => {
    const { id } = await save(hub, 'proposePlacement', {
      ...(await proposal(of)),
      startsOn: laterDay(),
      endsOn: null,
    });
    return id;
  };
  /** Each attempt takes the hours of the one before back. */
  const placement = async (of: Grouped): Promise<string> => {
    if (last) await send(hub, 'cancelPlacement', { placement: last });
    last = await proposed(of);
    return last;
  };
  const worked = async (of: Grouped): Promise<{ placement: string; week: string; hours: string }> => {
    const { data } = await hub.write(
      `query ($partner: ID!, $worker: ID!) { placements(filter: { partner: $partner, worker: $worker, states: [AGREED], on: "2020-02-03" }) { nodes { id } } }`,
      { partner: of.partner, worker: of.worker },
    );
    const week = new Date(Date.UTC(2020, 1, 3 + 7 * next())).toISOString().slice(0, 10);
    return { placement: data.placements.nodes[0].id, week, hours: '1' };
  };
  const sheet = async (of: Grouped): Promise<string> => {
    const { results } = await send(hub, 'saveTimesheets', { timesheets: [await worked(of)] });
    return results[0].timesheet;
  };
  const submitted = async (of: Grouped): Promise<string> => {
    const id = await sheet(of);
    await save(hub, 'submitTimesheets', { timesheets: [id] });
    return id;
  };
  const rule = ({ partner, service }: Grouped): object => ({
    partner,
    service,
    mode: 'FLAT_RATE',
    flatAmount: '100',
    vatTreatment: 'STANDARD_RATE',
    validFrom: laterDay(),
  });
  const request = ({ partner, service }: Grouped): object => ({
    partner,
    service,
    jobFunction: 'LAWYER',
    weeklyHours: '1',
    startsOn: '2026-09-07',
  });
  return {
    createEmployerGroup: async (of) => ({
      service: await spareService(),
      partner: of.partner,
      legalForm: 'NON_PROFIT_ASSOCIATION',
      jointCommittee: '330',
      authorisedFrom: '2020-01-01',
    }),
    updateEmployerGroup: async ({ group }) => ({ id: group, jointCommittee: '329.02' }),
    engageWorker: async ({ service }) => contract(service),
    endContract: async (of) => ({ worker: await newWorker(of), employedUntil: '2020-02-01' }),
    saveLegalParameter: async () => ({
      kind: 'MAX_HOURS_WORKED',
      value: '50',
      validFrom: laterDay(),
      source: 'Made up for a test',
    }),
    requestPlacement: async (of) => request(of),
    withdrawPlacementRequest: async (of) => ({ id: (await save(hub, 'requestPlacement', request(of))).id }),
    proposePlacement: proposal,
    agreeToPlacement: async (of) => ({ placement: await placement(of) }),
    declinePlacement: async (of) => ({ placement: await placement(of) }),
    cancelPlacement: async (of) => ({ placement: await placement(of) }),
    endPlacement: async (of) => ({ placement: await placement(of), endsOn: '2050-01-01' }),
    recordLabourDispute: async ({ partner, service }) => {
      const startedOn = earlierDay();
      return { partner, service, startedOn, endedOn: dayAfter(startedOn) };
    },
    endLabourDispute: async ({ partner, service }) => {
      const startedOn = earlierDay();
      const ended = { partner, service, startedOn, endedOn: dayAfter(startedOn) };
      return { id: (await save(hub, 'recordLabourDispute', ended)).id, endedOn: dayAfter(startedOn) };
    },
    saveTimesheets: async (of) => ({ timesheets: [await worked(of)] }),
    submitTimesheets: async (of) => ({ timesheets: [await sheet(of)] }),
    approveTimesheets: async (of) => ({ timesheets: [await submitted(of)] }),
    returnTimesheets: async (of) => ({ timesheets: [await submitted(of)] }),
    saveCostSheet: async ({ service, worker }) => ({
      service,
      worker,
      year: 2024,
      components: [{ kind: 'OTHER', amount: `${next()}` }],
    }),
    saveBillingRule: async (of) => rule(of),
    endBillingRule: async (of) => {
      const { id, validFrom } = await save(hub, 'saveBillingRule', rule(of));
      return { id, validUntil: dayAfter(validFrom) };
    },
    recordProvision: async ({ service }) => ({
      service,
      year: 2024,
      kind: 'ADDITION',
      liability: 'OTHER',
      amount: '1',
      approvedOn: '2024-06-01',
    }),
    runInvoices: async ({ service }) => ({ service, month: nextMonth() }),
    creditInvoice: async (of) => {
      const run = await save(hub, 'runInvoices', { service: of.service, month: nextMonth() });
      return { invoice: run.invoices.nodes[0].id };
    },
    recordGroupDebt: async ({ service }) => ({ service, asOf: earlierDay(), taxDebt: '1', socialDebt: '2' }),
  };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** Of each mutation another body. */
export const OTHER_GROUP: Record<GroupMutation, object> = {
  createEmployerGroup: { jointCommittee: '331' },
  updateEmployerGroup: { jointCommittee: '331' },
  engageWorker: { contractHours: '19' },
  endContract: { employedUntil: '2020-03-01' },
  saveLegalParameter: { value: '48' },
  requestPlacement: { weeklyHours: '2' },
  withdrawPlacementRequest: { id: unknownId('placement_request') },
  proposePlacement: { weeklyHours: '0.5' },
  agreeToPlacement: { placement: unknownId('placement') },
  declinePlacement: { placement: unknownId('placement') },
  cancelPlacement: { placement: unknownId('placement') },
  endPlacement: { endsOn: '2050-01-02' },
  recordLabourDispute: { endedOn: null },
  endLabourDispute: { endedOn: '2026-06-01' },
  saveTimesheets: { timesheets: [{ placement: unknownId('placement'), week: '2020-02-03', hours: '1' }] },
  submitTimesheets: { timesheets: [unknownId('timesheet')] },
  approveTimesheets: { timesheets: [unknownId('timesheet')] },
  returnTimesheets: { timesheets: [unknownId('timesheet')] },
  saveCostSheet: { year: 2023 },
  saveBillingRule: { flatAmount: '200' },
  endBillingRule: { validUntil: '2060-01-01' },
  recordProvision: { amount: '2' },
  runInvoices: { month: '2019-01-01' },
  creditInvoice: { invoice: unknownId('invoice') },
  recordGroupDebt: { taxDebt: '5' },
};

/** Records of an employer group, by object type. */
export async function makeGroupRecords(hub: TestHub, grouped: Grouped): Promise<Record<string, string>> {
  const { partner, group, worker } = grouped;
  const inputs = groupInputsOf(hub, async () => unknownId('service'));
  const request = await save(hub, 'requestPlacement', await inputs.requestPlacement(grouped));
  const { timesheets } = (await inputs.submitTimesheets(grouped)) as { timesheets: string[] };
  const dispute = await save(hub, 'recordLabourDispute', await inputs.recordLabourDispute(grouped));
  const sheet = await save(hub, 'saveCostSheet', await inputs.saveCostSheet(grouped));
  const provision = await save(hub, 'recordProvision', await inputs.recordProvision(grouped));
  const run = await save(hub, 'runInvoices', await inputs.runInvoices(grouped));
  const debt = await save(hub, 'recordGroupDebt', {
    ...(await inputs.recordGroupDebt(grouped)),
    asOf: '2026-06-01',
  });
  const { data } = await hub.write(
    `query ($partner: ID!) { node(id: $partner) { ... on Partner { placements { nodes { id } } liabilityShares { id } } }
      billingRules(filter: { partner: $partner }) { nodes { id } } }`,
    { partner },
  );
  return {
    EmployerGroup: group,
    SharedWorker: worker,
    PlacementRequest: request.id,
    Placement: data.node.placements.nodes.at(-1).id,
    Timesheet: timesheets[0] as string,
    LabourDispute: dispute.id,
    CostSheet: sheet.id,
    BillingRule: data.billingRules.nodes[0].id,
    ProvisionEntry: provision.id,
    InvoiceRun: run.id,
    Invoice: run.invoices.nodes[0].id,
    GroupDebt: debt.id,
    LiabilityShare: data.node.liabilityShares[0].id,
  };
}
