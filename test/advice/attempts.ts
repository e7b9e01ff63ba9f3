import { type MutationName, save, unknownId } from '../partners/records.ts';
import type { TestHub } from '../support/hub.ts';

/** Ids of an advisory service and of a partner that comes to its sessions. */
export interface Advised {
  partner: string;
  service: string;
}

/** Mutations of the advisory services. */
export type AdviceMutation = Extract<
  MutationName,
  | 'planSession'
  | 'changeSession'
  | 'cancelSession'
  | 'registerForSession'
  | 'cancelRegistration'
  | 'recordAttendance'
  | 'recordSatisfaction'
  | 'saveResource'
  | 'grantToolboxAccess'
  | 'withdrawToolboxAccess'
  | 'recordDownload'
  | 'openRiskAnalysis'
  | 'recordRiskAnalysisStep'
  | 'deepenRiskAnalysis'
  | 'addTargetGroup'
  | 'saveGroupFindings'
  | 'approveGroupReport'
  | 'planPreventionMeasure'
  | 'changePreventionMeasure'
  | 'completePreventionMeasure'
  | 'dropPreventionMeasure'
  | 'requestAdvice'
  | 'takeAdviceRequest'
  | 'answerAdviceRequest'
  | 'withdrawAdviceRequest'
  | 'createAdviserMandate'
  | 'endAdviserMandate'
  | 'bookAdviser'
  | 'cancelAdviserBooking'
>;

let attempts = 0;

const plan = ({ service }: Advised): object => {
  attempts += 1;
  return {
    service,
    kind: 'WORKSHOP',
    title: { fr: `Atelier ${attempts}` },
    startsAt: '2029-03-01T09:00:00Z',
    endsAt: '2029-03-01T12:00:00Z',
    municipality: '21004',
    capacity: 20,
  };
};
const question = ({ partner, service }: Advised): object => ({
  partner,
  service,
  topic: 'ERGONOMICS',
  question: 'Quels sièges?',
});
const newMandate = ({ service }: Advised): object => {
  attempts += 1;
  return {
    service,
    reference: `A-${attempts}`,
    role: 'DIVERSITY_ADVISER',
    hoursPerMonth: '20',
    validFrom: '2026-01-01',
  };
};
const newResource = ({ service }: Advised): object => {
  attempts += 1;
  return {
    service,
    code: `SHEET-${attempts}`,
    kind: 'TOOL_SHEET',
    title: { fr: 'Fiche' },
    languages: ['FR'],
    url: 'https://tools.example/sheet',
    publishedOn: '2020-01-01',
  };
};
/** Access on a day of its own: for as long as it is held nobody is granted another one. */
const newAccess = ({ partner, service }: Advised): object => {
  attempts += 1;
  return { partner, service, grantedOn: dayAfter('2010-01-01', attempts * 2) };
};
function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
const HELD = { startsAt: '2026-03-02T09:00:00Z', endsAt: '2026-03-02T12:00:00Z' };
const meeting = { step: 'MANAGEMENT_MET', doneOn: '2026-02-02', evidence: 'Minutes' };
const findings = [{ rubric: 'NOISE', goesNotWell: 'La climatisation' }];
const newMeasure = { title: 'Des tapis', responsible: 'MANAGEMENT', deadline: '2099-12-31' };
const counts = [{ role: 'MANAGEMENT', attended: 3, ofWhomFirstTime: 1 }];
const grades = [{ grade: 4, answers: 1 }];

