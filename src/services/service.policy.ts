import {
  DataRoom,
  PUBLIC_RECORDS,
  ROW,
  type RowRule,
  SOMEBODY,
  sharedBy,
  type Way,
} from '../database/row-security.ts';

/** The catalogue of services, their carriers, funding and populations is public; administrators keep it. */
export const catalogueRule: RowRule = { ...PUBLIC_RECORDS, hasProvenance: true };

/** Lists of the catalogue, whose rows have no provenance of their own. */
export const catalogueListRule = PUBLIC_RECORDS;

/** A federation keeps the services that it sets up. */
export const sharedServiceRule: RowRule = {
  see: [{ everyone: true }],
  make: [{ reach: 'administered', column: 'federation_id' }],
  change: [{ reach: 'administered', column: 'federation_id' }],
  hasProvenance: true,
};

export const carrierRule: RowRule = {
  see: [{ everyone: true }],
  make: [
    {
      reach: 'administered',
      where: `exists (select from shared_service cs where cs.id = ${ROW}.service_id and cs.federation_id = any({list}))`,
    },
  ],
};

/* Ways that every record of a partner's use of a service shares: enrolments, usage, and what the rooms add. */

export const ofPartner: Way = { reach: 'partners', column: 'partner_id' };
export const byPartner: Way = { reach: 'editable', column: 'partner_id' };
export const ofService: Way = { reach: 'services', column: 'service_id' };
const publicEnrolments: Way = {
  where: `${ROW}.service_id in (select ps.id from shared_service ps where ps.enrolments_public)`,
};

/**
 * An enrolment belongs to the partner and to the service's staff. It is public where its service says so, and goes
 * to a federation by agreement. That there are others is counted to know who sees all of them.
 */
export const enrolmentRule: RowRule = {
  see: [
    { synthetic: true },
    ofPartner,
    ofService,
    publicEnrolments,
    sharedBy('partner_id', DataRoom.ENROLMENTS),
  ],
  make: [byPartner, ofService],
  change: [byPartner, ofService],
  count: [SOMEBODY],
  hasProvenance: true,
};

/** The history of an enrolment shows more than that it exists: it is not public where the enrolment is. */
export const enrolmentHistoryRule: RowRule = {
  see: [
    {
      where: `exists (select from enrolment he where he.partner_id = ${ROW}.partner_id and he.id = ${ROW}.enrolment_id
        and he.provenance = 'SYNTHETIC')`,
    },
    ofPartner,
    {
      reach: 'services',
      where: `exists (select from enrolment he where he.partner_id = ${ROW}.partner_id and he.id = ${ROW}.enrolment_id
        and he.service_id = any({list}))`,
    },
    sharedBy('partner_id', DataRoom.ENROLMENTS),
  ],
  make: [
    byPartner,
    {
      reach: 'services',
      where: `exists (select from enrolment he where he.partner_id = ${ROW}.partner_id and he.id = ${ROW}.enrolment_id
        and he.service_id = any({list}))`,
    },
  ],
};
