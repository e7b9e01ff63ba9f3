import { bind } from '../../read/index.ts';
import {
  analysisRule,
  analysisStepRule,
  attendanceRule,
  bookingRule,
  downloadRule,
  findingRule,
  mandateRule,
  onlineUrlSeenBy,
  preventionMeasureRule,
  registrationRule,
  requestRule,
  resourceRule,
  resourceUrlSeenBy,
  satisfactionRule,
  sessionRule,
  targetGroupRule,
  toolboxAccessRule,
  wordsSeenBy,
} from './advice.policy.ts';
import { PartnerRiskAnalysesResolver, RiskAnalysisResolver } from './analyses/analysis.resolver.ts';
import { TargetGroupResolver } from './analyses/target-group.resolver.ts';
import { GroupFinding, RiskAnalysis, RiskAnalysisStep, TargetGroup } from './analysis.entity.ts';
import { AdviserBooking, AdviserMandate } from './mandate.entity.ts';
import { MandateResolver, PartnerBookingsResolver } from './mandates/mandate.resolver.ts';
import { PreventionMeasure } from './measure.entity.ts';
import {
  AnalysisMeasuresResolver,
  PartnerPlanResolver,
  PreventionMeasureResolver,
} from './plans/measure.resolver.ts';
import { AdviceRequest } from './request.entity.ts';
import { AdviceRequestResolver, PartnerAdviceRequestsResolver } from './requests/request.resolver.ts';
import { AdviceResource, ResourceDownload, ToolboxAccess } from './resource.entity.ts';
import { PartnerDownloadsResolver, ResourceResolver, ResourceTexts } from './resources/resource.resolver.ts';
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

export { RiskAnalysisService } from './analyses/analysis.service.ts';
export { TargetGroupService } from './analyses/target-group.service.ts';
export { MandateService } from './mandates/mandate.service.ts';
export { PreventionMeasureService } from './plans/measure.service.ts';
export { AdviceRequestService } from './requests/request.service.ts';
export { ResourceService } from './resources/resource.service.ts';
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
    bind({
      entity: AdviceRequest,
      idPrefix: 'advice_request',
      rule: requestRule,
      fields: { question: wordsSeenBy },
    }),
    bind({
      entity: RiskAnalysis,
      idPrefix: 'risk_analysis',
      rule: analysisRule,
      fields: { levelReason: wordsSeenBy },
    }),
    bind({ entity: RiskAnalysisStep, rule: analysisStepRule, fields: { evidence: wordsSeenBy } }),
    bind({ entity: TargetGroup, idPrefix: 'target_group', rule: targetGroupRule }),
    bind({
      entity: PreventionMeasure,
      idPrefix: 'prevention_measure',
      rule: preventionMeasureRule,
      fields: { title: wordsSeenBy, dropReason: wordsSeenBy },
    }),
    bind({ entity: GroupFinding, rule: findingRule }),
    bind({ entity: AdviserMandate, idPrefix: 'adviser_mandate', rule: mandateRule }),
    bind({
      entity: AdviceResource,
      idPrefix: 'advice_resource',
      rule: resourceRule,
      fields: { url: resourceUrlSeenBy },
    }),
    bind({ entity: ToolboxAccess, idPrefix: 'toolbox_access', rule: toolboxAccessRule }),
    bind({ entity: ResourceDownload, idPrefix: 'resource_download', rule: downloadRule }),
    bind({ entity: AdviserBooking, idPrefix: 'adviser_booking', rule: bookingRule }),
  ],
  resolvers: [
    SessionResolver,
    SessionTexts,
    RegistrationResolver,
    SessionRegistrationsResolver,
    PartnerRegistrationsResolver,
    DiversitySessionsResolver,
    PreventionSessionsResolver,
    AdviceRequestResolver,
    PartnerAdviceRequestsResolver,
    RiskAnalysisResolver,
    PartnerRiskAnalysesResolver,
    TargetGroupResolver,
    PreventionMeasureResolver,
    AnalysisMeasuresResolver,
    PartnerPlanResolver,
    MandateResolver,
    PartnerBookingsResolver,
    ResourceResolver,
    ResourceTexts,
    PartnerDownloadsResolver,
  ],
};