/** For each mutation, an input that its owner succeeds with; each time a new one. */
export function adviceInputsOf(hub: TestHub): Record<AdviceMutation, (of: Advised) => Promise<object>> {
  const session = async (of: Advised, times: object = {}): Promise<string> =>
    (await save(hub, 'planSession', { ...plan(of), ...times })).id;
  const attended = async (of: Advised): Promise<object> => ({
    session: await session(of, HELD),
    partner: of.partner,
    counts,
  });
  const registered = async (of: Advised): Promise<object> => ({
    session: await session(of),
    partner: of.partner,
    seats: 2,
  });
  const asked = async (of: Advised): Promise<string> => (await save(hub, 'requestAdvice', question(of))).id;
  const taken = async (of: Advised): Promise<string> => {
    const request = await asked(of);
    await save(hub, 'takeAdviceRequest', { request, handledBy: 'ERGONOMIST' });
    return request;
  };
  const mandate = async (of: Advised): Promise<string> =>
    (await save(hub, 'createAdviserMandate', newMandate(of))).id;
  const booking = async (of: Advised): Promise<object> => ({
    mandate: await mandate(of),
    partner: of.partner,
    day: '2026-03-05',
    hours: '2',
  });
  const resource = async (of: Advised): Promise<string> =>
    (await save(hub, 'saveResource', newResource(of))).id;
  /** Ends the access that the partner holds, so that it can be granted another one. */
  const free = async ({ partner, service }: Advised): Promise<void> => {
    const { data } = await hub.write(
      `query ($partner: ID!, $service: ID!) { toolboxAccesses(filter: { partner: $partner, service: $service, on: "2030-01-01" }) { nodes { id grantedOn } } }`,
      { partner, service },
    );
    for (const { id, grantedOn } of data.toolboxAccesses.nodes)
      await save(hub, 'withdrawToolboxAccess', { access: id, withdrawnOn: dayAfter(grantedOn, 1) });
  };
  const granted = async (of: Advised): Promise<object> => {
    await free(of);
    return newAccess(of);
  };
  const analysis = async ({ partner, service }: Advised): Promise<string> =>
    (await save(hub, 'openRiskAnalysis', { partner, service, requestedOn: '2026-01-05' })).id;
  const met = async (of: Advised): Promise<string> => {
    const id = await analysis(of);
    await save(hub, 'recordRiskAnalysisStep', { analysis: id, ...meeting });
    return id;
  };
  const group = async (of: Advised): Promise<string> => {
    const input = { analysis: await met(of), name: 'Équipe de nuit', size: 6 };
    return (await save(hub, 'addTargetGroup', input)).id;
  };
  const heard = async (of: Advised): Promise<string> => {
    const { id, analysis } = await save(hub, 'saveGroupFindings', {
      group: await group(of),
      metOn: '2026-02-10',
      findings,
    });
    await save(hub, 'recordRiskAnalysisStep', {
      analysis: analysis.id,
      step: 'GROUPS_MET',
      doneOn: '2026-02-10',
      evidence: 'Lists',
    });
    return id;
  };
  /** Its conclusions were presented. */
  const concluded = async (of: Advised): Promise<string> => {
    const approved = { group: await heard(of), approvedOn: '2026-02-20' };
    const { analysis } = await save(hub, 'approveGroupReport', approved);
    for (const step of ['REPORTS_APPROVED', 'CONCLUSIONS_PRESENTED'])
      await save(hub, 'recordRiskAnalysisStep', {
        ...meeting,
        analysis: analysis.id,
        step,
        doneOn: '2026-03-02',
      });
    return analysis.id;
  };
  const measure = async (of: Advised): Promise<string> =>
    (await save(hub, 'planPreventionMeasure', { ...newMeasure, analysis: await concluded(of) })).id;
  return {
    planPreventionMeasure: async (of) => ({ ...newMeasure, analysis: await concluded(of) }),
    changePreventionMeasure: async (of) => ({ measure: await measure(of), isStarted: true }),
    completePreventionMeasure: async (of) => {
      const input = { ...newMeasure, analysis: await concluded(of) };
      const { id, plannedOn } = await save(hub, 'planPreventionMeasure', input);
      return { measure: id, doneOn: plannedOn };
    },
    dropPreventionMeasure: async (of) => ({ measure: await measure(of), reason: 'Sans objet' }),
    openRiskAnalysis: async ({ partner, service }) => ({ partner, service, requestedOn: '2026-01-05' }),
    recordRiskAnalysisStep: async (of) => ({ analysis: await analysis(of), ...meeting }),
    deepenRiskAnalysis: async (of) => ({
      analysis: await analysis(of),
      level: 'OBSERVATION',
      reason: 'Le bruit',
    }),
    addTargetGroup: async (of) => ({ analysis: await met(of), name: 'Équipe de jour', size: 6 }),
    saveGroupFindings: async (of) => ({ group: await group(of), metOn: '2026-02-10', findings }),
    approveGroupReport: async (of) => ({ group: await heard(of), approvedOn: '2026-02-20' }),
    saveResource: async (of) => newResource(of),
    grantToolboxAccess: granted,
    withdrawToolboxAccess: async (of) => ({
      access: (await save(hub, 'grantToolboxAccess', await granted(of))).id,
      withdrawnOn: '2040-01-01',
    }),
    recordDownload: async (of) => ({ partner: of.partner, resource: await resource(of) }),
    requestAdvice: async (of) => question(of),
    takeAdviceRequest: async (of) => ({ request: await asked(of), handledBy: 'ERGONOMIST' }),
    answerAdviceRequest: async (of) => ({ request: await taken(of) }),
    withdrawAdviceRequest: async (of) => ({ request: await asked(of) }),
    createAdviserMandate: async (of) => newMandate(of),
    endAdviserMandate: async (of) => ({ mandate: await mandate(of), validUntil: '2027-01-01' }),
    bookAdviser: booking,
    cancelAdviserBooking: async (of) => ({
      booking: (await save(hub, 'bookAdviser', await booking(of))).id,
    }),
    planSession: async (of) => plan(of),
    changeSession: async (of) => ({ session: await session(of), capacity: 21 }),
    cancelSession: async (of) => ({ session: await session(of) }),
    registerForSession: registered,
    cancelRegistration: async (of) => ({
      registration: (await save(hub, 'registerForSession', await registered(of))).id,
    }),
    recordAttendance: attended,
    recordSatisfaction: async (of) => {
      const { id } = await save(hub, 'recordAttendance', await attended(of));
      return { session: id, grades };
    },
  };
}

