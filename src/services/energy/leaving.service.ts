import type { EntityManager } from '@mikro-orm/postgresql';
import { UserError } from '../../errors.ts';
import type { Partner } from '../../partners/partner.entity.ts';
import { EnergyVisit, VisitState } from './advice.entity.ts';
import { Building } from './building.entity.ts';

/** Energy of a partner that leaves: its buildings are followed until that day, and visits that are waited for are cancelled. */
export const leavingEnergy = {
  /** A step of a visit locks the visit, then the enrolment that it counts under, then the partner: so does a closing. */
  async lock(em: EntityManager, partner: string): Promise<void> {
    for (const table of ['energy_visit', 'building']) {
      await em.execute(`select t.id from ${table} t where t.partner_id = ? order by t.id for no key update`, [
        partner,
      ]);
    }
  },

  /** @throws UserError DATES_OUT_OF_ORDER where a building began, or ended, to be followed too late for that day */
  async end(em: EntityManager, partner: Partner, closedOn: string): Promise<void> {
    const buildings = await em.find(Building, { partner }, { orderBy: { id: 'asc' } });
    for (const building of buildings) {
      const { followedFrom, followedUntil } = building;
      if (followedFrom >= closedOn || (followedUntil && followedUntil > closedOn)) {
        throw new UserError(
          'DATES_OUT_OF_ORDER',
          `A building of the partner ${followedUntil ? `was followed until ${followedUntil}` : `is followed since ${followedFrom}`}: close the partner after that day.`,
          'closedOn',
        );
      }
      building.followedUntil ??= closedOn;
    }
    const open = await em.find(
      EnergyVisit,
      { partner, state: { $in: [VisitState.REQUESTED, VisitState.PLANNED] } },
      { orderBy: { id: 'asc' } },
    );
    for (const visit of open) {
      visit.state = VisitState.CANCELLED;
      visit.cancelledOn = visit.requestedOn > closedOn ? visit.requestedOn : closedOn;
    }
  },
};
