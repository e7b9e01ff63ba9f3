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
