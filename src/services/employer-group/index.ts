import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { employerGroupMetrics } from './employer-group.metrics.ts';
import { EmployerGroupServiceType } from './employer-group.type.ts';

export const employerGroupRoom: ServiceRoom = {
  kind: ServiceKind.EMPLOYER_GROUP,
  type: EmployerGroupServiceType,
  metrics: employerGroupMetrics,
};
