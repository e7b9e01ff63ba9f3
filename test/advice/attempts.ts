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
const HELD = { startsAt: '2026-03-02T09:00:00Z', endsAt: '2026-03-02T12:00:00Z' };
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
  return {
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
  return { AdviceSession: session.id, SessionRegistration: id };
}
