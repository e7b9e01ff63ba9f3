import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { idempotently } from '../access/idempotency.ts';
import { allow, mayEdit } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import { brusselsDay, type Clock } from '../clock.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import { mustBeOpen } from './closed-partner.ts';
import type { ClosePartnerInput } from './closing.inputs.ts';
import { Partner } from './partner.entity.ts';

/** What another room does when a partner leaves: this room only asks. */
export interface Leaving {
  /** Takes the locks that the room's own mutations take before they touch the partner. */
  lock?(em: EntityManager, partner: string): Promise<void>;
  /**
   * Ends what holds beyond a day.
   * @throws UserError for what stands against it
   */
  end(em: EntityManager, partner: Partner, closedOn: string, now: Date): Promise<void>;
}

/** A partner leaves: what it had ends, what it did stays. */
export class ClosingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rooms: readonly Leaving[],
    private readonly clock: Clock,
  ) {}

  /**
   * Closes a partner and answers its key.
   * @throws UserError for what the user can mend
   */
  async close(viewer: Viewer, input: ClosePartnerInput): Promise<string> {
    const id = keyOf('partner', input.partner, 'partner');
    allow(mayEdit(viewer, id), 'closing this partner');
    const request = { viewer, mutation: 'closePartner', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      for (const room of this.rooms) await room.lock?.(em, id);
      // No row that belongs to the partner is written meanwhile: its key is locked too.
      const partner = await em.findOne(Partner, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      mustBeOpen(partner, 'partner');
      const now = this.clock();
      const closedOn = pastDay(input.closedOn, brusselsDay(now));
      for (const room of this.rooms) await room.end(em, partner, closedOn, now);
      await em.flush();
      partner.closedOn = closedOn;
      return { id };
    });
    return id;
  }
}

function pastDay(given: string | null | undefined, today: string): string {
  if (given && given > today) {
    throw new UserError(
      'DATE_IN_FUTURE',
      `${given} has not come yet (today is ${today}): close the partner when it has.`,
      'closedOn',
    );
  }
  return given ?? today;
}
