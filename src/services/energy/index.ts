import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { energyMetrics } from './energy.metrics.ts';
import { EnergyServiceType } from './energy.type.ts';

export const energyRoom: ServiceRoom = {
  kind: ServiceKind.ENERGY,
  type: EnergyServiceType,
  metrics: energyMetrics,
};
