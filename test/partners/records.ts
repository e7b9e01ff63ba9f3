import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Clock } from '../../src/clock.ts';
import type { TestHub } from '../support/hub.ts';

/** The day on which these stories happen. */
export const TODAY = '2026-06-15';
export const clock: Clock = () => new Date(`${TODAY}T10:00:00Z`);

export const newKey = (): string => randomUUID();

/** The n-th enterprise number of a range that was never issued, with its check digits. */
export function enterpriseNumber(n: number): string {
  const eight = 9_990_000 + n;
  return `0${eight}${String(97 - (eight % 97)).padStart(2, '0')}`;
}

let numbers = 0;
export function nextEnterpriseNumber(): string {
  numbers += 1;
  return enterpriseNumber(numbers);
}

const SESSION =
  '{ id kind title startsAt endsAt capacity freeSeats registrationUntil cancelledAt municipality { nisCode } onlineUrl attendance { role attended ofWhomFirstTime } satisfaction { answers mean grades { grade answers } } provenance }';
const PREVENTION_MEASURE =
  '{ id title rubric component responsible deadline priority budget state plannedOn closedOn dropReason isOverdue analysis { id } }';
const ANALYSIS =
  '{ id step level levelReason requestedOn leastGroup steps { step doneOn evidence } targetGroups { id name } }';
const TARGET_GROUP =
  '{ id name size metOn approvedOn analysis { id step } findings { rubric component goesWell goesNotWell ideas } }';
const ADVICE_REQUEST =
  '{ id topic channel urgency question state handledBy requestedAt takenAt closedAt responseHours partner { id } service { id } }';
const RESOURCE =
  '{ id code kind title languages edition url isRestricted publishedOn withdrawnOn service { id } }';
const TOOLBOX_ACCESS = '{ id grantedOn withdrawnOn partner { id } service { id } }';
const MANDATE = '{ id reference role hoursPerMonth validFrom validUntil service { id } }';
const BOOKING = '{ id day hours cancelledAt partner { id } mandate { id } request { id } }';
const REGISTRATION = '{ id seats registeredAt cancelledAt partner { id } session { id freeSeats } }';
const ERRORS = 'userErrors { code message field }';
const ENROLMENT = `{ id status requestedOn activeFrom endedOn history { status occurredOn } recognition { id } provenance
  partner { id } service { id } }`;

const ROLE = 'id role reference grantedAt grantedBy validUntil';
const CLIENT = `{ id name isSandbox createdAt closedAt roles { ${ROLE} } }`;
const TOKEN = '{ id prefix scopes createdAt expiresAt revokedAt client { id name } }';
const ACCOUNT = `{ id issuer subject createdAt closedAt roles { ${ROLE} } }`;
const ORDER = `{ id number state rank supplier { id } totalExclVat totalVat totalInclVat deliveredExclVat answerDueAt
  confirmationDueAt deliveryDueOn confirmedAt deliveredAt closedAt priceLimit provenance
  lines { id position quantity unitPrice vatRate exclVat deliveredQuantity product { id code } }
  history { position kind actor rank reason exclVat inclVat supplier { id } delivered { quantity } } }`;
const LOT = `{ id localId products { nodes { id code title saleUnit prices { id rank unitPrice validFrom validUntil supplier { id } } } } }`;
const AGREEMENT = `{ id ocid status title period { from to } maximumValue { amount currency } committed { amount } spent { amount }
  eligibleAuthorities { code } buyerCategories answerHours confirmationHours provenance
  lots { id localId title ceiling { amount } committed { amount } spent { amount } } }`;

const BUILDING = `{ id name activity floorAreaM2 floorAreaBand constructionYear municipality { nisCode } followedFrom followedUntil provenance
  partner { id } service { id } }`;
const METER =
  '{ id reference carrier unit isTank indexDigits isShared station { code } partner { id } buildings { id } }';
const VISIT =
  '{ id state requestedOn plannedFor visitedOn reportedOn cancelledOn reportUrl conclusions building { id } }';
const MEASURE = `{ id kind title carrier state proposedOn decidedOn doneOn droppedOn investment grantAsked grantObtained estimatedKwhYear
  netInvestment yearlySavingEur paybackYears building { id } visit { id } }`;

