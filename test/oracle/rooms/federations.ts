import { column, kind, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { BY_SLUG, byDay, byInstant, connection, connectionTypes, listOf } from '../pages.ts';
import { globalId, isWithin, localised, periodOf, reference } from '../values.ts';
import { directory, named, partnerOf } from './partners.ts';

/** The demonstration holds none: what they show is for the tests of access. */
const agreements = (field: string, of: string) =>
  connection({
    question: () => [field],
    order: byInstant('granted_at'),
    rows: ({ id }, _, { db }) => db.where('data_sharing_agreement', of, id),
  });

/** Federations and who belongs to them. */
export const federationsRoom: Room = {
  nodes: {
    federation: kind('federation', 'Federation'),
    membership: kind('membership', 'Membership'),
    data_sharing_agreement: kind('data_sharing_agreement', 'DataSharingAgreement'),
  },
  fields: {
    Query: {
      federations: connection({
        question: () => ['federations'],
        order: BY_SLUG,
        rows: (_, __, { db }) => db.all('federation'),
      }),
      federation: named('federation', 'federation', 'federation', '`id` and `slug`'),
    },
    Federation: {
      id: globalId('federation'),
      ...same('slug', 'website', 'provenance'),
      modelledOn: column('modelled_on'),
      ...localised('name'),
      ...localised('description'),
      members: directory('Federation.members', ({ id }, { db }) => {
        const members = db
          .where('membership', 'federation_id', id)
          .filter((one) => isWithin(db.today, one.valid_from, one.valid_until))
          .map(({ partner_id }) => db.one('partner', 'id', partner_id) as Row);
        // One partner can have joined, left and joined again.
        return [...new Set(members)];
      }),
      dataSharingAgreements: agreements('Federation.dataSharingAgreements', 'federation_id'),
      sharedServices: connection({
        question: () => ['Federation.sharedServices'],
        order: BY_SLUG,
        rows: ({ id }, _, { db }) => db.where('shared_service', 'federation_id', id),
      }),
    },
    Membership: {
      id: globalId('membership'),
      ...same('provenance'),
      partner: partnerOf,
      federation: reference('federation', 'federation_id'),
      period: periodOf('valid_from', 'valid_until'),
    },
    DataSharingAgreement: {
      id: globalId('data_sharing_agreement'),
      ...same('purpose', 'rooms'),
      partner: partnerOf,
      federation: reference('federation', 'federation_id'),
      validUntil: column('valid_until'),
      grantedAt: column('granted_at'),
      revokedAt: column('revoked_at'),
    },
    Partner: {
      memberships: listOf('membership', 'partner_id', byDay('valid_from')),
      dataSharingAgreements: agreements('Partner.dataSharingAgreements', 'partner_id'),
    },
    ...connectionTypes('Federation'),
    ...connectionTypes('DataSharingAgreement'),
  },
};