/** Of each mutation another body. */
export const OTHER_ADVICE: Record<AdviceMutation, object> = {
  saveResource: { edition: 2 },
  grantToolboxAccess: { grantedOn: '2009-01-01' },
  withdrawToolboxAccess: { withdrawnOn: '2041-01-01' },
  recordDownload: { copies: 2 },
  openRiskAnalysis: { requestedOn: '2026-01-06' },
  recordRiskAnalysisStep: { doneOn: '2026-02-03' },
  deepenRiskAnalysis: { level: 'EXPERTISE' },
  addTargetGroup: { size: 7 },
  saveGroupFindings: { metOn: '2026-02-11' },
  approveGroupReport: { approvedOn: '2026-02-21' },
  planPreventionMeasure: { deadline: '2098-12-31' },
  changePreventionMeasure: { priority: 'HIGH' },
  completePreventionMeasure: { measure: unknownId('prevention_measure') },
  dropPreventionMeasure: { reason: 'Autre' },
  requestAdvice: { topic: 'OTHER' },
  takeAdviceRequest: { handledBy: 'OUTSIDE_EXPERT' },
  answerAdviceRequest: { request: unknownId('advice_request') },
  withdrawAdviceRequest: { request: unknownId('advice_request') },
  createAdviserMandate: { hoursPerMonth: '21' },
  endAdviserMandate: { validUntil: '2028-01-01' },
  bookAdviser: { hours: '3' },
  cancelAdviserBooking: { booking: unknownId('adviser_booking') },
  planSession: { capacity: 22 },
  changeSession: { capacity: 23 },
  cancelSession: { session: unknownId('advice_session') },
  registerForSession: { seats: 3 },
  cancelRegistration: { registration: unknownId('session_registration') },
  recordAttendance: { counts: [{ role: 'STAFF', attended: 1 }] },
  recordSatisfaction: { grades: [{ grade: 5, answers: 1 }] },
};

