import { column, kind, type Room, same } from '../asked.ts';
import type { Row } from '../database.ts';
import { BY_SLUG, byDay, connection, connectionTypes, listOf } from '../pages.ts';
import { globalId, isWithin, localised, periodOf, reference } from '../values.ts';
import { directory, named, partnerOf } from './partners.ts';

/** Federations and who belongs to them. */
export const federationsRoom: Room = {
  nodes: {
    federation: kind('federation', 'Federation'),
    membership: kind('membership', 'Membership'),
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
    Partner: { memberships: listOf('membership', 'partner_id', byDay('valid_from')) },
    ...connectionTypes('Federation'),
  },
};
