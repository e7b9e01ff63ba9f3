import { bind } from '../../read/index.ts';
import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { FactorResolver, WeatherResolver } from './analysis/factor.resolver.ts';
import {
  BuildingSavingsResolver,
  SavingsResolver,
  SavingsResultResolver,
} from './analysis/savings.resolver.ts';
import { Building } from './building.entity.ts';
import { BuildingResolver, MeterResolver, PartnerBuildingsResolver } from './building.resolver.ts';
import { WeatherStation } from './climate.entity.ts';
import { energyMetrics } from './energy.metrics.ts';
import {
  buildingRule,
  factorRule,
  meterRule,
  readingRule,
  replacedReadingRule,
  resultRule,
  stationRule,
} from './energy.policy.ts';
import { EnergyServiceType } from './energy.type.ts';
import { EnergyFactor } from './factor.entity.ts';
import { Meter, MeterReading, ReplacedReading } from './meter.entity.ts';
import { BuildingConsumptionResolver, MeterReadingResolver } from './readings/reading.resolver.ts';
import { SavingsResult } from './savings.entity.ts';

export { FactorService } from './analysis/factor.service.ts';
export { SavingsService } from './analysis/savings.service.ts';
export { type Sufficiency, USUAL } from './analysis/savings.ts';
export { ReadingService } from './readings/reading.service.ts';

export const energyRoom: ServiceRoom = {
  kind: ServiceKind.ENERGY,
  type: EnergyServiceType,
  metrics: energyMetrics,
  bindings: [
    bind({ entity: Building, idPrefix: 'building', rule: buildingRule }),
    bind({ entity: Meter, idPrefix: 'meter', rule: meterRule }),
    bind({ entity: MeterReading, rule: readingRule }),
    bind({ entity: ReplacedReading, idPrefix: 'replaced_reading', rule: replacedReadingRule }),
    bind({ entity: EnergyFactor, idPrefix: 'energy_factor', rule: factorRule }),
    bind({ entity: SavingsResult, idPrefix: 'savings_result', rule: resultRule }),
    bind({ entity: WeatherStation, idPrefix: 'weather_station', rule: stationRule }),
  ],
  resolvers: [
    BuildingResolver,
    MeterResolver,
    PartnerBuildingsResolver,
    MeterReadingResolver,
    BuildingConsumptionResolver,
    FactorResolver,
    WeatherResolver,
    SavingsResolver,
    BuildingSavingsResolver,
    SavingsResultResolver,
  ],
};
