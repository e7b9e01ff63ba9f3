import { DataRoom, PUBLIC_RECORDS, ROW, type RowRule, sharedBy } from '../database/row-security.ts';
import {
  byPartner,
  ofPartner,
  ofService,
  recognisedOrFunded,
  whileMember,
} from '../services/service.policy.ts';

/** Definitions and published figures are public. */
export const definitionRule = PUBLIC_RECORDS;

/** Single usage entries belong to the partner and to the service's staff; others count them. */
export const usageRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.USAGE)],
  // Use without an enrolment, a guest's, is the staff's to say.
  make: [
    { reach: 'editable', where: `(${ROW}.partner_id = any ({list}) and ${ROW}.enrolment_id is not null)` },
    ofService,
  ],
  // Entries are never changed; one that is to be reversed is locked.
  change: [byPartner, ofService],
  count: [
    { synthetic: true },
    ofPartner,
    ofService,
    whileMember(`${ROW}.occurred_on`, `${ROW}.occurred_on`),
    recognisedOrFunded(`${ROW}.occurred_on`, `${ROW}.occurred_on`),
  ],
  hasProvenance: true,
};

/** A month of a partner's use is seen by who sees its entries. */
export const usageMonthRule: RowRule = {
  see: [{ where: `${ROW}.is_synthetic` }, ofPartner, ofService, sharedBy('partner_id', DataRoom.USAGE)],
};

/** Totals of all partners are seen by who sees the entries of each of them. */
export const usageTotalRule: RowRule = { see: [{ where: `${ROW}.is_synthetic` }, ofService] };