/** Of each mutation an input that names nothing that is there. */
export const NOTHING_ADVISED: Record<AdviceMutation, object> = {
  saveResource: newResource({ service: unknownId('service'), partner: unknownId('partner') }),
  grantToolboxAccess: newAccess({ service: unknownId('service'), partner: unknownId('partner') }),
  withdrawToolboxAccess: { access: unknownId('toolbox_access'), withdrawnOn: '2040-01-01' },
  recordDownload: { partner: unknownId('partner'), resource: unknownId('advice_resource') },
  openRiskAnalysis: { service: unknownId('service'), partner: unknownId('partner') },
  recordRiskAnalysisStep: { analysis: unknownId('risk_analysis'), ...meeting },
  deepenRiskAnalysis: { analysis: unknownId('risk_analysis'), level: 'ANALYSIS', reason: 'Le bruit' },
  addTargetGroup: { analysis: unknownId('risk_analysis'), name: 'Équipe de jour', size: 6 },
  saveGroupFindings: { group: unknownId('target_group'), metOn: '2026-02-10', findings },
  approveGroupReport: { group: unknownId('target_group'), approvedOn: '2026-02-20' },
  planPreventionMeasure: { ...newMeasure, analysis: unknownId('risk_analysis') },
  changePreventionMeasure: { measure: unknownId('prevention_measure'), isStarted: true },
  completePreventionMeasure: { measure: unknownId('prevention_measure'), doneOn: '2026-03-02' },
  dropPreventionMeasure: { measure: unknownId('prevention_measure'), reason: 'Sans objet' },
  requestAdvice: question({ service: unknownId('service'), partner: unknownId('partner') }),
  takeAdviceRequest: { request: unknownId('advice_request'), handledBy: 'ERGONOMIST' },
  answerAdviceRequest: { request: unknownId('advice_request') },
  withdrawAdviceRequest: { request: unknownId('advice_request') },
  createAdviserMandate: newMandate({ service: unknownId('service'), partner: unknownId('partner') }),
  endAdviserMandate: { mandate: unknownId('adviser_mandate'), validUntil: '2027-01-01' },
  bookAdviser: {
    mandate: unknownId('adviser_mandate'),
    partner: unknownId('partner'),
    day: '2026-03-05',
    hours: '2',
  },
  cancelAdviserBooking: { booking: unknownId('adviser_booking') },
  planSession: plan({ service: unknownId('service'), partner: unknownId('partner') }),
  changeSession: { session: unknownId('advice_session') },
  cancelSession: { session: unknownId('advice_session') },
  registerForSession: { session: unknownId('advice_session'), partner: unknownId('partner') },
  cancelRegistration: { registration: unknownId('session_registration') },
  recordAttendance: { session: unknownId('advice_session'), partner: unknownId('partner'), counts },
  recordSatisfaction: { session: unknownId('advice_session'), grades },
};

/** Records of an advisory service, by object type. */
export async function makeAdviceRecords(hub: TestHub, advised: Advised): Promise<Record<string, string>> {
  const session = await save(hub, 'planSession', {
    ...plan(advised),
    onlineUrl: 'https://meet.example.org/sessions',
  });
  const { id } = await save(hub, 'registerForSession', {
    session: session.id,
    partner: advised.partner,
  });
  // A later change of its days is what makes a session to come one that was held.
  await save(hub, 'changeSession', { session: session.id, ...HELD, registrationUntil: HELD.startsAt });
  await save(hub, 'recordAttendance', {
    session: session.id,
    partner: advised.partner,
    counts: [{ role: 'STAFF', attended: 4 }],
  });
  await save(hub, 'recordSatisfaction', { session: session.id, grades: [{ grade: 4, answers: 4 }] });
  const inputs = adviceInputsOf(hub);
  const { request } = (await inputs.answerAdviceRequest(advised)) as { request: string };
  await save(hub, 'answerAdviceRequest', { request });
  const booking = await save(hub, 'bookAdviser', { ...(await inputs.bookAdviser(advised)), request });
  const access = await save(hub, 'grantToolboxAccess', {
    ...(await inputs.grantToolboxAccess(advised)),
    // Before those that attempts end: none of them meets it.
    grantedOn: '2005-01-01',
  });
  const sheet = await save(hub, 'saveResource', { ...newResource(advised), isRestricted: true });
  const download = await save(hub, 'recordDownload', { partner: advised.partner, resource: sheet.id });
  const { group } = (await inputs.approveGroupReport(advised)) as { group: string };
  const approved = await save(hub, 'approveGroupReport', { group, approvedOn: '2026-02-20' });
  const measure = await save(hub, 'planPreventionMeasure', await inputs.planPreventionMeasure(advised));
  return {
    PreventionMeasure: measure.id,
    RiskAnalysis: approved.analysis.id,
    TargetGroup: group,
    AdviceSession: session.id,
    SessionRegistration: id,
    AdviceRequest: request,
    AdviserMandate: booking.mandate.id,
    AdviserBooking: booking.id,
    AdviceResource: download.resource.id,
    ToolboxAccess: access.id,
    ResourceDownload: download.id,
  };
}
