import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '../database/keys.ts';
import { UserError } from '../errors.ts';
import type { Partner } from '../partners/partner.entity.ts';
import { Enrolment, EnrolmentEvent, EnrolmentStatus } from './enrolment.entity.ts';

/** Enrolments of a partner that leaves. */
export const leavingEnrolments = {
  /** Enrolments come before their partner, as in a report of usage: two that wait for each other would both fail. */
  async lock(em: EntityManager, partner: string): Promise<void> {
    await em.execute('select id from enrolment where partner_id = ? order by id for update', [partner]);
  },

  /**
   * Ends those that are requested or in force.
   * @throws UserError DATES_OUT_OF_ORDER when one began, or ended, after that day
   */
  async end(em: EntityManager, partner: Partner, closedOn: string, now: Date): Promise<void> {
    const enrolments = await em.find(Enrolment, { partner }, { orderBy: { id: 'asc' } });
    for (const enrolment of enrolments) {
      const latest = enrolment.endedOn ?? enrolment.activeFrom ?? enrolment.requestedOn;
      if (latest > closedOn) {
        throw new UserError(
          'DATES_OUT_OF_ORDER',
          `An enrolment of the partner has a date after that day (${latest}): close the partner later.`,
          'closedOn',
        );
      }
      if (enrolment.status === EnrolmentStatus.ENDED) continue;
      enrolment.status = EnrolmentStatus.ENDED;
      enrolment.endedOn = closedOn;
      em.create(EnrolmentEvent, {
        id: newId(),
        partner,
        enrolment,
        status: EnrolmentStatus.ENDED,
        occurredOn: closedOn,
        recordedAt: now,
      } as never);
    }
  },
};
