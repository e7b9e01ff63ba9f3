import { type Asked, type CheckedField, column, kind, type Read, type Room, same } from '../asked.ts';
import type { Row, Table } from '../database.ts';
import { byDay, connection, connectionTypes, type OrderKey, sorted } from '../pages.ts';
import {
  checkPeriod,
  type DateRange,
  decimalOf,
  globalId,
  isIn,
  isWithin,
  keyOf,
  mustExist,
  periodOf,
  reference,
} from '../values.ts';
import { partnerOf } from './partners.ts';

const service = reference('shared_service', 'service_id');
const worker = reference('shared_worker', 'worker_id');
const municipality = reference('territory', 'municipality_id');

const decimals = (names: Readonly<Record<string, string>>): Record<string, Read> =>
  Object.fromEntries(Object.entries(names).map(([field, name]): [string, Read] => [field, decimalOf(name)]));
const columns = (names: Readonly<Record<string, string>>): Record<string, Read> =>
  Object.fromEntries(Object.entries(names).map(([field, name]) => [field, column(name)]));

/** What a filter of this room may name. */
interface Filter {
  partner?: string | null;
  service?: string | null;
  worker?: string | null;
  states?: string[] | null;
  functions?: string[] | null;
  kinds?: string[] | null;
  year?: number | null;
  on?: string | null;
  issuedFrom?: string | null;
  issuedTo?: string | null;
  weeks?: DateRange | null;
}

const NAMED: readonly [
  field: 'partner' | 'service' | 'worker',
  prefix: string,
  table: Table,
  column: string,
][] = [
  ['partner', 'partner', 'partner', 'partner_id'],
  ['service', 'service', 'shared_service', 'service_id'],
  ['worker', 'shared_worker', 'shared_worker', 'worker_id'],
];

/** A connection over a table whose filter names records, days, and values of columns. */
function filtered(
  name: string,
  table: Table,
  order: OrderKey[],
  days: readonly [from: string, until: string] | undefined,
): CheckedField {
  return connection<{ filter?: Filter | null }>({
    question: ({ filter }) => [name, filter],
    order,
    check: ({ filter }) => {
      checkPeriod(filter?.weeks, 'filter.weeks');
      for (const [field, prefix] of NAMED)
        if (filter?.[field]) keyOf(prefix, filter[field] as string, `filter.${field}`);
    },
    rows: (_, { filter }, asked) => rowsOf(asked, table, filter ?? {}, days),
  });
}

function rowsOf(
  asked: Asked,
  table: Table,
  filter: Filter,
  days: readonly [from: string, until: string] | undefined,
): readonly Row[] {
  const keys = NAMED.flatMap(([field, prefix, of, name]) => {
    const id = filter[field];
    if (!id) return [];
    const key = keyOf(prefix, id, `filter.${field}`);
    mustExist(asked, of, [key], `filter.${field}`);
    return [[name, key] as const];
  });
  const { on, year, issuedFrom, issuedTo, weeks } = filter;
  return asked.db
    .all(table)
    .filter(
      (row) =>
        keys.every(([name, key]) => row[name] === key) &&
        isIn(filter.states, row.state) &&
        isIn(filter.functions, row.job_function) &&
        isIn(filter.kinds, row.kind) &&
        (!year || row.year === year) &&
        (!on || !days || isWithin(on, row[days[0]], row[days[1]])) &&
        (!issuedFrom || (row.issued_on as string) >= issuedFrom) &&
        (!issuedTo || (row.issued_on as string) < issuedTo) &&
        (!weeks?.from || (row.week as string) >= weeks.from) &&
        (!weeks?.to || (row.week as string) < weeks.to),
    );
}

/** Rows of a parent, as a page. */
const pageOf = (name: string, table: Table, by: string, order: OrderKey[]): CheckedField =>
  connection({
    question: () => [name],
    order,
    rows: ({ id }: Row, _: unknown, { db }: Asked) => db.where(table, by, id),
  });

