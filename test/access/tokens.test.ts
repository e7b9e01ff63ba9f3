import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GraphQLObjectType } from 'graphql';
import { NOTHING_ADVISED } from '../advice/attempts.ts';
import {
  clock,
  count,
  documentOf,
  fingerprint,
  MUTATIONS,
  type MutationName,
  newPartner,
  partnerInput,
  save,
  unknownId,
} from '../partners/records.ts';
import { ADMIN_TOKEN, startTestHub, type TestHub } from '../support/hub.ts';
import { post } from './asking.ts';

const key = { idempotencyKey: 'without-a-token' };
const INPUTS: Record<MutationName, object> = {
  createPartner: partnerInput({ enterpriseNumber: '0671.516.647' }),
  updatePartner: { id: unknownId('partner') },
  closePartner: { partner: unknownId('partner') },
  createFederation: { slug: 'x', name: { fr: 'x' } },
  createProvider: { slug: 'x', name: { fr: 'x' } },
  createSharedService: { kind: 'OTHER', slug: 'x', name: { fr: 'x' }, languages: ['FR'], carriers: [] },
  grantDataSharing: {
    partner: unknownId('partner'),
    federation: unknownId('federation'),
    purpose: 'x',
    rooms: ['USAGE'],
    validUntil: '2027-01-01',
  },
  revokeDataSharing: { id: unknownId('data_sharing_agreement') },
  enrolPartner: { partner: unknownId('partner'), service: unknownId('service') },
  activateEnrolment: { id: unknownId('enrolment') },
  endEnrolment: { id: unknownId('enrolment') },
  reportUsage: { source: 'x', entries: [] },
  createClient: { name: 'x', roles: [] },
  closeClient: { id: unknownId('client') },
  issueAccessToken: { client: unknownId('client'), scopes: ['READ'] },
  rotateAccessToken: { id: unknownId('access_token') },
  revokeAccessToken: { id: unknownId('access_token') },
  registerAccount: { issuer: 'https://x.example', subject: 'x' },
  closeAccount: { id: unknownId('account') },
  grantRole: { client: unknownId('client'), role: 'HUB_ADMIN' },
  revokeRole: { id: unknownId('role_grant') },
  createSupplier: { service: unknownId('service'), name: 'x' },
  createFrameworkAgreement: {
    service: unknownId('service'),
    ocid: 'x',
    title: { fr: 'x' },
    method: 'OPEN',
    validFrom: '2026-01-01',
    validUntil: '2027-01-01',
  },
  updateFrameworkAgreement: { id: unknownId('framework_agreement') },
  saveLots: { agreement: unknownId('framework_agreement'), lots: [] },
  saveProducts: { lot: unknownId('lot'), products: [] },
  savePrices: { lot: unknownId('lot'), prices: [] },
  setBuyerCategory: { partner: unknownId('partner'), service: unknownId('service'), category: 'EVENT' },
  adviseOnProduct: { product: unknownId('product'), grade: 'SUITABLE' },
  remarkOnProduct: { partner: unknownId('partner'), product: unknownId('product'), rating: 1 },
  settleRemark: { id: unknownId('product_remark'), state: 'OPEN' },
  placeOrder: { partner: unknownId('partner'), lot: unknownId('lot'), lines: [] },
  consentToPrice: { order: unknownId('order'), accepted: true },
  confirmOrder: { order: unknownId('order') },
  declineOrder: { order: unknownId('order'), reason: 'OTHER' },
  recordDelivery: { order: unknownId('order') },
  cancelOrder: { order: unknownId('order') },
  closeOrder: { order: unknownId('order') },
  createBuilding: {
    partner: unknownId('partner'),
    service: unknownId('service'),
    name: 'x',
    activity: 'OFFICE',
    floorAreaM2: '1',
    municipality: '21004',
  },
  updateBuilding: { id: unknownId('building') },
  createMeter: { buildings: [], reference: 'x', carrier: 'GAS', unit: 'KWH' },
  updateMeter: { id: unknownId('meter') },
  connectMeter: { meter: unknownId('meter'), buildings: [] },
  importMeterReadings: { readings: [] },
  requestVisit: { building: unknownId('building') },
  planVisit: { visit: unknownId('energy_visit'), plannedFor: '2026-12-01' },
  recordVisit: { visit: unknownId('energy_visit') },
  reportVisit: { visit: unknownId('energy_visit') },
  cancelVisit: { visit: unknownId('energy_visit') },
  proposeMeasure: { building: unknownId('building'), kind: 'OTHER', title: 'x', carrier: 'GAS' },
  updateMeasure: { measure: unknownId('energy_measure') },
  decideMeasure: { measure: unknownId('energy_measure') },
  completeMeasure: { measure: unknownId('energy_measure') },
  dropMeasure: { measure: unknownId('energy_measure') },
  recordSavings: {
    meters: [],
    baseline: { from: '2023-01-01', to: '2024-01-01' },
    reporting: { from: '2024-01-01', to: '2025-01-01' },
  },
  saveEnergyFactor: {
    service: unknownId('service'),
    kind: 'PRICE',
    value: '1',
    basis: 'x',
    source: 'x',
    validFrom: '2026-01-01',
  },
  saveWeatherStation: { code: 'X', name: 'x', source: 'x' },
  saveDegreeDays: { station: 'X', base: '16.5', days: [] },
  createEmployerGroup: {
    service: unknownId('service'),
    partner: unknownId('partner'),
    legalForm: 'NON_PROFIT_ASSOCIATION',
    jointCommittee: '330',
    authorisedFrom: '2020-01-01',
  },
  updateEmployerGroup: { id: unknownId('employer_group') },
  engageWorker: {
    service: unknownId('service'),
    reference: 'A-1',
    jobFunction: 'DPO',
    contractHours: '38',
    employedFrom: '2020-01-01',
  },
  endContract: { worker: unknownId('shared_worker'), employedUntil: '2020-02-01' },
  saveLegalParameter: { kind: 'MAX_WORKERS', value: '50', validFrom: '2030-01-01', source: 'x' },
  requestPlacement: {
    partner: unknownId('partner'),
    service: unknownId('service'),
    jobFunction: 'DPO',
    weeklyHours: '1',
    startsOn: '2026-09-07',
  },
  withdrawPlacementRequest: { id: unknownId('placement_request') },
  proposePlacement: {
    partner: unknownId('partner'),
    worker: unknownId('shared_worker'),
    weeklyHours: '1',
    startsOn: '2026-09-07',
  },
  agreeToPlacement: { placement: unknownId('placement') },
  declinePlacement: { placement: unknownId('placement') },
  cancelPlacement: { placement: unknownId('placement') },
  endPlacement: { placement: unknownId('placement'), endsOn: '2027-01-01' },
  recordLabourDispute: {
    partner: unknownId('partner'),
    service: unknownId('service'),
    startedOn: '2026-01-01',
  },
  endLabourDispute: { id: unknownId('labour_dispute'), endedOn: '2026-01-02' },
  saveTimesheets: { timesheets: [] },
  submitTimesheets: { timesheets: [] },
  approveTimesheets: { timesheets: [] },
  returnTimesheets: { timesheets: [] },
  saveCostSheet: { service: unknownId('service'), year: 2025, components: [] },
  saveBillingRule: {
    partner: unknownId('partner'),
    service: unknownId('service'),
    mode: 'TIME_AND_MATERIALS',
    vatTreatment: 'STANDARD_RATE',
    validFrom: '2026-01-01',
  },
  endBillingRule: { id: unknownId('billing_rule'), validUntil: '2027-01-01' },
  recordProvision: {
    service: unknownId('service'),
    year: 2025,
    kind: 'ADDITION',
    liability: 'OTHER',
    amount: '1',
    approvedOn: '2025-01-01',
  },
  runInvoices: { service: unknownId('service'), month: '2025-01-01' },
  creditInvoice: { invoice: unknownId('invoice') },
  recordGroupDebt: { service: unknownId('service'), asOf: '2025-01-01', taxDebt: '1', socialDebt: '1' },
  ...NOTHING_ADVISED,
};