const GROUP = `{ id legalForm jointCommittee authorisedFrom authorisedUntil fullTimeHours partner { id } service { id } }`;
const WORKER =
  '{ id reference jobFunction isDedicated contractHours fullTimeEquivalent employedFrom employedUntil service { id } }';

const RULE =
  '{ id mode rhythm flatAmount sharingKey weight vatTreatment validFrom validUntil partner { id } }';
const INVOICE = `{ id number kind isProvisional netAmount vatRate vatAmount totalAmount vatTreatment vatGround period { from to } partner { id } credits { id } creditedBy { id }
  lines { position kind jobFunction hours amount } }`;

const PLACEMENT = `{ id weeklyHours startsOn endsOn state proposedOn decidedOn shareOfContract schedule { weekday hours } partner { id } worker { id } municipality { nisCode } calendarUrl }`;
const REQUEST =
  '{ id jobFunction weeklyHours startsOn endsOn state requestedOn partner { id } municipality { nisCode } }';
const TIMESHEET = '{ id week hours state submittedAt approvedAt placement { id } }';

/** What a meter says was saved. */
export const FIGURES = `{ reason model changePoint baseLoad slope rSquared cvRmse points adjustedBaselineKwh measuredKwh estimatedKwh
  avoidedKwh uncertaintyKwh normalisedReason normalisedKwh normalisedUncertaintyKwh co2Kg oilLitres costEur factors { kind value source } }`;