const byYear: OrderKey[] = [
  { of: (row: Row) => row.year as never, type: 'int', descending: true },
  { of: (row: Row) => row.id as string, type: 'uuid' },
];
const byReference: OrderKey[] = [
  { of: (row: Row) => row.reference as string, type: 'text' },
  { of: (row: Row) => row.id as string, type: 'uuid' },
];
const ruleOrder: OrderKey[] = [
  { of: (row: Row) => row.valid_from as string, type: 'date', descending: true },
  { of: (row: Row) => row.id as string, type: 'uuid' },
];
const latestId: OrderKey[] = [{ of: (row: Row) => row.id as string, type: 'uuid', descending: true }];

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const GROUNDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  EXEMPT_INDEPENDENT_GROUP: {
    FR: 'Exempté de la TVA: article 44, § 2bis, du Code de la TVA (groupement autonome de personnes).',
    NL: 'Vrijgesteld van btw: artikel 44, § 2bis, van het Btw-Wetboek (zelfstandige groepering van personen).',
    DE: 'Von der MwSt. befreit: Artikel 44 § 2bis des MwSt.-Gesetzbuches (selbständiger Personenzusammenschluss).',
    EN: 'Exempt from VAT: VAT Code, article 44, § 2bis (independent group of persons).',
  },
  STANDARD_RATE: {
    FR: 'TVA au taux normal: arrêté royal n° 20 du 20 juillet 1970, article 1er.',
    NL: 'Btw tegen het normale tarief: koninklijk besluit nr. 20 van 20 juli 1970, artikel 1.',
    DE: 'MwSt. zum Normalsatz: Königlicher Erlass Nr. 20 vom 20. Juli 1970, Artikel 1.',
    EN: 'VAT at the standard rate: Royal Decree no. 20 of 20 July 1970, article 1.',
  },
};

const cents = (amount: unknown): bigint => {
  const text = String(amount);
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'));
  return text.startsWith('-') ? -size : size;
};
const amountOf = (sum: bigint): string => {
  const digits = (sum < 0n ? -sum : sum).toString().padStart(3, '0');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
};