describe('in operation', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('operation', { clock });
  });
  afterAll(() => hub.close());

  test('a hub starts empty, knows its code lists, and is open to read while it is', async () => {
    const lists =
      '{ partners { totalCount } federations { totalCount } sharedServices { totalCount } usageEntries { totalCount } sectors { code } competentAuthorities { code } }';
    const { data } = await post(hub, lists);
    const none = { totalCount: 0 };
    expect(data).toMatchObject({
      partners: none,
      federations: none,
      sharedServices: none,
      usageEntries: none,
    });
    expect(data.sectors.length).toBeGreaterThan(10);
    expect(data.competentAuthorities.length).toBeGreaterThan(7);
  });

  test('every mutation of the schema is in these tests', () => {
    const mutations = hub.schema.getMutationType() as GraphQLObjectType;
    expect(Object.keys(mutations.getFields()).toSorted()).toEqual(Object.keys(MUTATIONS).toSorted());
  });

  test.each(Object.keys(INPUTS) as MutationName[])(
    '%s without a token is refused and saves nothing',
    async (mutation) => {
      const before = await fingerprint(hub);
      const { data, codes } = await post(hub, documentOf(mutation), {
        input: { ...key, ...INPUTS[mutation] },
      });
      expect({ data, codes }).toEqual({ data: null, codes: ['UNAUTHENTICATED'] });
      expect(await fingerprint(hub)).toEqual(before);
    },
  );

  test.each([
    ['a wrong token', 'Bearer wrong'],
    ['the token and more', `Bearer ${ADMIN_TOKEN}x`],
    ['part of the token', `Bearer ${ADMIN_TOKEN.slice(0, -1)}`],
    ['two tokens', `Bearer ${ADMIN_TOKEN} ${ADMIN_TOKEN}`],
    ['an empty token', 'Bearer '],
    ['another scheme', `Basic ${Buffer.from(`admin:${ADMIN_TOKEN}`).toString('base64')}`],
    ['the bare token', ADMIN_TOKEN],
  ])('%s is 401 for a mutation and for a read, and saves nothing', async (_, authorization) => {
    const before = await fingerprint(hub);
    const input = { ...key, ...INPUTS.createPartner };
    const refusal = { status: 401, data: undefined, codes: ['UNAUTHENTICATED'] };
    expect(await post(hub, documentOf('createPartner'), { input }, authorization)).toEqual(refusal);
    expect(await post(hub, '{ viewer { principal } }', {}, authorization)).toEqual(refusal);
    expect(await fingerprint(hub)).toEqual(before);
  });

  test('the token is taken whatever the case of its scheme, and writes', async () => {
    const viewer = '{ viewer { principal isAdministrator isDemonstration } }';
    const administrator = { principal: 'administrator', isAdministrator: true, isDemonstration: false };
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect((await post(hub, viewer, {}, `${scheme} ${ADMIN_TOKEN}`)).data.viewer).toEqual(administrator);
    }
    const anonymous = { principal: 'anonymous', isAdministrator: false, isDemonstration: false };
    expect((await post(hub, viewer)).data.viewer).toEqual(anonymous);
    const input = { ...key, ...INPUTS.createPartner };
    const made = await post(hub, documentOf('createPartner'), { input }, `Bearer ${ADMIN_TOKEN}`);
    expect(made).toMatchObject({ status: 200, data: { createPartner: { userErrors: [] } } });
    expect(await count(hub, 'partner')).toBe(1);
  });

  test('a mutation is not taken over GET', async () => {
    const query =
      'mutation { createProvider(input: { idempotencyKey: "over-get-1", slug: "g", name: { fr: "g" } }) { provider { id } } }';
    const response = await hub.http.inject({
      url: `/graphql?query=${encodeURIComponent(query)}`,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'apollo-require-preflight': '1' },
    });
    expect(response.statusCode).toBe(405);
    expect(await count(hub, 'provider')).toBe(0);
  });
});

