import { DataRoom, PUBLIC_RECORDS, ROW, type RowRule, SOMEBODY, sharedBy } from '../database/row-security.ts';
import { byPartner, ofPartner, ofService } from '../services/service.policy.ts';

/** Definitions and published figures are public. */
export const definitionRule = PUBLIC_RECORDS;

/**
 * Single usage entries belong to the partner and to the service's staff. That there are others, and not what they say,
 * is counted to know who sees all of them.
 */
export const usageRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.USAGE)],
  // Use without an enrolment, a guest's, is the staff's to say.
  make: [
    { reach: 'editable', where: `(${ROW}.partner_id = any ({list}) and ${ROW}.enrolment_id is not null)` },
    ofService,
  ],
  // Entries are never changed; one that is to be reversed is locked.
  change: [byPartner, ofService],
  count: [SOMEBODY],
  hasProvenance: true,
};

/** A month of a partner's use is seen by who sees its entries. */
export const usageMonthRule: RowRule = {
  see: [{ where: `${ROW}.is_synthetic` }, ofPartner, ofService, sharedBy('partner_id', DataRoom.USAGE)],
  count: [SOMEBODY],
};

/** Totals of all partners are seen by who sees the entries of each of them. */
export const usageTotalRule: RowRule = { see: [{ where: `${ROW}.is_synthetic` }, ofService] };

/** Which months are released is public. */
export const releaseRule = PUBLIC_RECORDS;

/** Released cells over all records are public; those over a federation's or an authority's are theirs. */
export const releasedCellRule: RowRule = {
  see: [
    { where: `${ROW}.audience_id is null` },
    { reach: 'federations', column: 'audience_id' },
    { reach: 'authorities', column: 'audience_id' },
  ],
};

/** What cells were made of is the hub's own. */
export const releasedFactRule: RowRule = { see: [] };