/** Employer groups: contracts, placements, timesheets, costs and invoices. */
export const employerGroupRoom: Room = {
  nodes: {
    employer_group: kind('employer_group', 'EmployerGroup'),
    shared_worker: kind('shared_worker', 'SharedWorker'),
    placement: kind('placement', 'Placement'),
    placement_request: kind('placement_request', 'PlacementRequest'),
    labour_dispute: kind('labour_dispute', 'LabourDispute'),
    timesheet: kind('timesheet', 'Timesheet'),
    cost_sheet: kind('cost_sheet', 'CostSheet'),
    provision_entry: kind('provision_entry', 'ProvisionEntry'),
    billing_rule: kind('billing_rule', 'BillingRule'),
    invoice_run: kind('invoice_run', 'InvoiceRun'),
    invoice: kind('invoice', 'Invoice'),
    group_debt: kind('group_debt', 'GroupDebt'),
    liability_share: kind('liability_share', 'LiabilityShare'),
  },
  fields: {
    Query: {
      legalParameters: (_, { on }: { on?: string | null }, { db }) =>
        sorted(
          db.all('legal_parameter').filter((row) => !on || isWithin(on, row.valid_from, row.valid_until)),
          [
            { of: (row) => row.kind as string, type: 'text' },
            { of: (row) => row.valid_from as string, type: 'date' },
          ],
        ),
      sharedWorkers: filtered('sharedWorkers', 'shared_worker', byReference, [
        'employed_from',
        'employed_until',
      ]),
      placements: filtered('placements', 'placement', byDay('starts_on', true), ['starts_on', 'ends_on']),
      placementRequests: filtered(
        'placementRequests',
        'placement_request',
        byDay('requested_on', true),
        undefined,
      ),
      labourDisputes: filtered('labourDisputes', 'labour_dispute', byDay('started_on', true), [
        'started_on',
        'ended_on',
      ]),
      timesheets: filtered('timesheets', 'timesheet', byDay('week', true), undefined),
      costSheets: filtered('costSheets', 'cost_sheet', byYear, undefined),
      billingRules: filtered('billingRules', 'billing_rule', ruleOrder, ['valid_from', 'valid_until']),
      invoices: filtered('invoices', 'invoice', byDay('issued_on', true), undefined),
    },
    Partner: {
      placements: pageOf('Partner.placements', 'placement', 'partner_id', byDay('starts_on', true)),
      placementRequests: pageOf(
        'Partner.placementRequests',
        'placement_request',
        'partner_id',
        byDay('requested_on', true),
      ),
      invoices: pageOf('Partner.invoices', 'invoice', 'partner_id', byDay('issued_on', true)),
      liabilityShares: ({ id }, _, { db }) =>
        sorted(db.where('liability_share', 'partner_id', id), latestId).slice(0, 100),
    },
    EmployerGroupService: {
      employerGroup: ({ id }, _, { db }) => db.one('employer_group', 'service_id', id) ?? null,
      provisions: ({ id }, _, { db }) =>
        sorted(db.where('provision_entry', 'service_id', id), byDay('approved_on', true)).slice(0, 200),
      provisionBalance: ({ id }, _, { db }) => {
        const entries = db.where('provision_entry', 'service_id', id);
        if (entries.length === 0) return null;
        return amountOf(
          entries.reduce(
            (sum, row) => sum + (row.kind === 'ADDITION' ? cents(row.amount) : -cents(row.amount)),
            0n,
          ),
        );
      },
      debts: ({ id }, _, { db }) =>
        sorted(db.where('group_debt', 'service_id', id), [
          { of: (row) => row.as_of as string, type: 'date', descending: true },
        ]).slice(0, 100),
      invoiceRuns: ({ id }, _, { db }) =>
        sorted(db.where('invoice_run', 'service_id', id), byDay('period_from', true)).slice(0, 100),
    },
    LegalParameter: {
      ...same('kind', 'source'),
      value: decimalOf('value'),
      ...columns({ validFrom: 'valid_from', validUntil: 'valid_until' }),
    },
    EmployerGroup: {
      id: globalId('employer_group'),
      ...same('provenance'),
      service,
      partner: partnerOf,
      ...columns({
        legalForm: 'legal_form',
        jointCommittee: 'joint_committee',
        authorisedFrom: 'authorised_from',
        authorisedUntil: 'authorised_until',
      }),
      fullTimeHours: decimalOf('full_time_hours'),
    },
    SharedWorker: {
      id: globalId('shared_worker'),
      ...same('reference', 'provenance'),
      service,
      ...columns({
        jobFunction: 'job_function',
        isDedicated: 'is_dedicated',
        employedFrom: 'employed_from',
        employedUntil: 'employed_until',
      }),
      contractHours: decimalOf('contract_hours'),
      fullTimeEquivalent: ({ service_id, contract_hours }, _, { db }) => {
        const group = db.one('employer_group', 'service_id', service_id) as Row;
        return String(Number((Number(contract_hours) / Number(group.full_time_hours)).toFixed(2)));
      },
      placements: pageOf('SharedWorker.placements', 'placement', 'worker_id', byDay('starts_on', true)),
    },
    PlacementRequest: {
      id: globalId('placement_request'),
      ...same('state', 'provenance'),
      partner: partnerOf,
      service,
      municipality,
      weeklyHours: decimalOf('weekly_hours'),
      ...columns({
        jobFunction: 'job_function',
        startsOn: 'starts_on',
        endsOn: 'ends_on',
        requestedOn: 'requested_on',
      }),
    },
    Placement: {
      id: globalId('placement'),
      ...same('state', 'provenance'),
      partner: partnerOf,
      service,
      worker,
      municipality,
      weeklyHours: decimalOf('weekly_hours'),
      ...columns({
        startsOn: 'starts_on',
        endsOn: 'ends_on',
        proposedOn: 'proposed_on',
        decidedOn: 'decided_on',
      }),
      schedule: ({ minutes_by_weekday }) =>
        (minutes_by_weekday as number[])
          .map((minutes, day) => ({ weekday: WEEKDAYS[day], minutes }))
          .filter(({ minutes }) => minutes > 0),
      shareOfContract: ({ weekly_hours, worker_id }, _, { db }) => {
        const { contract_hours } = db.one('shared_worker', 'id', worker_id) as Row;
        return String(Number((Number(weekly_hours) / Number(contract_hours)).toFixed(4)));
      },
      calendarUrl: ({ calendar_key }) => `/calendar/placements/${calendar_key}.ics`,
      timesheets: pageOf('Placement.timesheets', 'timesheet', 'placement_id', byDay('week', true)),
    },
    DayHours: {
      ...same('weekday'),
      hours: ({ minutes }) => String(Number(((minutes as number) / 60).toFixed(2))),
    },
    LabourDispute: {
      id: globalId('labour_dispute'),
      ...same('provenance'),
      partner: partnerOf,
      service,
      ...columns({ startedOn: 'started_on', endedOn: 'ended_on' }),
    },
    Timesheet: {
      id: globalId('timesheet'),
      ...same('week', 'state', 'provenance'),
      partner: partnerOf,
      service,
      placement: reference('placement', 'placement_id'),
      hours: decimalOf('hours'),
      ...columns({ submittedAt: 'submitted_at', approvedAt: 'approved_at' }),
    },
    CostSheet: {
      id: globalId('cost_sheet'),
      ...same('year', 'provenance'),
      service,
      worker,
      components: ({ id }, _, { db }) =>
        sorted(db.where('cost_component', 'sheet_id', id), [
          { of: (row) => row.kind as string, type: 'text' },
        ]),
      total: ({ id }, _, { db }) =>
        amountOf(
          db
            .where('cost_component', 'sheet_id', id)
            .reduce(
              (sum, row) => sum + (row.kind === 'SUBSIDY' ? -cents(row.amount) : cents(row.amount)),
              0n,
            ),
        ),
    },
    CostComponent: { ...same('kind'), amount: decimalOf('amount') },
    ProvisionEntry: {
      id: globalId('provision_entry'),
      ...same('year', 'kind', 'liability', 'provenance'),
      amount: decimalOf('amount'),
      approvedOn: column('approved_on'),
    },
    BillingRule: {
      id: globalId('billing_rule'),
      ...same('mode', 'rhythm', 'headcount', 'provenance'),
      partner: partnerOf,
      service,
      ...decimals({ flatAmount: 'flat_amount', weight: 'weight' }),
      ...columns({
        sharingKey: 'sharing_key',
        vatTreatment: 'vat_treatment',
        validFrom: 'valid_from',
        validUntil: 'valid_until',
      }),
    },
    InvoiceRun: {
      id: globalId('invoice_run'),
      ...same('kind', 'provenance'),
      service,
      period: periodOf('period_from', 'period_until'),
      ...decimals({
        staffCost: 'staff_cost',
        fixedCost: 'fixed_cost',
        provision: 'provision',
        netAmount: 'net_amount',
      }),
      issuedOn: column('issued_on'),
      invoices: pageOf('InvoiceRun.invoices', 'invoice', 'run_id', byDay('issued_on', true)),
    },
    Invoice: {
      id: globalId('invoice'),
      ...same('number', 'kind', 'provenance'),
      partner: partnerOf,
      service,
      period: periodOf('period_from', 'period_until'),
      credits: reference('invoice', 'credits_id'),
      creditedBy: ({ id }, _, { db }) => db.one('invoice', 'credits_id', id) ?? null,
      ...decimals({ netAmount: 'net_amount', vatRate: 'vat_rate', vatAmount: 'vat_amount' }),
      totalAmount: ({ net_amount, vat_amount }) => amountOf(cents(net_amount) + cents(vat_amount)),
      ...columns({ isProvisional: 'is_provisional', vatTreatment: 'vat_treatment', issuedOn: 'issued_on' }),
      vatGround: ({ vat_treatment }, { lang }: { lang?: string | null }, { language }) =>
        GROUNDS[vat_treatment as string]?.[lang ?? language],
      lines: ({ id }, _, { db }) =>
        sorted(db.where('invoice_line', 'invoice_id', id), [
          { of: (row) => row.position as never, type: 'int' },
        ]),
    },
    InvoiceLine: {
      ...same('position', 'kind'),
      jobFunction: column('job_function'),
      ...decimals({ hours: 'hours', amount: 'amount' }),
    },
    GroupDebt: {
      id: globalId('group_debt'),
      ...same('provenance'),
      service,
      asOf: column('as_of'),
      ...decimals({ taxDebt: 'tax_debt', socialDebt: 'social_debt' }),
    },
    LiabilityShare: {
      id: globalId('liability_share'),
      ...same('provenance'),
      partner: partnerOf,
      debt: reference('group_debt', 'debt_id'),
      amount: decimalOf('amount'),
    },
    ...connectionTypes('SharedWorker'),
    ...connectionTypes('Placement'),
    ...connectionTypes('PlacementRequest'),
    ...connectionTypes('LabourDispute'),
    ...connectionTypes('Timesheet'),
    ...connectionTypes('CostSheet'),
    ...connectionTypes('BillingRule'),
    ...connectionTypes('Invoice'),
  },
};
