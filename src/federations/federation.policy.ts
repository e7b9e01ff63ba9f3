import type { RowRule } from '../database/row-security.ts';

/** Which federations there are is public; each is kept by its own administrators. */
export const federationRule: RowRule = {
  see: [{ everyone: true }],
  change: [{ reach: 'administered', column: 'id' }],
  hasProvenance: true,
};

/** Who is a member of which federation is public; a partner that leaves ends its own memberships. */
export const membershipRule: RowRule = {
  see: [{ everyone: true }],
  make: [{ reach: 'administered', column: 'federation_id' }],
  change: [
    { reach: 'administered', column: 'federation_id' },
    { reach: 'editable', column: 'partner_id' },
  ],
  hasProvenance: true,
};

/** An agreement is the partner's to grant and to revoke; the federation that it is for reads it. */
export const agreementRule: RowRule = {
  see: [
    { reach: 'partners', column: 'partner_id' },
    { reach: 'federations', column: 'federation_id' },
  ],
  make: [{ reach: 'editable', column: 'partner_id' }],
  change: [{ reach: 'editable', column: 'partner_id' }],
};
