import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { diversityMetrics } from './diversity.metrics.ts';
import { DiversityServiceType } from './diversity.type.ts';

export const diversityRoom: ServiceRoom = {
  kind: ServiceKind.DIVERSITY,
  type: DiversityServiceType,
  metrics: diversityMetrics,
};
