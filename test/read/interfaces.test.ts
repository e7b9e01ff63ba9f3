import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLInterfaceType } from 'graphql';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { ask } from './records.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

/** For each kind of record, a question that gives the id of one. */
const SOME: Record<string, string> = {
  AdviceResource: 'adviceResources(first: 1) { nodes { id } }',
  ToolboxAccess: 'toolboxAccesses(first: 1) { nodes { id } }',
  ResourceDownload: 'adviceResources(first: 30) { nodes { downloads(first: 1) { nodes { id } } } }',
  RiskAnalysis: 'riskAnalyses(first: 1) { nodes { id } }',
  PreventionMeasure: 'preventionMeasures(first: 1) { nodes { id } }',
  TargetGroup: 'riskAnalyses(first: 30) { nodes { targetGroups { id } } }',
  AdviceRequest: 'adviceRequests(first: 1) { nodes { id } }',
  AdviserMandate: 'adviserMandates(first: 1) { nodes { id } }',
  AdviserBooking: 'adviserBookings(first: 1) { nodes { id } }',
  AdviceSession: 'adviceSessions(first: 1) { nodes { id } }',
  SessionRegistration: 'sessionRegistrations(first: 1) { nodes { id } }',
  Building: 'buildings(first: 1) { nodes { id } }',
  BuyerAccount: 'orders(first: 1) { nodes { partner { buyerAccounts { id } } } }',
  CascadeRank: 'catalogue(first: 4) { nodes { prices(on: "2025-01-06") { id } } }',
  CompetentAuthority: 'competentAuthorities { id }',
  DeliveryLine: 'orders(first: 8) { nodes { history { delivered { id } } } }',
  DiversityService: 'sharedService(reference: { slug: "diversity" }) { id }',
  EmployerGroupService: 'sharedService(reference: { slug: "employer-group" }) { id }',
  EnergyService: 'sharedService(reference: { slug: "energy-pack" }) { id }',
  EnergyFactor: 'energyFactors(first: 1) { nodes { id } }',
  EnergyMeasure: 'energyMeasures(first: 1) { nodes { id } }',
  EnergyVisit: 'energyVisits(first: 1) { nodes { id } }',
  Enrolment: 'enrolments(first: 1) { nodes { id } }',
  EnrolmentEvent: 'enrolments(first: 1) { nodes { history { id } } }',
  Federation: 'federations(first: 1) { nodes { id } }',
  FrameworkAgreement: 'frameworkAgreements(first: 1) { nodes { id } }',
  Funding: 'sharedServices { nodes { fundings { id } } }',
  Lot: 'frameworkAgreements(first: 1) { nodes { lots { id } } }',
  Membership: 'federations(first: 1) { nodes { members(first: 1) { nodes { memberships { id } } } } }',
  Meter: 'savingsResults(first: 1) { nodes { meter { id } } }',
  OrderEvent: 'orders(first: 1) { nodes { history { id } } }',
  OrderLine: 'orders(first: 1) { nodes { lines { id } } }',
  OtherService: 'sharedService(reference: { slug: "meeting-rooms" }) { id }',
  Partner: 'partners(first: 1) { nodes { id } }',
  Population: 'populations(first: 1) { nodes { id } }',
  PreventionService: 'sharedService(reference: { slug: "prevention" }) { id }',
  Product: 'catalogue(first: 1) { nodes { id } }',
  ProductAdvice: 'catalogue(first: 1) { nodes { advice { id } } }',
  ProductRemark: 'catalogue(first: 30) { nodes { remarks(first: 1) { nodes { id } } } }',
  Provider: 'providers { id }',
  PublishedFigure: 'publishedFigures(first: 1) { nodes { id } }',
  PurchaseOrder: 'orders(first: 1) { nodes { id } }',
  PurchasingService: 'sharedService(reference: { slug: "purchasing" }) { id }',
  Recognition: 'partners(filter: { authorities: ["COCOF"] }, first: 1) { nodes { recognitions { id } } }',
  SavingsResult: 'savingsResults(first: 1) { nodes { id } }',
  Sector: 'sectors { id }',
  Site: 'partners(first: 1) { nodes { sites { id } } }',
  Supplier: 'orders(first: 4) { nodes { supplier { id } } }',
  Territory: 'territories(level: REGION) { id }',
  UsageEntry: 'usageEntries(first: 1) { nodes { id } }',
  WeatherStation: 'weatherStations { id }',
  BillingRule: 'billingRules(first: 1) { nodes { id } }',
  CostSheet: 'costSheets(first: 1) { nodes { id } }',
  EmployerGroup:
    'sharedService(reference: { slug: "employer-group" }) { ... on EmployerGroupService { employerGroup { id } } }',
  GroupDebt:
    'sharedService(reference: { slug: "employer-group" }) { ... on EmployerGroupService { debts { id } } }',
  Invoice: 'invoices(first: 1) { nodes { id } }',
  InvoiceRun:
    'sharedService(reference: { slug: "employer-group" }) { ... on EmployerGroupService { invoiceRuns { id } } }',
  LabourDispute: 'labourDisputes(first: 1) { nodes { id } }',
  LiabilityShare: 'invoices(first: 1) { nodes { partner { liabilityShares { id } } } }',
  Placement: 'placements(first: 1) { nodes { id } }',
  PlacementRequest: 'placementRequests(first: 1) { nodes { id } }',
  ProvisionEntry:
    'sharedService(reference: { slug: "employer-group" }) { ... on EmployerGroupService { provisions { id } } }',
  SharedWorker: 'sharedWorkers(first: 1) { nodes { id } }',
  Timesheet: 'timesheets(first: 1) { nodes { id } }',
};

