import type { EntityManager } from '@mikro-orm/postgresql';
import { UserError } from '../../errors.ts';
import type { Partner } from '../../partners/partner.entity.ts';
import { EnergyVisit, VisitState } from './advice.entity.ts';
import { Building } from './building.entity.ts';

/** Energy of a partner that leaves: its buildings are followed until the day before, and visits that are waited for are cancelled. */
export const leavingEnergy = {
  /** @throws UserError DATES_OUT_OF_ORDER where a building is followed since then only */
  async end(em: EntityManager, partner: Partner, closedOn: string): Promise<void> {
    // Its use ends with that day: what the hub counts of its buildings is told of the day before.
    const lastDay = new Date(Date.parse(closedOn) - 86_400_000).toISOString().slice(0, 10);
    const buildings = await em.find(Building, { partner, followedUntil: null }, { orderBy: { id: 'asc' } });
    for (const building of buildings) {
      if (building.followedFrom >= lastDay) {
        throw new UserError(
          'DATES_OUT_OF_ORDER',
          `A building of the partner is followed since ${building.followedFrom}: close the partner two days after that at the earliest.`,
          'closedOn',
        );
      }
      building.followedUntil = lastDay;
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
