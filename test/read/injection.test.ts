import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const ATTACKS = [
  `'; drop table partner; --`,
  `' or '1'='1`,
  `') or true) --`,
  `\\'; select pg_sleep(30); --`,
  `'||(select set_config('hub.viewer', 'administrator', false))||'`,
  `{"$t":"Partner"}`,
];

/** Where rows of a type can be had, to reach the arguments of its fields. */
const PARENTS: Record<string, string> = {
  Query: 'HERE',
  Partner: 'partners(first: 1) { nodes { HERE } }',
  SharedService: 'sharedServices(first: 2) { nodes { HERE } }',
  OtherService: 'sharedServices(kind: OTHER, first: 1) { nodes { ... on OtherService { HERE } } }',
  Enrolment: 'enrolments(first: 1) { nodes { HERE } }',
  Federation: 'federations(first: 1) { nodes { HERE } }',
  Population: 'populations(first: 1) { nodes { HERE } }',
  Provider: 'providers { HERE }',
  Sector: 'sectors { HERE }',
  Territory: 'territories(level: REGION) { HERE }',
  CompetentAuthority: 'competentAuthorities { HERE }',
  MetricDefinition: 'metricDefinitions { HERE }',
  FrameworkAgreement: 'frameworkAgreements(first: 1) { nodes { HERE } }',
  Lot: 'frameworkAgreements(first: 1) { nodes { lots { HERE } } }',
  Product: 'catalogue(first: 1) { nodes { HERE } }',
  ProductAdvice: 'catalogue(first: 1) { nodes { advice { HERE } } }',
  Supplier: 'orders(first: 4) { nodes { supplier { HERE } } }',
  Building: 'buildings(first: 1) { nodes { HERE } }',
  Meter: 'savingsResults(first: 1) { nodes { meter { HERE } } }',
  WeatherStation: 'weatherStations { HERE }',
  EnergyService: 'sharedServices(kind: ENERGY, first: 1) { nodes { ... on EnergyService { HERE } } }',
  EmployerGroupService:
    'sharedServices(kind: EMPLOYER_GROUP, first: 1) { nodes { ... on EmployerGroupService { HERE } } }',
  AdviceResource: 'adviceResources(first: 1) { nodes { HERE } }',
  AdviserMandate: 'adviserMandates(first: 1) { nodes { HERE } }',
  AdviceSession: 'adviceSessions(first: 1) { nodes { HERE } }',
  DiversityService:
    'sharedServices(kind: DIVERSITY, first: 1) { nodes { ... on DiversityService { HERE } } }',
  PreventionService:
    'sharedServices(kind: PREVENTION, first: 1) { nodes { ... on PreventionService { HERE } } }',
  Invoice: 'invoices(first: 1) { nodes { HERE } }',
  InvoiceRun:
    'sharedServices(kind: EMPLOYER_GROUP, first: 1) { nodes { ... on EmployerGroupService { invoiceRuns { HERE } } } }',
  Placement: 'placements(first: 1) { nodes { HERE } }',
  PlacementRequest: 'placementRequests(first: 1) { nodes { HERE } }',
  SharedWorker: 'sharedWorkers(first: 1) { nodes { HERE } }',
  UsageEntry: 'usageEntries(first: 1) { nodes { HERE } }',
  UsageMetrics: 'usageMetrics(metrics: [PURCHASING_ORDERS]) { HERE }',
  UsageMetricsRow: 'usageMetrics(metrics: [PURCHASING_ORDERS]) { rows { HERE } }',
};

/** Every value for an input in which one text is the attack, and the rest is as short as it may be. */
function attacked(type: GraphQLInputType, attack: string, depth = 0): unknown[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return attacked(nullable.ofType, attack, depth).map((value) => [value]);
  if (isInputObjectType(nullable)) {
    return depth > 3 ? [] : attackedMembers(Object.values(nullable.getFields()), attack, depth + 1);
  }
  return ['String', 'ID'].includes(getNamedType(nullable).name) ? [attack] : [];
}

function attackedMembers(
  inputs: readonly (GraphQLArgument | GraphQLInputField)[],
  attack: string,
  depth = 0,
): Record<string, unknown>[] {
  return inputs.flatMap((input) =>
    attacked(input.type, attack, depth).map((value) => {
      const others = inputs.filter(
        (other) => other !== input && isNonNullType(other.type) && other.defaultValue === undefined,
      );
      return {
        ...Object.fromEntries(others.map((other) => [other.name, shortest(other.type)])),
        [input.name]: value,
      };
    }),
  );
}

