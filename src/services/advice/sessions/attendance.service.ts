import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { someOf } from '../../checks.ts';
import { AdviceSession, SatisfactionScore, SessionAttendance } from '../session.entity.ts';
import type { RecordAttendanceInput, RecordSatisfactionInput } from './session.inputs.ts';
import { checkAttendance, checkGrades } from './session-rules.ts';

/** Who came to a session and what was thought of it: counts, written by the service's staff. */
export class AttendanceService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Writes the counts of a partner, over those of the same roles, and answers the session's key. */
  async attended(viewer: Viewer, input: RecordAttendanceInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    checkAttendance(someOf(input.counts, 20, 'counts'));
    return this.counted(viewer, 'recordAttendance', input, async (em, session) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const known = await em.find(SessionAttendance, { partner, session });
      for (const { role, attended, ofWhomFirstTime: firstTime } of input.counts) {
        const before = known.find((one) => one.role === role);
        if (before) Object.assign(before, { attended, firstTime });
        else {
          em.create(SessionAttendance, {
            partner,
            id: newId(),
            service: session.service,
            session,
            role,
            attended,
            firstTime,
            provenance: partner.provenance,
          } as never);
        }
      }
    });
  }

  /** Writes how many gave each grade, over what was there for it, and answers the session's key. */
  async graded(viewer: Viewer, input: RecordSatisfactionInput): Promise<string> {
    checkGrades(someOf(input.grades, 5, 'grades'));
    return this.counted(viewer, 'recordSatisfaction', input, async (em, session) => {
      const known = await em.find(SatisfactionScore, { session });
      for (const { grade, answers } of input.grades) {
        const before = known.find((one) => one.grade === grade);
        if (before) before.answers = answers;
        else {
          em.create(SatisfactionScore, {
            id: newId(),
            service: session.service,
            session,
            grade,
            answers,
            provenance: session.provenance,
          } as never);
        }
      }
    });
  }

  private async counted(
    viewer: Viewer,
    mutation: string,
    input: { session: string; idempotencyKey: string },
    write: (em: EntityManager, session: AdviceSession) => Promise<void>,
  ): Promise<string> {
    const key = keyOf('advice_session', input.session, 'session');
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      // Two that count at once are one after the other: the second writes over the first.
      await em.execute('select s.id from advice_session s where s.id = ? for no key update', [key]);
      const session = await em.findOne(AdviceSession, { id: key });
      if (!session) throw new NotFoundError('The session', 'session');
      allow(mayRun(viewer, session.service.id), "the service's staff does");
      checkSandbox(viewer, session.provenance, 'session');
      await write(em, session);
      await em.flush();
      return { id: key };
    });
    return key;
  }
}
