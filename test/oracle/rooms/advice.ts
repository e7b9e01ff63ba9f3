import { type Asked, type CheckedField, column, kind, type Read, type Room, same } from '../asked.ts';
import type { Row, Table } from '../database.ts';
import { byDay, byInstant, connection, connectionTypes, type OrderKey } from '../pages.ts';
import {
  checkPeriod,
  decimalOf,
  folded,
  globalId,
  isIn,
  isWithin,
  keyOf,
  localised,
  mustExist,
  reference,
} from '../values.ts';
import { partnerOf } from './partners.ts';

/** What a filter of this room may name. */
interface Filter {
  partner?: string | null;
  service?: string | null;
  session?: string | null;
  mandate?: string | null;
  states?: string[] | null;
  topics?: string[] | null;
  steps?: string[] | null;
  levels?: string[] | null;
  roles?: string[] | null;
  language?: string | null;
  search?: string | null;
  on?: string | null;
  kinds?: string[] | null;
  from?: string | null;
  to?: string | null;
  isOpen?: boolean | null;
  isOverdue?: boolean | null;
  due?: { from?: string | null; to?: string | null } | null;
}

const NAMED: readonly [
  field: 'partner' | 'service' | 'session' | 'mandate',
  prefix: string,
  table: Table,
  column: string,
][] = [
  ['partner', 'partner', 'partner', 'partner_id'],
  ['service', 'service', 'shared_service', 'service_id'],
  ['session', 'advice_session', 'advice_session', 'session_id'],
  ['mandate', 'adviser_mandate', 'adviser_mandate', 'mandate_id'],
];

const columns = (names: Readonly<Record<string, string>>): Record<string, Read> =>
  Object.fromEntries(Object.entries(names).map(([field, name]) => [field, column(name)]));

const isOverdue = ({ state, deadline }: Row): boolean =>
  ['PLANNED', 'IN_PROGRESS'].includes(state as string) &&
  (deadline as string) < new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Brussels' });

const byKey = (rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => ((a.id as string) < (b.id as string) ? -1 : 1));

const isOpen = (row: Row): boolean =>
  row.cancelled_at === null &&
  (row.seats_taken as number) < (row.capacity as number) &&
  Date.now() <= Date.parse(row.registration_until as string);

function filtered(
  name: string,
  order: OrderKey[],
  of: (parent: Row, asked: Asked) => readonly Row[],
  days: readonly [from: string, until: string] = ['valid_from', 'valid_until'],
): CheckedField {
  return connection<{ filter?: Filter | null }>({
    question: ({ filter }) => [name, filter],
    order,
    check: ({ filter }) => {
      checkPeriod(filter?.due, 'filter.due');
      for (const [field, prefix] of NAMED)
        if (filter?.[field]) keyOf(prefix, filter[field] as string, `filter.${field}`);
    },
    rows: (parent, { filter }, asked) => {
      const keys = NAMED.flatMap(([field, prefix, table, column]) => {
        const id = filter?.[field];
        if (!id) return [];
        const key = keyOf(prefix, id, `filter.${field}`);
        mustExist(asked, table, [key], `filter.${field}`);
        return [[column, key] as const];
      });
      const {
        language,
        search,
        kinds,
        states,
        topics,
        steps,
        levels,
        roles,
        on,
        from,
        to,
        isOpen: open,
        isOverdue: late,
        due,
      } = filter ?? {};
      return of(parent, asked).filter(
        (row) =>
          keys.every(([column, key]) => row[column] === key) &&
          isIn(kinds, row.kind) &&
          isIn(states, row.state) &&
          isIn(topics, row.topic) &&
          isIn(steps, row.step) &&
          isIn(levels, row.level) &&
          isIn(roles, row.role) &&
          (!language || (row.languages as string[]).includes(language)) &&
          (!search || folded(search).every((word) => ` ${row.search_text}`.includes(` ${word}`))) &&
          (!on || isWithin(on, row[days[0]], row[days[1]])) &&
          (!from || Date.parse(row.starts_at as string) >= Date.parse(from)) &&
          (!to || Date.parse(row.starts_at as string) < Date.parse(to)) &&
          (typeof open !== 'boolean' || isOpen(row) === open) &&
          (typeof late !== 'boolean' || isOverdue(row) === late) &&
          (!due?.from || (row.deadline as string) >= due.from) &&
          (!due?.to || (row.deadline as string) < due.to),
      );
    },
  });
}

