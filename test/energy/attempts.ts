import { type MutationName, save, unknownId } from '../partners/records.ts';
import type { TestHub } from '../support/hub.ts';

/** Ids of what an energy service and a member of it have. */
export interface Followed {
  partner: string;
  service: string;
  building: string;
  meter: string;
}

const STATION = 'ATTEMPTS';
const PERIODS = {
  baseline: { from: '2023-01-01', to: '2024-01-01' },
  reporting: { from: '2024-01-01', to: '2025-01-01' },
};

let attempts = 0;
function next(): string {
  attempts += 1;
  return `energy-${attempts}`;
}
/** A day that no attempt has had. */
const nextDay = (): string =>
  new Date(Date.UTC(2000, 0, 1 + Number(next().slice(7)))).toISOString().slice(0, 10);

const buildingInput = ({ partner, service }: Pick<Followed, 'partner' | 'service'>): object => ({
  partner,
  service,
  name: next(),
  activity: 'OFFICE',
  floorAreaM2: '100',
  municipality: '21004',
  followedFrom: '2020-01-01',
});
const meterInput = (building: string): object => ({
  buildings: [building],
  reference: next(),
  carrier: 'GAS',
  unit: 'KWH',
  station: STATION,
});

/** A building with a meter of a member that is enrolled. */
export async function makeFollowed(hub: TestHub, service: string, partner: string): Promise<Followed> {
  await save(hub, 'saveWeatherStation', { code: STATION, name: 'Somewhere', source: 'Made up for a test' });
  const building = (await save(hub, 'createBuilding', buildingInput({ partner, service }))).id;
  const meter = (await save(hub, 'createMeter', meterInput(building))).id;
  return { partner, service, building, meter };
}

/** Mutations of the energy room. */
export type EnergyMutation = Extract<
  MutationName,
  | 'createBuilding'
  | 'updateBuilding'
  | 'createMeter'
  | 'updateMeter'
  | 'connectMeter'
  | 'importMeterReadings'
  | 'requestVisit'
  | 'planVisit'
  | 'recordVisit'
  | 'reportVisit'
  | 'cancelVisit'
  | 'proposeMeasure'
  | 'updateMeasure'
  | 'decideMeasure'
  | 'completeMeasure'
  | 'dropMeasure'
  | 'recordSavings'
  | 'saveEnergyFactor'
  | 'saveWeatherStation'
  | 'saveDegreeDays'
>;

/** For each mutation, an input that its owner succeeds with; each time a new one. */
export function energyInputsOf(hub: TestHub): Record<EnergyMutation, (of: Followed) => Promise<object>> {
  const requested = async (of: Followed): Promise<string> => {
    const { id } = await save(hub, 'createBuilding', buildingInput(of));
    return (await save(hub, 'requestVisit', { building: id, requestedOn: '2025-01-01' })).id;
  };
  const proposed = async ({ building }: Followed): Promise<string> =>
    (await save(hub, 'proposeMeasure', measure(building))).id;
  const measure = (building: string): object => ({
    building,
    kind: 'LIGHTING',
    title: next(),
    carrier: 'ELECTRICITY',
    investment: '100',
    estimatedKwhYear: '50',
  });
  const reading = ({ meter }: Followed): object => {
    const day = nextDay();
    return { meter, from: `${day}T00:00:00Z`, until: `${day}T12:00:00Z`, quantity: '1' };
  };
  return {
    createBuilding: async (of) => buildingInput(of),
    updateBuilding: async ({ building }) => ({ id: building, floorAreaM2: '200' }),
    createMeter: async ({ building }) => meterInput(building),
    updateMeter: async ({ meter }) => ({ id: meter, indexDigits: 6 }),
    connectMeter: async ({ meter, building }) => ({ meter, buildings: [building] }),
    importMeterReadings: async (of) => ({ readings: [reading(of)] }),
    requestVisit: async (of) => ({ building: (await save(hub, 'createBuilding', buildingInput(of))).id }),
    planVisit: async (of) => ({ visit: await requested(of), plannedFor: '2026-12-01' }),
    recordVisit: async (of) => ({ visit: await requested(of), on: '2025-02-01' }),
    reportVisit: async (of) => {
      const visit = await requested(of);
      await save(hub, 'recordVisit', { visit, on: '2025-02-01' });
      return { visit, on: '2025-02-02' };
    },
    cancelVisit: async (of) => ({ visit: await requested(of) }),
    proposeMeasure: async ({ building }) => measure(building),
    updateMeasure: async (of) => ({ measure: await proposed(of), investment: '200' }),
    decideMeasure: async (of) => ({ measure: await proposed(of) }),
    completeMeasure: async (of) => {
      const id = await proposed(of);
      await save(hub, 'decideMeasure', { measure: id });
      return { measure: id };
    },
    dropMeasure: async (of) => ({ measure: await proposed(of) }),
    recordSavings: async ({ meter }) => ({ meters: [meter], ...PERIODS }),
    saveEnergyFactor: async ({ service }) => ({
      service,
      kind: 'CALORIFIC',
      carrier: 'WOOD',
      unit: 'KG',
      value: '4.8',
      basis: 'A test',
      source: 'A test',
      validFrom: nextDay(),
    }),
    saveWeatherStation: async () => ({
      code: next().toUpperCase().replace('-', '_'),
      name: 'Elsewhere',
      source: 'Made up for a test',
    }),
    saveDegreeDays: async () => ({
      station: STATION,
      base: '16.5',
      days: [{ day: nextDay(), degreeDays: '3' }],
    }),
  };
}

