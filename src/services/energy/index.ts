import { bind } from '../../read/index.ts';
import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { Building } from './building.entity.ts';
import { BuildingResolver, MeterResolver, PartnerBuildingsResolver } from './building.resolver.ts';
import { WeatherStation } from './climate.entity.ts';
import { energyMetrics } from './energy.metrics.ts';
import { buildingRule, meterRule, stationRule } from './energy.policy.ts';
import { EnergyServiceType } from './energy.type.ts';
import { Meter } from './meter.entity.ts';

export const energyRoom: ServiceRoom = {
  kind: ServiceKind.ENERGY,
  type: EnergyServiceType,
  metrics: energyMetrics,
  bindings: [
    bind({ entity: Building, idPrefix: 'building', rule: buildingRule }),
    bind({ entity: Meter, idPrefix: 'meter', rule: meterRule }),
    bind({ entity: WeatherStation, idPrefix: 'weather_station', rule: stationRule }),
  ],
  resolvers: [BuildingResolver, MeterResolver, PartnerBuildingsResolver],
};