const pageOf = (
  name: string,
  table: Table,
  by: string,
  order: OrderKey[] = byInstant('registered_at'),
): CheckedField =>
  connection({
    question: () => [name],
    order,
    rows: ({ id }: Row, _: unknown, { db }: Asked) => db.where(table, by, id),
  });

const ofService = (type: string): Record<string, Read | CheckedField> => ({
  sessions: filtered(`${type}.sessions`, byInstant('starts_at'), ({ id }, { db }) =>
    db.where('advice_session', 'service_id', id),
  ),
  calendarUrl: ({ slug }: Row) => `/calendar/sessions/${slug}.ics`,
});

/** Sessions of the advisory services: who comes, who came, and what was thought of it. */
export const adviceRoom: Room = {
  nodes: {
    advice_session: kind('advice_session', 'AdviceSession'),
    session_registration: kind('session_registration', 'SessionRegistration'),
    advice_resource: kind('advice_resource', 'AdviceResource'),
    toolbox_access: kind('toolbox_access', 'ToolboxAccess'),
    resource_download: kind('resource_download', 'ResourceDownload'),
    risk_analysis: kind('risk_analysis', 'RiskAnalysis'),
    prevention_measure: kind('prevention_measure', 'PreventionMeasure'),
    target_group: kind('target_group', 'TargetGroup'),
    advice_request: kind('advice_request', 'AdviceRequest'),
    adviser_mandate: kind('adviser_mandate', 'AdviserMandate'),
    adviser_booking: kind('adviser_booking', 'AdviserBooking'),
  },
  fields: {
    Query: {
      adviceSessions: filtered('adviceSessions', byInstant('starts_at'), (_, { db }) =>
        db.all('advice_session'),
      ),
      sessionRegistrations: filtered('sessionRegistrations', byInstant('registered_at'), (_, { db }) =>
        db.all('session_registration'),
      ),
      adviceResources: filtered(
        'adviceResources',
        byDay('published_on', true),
        (_, { db }) => db.all('advice_resource'),
        ['published_on', 'withdrawn_on'],
      ),
      toolboxAccesses: filtered(
        'toolboxAccesses',
        byDay('granted_on', true),
        (_, { db }) => db.all('toolbox_access'),
        ['granted_on', 'withdrawn_on'],
      ),
      riskAnalyses: filtered('riskAnalyses', byDay('requested_on', true), (_, { db }) =>
        db.all('risk_analysis'),
      ),
      preventionMeasures: filtered('preventionMeasures', byDay('deadline'), (_, { db }) =>
        db.all('prevention_measure'),
      ),
      adviceRequests: filtered('adviceRequests', byInstant('requested_at'), (_, { db }) =>
        db.all('advice_request'),
      ),
      adviserMandates: filtered('adviserMandates', byDay('valid_from', true), (_, { db }) =>
        db.all('adviser_mandate'),
      ),
      adviserBookings: filtered('adviserBookings', byDay('day', true), (_, { db }) =>
        db.all('adviser_booking'),
      ),
    },
    DiversityService: ofService('DiversityService'),
    PreventionService: ofService('PreventionService'),
    Partner: {
      sessionRegistrations: pageOf('Partner.sessionRegistrations', 'session_registration', 'partner_id'),
      riskAnalyses: pageOf(
        'Partner.riskAnalyses',
        'risk_analysis',
        'partner_id',
        byDay('requested_on', true),
      ),
      adviceRequests: pageOf(
        'Partner.adviceRequests',
        'advice_request',
        'partner_id',
        byInstant('requested_at'),
      ),
      resourceDownloads: pageOf(
        'Partner.resourceDownloads',
        'resource_download',
        'partner_id',
        byDay('downloaded_on', true),
      ),
      adviserBookings: pageOf('Partner.adviserBookings', 'adviser_booking', 'partner_id', byDay('day', true)),
    },
    AdviceSession: {
      id: globalId('advice_session'),
      ...same('kind', 'capacity', 'provenance'),
      ...localised('title'),
      service: reference('shared_service', 'service_id'),
      municipality: reference('territory', 'municipality_id'),
      ...columns({
        startsAt: 'starts_at',
        endsAt: 'ends_at',
        onlineUrl: 'online_url',
        registrationUntil: 'registration_until',
        cancelledAt: 'cancelled_at',
      }),
      freeSeats: ({ id, capacity }, _, { db }) =>
        db
          .where('session_registration', 'session_id', id)
          .filter((row) => row.cancelled_at === null)
          .reduce((free, { seats }) => free - (seats as number), capacity as number),
      registrations: pageOf('AdviceSession.registrations', 'session_registration', 'session_id'),
      attendance: ({ id }, _, { db }) => {
        const roles = Map.groupBy(
          db.where('session_attendance', 'session_id', id),
          ({ role }) => role as string,
        );
        const sum = (rows: readonly Row[], name: string): number =>
          rows.reduce((all, row) => all + (row[name] as number), 0);
        return [...roles]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([role, rows]) => ({
            role,
            attended: sum(rows, 'attended'),
            first_time: sum(rows, 'first_time'),
          }))
          .filter(({ attended }) => attended > 0);
      },
      satisfaction: ({ id }, _, { db }) => {
        const rows = db
          .where('satisfaction_score', 'session_id', id)
          .filter(({ answers }) => (answers as number) > 0)
          .sort((a, b) => (a.grade as number) - (b.grade as number));
        const answers = rows.reduce((all, row) => all + (row.answers as number), 0);
        if (answers < 4) return null;
        const points = rows.reduce((all, row) => all + (row.answers as number) * (row.grade as number), 0);
        return {
          answers,
          mean: String(Number((Math.round((points * 100) / answers) / 100).toFixed(2))),
          grades: rows,
        };
      },
    },
    AttendanceCount: { ...same('role', 'attended'), ofWhomFirstTime: column('first_time') },
    Satisfaction: same('answers', 'mean', 'grades'),
    GradeCount: same('grade', 'answers'),
    SessionRegistration: {
      id: globalId('session_registration'),
      ...same('seats', 'provenance'),
      partner: partnerOf,
      session: reference('advice_session', 'session_id'),
      ...columns({ registeredAt: 'registered_at', cancelledAt: 'cancelled_at' }),
    },
    AdviceResource: {
      id: globalId('advice_resource'),
      ...same('code', 'kind', 'languages', 'edition', 'url', 'provenance'),
      ...localised('title'),
      service: reference('shared_service', 'service_id'),
      ...columns({
        isRestricted: 'is_restricted',
        publishedOn: 'published_on',
        withdrawnOn: 'withdrawn_on',
      }),
      downloads: pageOf(
        'AdviceResource.downloads',
        'resource_download',
        'resource_id',
        byDay('downloaded_on', true),
      ),
    },
    ToolboxAccess: {
      id: globalId('toolbox_access'),
      ...same('provenance'),
      partner: partnerOf,
      service: reference('shared_service', 'service_id'),
      ...columns({ grantedOn: 'granted_on', withdrawnOn: 'withdrawn_on' }),
    },
    ResourceDownload: {
      id: globalId('resource_download'),
      ...same('copies', 'provenance'),
      partner: partnerOf,
      resource: reference('advice_resource', 'resource_id'),
      ...columns({ downloadedOn: 'downloaded_on' }),
    },
    ...connectionTypes('AdviceResource'),
    ...connectionTypes('ToolboxAccess'),
    ...connectionTypes('ResourceDownload'),
    RiskAnalysis: {
      id: globalId('risk_analysis'),
      ...same('level', 'step', 'provenance'),
      partner: partnerOf,
      service: reference('shared_service', 'service_id'),
      ...columns({ levelReason: 'level_reason', requestedOn: 'requested_on', leastGroup: 'least_group' }),
      steps: ({ id }, _, { db }) =>
        db
          .where('risk_analysis_step', 'analysis_id', id)
          .toSorted((a, b) => (`${a.done_on} ${a.id}` < `${b.done_on} ${b.id}` ? -1 : 1)),
      measures: ({ id }, _, { db }) =>
        db
          .where('prevention_measure', 'analysis_id', id)
          .toSorted((a, b) => (`${a.deadline} ${a.id}` < `${b.deadline} ${b.id}` ? -1 : 1)),
      targetGroups: ({ id }, _, { db }) => byKey(db.where('target_group', 'analysis_id', id)),
    },
    RiskAnalysisStep: { ...same('step', 'evidence'), doneOn: column('done_on') },
    PreventionMeasure: {
      id: globalId('prevention_measure'),
      ...same('title', 'rubric', 'component', 'responsible', 'deadline', 'priority', 'state', 'provenance'),
      partner: partnerOf,
      analysis: reference('risk_analysis', 'analysis_id'),
      budget: decimalOf('budget'),
      isOverdue,
      ...columns({ plannedOn: 'planned_on', closedOn: 'closed_on', dropReason: 'drop_reason' }),
    },
    TargetGroup: {
      id: globalId('target_group'),
      ...same('name', 'size', 'provenance'),
      analysis: reference('risk_analysis', 'analysis_id'),
      ...columns({ metOn: 'met_on', approvedOn: 'approved_on' }),
      findings: ({ id }, _, { db }) => byKey(db.where('group_finding', 'group_id', id)),
    },
    GroupFinding: {
      ...same('rubric', 'component', 'ideas'),
      ...columns({ goesWell: 'goes_well', goesNotWell: 'goes_not_well' }),
    },
    AdviceRequest: {
      id: globalId('advice_request'),
      ...same('topic', 'channel', 'urgency', 'question', 'state', 'provenance'),
      partner: partnerOf,
      service: reference('shared_service', 'service_id'),
      ...columns({
        handledBy: 'handled_by',
        requestedAt: 'requested_at',
        takenAt: 'taken_at',
        closedAt: 'closed_at',
      }),
      responseHours: ({ state, requested_at, closed_at }) => {
        if (state !== 'ANSWERED') return null;
        const hours = (Date.parse(closed_at as string) - Date.parse(requested_at as string)) / 3_600_000;
        return String(Number(hours.toFixed(2)));
      },
    },
    AdviserMandate: {
      id: globalId('adviser_mandate'),
      ...same('reference', 'role', 'provenance'),
      service: reference('shared_service', 'service_id'),
      hoursPerMonth: decimalOf('hours_per_month'),
      ...columns({ validFrom: 'valid_from', validUntil: 'valid_until' }),
    },
    AdviserBooking: {
      id: globalId('adviser_booking'),
      ...same('day', 'provenance'),
      partner: partnerOf,
      mandate: reference('adviser_mandate', 'mandate_id'),
      request: reference('advice_request', 'request_id'),
      hours: decimalOf('hours'),
      ...columns({ cancelledAt: 'cancelled_at' }),
    },
    ...connectionTypes('RiskAnalysis'),
    ...connectionTypes('PreventionMeasure'),
    ...connectionTypes('AdviceRequest'),
    ...connectionTypes('AdviserMandate'),
    ...connectionTypes('AdviserBooking'),
    ...connectionTypes('AdviceSession'),
    ...connectionTypes('SessionRegistration'),
  },
};
