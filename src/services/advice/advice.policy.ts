import { DataRoom, ROW, type RowRule, SOMEBODY, sharedBy, type Way } from '../../database/row-security.ts';
import { byPartner, ofPartner, ofService } from '../service.policy.ts';

/* Whose business advice is: the service's, the partner's that it is for, and a federation's by agreement. */

/** What is planned is public: whoever reads it may come. */
export const sessionRule: RowRule = {
  see: [{ everyone: true }],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** The address of an online session is for those who come. */
export const onlineUrlSeenBy: readonly Way[] = [
  { synthetic: true },
  { reach: 'services', column: 'service_id' },
  {
    reach: 'partners',
    where: `exists (select from session_registration ur where ur.session_id = ${ROW}.id and ur.partner_id = any({list}) and ur.cancelled_at is null)`,
  },
];

/** Who comes is the partner's business and the service's. */
export const registrationRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.ADVICE)],
  make: [byPartner, ofService],
  change: [byPartner, ofService],
  hasProvenance: true,
};

/** Who came is counted by the service. */
export const attendanceRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.ADVICE)],
  make: [ofService],
  change: [ofService],
  count: [SOMEBODY],
  hasProvenance: true,
};

/** What was thought of a session is the service's: few answers tell who gave them. */
export const satisfactionRule: RowRule = {
  see: [{ synthetic: true }, ofService],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** What a partner asks is its own and the service's; a federation learns that it did, and not what. */
export const requestRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.ADVICE)],
  make: [byPartner, ofService],
  change: [byPartner, ofService],
  hasProvenance: true,
};

/** What is asked or told in words goes to nobody else. */
export const wordsSeenBy: readonly Way[] = [
  { synthetic: true },
  { reach: 'partners', column: 'partner_id' },
  { reach: 'services', column: 'service_id' },
];

/** An adviser is known to the service, by a reference alone, and to the partners that booked hours. */
export const mandateRule: RowRule = {
  see: [
    { synthetic: true },
    ofService,
    {
      reach: 'partners',
      where: `exists (select from adviser_booking mb where mb.mandate_id = ${ROW}.id and mb.partner_id = any({list}))`,
    },
  ],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** Hours of an adviser are booked by the service for a partner. */
export const bookingRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.ADVICE)],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** What there is to read is public, but for where it is. */
export const resourceRule: RowRule = {
  see: [{ everyone: true }],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** Where a resource is: for everybody, or for those that were granted access to the service's toolbox. */
export const resourceUrlSeenBy: readonly Way[] = [
  { synthetic: true },
  { where: `not ${ROW}.is_restricted` },
  { reach: 'services', column: 'service_id' },
  {
    reach: 'partners',
    where: `exists (select from toolbox_access ta where ta.service_id = ${ROW}.service_id and ta.partner_id = any({list})
      and ta.granted_on <= (now() at time zone 'Europe/Brussels')::date
      and (ta.withdrawn_on is null or (now() at time zone 'Europe/Brussels')::date < ta.withdrawn_on))`,
  },
];

/** Access is granted by the service; what a partner reads is its own business and the service's. */
export const toolboxAccessRule: RowRule = { ...bookingRule };
export const downloadRule: RowRule = { ...requestRule, change: [] };

/** How far an analysis has come is the partner's and the service's; a federation learns it by an agreement. */
export const analysisRule: RowRule = { ...requestRule };
export const analysisStepRule: RowRule = {
  see: requestRule.see,
  make: [byPartner, ofService],
  hasProvenance: true,
};

/** What a group says is the partner's and the service's. */
export const targetGroupRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService],
  make: [ofService],
  change: [byPartner, ofService],
  hasProvenance: true,
};
export const findingRule: RowRule = {
  see: targetGroupRule.see,
  make: [ofService],
  remove: [ofService],
  hasProvenance: true,
};

/** What is done about a risk is the partner's to plan with the service; a federation learns how far it is by an agreement. */
export const preventionMeasureRule: RowRule = { ...requestRule };
