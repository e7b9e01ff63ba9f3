import type { Partner, Recognition } from '../partners/partner.entity.ts';
import {
  and,
  connection,
  list,
  mustBeKnown,
  mustExist,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
} from '../read/index.ts';
import { Enrolment, EnrolmentEvent } from './enrolment.entity.ts';
import type { SharedService } from './service.entity.ts';

/** An enrolment filter with its references turned into keys. */
export interface EnrolmentCondition {
  status?: readonly string[] | null | undefined;
  serviceKinds?: readonly string[] | null | undefined;
  service?: string | undefined;
  partner?: string | undefined;
  authorities?: readonly string[] | null | undefined;
  activeOn?: string | null | undefined;
}

/** The latest first. */
export const ENROLMENT_ORDER: OrderKey<Enrolment>[] = [
  { by: (row) => row.requestedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

function condition(row: RowRef<Enrolment>, filter: EnrolmentCondition): Sql | undefined {
  const conditions: Sql[] = [];
  if (filter.status) conditions.push(oneOf(row.status, filter.status, 'text'));
  if (filter.serviceKinds) {
    conditions.push(
      sql`exists (select from shared_service s where s.id = ${row.service} and ${oneOf(sql`s.kind`, filter.serviceKinds, 'text')})`,
    );
  }
  if (filter.service) {
    conditions.push(mustExist('shared_service', [filter.service], 'filter.service'));
    conditions.push(sql`${row.service} = ${filter.service}::uuid`);
  }
  if (filter.partner) {
    conditions.push(mustExist('partner', [filter.partner], 'filter.partner'));
    conditions.push(sql`${row.partner} = ${filter.partner}::uuid`);
  }
  if (filter.authorities) {
    conditions.push(mustBeKnown('competent_authority', 'code', filter.authorities, 'filter.authorities'));
    conditions.push(sql`exists (select from recognition r join competent_authority a on a.id = r.authority_id
      left join competent_authority w on w.id = a.part_of_id
      where r.partner_id = ${row.partner} and r.id = ${row.recognition}
        and (${oneOf(sql`a.code`, filter.authorities, 'text')} or ${oneOf(sql`w.code`, filter.authorities, 'text')}))`);
  }
  if (filter.activeOn) {
    conditions.push(
      sql`${row.activeFrom} <= ${filter.activeOn}::date and (${row.endedOn} is null or ${row.endedOn} > ${filter.activeOn}::date)`,
    );
  }
  return conditions.length > 0 ? and(conditions) : undefined;
}

export function enrolments(filter: EnrolmentCondition, page: Page): Rows {
  return connection(Enrolment, { where: (row) => condition(row, filter), orderBy: ENROLMENT_ORDER, page });
}

export function enrolmentsOfPartner(filter: EnrolmentCondition, page: Page): Rows {
  return connection<Enrolment, Partner>(Enrolment, {
    where: (row, partner) => and([sql`${row.partner} = ${partner.id}`, condition(row, filter)]),
    orderBy: ENROLMENT_ORDER,
    page,
  });
}

export function enrolmentsOfService(filter: EnrolmentCondition, page: Page): Rows {
  return connection<Enrolment, SharedService>(Enrolment, {
    where: (row, service) => and([sql`${row.service} = ${service.id}`, condition(row, filter)]),
    orderBy: ENROLMENT_ORDER,
    page,
  });
}

/** Enrolments that rest on a recognition. */
export function enrolmentsOfRecognition(): Rows {
  return list<Enrolment, Recognition>(Enrolment, {
    where: (row, recognition) =>
      sql`${row.partner} = ${recognition.partner} and ${row.recognition} = ${recognition.id}`,
    orderBy: ENROLMENT_ORDER,
  });
}

export function enrolmentById(id: string): Rows {
  return one(Enrolment, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Steps of an enrolment, the first one first. */
export function historyOfEnrolment(): Rows {
  return list<EnrolmentEvent, Enrolment>(EnrolmentEvent, {
    where: (row, enrolment) =>
      sql`${row.partner} = ${enrolment.partner} and ${row.enrolment} = ${enrolment.id}`,
    orderBy: [
      { by: (row) => row.recordedAt, direction: 'asc', type: 'timestamptz' },
      { by: (row) => row.occurredOn, direction: 'asc', type: 'date' },
      { by: (row) => row.id, direction: 'asc', type: 'uuid' },
    ],
  });
}