function shortest(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [shortest(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (getNamedType(nullable).name === 'ID') return 'service_01890a5d-ac96-774b-bcce-b302099a8057';
  const known = { Date: '2026-01-05', DateTime: '2026-01-05T00:00:00.000Z', Decimal: '1', Int: 2025 }[
    getNamedType(nullable).name
  ];
  if (known !== undefined) return known;
  throw new Error(`The test does not know a value for ${String(type)}`);
}

/** A selection that makes the hub read the rows of a field. */
function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (named.name.endsWith('Connection')) return '{ totalCount nodes { __typename } }';
  const fields = Object.values((named as GraphQLObjectType).getFields()).filter(
    ({ args }) => args.length === 0,
  );
  const leaf = fields.find((field) => isLeafType(getNamedType(field.type)));
  const [first] = fields;
  return leaf ? `{ ${leaf.name} }` : `{ ${first?.name} ${selectionOf((first as (typeof fields)[0]).type)} }`;
}

test('no text argument of any query field becomes SQL', async () => {
  const before = await hub.sql(`select count(*)::int as n from partner`);
  const codes = new Set<string>();
  let asked = 0;
  for (const type of Object.values(hub.schema.getTypeMap())) {
    if (
      !(isObjectType(type) || isInterfaceType(type)) ||
      type.name.startsWith('__') ||
      // Asked over the socket, whose ids are decoded in the same way.
      type.name === 'Subscription' ||
      type.name === 'Mutation'
    )
      continue;
    for (const field of Object.values(type.getFields())) {
      if (attackedMembers(field.args, 'x').length === 0) continue;
      // Kinds of services share the fields of their interface.
      const sharesInterface =
        isObjectType(type) &&
        type.getInterfaces().some((one) => one.name in PARENTS && field.name in one.getFields());
      const parent = PARENTS[type.name];
      if (sharesInterface) continue;
      if (!parent) throw new Error(`Say in PARENTS how to reach ${type.name}.${field.name}`);
      for (const attack of ATTACKS) {
        for (const args of attackedMembers(field.args, attack)) {
          const declared = field.args.filter(({ name }) => name in args);
          const head = declared.map(({ name, type: of }) => `$${name}: ${String(of)}`).join(', ');
          const given = declared.map(({ name }) => `${name}: $${name}`).join(', ');
          const call = `attacked: ${field.name}(${given}) ${selectionOf(field.type)}`;
          const { data, errors, statements } = await hub.query(
            `query (${head}) { ${parent.replace('HERE', call)} }`,
            args,
            { token: true },
          );
          asked += 1;
          for (const text of statements) expect(text).not.toContain(attack);
          for (const { extensions } of errors ?? []) codes.add(extensions?.code as string);
          if (!errors && type.name === 'Query' && data.attacked?.totalCount !== undefined)
            expect(data.attacked.totalCount).toBe(0);
        }
      }
    }
  }
  expect(asked).toBeGreaterThan(250);
  expect([...codes].sort()).toEqual([
    'INVALID_CPV',
    'INVALID_CURSOR',
    'INVALID_ENTERPRISE_NUMBER',
    'INVALID_ID',
    'INVALID_PAGE',
    'NOT_FOUND',
    'UNKNOWN_CODE',
  ]);
  expect(await hub.sql(`select count(*)::int as n from partner`)).toEqual(before);
});

test('no text of a mutation becomes SQL', async () => {
  const { data } = await hub.query(
    '{ partners(first: 1) { nodes { id } } sharedServices(kind: OTHER) { nodes { id } } }',
  );
  const [partner, service] = [data.partners.nodes[0].id, data.sharedServices.nodes[0].id];
  for (const [n, attack] of ATTACKS.entries()) {
    const update = await hub.write(
      'mutation ($input: UpdatePartnerInput!) { updatePartner(input: $input) { partner { name description } userErrors { code } } }',
      {
        input: {
          idempotencyKey: `attack-${n}-partner`,
          id: partner,
          name: { fr: attack },
          description: { fr: attack },
        },
      },
    );
    expect(update.data.updatePartner).toEqual({
      partner: { name: attack, description: attack },
      userErrors: [],
    });
    const report = await hub.write(
      'mutation ($input: ReportUsageInput!) { reportUsage(input: $input) { results { externalReference status entry { externalReference } error { code } } userErrors { code } } }',
      {
        input: {
          idempotencyKey: `attack-${n}-usage`,
          source: 'test',
          entries: [
            {
              externalReference: attack,
              service,
              partner,
              metric: 'OTHER_SERVICE_UNITS',
              occurredOn: '2026-06-01',
              quantity: '1',
            },
            {
              externalReference: 'b',
              service: attack,
              partner: attack,
              metric: 'OTHER_SERVICE_UNITS',
              occurredOn: '2026-06-01',
              quantity: '1',
            },
          ],
        },
      },
    );
    expect(report.errors).toBeUndefined();
    expect(report.data.reportUsage.results).toEqual([
      { externalReference: attack, status: 'ACCEPTED', entry: { externalReference: attack }, error: null },
      { externalReference: 'b', status: 'REJECTED', entry: null, error: { code: 'INVALID_ID' } },
    ]);
  }
});

test('names of the document itself are no SQL either', async () => {
  const { errors } = await hub.query(
    '{ partners(filter: { search: "a" }, orderBy: NAME) { drop_table: totalCount nodes { _: slug __x: id } } }',
  );
  expect(errors).toBeUndefined();
});
