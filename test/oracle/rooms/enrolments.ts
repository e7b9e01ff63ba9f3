import { type Asked, column, kind, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { byDay, connection, connectionTypes, listOf, sorted } from '../pages.ts';
import { globalId, isIn, isInForce, keyOf, mustBeKnown, mustExist, reference } from '../values.ts';
import { authorityCodes } from './partner-filter.ts';
import { partnerOf } from './partners.ts';
import { onEveryService } from './services.ts';

interface EnrolmentFilter {
  status?: string[] | null;
  serviceKinds?: string[] | null;
  service?: string | null;
  partner?: string | null;
  authorities?: string[] | null;
  activeOn?: string | null;
}

const LATEST_FIRST = byDay('requested_on', true);

function thatMeet(enrolments: readonly Row[], filter: EnrolmentFilter, asked: Asked): readonly Row[] {
  const service = filter.service ? keyOf('service', filter.service, 'filter.service') : undefined;
  const partner = filter.partner ? keyOf('partner', filter.partner, 'filter.partner') : undefined;
  if (service) mustExist(asked, 'shared_service', [service], 'filter.service');
  if (partner) mustExist(asked, 'partner', [partner], 'filter.partner');
  if (filter.authorities)
    mustBeKnown(asked, ['competent_authority', 'filter.authorities'], filter.authorities);
  return enrolments.filter(
    (enrolment) =>
      isIn(filter.status, enrolment.status) &&
      isIn(filter.serviceKinds, asked.db.one('shared_service', 'id', enrolment.service_id)?.kind) &&
      (!service || enrolment.service_id === service) &&
      (!partner || enrolment.partner_id === partner) &&
      isIn(
        filter.authorities,
        ...authorityCodes(asked.db.one('recognition', 'id', enrolment.recognition_id), asked),
      ) &&
      (!filter.activeOn || isInForce(enrolment, filter.activeOn)),
  );
}

function enrolments(name: string, rows: (parent: Row, asked: Asked) => readonly Row[]) {
  return connection<{ filter?: EnrolmentFilter | null }>({
    question: ({ filter }) => [name, filter],
    order: LATEST_FIRST,
    check: ({ filter }) => {
      if (filter?.service) keyOf('service', filter.service, 'filter.service');
      if (filter?.partner) keyOf('partner', filter.partner, 'filter.partner');
    },
    rows: (parent, { filter }, asked) => thatMeet(rows(parent, asked), filter ?? {}, asked),
  });
}

/** Who is enrolled in what, and since when. */
export const enrolmentsRoom: Room = {
  nodes: {
    enrolment: kind('enrolment', 'Enrolment'),
    enrolment_event: kind('enrolment_event', 'EnrolmentEvent'),
  },
  fields: {
    Query: { enrolments: enrolments('enrolments', (_, { db }) => db.all('enrolment')) },
    Partner: {
      enrolments: enrolments('Partner.enrolments', ({ id }, { db }) =>
        db.where('enrolment', 'partner_id', id),
      ),
    },
    ...onEveryService({
      enrolments: enrolments('SharedService.enrolments', ({ id }, { db }) =>
        db.where('enrolment', 'service_id', id),
      ),
    }),
    Recognition: { enrolments: listOf('enrolment', 'recognition_id', LATEST_FIRST) },
    Enrolment: {
      id: globalId('enrolment'),
      ...same('status', 'provenance'),
      partner: partnerOf,
      service: reference('shared_service', 'service_id'),
      recognition: reference('recognition', 'recognition_id'),
      requestedOn: column('requested_on'),
      activeFrom: column('active_from'),
      endedOn: column('ended_on'),
      history: ({ id }, _, { db }) =>
        sorted(db.where('enrolment_event', 'enrolment_id', id), [
          { of: (event) => event.recorded_at as string, type: 'timestamptz' },
          ...byDay('occurred_on'),
        ]),
    },
    EnrolmentEvent: {
      id: globalId('enrolment_event'),
      ...same('status'),
      occurredOn: column('occurred_on'),
      recordedAt: column('recorded_at'),
    },
    ...connectionTypes('Enrolment'),
  },
};