describe('a demonstration hub', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('demonstration', { clock });
  });
  afterAll(() => hub.close());
  const read = `{ partners(first: 1) { totalCount nodes { name enrolments(first: 1) { totalCount } } } usageEntries(first: 1) { totalCount }
    sharedServices { nodes { enrolments(first: 1) { totalCount } } } }`;

  test('takes synthetic records and stays open to all readers while every record is synthetic', async () => {
    await newPartner(hub, { provenance: 'SYNTHETIC', name: { fr: 'Inventé' } });
    const { status, data, codes } = await post(hub, read);
    expect({ status, codes }).toEqual({ status: 200, codes: undefined });
    expect(data.partners.totalCount).toBeGreaterThan(900);
    expect(data.usageEntries.totalCount).toBeGreaterThan(0);
  });

  test('shows the public of a real record what is public, and nothing of its use', async () => {
    const anonymous = (await post(hub, read)).data;
    const partner = await newPartner(hub, { name: { fr: 'Réel' } });
    expect(partner.provenance).toBe('REPORTED');
    const { data } = await post(hub, '{ sharedServices(first: 1) { nodes { id } } }');
    await save(hub, 'enrolPartner', { partner: partner.id, service: data.sharedServices.nodes[0].id });
    const seen = `{ partner(reference: { id: "${partner.id}" }) { name headcount sizeBand enrolments { totalCount } } }`;
    const own = (await post(hub, seen, {}, `Bearer ${ADMIN_TOKEN}`)).data.partner;
    expect(own).toMatchObject({ headcount: expect.any(Number), enrolments: { totalCount: 1 } });
    expect((await post(hub, seen)).data.partner).toEqual({
      ...own,
      headcount: null,
      enrolments: { totalCount: 0 },
    });
    const after = (await post(hub, read)).data;
    expect(after.partners.totalCount).toBe(anonymous.partners.totalCount + 1);
    expect(after.usageEntries).toEqual(anonymous.usageEntries);
  });

  test('orders nothing any more by what the public does not see of a real record', async () => {
    const query = '{ partners(first: 1, orderBy: HEADCOUNT_DESC) { nodes { id } } }';
    expect((await post(hub, query)).codes).toEqual(['FORBIDDEN']);
    expect((await post(hub, query, {}, `Bearer ${ADMIN_TOKEN}`)).codes).toBeUndefined();
  });
});
