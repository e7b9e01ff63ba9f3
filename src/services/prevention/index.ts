import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { preventionMetrics } from './prevention.metrics.ts';
import { PreventionServiceType } from './prevention.type.ts';

export const preventionRoom: ServiceRoom = {
  kind: ServiceKind.PREVENTION,
  type: PreventionServiceType,
  metrics: preventionMetrics,
};