/** Of each mutation another body. */
export const OTHER_ENERGY: Record<EnergyMutation, object> = {
  createBuilding: { constructionYear: 1950 },
  updateBuilding: { floorAreaM2: '300' },
  createMeter: { indexDigits: 7 },
  updateMeter: { indexDigits: 8 },
  connectMeter: { buildings: [unknownId('building')] },
  importMeterReadings: {
    readings: [
      {
        meter: unknownId('meter'),
        from: '2020-01-01T00:00:00Z',
        until: '2020-01-02T00:00:00Z',
        quantity: '1',
      },
    ],
  },
  requestVisit: { requestedOn: '2026-01-01' },
  planVisit: { plannedFor: '2026-12-02' },
  recordVisit: { on: '2025-02-03' },
  reportVisit: { conclusions: 'Tout va bien' },
  cancelVisit: { on: '2025-03-01' },
  proposeMeasure: { title: 'Another' },
  updateMeasure: { investment: '300' },
  decideMeasure: { on: '2026-06-15' },
  completeMeasure: { on: '2026-06-15' },
  dropMeasure: { on: '2026-06-15' },
  recordSavings: { reporting: { from: '2024-01-01', to: '2024-12-01' } },
  saveEnergyFactor: { value: '5' },
  saveWeatherStation: { name: 'Nowhere' },
  saveDegreeDays: { base: '15' },
};

/** Records of an energy service, by object type. */
export async function makeEnergyRecords(hub: TestHub, followed: Followed): Promise<Record<string, string>> {
  const { building, meter, service } = followed;
  const inputs = energyInputsOf(hub);
  const visit = await save(hub, 'requestVisit', { building, requestedOn: '2025-01-01' });
  await save(hub, 'recordVisit', { visit: visit.id, on: '2025-01-10' });
  const measure = await save(hub, 'proposeMeasure', await inputs.proposeMeasure(followed));
  const readings = (quantity: string, quality: string) => ({
    readings: [{ meter, from: '2024-01-01T00:00:00Z', until: '2024-01-02T00:00:00Z', quantity, quality }],
  });
  await save(hub, 'importMeterReadings', readings('5', 'MEASURED'));
  await save(hub, 'importMeterReadings', readings('6', 'CORRECTED'));
  const factor = await save(hub, 'saveEnergyFactor', await inputs.saveEnergyFactor({ ...followed, service }));
  const [result] = await save(hub, 'recordSavings', { meters: [meter], ...PERIODS });
  const { data } = await hub.write(
    `query ($id: ID!) { meter(id: $id) { station { id } replacedReadings { nodes { id } } } }`,
    { id: meter },
  );
  return {
    Building: building,
    Meter: meter,
    WeatherStation: data.meter.station.id,
    ReplacedReading: data.meter.replacedReadings.nodes[0].id,
    EnergyVisit: visit.id,
    EnergyMeasure: measure.id,
    EnergyFactor: factor.id,
    SavingsResult: result.id,
  };
}
