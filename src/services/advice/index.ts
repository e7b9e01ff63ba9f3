import { bind } from '../../read/index.ts';
import {
  attendanceRule,
  onlineUrlSeenBy,
  registrationRule,
  satisfactionRule,
  sessionRule,
} from './advice.policy.ts';
import {
  AdviceSession,
  SatisfactionScore,
  SessionAttendance,
  SessionRegistration,
} from './session.entity.ts';
import {
  PartnerRegistrationsResolver,
  RegistrationResolver,
  SessionRegistrationsResolver,
} from './sessions/registration.resolver.ts';
import {
  DiversitySessionsResolver,
  PreventionSessionsResolver,
  SessionResolver,
  SessionTexts,
} from './sessions/session.resolver.ts';

export { AttendanceService } from './sessions/attendance.service.ts';
export { SessionCalendars } from './sessions/calendars-of-sessions.ts';
export { RegistrationService } from './sessions/registration.service.ts';
export { SessionService } from './sessions/session.service.ts';

/** What the advisory services of prevention and of diversity share. */
export const adviceRoom = {
  bindings: [
    bind({
      entity: AdviceSession,
      idPrefix: 'advice_session',
      rule: sessionRule,
      fields: { onlineUrl: onlineUrlSeenBy },
    }),
    bind({ entity: SessionRegistration, idPrefix: 'session_registration', rule: registrationRule }),
    bind({ entity: SessionAttendance, rule: attendanceRule }),
    bind({ entity: SatisfactionScore, rule: satisfactionRule }),
  ],
  resolvers: [
    SessionResolver,
    SessionTexts,
    RegistrationResolver,
    SessionRegistrationsResolver,
    PartnerRegistrationsResolver,
    DiversitySessionsResolver,
    PreventionSessionsResolver,
  ],
};