/** Every mutation of the schema, with what the tests read of its answer. */
export const MUTATIONS = {
  createPartner: `{ partner { id slug name enterpriseNumber headcount sizeBand legalForm languages website provenance
    sector { code } municipality { nisCode } nameTranslations { language text } description
    sites { id name postalCode isRegisteredOffice } recognitions { id authority { code } sector { code } site { id } period { from to } }
    memberships { federation { id } period { from to } } } ${ERRORS} }`,
  updatePartner: `{ partner { id slug name headcount sizeBand legalForm languages website sector { code }
    nameTranslations { language text } description } ${ERRORS} }`,
  closePartner: `{ partner { id closedOn memberships { period { to } } enrolments { nodes ${ENROLMENT} } } ${ERRORS} }`,
  createFederation: `{ federation { id slug name description provenance } ${ERRORS} }`,
  createProvider: `{ provider { id slug name provenance } ${ERRORS} }`,
  createSharedService: `{ sharedService { __typename id slug kind name price howToJoin eligibility languages startedOn enrolmentsPublic provenance
    carriers { isLead provider { id } } federation { id } ... on OtherService { usageUnit } } ${ERRORS} }`,
  grantDataSharing: `{ agreement { id purpose rooms validUntil revokedAt partner { id } federation { id } } ${ERRORS} }`,
  revokeDataSharing: `{ agreement { id revokedAt } ${ERRORS} }`,
  enrolPartner: `{ enrolment ${ENROLMENT} ${ERRORS} }`,
  activateEnrolment: `{ enrolment ${ENROLMENT} ${ERRORS} }`,
  endEnrolment: `{ enrolment ${ENROLMENT} ${ERRORS} }`,
  createClient: `{ client ${CLIENT} ${ERRORS} }`,
  closeClient: `{ client ${CLIENT} ${ERRORS} }`,
  issueAccessToken: `{ accessToken ${TOKEN} ${ERRORS} }`,
  rotateAccessToken: `{ accessToken ${TOKEN} ${ERRORS} }`,
  revokeAccessToken: `{ accessToken ${TOKEN} ${ERRORS} }`,
  registerAccount: `{ account ${ACCOUNT} ${ERRORS} }`,
  closeAccount: `{ account ${ACCOUNT} ${ERRORS} }`,
  grantRole: `{ roleGrant { ${ROLE} client { id } account { id } } ${ERRORS} }`,
  revokeRole: `{ roleGrant { ${ROLE} client { id } account { id } } ${ERRORS} }`,
  createSupplier: `{ supplier { id name enterpriseNumber identifierScheme identifier provenance } ${ERRORS} }`,
  createFrameworkAgreement: `{ frameworkAgreement ${AGREEMENT} ${ERRORS} }`,
  updateFrameworkAgreement: `{ frameworkAgreement ${AGREEMENT} ${ERRORS} }`,
  saveLots: `{ frameworkAgreement ${AGREEMENT} ${ERRORS} }`,
  saveProducts: `{ lot ${LOT} ${ERRORS} }`,
  savePrices: `{ lot ${LOT} ${ERRORS} }`,
  setBuyerCategory: `{ buyerAccount { id category partner { id } service { id } } ${ERRORS} }`,
  adviseOnProduct: `{ advice { id grade reasons givenOn product { id } } ${ERRORS} }`,
  remarkOnProduct: `{ remark { id rating text state product { id } } ${ERRORS} }`,
  settleRemark: `{ remark { id state } ${ERRORS} }`,
  importMeterReadings: `{ results { status error { code message field } } acceptedCount rejectedCount warnings { kind meter from until } ${ERRORS} }`,
  createBuilding: `{ building ${BUILDING} ${ERRORS} }`,
  updateBuilding: `{ building ${BUILDING} ${ERRORS} }`,
  createMeter: `{ meter ${METER} ${ERRORS} }`,
  updateMeter: `{ meter ${METER} ${ERRORS} }`,
  connectMeter: `{ meter ${METER} ${ERRORS} }`,
  requestVisit: `{ visit ${VISIT} ${ERRORS} }`,
  planVisit: `{ visit ${VISIT} ${ERRORS} }`,
  recordVisit: `{ visit ${VISIT} ${ERRORS} }`,
  reportVisit: `{ visit ${VISIT} ${ERRORS} }`,
  cancelVisit: `{ visit ${VISIT} ${ERRORS} }`,
  proposeMeasure: `{ measure ${MEASURE} ${ERRORS} }`,
  updateMeasure: `{ measure ${MEASURE} ${ERRORS} }`,
  decideMeasure: `{ measure ${MEASURE} ${ERRORS} }`,
  completeMeasure: `{ measure ${MEASURE} ${ERRORS} }`,
  dropMeasure: `{ measure ${MEASURE} ${ERRORS} }`,
  recordSavings: `{ results { id recordedAt supersededAt isOutdated baseline { from to } reporting { from to } meter { id }
    figures ${FIGURES} } ${ERRORS} }`,
  saveEnergyFactor: `{ factor { id kind carrier unit value validFrom validUntil } ${ERRORS} }`,
  saveWeatherStation: `{ station { id code normalFrom normalUntil } ${ERRORS} }`,
  saveDegreeDays: `{ station { id code } ${ERRORS} }`,
  createEmployerGroup: `{ employerGroup ${GROUP} ${ERRORS} }`,
  updateEmployerGroup: `{ employerGroup ${GROUP} ${ERRORS} }`,
  engageWorker: `{ worker ${WORKER} ${ERRORS} }`,
  endContract: `{ worker ${WORKER} ${ERRORS} }`,
  saveLegalParameter: `{ legalParameter { kind value validFrom validUntil source } ${ERRORS} }`,
  requestPlacement: `{ request ${REQUEST} ${ERRORS} }`,
  withdrawPlacementRequest: `{ request ${REQUEST} ${ERRORS} }`,
  proposePlacement: `{ placement ${PLACEMENT} ${ERRORS} }`,
  agreeToPlacement: `{ placement ${PLACEMENT} ${ERRORS} }`,
  declinePlacement: `{ placement ${PLACEMENT} ${ERRORS} }`,
  cancelPlacement: `{ placement ${PLACEMENT} ${ERRORS} }`,
  endPlacement: `{ placement ${PLACEMENT} ${ERRORS} }`,
  recordLabourDispute: `{ dispute { id startedOn endedOn partner { id } } ${ERRORS} }`,
  endLabourDispute: `{ dispute { id startedOn endedOn partner { id } } ${ERRORS} }`,
  saveTimesheets: `{ results { status timesheet error { code message field } } acceptedCount rejectedCount ${ERRORS} }`,
  submitTimesheets: `{ timesheets ${TIMESHEET} ${ERRORS} }`,
  approveTimesheets: `{ timesheets ${TIMESHEET} ${ERRORS} }`,
  returnTimesheets: `{ timesheets ${TIMESHEET} ${ERRORS} }`,
  saveCostSheet: `{ costSheet { id year total worker { id } components { kind amount } } ${ERRORS} }`,
  saveBillingRule: `{ billingRule ${RULE} ${ERRORS} }`,
  endBillingRule: `{ billingRule ${RULE} ${ERRORS} }`,
  recordProvision: `{ provision { id year kind liability amount approvedOn } ${ERRORS} }`,
  runInvoices: `{ invoiceRun { id kind period { from to } staffCost fixedCost provision netAmount issuedOn invoices(first: 100) { nodes ${INVOICE} } } ${ERRORS} }`,
  creditInvoice: `{ invoice ${INVOICE} ${ERRORS} }`,
  recordGroupDebt: `{ debt { id asOf taxDebt socialDebt } ${ERRORS} }`,
  planSession: `{ session ${SESSION} ${ERRORS} }`,
  changeSession: `{ session ${SESSION} ${ERRORS} }`,
  cancelSession: `{ session ${SESSION} ${ERRORS} }`,
  registerForSession: `{ registration ${REGISTRATION} ${ERRORS} }`,
  cancelRegistration: `{ registration ${REGISTRATION} ${ERRORS} }`,
  recordAttendance: `{ session ${SESSION} ${ERRORS} }`,
  recordSatisfaction: `{ session ${SESSION} ${ERRORS} }`,
  saveResource: `{ resource ${RESOURCE} ${ERRORS} }`,
  grantToolboxAccess: `{ access ${TOOLBOX_ACCESS} ${ERRORS} }`,
  withdrawToolboxAccess: `{ access ${TOOLBOX_ACCESS} ${ERRORS} }`,
  recordDownload: `{ download { id downloadedOn copies partner { id } resource { id } } ${ERRORS} }`,
  openRiskAnalysis: `{ analysis ${ANALYSIS} ${ERRORS} }`,
  recordRiskAnalysisStep: `{ analysis ${ANALYSIS} ${ERRORS} }`,
  deepenRiskAnalysis: `{ analysis ${ANALYSIS} ${ERRORS} }`,
  addTargetGroup: `{ group ${TARGET_GROUP} ${ERRORS} }`,
  saveGroupFindings: `{ group ${TARGET_GROUP} ${ERRORS} }`,
  approveGroupReport: `{ group ${TARGET_GROUP} ${ERRORS} }`,
  planPreventionMeasure: `{ measure ${PREVENTION_MEASURE} ${ERRORS} }`,
  changePreventionMeasure: `{ measure ${PREVENTION_MEASURE} ${ERRORS} }`,
  completePreventionMeasure: `{ measure ${PREVENTION_MEASURE} ${ERRORS} }`,
  dropPreventionMeasure: `{ measure ${PREVENTION_MEASURE} ${ERRORS} }`,
  requestAdvice: `{ request ${ADVICE_REQUEST} ${ERRORS} }`,
  takeAdviceRequest: `{ request ${ADVICE_REQUEST} ${ERRORS} }`,
  answerAdviceRequest: `{ request ${ADVICE_REQUEST} ${ERRORS} }`,
  withdrawAdviceRequest: `{ request ${ADVICE_REQUEST} ${ERRORS} }`,
  createAdviserMandate: `{ mandate ${MANDATE} ${ERRORS} }`,
  endAdviserMandate: `{ mandate ${MANDATE} ${ERRORS} }`,
  bookAdviser: `{ booking ${BOOKING} ${ERRORS} }`,
  cancelAdviserBooking: `{ booking ${BOOKING} ${ERRORS} }`,
  placeOrder: `{ order ${ORDER} ${ERRORS} }`,
  consentToPrice: `{ order ${ORDER} ${ERRORS} }`,
  confirmOrder: `{ order ${ORDER} ${ERRORS} }`,
  declineOrder: `{ order ${ORDER} ${ERRORS} }`,
  recordDelivery: `{ order ${ORDER} ${ERRORS} }`,
  cancelOrder: `{ order ${ORDER} ${ERRORS} }`,
  closeOrder: `{ order ${ORDER} ${ERRORS} }`,
  reportUsage: `{ acceptedCount rejectedCount ${ERRORS} results { externalReference status error { code message field }
    entry { id quantity occurredOn category source externalReference isReversed provenance reverses { id } enrolment { id } metric { key } } } }`,
} as const;
export type MutationName = keyof typeof MUTATIONS;

