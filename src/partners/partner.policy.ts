import { DataRoom, newPartner, type RowRule, sharedBy, type Way } from '../database/row-security.ts';

/** The directory is public; each partner keeps its own entry, and a federation enters its new members. */
export const partnerRule: RowRule = {
  see: [{ everyone: true }],
  make: [{ reach: 'administered', where: 'cardinality({list}) > 0' }],
  change: [{ reach: 'editable', column: 'id' }],
  hasProvenance: true,
};

/** Sites and recognitions are a part of the directory. */
export const partnerPartRule: RowRule = {
  see: [{ everyone: true }],
  make: [{ reach: 'editable', column: 'partner_id' }, newPartner('partner_id')],
  change: [{ reach: 'editable', column: 'partner_id' }],
  hasProvenance: true,
};

/** What a partner was when is as public as what it is; the database writes it. */
export const partnerProfileRule: RowRule = { see: [{ everyone: true }] };

/**
 * The exact number of workers is what a partner declares to its federation: the public sees the size band. Nobody
 * may order by it who does not see it of all.
 */
export const headcountSeenBy: readonly Way[] = [
  { synthetic: true },
  { reach: 'partners', column: 'id' },
  sharedBy('id', DataRoom.DIRECTORY),
];