/** Kinds of which the public sees none; the tests of access read them. */
const NOT_PUBLIC = [
  'AccessToken',
  'Account',
  'AuditEntry',
  'Client',
  'DataSharingAgreement',
  'ReplacedReading',
  'RoleGrant',
];

/** The first id in an answer. */
function idIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const member of Object.values(value)) {
    const id = idIn(member);
    if (id) return id;
  }
  return undefined;
}

async function someIds(): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [type, question] of Object.entries(SOME)) {
    const id = idIn(await ask(hub, `{ ${question} }`));
    if (!id) throw new Error(`The demonstration has no ${type}`);
    ids.set(type, id);
  }
  return ids;
}

describe('node and nodes', () => {
  test('every record of every kind can be read again by its id, in one statement', async () => {
    const node = hub.schema.getType('Node') as GraphQLInterfaceType;
    const kinds = hub.schema.getPossibleTypes(node).map(({ name }) => name);
    expect([...Object.keys(SOME), ...NOT_PUBLIC].sort()).toEqual([...kinds].sort());
    const ids = await someIds();
    const { nodes } = await ask(hub, 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
      ids: [...ids.values()],
    });
    expect(nodes).toEqual([...ids].map(([type, id]) => ({ __typename: type, id })));
    for (const [type, id] of ids) {
      const one = await ask(hub, 'query ($id: ID!) { node(id: $id) { id __typename } }', { id });
      expect(one.node).toEqual({ id, __typename: type });
    }
  });

  test('nodes keep the sequence of the ids, with null for what is not there and repeats repeated', async () => {
    const { a, b } = (
      await hub.query(
        '{ a: partners(first: 2) { nodes { id slug } } b: sharedServices(first: 1) { nodes { id } } }',
      )
    ).data;
    const [first, second] = a.nodes;
    const [service] = b.nodes;
    const ids = [second.id, `partner_${UNKNOWN}`, service.id, first.id, `sector_${UNKNOWN}`, second.id];
    const { nodes } = await ask(
      hub,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Partner { slug } ... on SharedService { kind } } }`,
      { ids },
    );
    expect(nodes).toEqual([second, null, { id: service.id, kind: 'DIVERSITY' }, first, null, second]);
  });

  test('no ids give no records; an id of nothing gives null', async () => {
    expect(await ask(hub, '{ nodes(ids: []) { id } }')).toEqual({ nodes: [] });
    expect(await ask(hub, `{ node(id: "partner_${UNKNOWN}") { id } }`)).toEqual({ node: null });
  });

  test('a hundred ids at once are read, one more is refused', async () => {
    const ids = Array.from({ length: 101 }, () => `partner_${UNKNOWN}`);
    const source = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect((await ask(hub, source, { ids: ids.slice(1) })).nodes).toHaveLength(100);
    const { errors } = await hub.query(source, { ids });
    expect(errors).toMatchObject([{ path: ['nodes'], extensions: { code: 'TOO_MANY_IDS', field: 'ids' } }]);
  });
});

describe('the interface SharedService', () => {
  test('fields of one type come for its rows alone', async () => {
    const { sharedServices } = await ask(
      hub,
      '{ sharedServices { nodes { __typename kind ... on OtherService { usageUnit } ... on EnergyService { energy: slug } } } }',
    );
    for (const { __typename, kind, ...rest } of sharedServices.nodes) {
      expect(__typename.toUpperCase()).toBe(`${kind.replace('_', '')}SERVICE`);
      const expected = { OTHER: ['usageUnit'], ENERGY: ['energy'] } as Record<string, string[]>;
      expect(Object.keys(rest)).toEqual(expected[kind] ?? []);
      if (kind === 'OTHER') expect(rest.usageUnit).toEqual(expect.any(String));
    }
  });

  test('the same response key may stand for another field in each type', async () => {
    const { sharedServices } = await ask(
      hub,
      `{ sharedServices { nodes { kind ... on OtherService { x: slug list: enrolments(first: 1) { totalCount } }
        ... on EnergyService { x: name(lang: FR) list: enrolments(first: 2) { nodes { id } } } } } }`,
    );
    const of = (kind: string) => sharedServices.nodes.find((node: { kind: string }) => node.kind === kind);
    expect(of('OTHER')).toMatchObject({ x: 'jaiplus', list: { totalCount: expect.any(Number) } });
    expect(of('ENERGY').x).not.toBe('energy-pack');
    expect(of('ENERGY').list.nodes).toHaveLength(2);
    expect(of('PREVENTION')).toEqual({ kind: 'PREVENTION' });
  });

  test('a selection that differs by type does not multiply what lies below it', async () => {
    const nested = (depth: number): string =>
      depth === 0
        ? 'id'
        : `service { ... on OtherService { usageUnit } ... on EnergyService { slug } enrolments(first: 1) { nodes { ${nested(depth - 1)} } } }`;
    const size = async (depth: number): Promise<number> => {
      const { errors, statements } = await hub.query(
        `{ enrolments(first: 1) { nodes { ${nested(depth)} } } }`,
      );
      expect(errors).toBeUndefined();
      return (statements[0] as string).length;
    };
    const [two, four] = [await size(2), await size(4)];
    expect(four).toBeLessThan(two * 3);
  });
});

describe('a statement has a size that no document passes', () => {
  const refused = [{ extensions: { code: 'QUERY_TOO_LARGE' } }];

  test('types that are asked differently below one another', async () => {
    let inner = 'id';
    for (let depth = 0; depth < 20; depth++) {
      inner = `service { ... on OtherService { enrolments(first: 1) { totalCount } } ... on EnergyService { enrolments(first: 1) { pageInfo { endCursor } } } enrolments(first: 1) { nodes { ${inner} } } }`;
    }
    const { errors, statements } = await hub.query(`{ enrolments(first: 1) { nodes { ${inner} } } }`);
    expect(errors).toMatchObject(refused);
    expect(statements).toEqual([]);
  });

  test('a long fragment that is used again at every level', async () => {
    const names = Array.from({ length: 900 }, (_, i) => `a${i}: name`).join(' ');
    let inner = '...F';
    for (let depth = 0; depth < 8; depth++)
      inner = `...F enrolments(first: 1) { nodes { partner { ${inner} } } }`;
    const { errors } = await hub.query(
      `{ partners(first: 1) { nodes { ${inner} } } } fragment F on Partner { ${names} }`,
    );
    expect(errors).toMatchObject(refused);
  });

  test('a chain of relations is answered or refused, never a failure', async () => {
    for (const depth of [4, 5, 220]) {
      let inner = 'id';
      for (let level = 0; level < depth; level++)
        inner = `id partner { enrolments(first: 1) { nodes { ${inner} } } }`;
      const { errors } = await hub.query(`{ enrolments(first: 1) { nodes { ${inner} } } }`);
      if (depth === 4) expect(errors).toBeUndefined();
      else expect(errors).toMatchObject(refused);
    }
  });

  test('pages inside pages multiply, and are refused before any SQL is sent', async () => {
    const nested = (depth: number, size: number): string =>
      depth === 0
        ? '__typename'
        : `enrolments(first: ${size}) { nodes { service { ${nested(depth - 1, size)} } } }`;
    const { errors, statements } = await hub.query(
      `{ sharedServices(first: 1) { nodes { ${nested(3, 60)} } } }`,
    );
    expect(errors).toMatchObject(refused);
    expect(statements).toEqual([]);
  });

  test('aliases share one budget', async () => {
    const field = `usageMetrics(metrics: [ENERGY_VISITS, ENROLMENTS_ACTIVE, PARTNERS_SERVED], granularity: YEAR) { rows { cell { value } } }`;
    const aliases = (count: number): string =>
      Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ');
    expect((await hub.query(`{ ${aliases(2)} }`)).errors).toBeUndefined();
    expect((await hub.query(`{ ${aliases(40)} }`)).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_LARGE' } },
    ]);
  });
});
