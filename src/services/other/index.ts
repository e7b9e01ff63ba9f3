import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { otherMetrics } from './other.metrics.ts';
import { OtherServiceType } from './other.type.ts';

export const otherRoom: ServiceRoom = {
  kind: ServiceKind.OTHER,
  type: OtherServiceType,
  metrics: otherMetrics,
};