export function documentOf(mutation: MutationName): string {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
  return `mutation ($input: ${type}) { ${mutation}(input: $input) ${MUTATIONS[mutation]} }`;
}

/** Sends a mutation as the administrator; without a key in the input it gets a new one. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of the payload is the test's own question
export async function send(hub: TestHub, mutation: MutationName, input: object): Promise<any> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await hub.write(documentOf(mutation), variables);
  expect(errors).toBeUndefined();
  return data[mutation];
}

/** Sends a mutation that is to succeed, and gives the record in its payload. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of the payload is the test's own question
export async function save(hub: TestHub, mutation: MutationName, input: object): Promise<any> {
  const { userErrors, ...payload } = await send(hub, mutation, input);
  expect(userErrors).toEqual([]);
  return Object.values(payload)[0];
}

/** Sends a mutation that is to be refused, and checks that it saved nothing. */
export async function refused(
  hub: TestHub,
  mutation: MutationName,
  input: object,
): Promise<{ code: string; field: string | null }> {
  const before = await fingerprint(hub);
  const { userErrors, ...payload } = await send(hub, mutation, input);
  // Nothing: of what is answered one by one no result, of all else null.
  for (const value of Object.values(payload)) expect([null, 0, []]).toContainEqual(value);
  expect(userErrors).toHaveLength(1);
  const [{ code, message, field }] = userErrors;
  expect(message.length).toBeGreaterThan(20);
  expect(await fingerprint(hub)).toEqual(before);
  return { code, field };
}

