import type { EntityManager } from '@mikro-orm/postgresql';
import { UserError } from '../../../errors.ts';
import type { Partner } from '../../../partners/partner.entity.ts';
import { Placement, PlacementRequest, PlacementRequestState, PlacementState } from '../placement.entity.ts';

const LIVE = [PlacementState.PROPOSED, PlacementState.AGREED];

/** Shared staff of a partner that leaves: placements end on that day, and what it asked for is withdrawn. */
export const leavingPlacements = {
  /** A step of a placement locks it, then its worker, then the enrolment that it rests on: so does a closing. */
  async lock(em: EntityManager, partner: string): Promise<void> {
    await em.execute('select p.id from placement p where p.partner_id = ? order by p.id for no key update', [
      partner,
    ]);
    await em.execute(
      `select w.id from shared_worker w where w.id in (select p.worker_id from placement p where p.partner_id = ?)
       order by w.id for no key update`,
      [partner],
    );
  },

  /** @throws UserError PLACED_AFTER_END where hours were worked after that day */
  async end(em: EntityManager, partner: Partner, closedOn: string): Promise<void> {
    const [worked] = await em.execute<{ week: string }[]>(
      `select t.week::text as week from timesheet t where t.partner_id = ? and t.hours > 0 and t.week >= ?::date limit 1`,
      [partner.id, closedOn],
    );
    if (worked) {
      throw new UserError(
        'PLACED_AFTER_END',
        `Hours of the week of ${worked.week} were worked at the partner: close it after that.`,
        'closedOn',
      );
    }
    const placements = await em.find(
      Placement,
      { partner, state: { $in: LIVE }, $or: [{ endsOn: null }, { endsOn: { $gt: closedOn } }] },
      { orderBy: { id: 'asc' } },
    );
    for (const placement of placements) {
      if (placement.state === PlacementState.AGREED && placement.startsOn < closedOn)
        placement.endsOn = closedOn;
      else {
        placement.state = PlacementState.CANCELLED;
        placement.decidedOn = placement.proposedOn > closedOn ? placement.proposedOn : closedOn;
      }
    }
    const asked = await em.find(PlacementRequest, { partner, state: PlacementRequestState.OPEN });
    for (const request of asked) request.state = PlacementRequestState.WITHDRAWN;
    // Before the enrolment, which does not end while somebody is placed.
    await em.flush();
  },
};
