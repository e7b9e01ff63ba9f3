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

/* Whose business energy is: the partner's, the staff's of the service that follows it, and a federation's by agreement. */

/**
 * The hub itself, asked first: once a statement, where each way after it is asked of every row. Readings come by the
 * million, and are imported and looked at by the hub.
 */
const byHub: Way = { where: `(select hub_is('administrator'))` };

/** A building is the partner's and the staff's. Its kind and size count among its peers'. */
export const buildingRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.ENERGY)],
  make: [byPartner, ofService],
  change: [byPartner, ofService],
  count: [SOMEBODY],
  hasProvenance: true,
};

/** Buildings of others that a meter serves: who has one sees what the meter counts. */
const ofServedBuilding: Way = {
  reach: 'partners',
  where: `exists (select from meter_building mb where mb.partner_id = ${ROW}.partner_id and mb.meter_id = ${ROW}.id
    and mb.building_partner_id = any({list}))`,
};

/** A meter is its partner's, the staff's, and seen by who has a building behind it. */
export const meterRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, ofServedBuilding, sharedBy('partner_id', DataRoom.ENERGY)],
  make: [byPartner, ofService],
  change: [byPartner, ofService],
  count: [SOMEBODY],
  hasProvenance: true,
};

/** Which building a meter serves is known to both ends; a building of somebody else is connected by the staff. */
export const connectionRule: RowRule = {
  see: [
    byHub,
    { synthetic: true },
    ofPartner,
    { reach: 'partners', column: 'building_partner_id' },
    ofService,
    sharedBy('partner_id', DataRoom.ENERGY),
    sharedBy('building_partner_id', DataRoom.ENERGY),
  ],
  make: [
    {
      reach: 'editable',
      where: `(${ROW}.partner_id = any({list}) and ${ROW}.building_partner_id = ${ROW}.partner_id)`,
    },
    ofService,
  ],
  remove: [
    {
      reach: 'editable',
      where: `(${ROW}.partner_id = any({list}) and ${ROW}.building_partner_id = ${ROW}.partner_id)`,
    },
    ofService,
  ],
  count: [SOMEBODY],
  hasProvenance: true,
};

const ofSeenMeter: Way = {
  where: `exists (select from meter sm where sm.partner_id = ${ROW}.partner_id and sm.id = ${ROW}.meter_id)`,
};
const byStaffOfMeter: Way = {
  reach: 'services',
  where: `exists (select from meter sm where sm.partner_id = ${ROW}.partner_id and sm.id = ${ROW}.meter_id
    and sm.service_id = any({list}))`,
};

/** Readings are seen with their meter. What a correction takes the place of is removed, and kept as replaced. */
export const readingRule: RowRule = {
  see: [byHub, ofSeenMeter],
  make: [byHub, byPartner, byStaffOfMeter],
  remove: [byHub, byPartner, byStaffOfMeter],
};

/** What was corrected is seen with the meter; the database writes it down. */
export const replacedReadingRule: RowRule = { see: [byHub, ofSeenMeter] };

/** The rollup is seen with the meter, and counts among peers; the database writes it. */
export const monthRule: RowRule = { see: [byHub, ofSeenMeter], count: [SOMEBODY] };

/** Weather is public; administrators keep it. */
export const stationRule: RowRule = { ...PUBLIC_RECORDS, hasProvenance: true };
export const degreeDayRule: RowRule = PUBLIC_RECORDS;

/** What a service computes with is public: who reads a result can check it. */
export const factorRule: RowRule = {
  see: [{ everyone: true }],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};

/** Visits and measures are the partner's and the staff's. */
export const adviceRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.ENERGY)],
  make: [byPartner, ofService],
  change: [byPartner, ofService],
  hasProvenance: true,
};

/** A result is recorded by the staff, who answer for it. */
export const resultRule: RowRule = {
  see: [{ synthetic: true }, ofPartner, ofService, sharedBy('partner_id', DataRoom.ENERGY)],
  make: [ofService],
  change: [ofService],
  hasProvenance: true,
};
