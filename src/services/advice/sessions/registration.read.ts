import type { Partner } from '../../../partners/partner.entity.ts';
import {
  and,
  connection,
  type Fields,
  fields,
  list,
  type OrderKey,
  one,
  type Page,
  type Rows,
  raw,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import type { SeenRecords } from '../../record-notice.read.ts';
import { type AdviceSession, SessionRegistration } from '../session.entity.ts';

/** A filter with its references turned into keys. */
export interface RegistrationCondition {
  partner?: string | undefined;
  service?: string | undefined;
  session?: string | undefined;
}

/** The latest first. */
export const REGISTRATION_ORDER: OrderKey<SessionRegistration>[] = [
  { by: (row) => row.registeredAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

export function registrations({ partner, service, session }: RegistrationCondition, page: Page): Rows {
  return connection(SessionRegistration, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        named('advice_session', session, 'session', row.session),
      ]),
    orderBy: REGISTRATION_ORDER,
    page,
  });
}

export function registrationsOfPartner(page: Page): Rows {
  return connection<SessionRegistration, Partner>(SessionRegistration, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: REGISTRATION_ORDER,
    page,
  });
}

export function registrationsOfSession(page: Page): Rows {
  return connection<SessionRegistration, AdviceSession>(SessionRegistration, {
    where: (row, session) => sql`${row.session} = ${session.id}`,
    orderBy: REGISTRATION_ORDER,
    page,
  });
}

export function registrationById(id: string): Rows {
  return one(SessionRegistration, (row) => sql`${row.id} = ${id}::uuid`);
}

/** What is told of seats that were taken or given back. */
export function seatsTaken({ records, isComplete }: SeenRecords): Fields {
  return fields({
    registrations: () =>
      list(SessionRegistration, {
        where: (row) => sql`${row.id} = any(${[...records]}::uuid[])`,
        orderBy: REGISTRATION_ORDER,
      }),
    isComplete: () => raw(String(isComplete)),
  });
}
