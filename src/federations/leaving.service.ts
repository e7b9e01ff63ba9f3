import type { EntityManager } from '@mikro-orm/postgresql';
import { UserError } from '../errors.ts';
import type { Partner } from '../partners/partner.entity.ts';
import { Membership } from './federation.entity.ts';

/** Memberships of a partner that leaves. */
export const leavingMemberships = {
  /**
   * Ends those that would go on.
   * @throws UserError DATES_OUT_OF_ORDER when one begins on that day or after it
   */
  async end(em: EntityManager, partner: Partner, closedOn: string): Promise<void> {
    const beyond = { $or: [{ validUntil: null }, { validUntil: { $gt: closedOn } }] };
    for (const membership of await em.find(Membership, { partner, ...beyond }, { orderBy: { id: 'asc' } })) {
      if (membership.validFrom >= closedOn) {
        throw new UserError(
          'DATES_OUT_OF_ORDER',
          `A membership of the partner begins on ${membership.validFrom}: close the partner later.`,
          'closedOn',
        );
      }
      membership.validUntil = closedOn;
    }
  },
};
