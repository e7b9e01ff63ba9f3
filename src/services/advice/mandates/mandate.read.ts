import type { Partner } from '../../../partners/partner.entity.ts';
import {
  and,
  connection,
  type Expression,
  expression,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type Rows,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import { AdviserBooking, AdviserMandate } from '../mandate.entity.ts';

/** A filter with its references turned into keys. */
export interface MandateCondition {
  service?: string | undefined;
  roles?: readonly string[] | null | undefined;
  on?: string | null | undefined;
}

/** A filter with its references turned into keys. */
export interface BookingCondition {
  partner?: string | undefined;
  service?: string | undefined;
  mandate?: string | undefined;
}

/** The latest first. */
export const MANDATE_ORDER: OrderKey<AdviserMandate>[] = [
  { by: (row) => row.validFrom, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];
export const BOOKING_ORDER: OrderKey<AdviserBooking>[] = [
  { by: (row) => row.day, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

export function mandates({ service, roles, on }: MandateCondition, page: Page): Rows {
  return connection(AdviserMandate, {
    where: (row) =>
      and([
        named('shared_service', service, 'service', row.service),
        roles ? oneOf(row.role, roles, 'text') : undefined,
        on
          ? sql`${row.validFrom} <= ${on}::date and (${row.validUntil} is null or ${on}::date < ${row.validUntil})`
          : undefined,
      ]),
    orderBy: MANDATE_ORDER,
    page,
  });
}

export function mandateById(id: string): Rows {
  return one(AdviserMandate, (row) => sql`${row.id} = ${id}::uuid`);
}

export function bookings({ partner, service, mandate }: BookingCondition, page: Page): Rows {
  return connection(AdviserBooking, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        named('adviser_mandate', mandate, 'mandate', row.mandate),
      ]),
    orderBy: BOOKING_ORDER,
    page,
  });
}

export function bookingsOfPartner(page: Page): Rows {
  return connection<AdviserBooking, Partner>(AdviserBooking, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: BOOKING_ORDER,
    page,
  });
}

export function bookingById(id: string): Rows {
  return one(AdviserBooking, (row) => sql`${row.id} = ${id}::uuid`);
}

/** Hours of a month that nobody has booked; none where the mandate does not hold, null for who does not see all bookings. */
export function freeHours(month: string): Expression {
  return expression<AdviserMandate>(
    (row) => sql`case when not coalesce((select hub_is('administrator')), false)
        and not (${row.service} = any((select hub_scope('services'))::uuid[])) and ${row.provenance} <> 'SYNTHETIC' then null
      when ${month}::date < ${row.validFrom} or ${month}::date >= ${row.validUntil} then 0
      else trim_scale(${row.hoursPerMonth} - coalesce((select sum(b.hours) from adviser_booking b where b.mandate_id = ${row.id} and b.cancelled_at is null
        and b.day >= ${month}::date and b.day < (${month}::date + interval '1 month')::date), 0)) end`,
  );
}