/** Rows and the content of every table that a mutation can touch: equal twice when nothing was saved between. */
export async function fingerprint(hub: TestHub): Promise<Record<string, unknown>> {
  const tables = await hub.sql<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*)::int as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as content from "${name}" t`,
  );
  const rows = await hub.sql<{ name: string; rows: number; content: string }>(parts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, rows, content }) => [name, `${rows} rows, ${content}`]));
}

export async function count(
  hub: TestHub,
  table: string,
  where = 'true',
  values: unknown[] = [],
): Promise<number> {
  const [row] = await hub.sql<{ n: number }>(
    `select count(*)::int as n from ${table} where ${where}`,
    values,
  );
  return (row as { n: number }).n;
}

export function partnerInput(overrides: object = {}): object {
  return {
    enterpriseNumber: nextEnterpriseNumber(),
    name: { fr: 'Maison des Hirondelles' },
    legalForm: 'ASBL_VZW',
    sector: 'HOMELESS_SHELTERS',
    headcount: 12,
    languages: ['FR'],
    sites: [{ postalCode: '1000' }],
    ...overrides,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of the payload is the test's own question
export const newPartner = (hub: TestHub, overrides: object = {}): Promise<any> =>
  save(hub, 'createPartner', partnerInput(overrides));

let services = 0;

/** A service of a kind with a provider of its own. */
export async function newService(
  hub: TestHub,
  kind: string,
  overrides: object = {},
): Promise<{ id: string }> {
  services += 1;
  const slug = `service-${services}`;
  const { id } = await save(hub, 'createProvider', { slug: `provider-of-${slug}`, name: { en: 'Provider' } });
  return save(hub, 'createSharedService', {
    kind,
    slug,
    name: { en: `Service ${services}` },
    languages: ['EN'],
    carriers: [id],
    ...overrides,
  });
}

/** An enrolment in force from a day on. */
export async function newEnrolment(
  hub: TestHub,
  partner: { id: string },
  service: { id: string },
  activeFrom: string,
): Promise<{ id: string }> {
  const input = { partner: partner.id, service: service.id, requestedOn: activeFrom };
  const { id } = await save(hub, 'enrolPartner', input);
  return save(hub, 'activateEnrolment', { id, activeFrom });
}

/** The key behind a global id. */
export const keyOf = (record: { id: string }): string => record.id.replace(/^.*_/, '');

/** The id of no record, of a kind. */
export const unknownId = (prefix: string): string => `${prefix}_01890a5d-ac96-774b-bcce-b302099a8057`;
