import {
  DataRoom,
  PUBLIC_RECORDS,
  ROW,
  type RowRule,
  SOMEBODY,
  sharedBy,
  type Way,
} from '../../database/row-security.ts';
import { byPartner, ofPartner, ofService } from '../service.policy.ts';

/* Whose business shared staff is: the group's, the member's with whom a worker is placed, and a federation's by agreement. */

/** Members of the group's service today: they answer for its debts, and see what it owes and has put aside. */
const ofMembers: Way = {
  reach: 'partners',
  where: `exists (select from enrolment gm where gm.service_id = ${ROW}.service_id and gm.partner_id = any({list}) and gm.status = 'ACTIVE')`,
};

/** The law's numbers are public; administrators keep them. */
export const legalParameterRule: RowRule = PUBLIC_RECORDS;

/** That a group exists, and by which authorisation, is public. */
export const groupRule: RowRule = {
  see: [{ everyone: true }],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** A worker is known to the group, by a reference alone, and to the members with whom it is placed. */
export const workerRule: RowRule = {
  see: [
    { synthetic: true },
    ofService,
    {
      reach: 'partners',
      where: `exists (select from placement wp where wp.worker_id = ${ROW}.id and wp.partner_id = any({list}))`,
    },
  ],
  make: [ofService],
  change: [ofService],
  count: [SOMEBODY],
  hasProvenance: true,
};

/** What a worker costs is the group's alone: it tells what somebody earns. */
export const costRule: RowRule = {
  see: [{ synthetic: true }, ofService],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

export const costComponentRule: RowRule = {
  see: [{ where: `exists (select from cost_sheet cs where cs.id = ${ROW}.sheet_id)` }],
  make: [ofStaffOfSheet()],
  change: [ofStaffOfSheet()],
  remove: [ofStaffOfSheet()],
};

function ofStaffOfSheet(): Way {
  return {
    reach: 'services',
    where: `exists (select from cost_sheet cs where cs.id = ${ROW}.sheet_id and cs.service_id = any({list}))`,
  };
}

/** What the group has put aside and what it owes is its members' business. */
export const accountsRule: RowRule = {
  see: [{ synthetic: true }, ofService, ofMembers],
  make: [ofService],
  hasProvenance: true,
};

/** Runs of invoices are the group's. */
export const runRule: RowRule = {
  see: [{ synthetic: true }, ofService],
  make: [ofService],
  hasProvenance: true,
};

/** A timesheet is the member's and the group's. */
export const timesheetRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.EMPLOYER_GROUP)],
  make: [ofService],
  change: [byPartner, ofService],
  hasProvenance: true,
};

/** A placement too; hours that are placed are counted. */
export const placementRule: RowRule = { ...timesheetRule, count: [SOMEBODY] };

/** What a member asks for is its own to ask and to withdraw, and the group's to answer. */
export const requestRule: RowRule = { ...placementRule, make: [byPartner, ofService] };

/** A labour dispute is told by the member or by the group, and goes to nobody else. */
export const disputeRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService],
  make: [byPartner, ofService],
  change: [byPartner, ofService],
  hasProvenance: true,
};

/** What a member pays is its own and the group's. */
export const billingRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** An invoice is written once. */
export const invoiceRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService],
  make: [ofService],
  hasProvenance: true,
};

/** Lines are seen with their invoice. */
export const invoiceLineRule: RowRule = {
  see: [
    {
      where: `exists (select from invoice li where li.partner_id = ${ROW}.partner_id and li.id = ${ROW}.invoice_id)`,
    },
  ],
  make: [
    {
      reach: 'services',
      where: `exists (select from invoice li where li.partner_id = ${ROW}.partner_id and li.id = ${ROW}.invoice_id and li.service_id = any({list}))`,
    },
  ],
};
