import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { bookingRule, mandateRule } from './advice.policy.ts';
import { AdviceRequest, AdviserRole } from './request.entity.ts';

/** Hours: exact, in quarters. */
const hours = () => p.decimal('string').precision(5).scale(2);

export const AdviserMandateSchema = defineEntity({
  name: 'AdviserMandate',
  tableName: 'adviser_mandate',
  ...rowSecurity('adviser_mandate', mandateRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** A pseudonym: the service knows whom it stands for. */
    reference: p.string().length(12),
    role: p.enum(() => AdviserRole),
    hoursPerMonth: hours(),
    /** First day of the first month. */
    validFrom: p.date(),
    /** First day of the first month in which it no longer holds. */
    validUntil: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [{ properties: ['service', 'validFrom', 'id'] }, { properties: ['validFrom', 'id'] }],
  checks: [
    { name: 'adviser_mandate_reference', expression: `reference ~ '^[A-Z]{0,3}-?[0-9]{1,8}$'` },
    {
      name: 'adviser_mandate_hours',
      expression: 'hours_per_month > 0 and hours_per_month <= 220 and mod(hours_per_month, 0.25) = 0',
    },
    {
      name: 'adviser_mandate_months',
      expression:
        'valid_until > valid_from and extract(day from valid_from) = 1 and coalesce(extract(day from valid_until), 1) = 1',
    },
  ],
});
/** Hours a month that an adviser has for the partners of a service together. */
export class AdviserMandate extends AdviserMandateSchema.class {}
AdviserMandateSchema.setClass(AdviserMandate);

export const AdviserBookingSchema = defineEntity({
  name: 'AdviserBooking',
  tableName: 'adviser_booking',
  ...rowSecurity('adviser_booking', bookingRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    mandate: () => p.manyToOne(AdviserMandate),
    /** The request that it serves, if any. */
    request: () =>
      p
        .manyToOne(AdviceRequest)
        .joinColumns('partner_id', 'request_id')
        .ownColumns('request_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    day: p.date(),
    hours: hours(),
    cancelledAt: p.datetime(3).nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['mandate', 'day'] },
    { properties: ['service', 'day', 'id'] },
    { properties: ['day', 'id'] },
  ],
  checks: [
    { name: 'adviser_booking_hours', expression: 'hours > 0 and hours <= 11 and mod(hours, 0.25) = 0' },
  ],
});
/** Hours of an adviser for a partner on a day. */
export class AdviserBooking extends AdviserBookingSchema.class {}
AdviserBookingSchema.setClass(AdviserBooking);
