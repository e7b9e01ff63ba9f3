import { bind } from '../../read/index.ts';
import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import {
  BuildingAdviceResolver,
  MeasureResolver,
  NextVisitResolver,
  VisitResolver,
} from './advice/advice.resolver.ts';
import { EnergyMeasure, EnergyVisit } from './advice.entity.ts';
import { FactorResolver, WeatherResolver } from './analysis/factor.resolver.ts';
import {
  BenchmarkResolver,
  FederationSavingsResolver,
  IntensityResolver,
  PartnerSavingsResolver,
  ServiceSavingsResolver,
} from './analysis/portfolio.resolver.ts';
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
  adviceRule,
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

export { MeasureService } from './advice/measure.service.ts';
export { VisitService } from './advice/visit.service.ts';
export { type DegreeDaysImport, importDegreeDaysFile } from './analysis/degree-days-file.service.ts';
export { FactorService } from './analysis/factor.service.ts';
export { SavingsService } from './analysis/savings.service.ts';
export { type Sufficiency, USUAL } from './analysis/savings.ts';
export { BuildingService } from './building.service.ts';
export { leavingEnergy } from './leaving.service.ts';
export { MeterService } from './meter.service.ts';
export {
  type ImportedReadings,
  importReadingsFile,
  type ReadingsImport,
} from './readings/csv/import-file.service.ts';
export type { ReportLines } from './readings/csv/report.ts';
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
    bind({ entity: EnergyVisit, idPrefix: 'energy_visit', rule: adviceRule }),
    bind({ entity: EnergyMeasure, idPrefix: 'energy_measure', rule: adviceRule }),
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
    VisitResolver,
    MeasureResolver,
    BuildingAdviceResolver,
    NextVisitResolver,
    FactorResolver,
    WeatherResolver,
    SavingsResolver,
    BuildingSavingsResolver,
    SavingsResultResolver,
    IntensityResolver,
    BenchmarkResolver,
    PartnerSavingsResolver,
    FederationSavingsResolver,
    ServiceSavingsResolver,
  ],
};
