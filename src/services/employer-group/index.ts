import { bind } from '../../read/index.ts';
import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { EmployerGroup, LegalParameter, SharedWorker } from './employer-group.entity.ts';
import { employerGroupMetrics } from './employer-group.metrics.ts';
import { groupRule, legalParameterRule, workerRule } from './employer-group.policy.ts';
import { EmployerGroupServiceType } from './employer-group.type.ts';
import { EmployerGroupServiceResolver, StaffResolver } from './staff/staff.resolver.ts';

export { StaffService } from './staff/staff.service.ts';

export const employerGroupRoom: ServiceRoom = {
  kind: ServiceKind.EMPLOYER_GROUP,
  type: EmployerGroupServiceType,
  metrics: employerGroupMetrics,
  bindings: [
    bind({ entity: LegalParameter, rule: legalParameterRule }),
    bind({ entity: EmployerGroup, idPrefix: 'employer_group', rule: groupRule }),
    bind({ entity: SharedWorker, idPrefix: 'shared_worker', rule: workerRule }),
  ],
  resolvers: [StaffResolver, EmployerGroupServiceResolver],
};
