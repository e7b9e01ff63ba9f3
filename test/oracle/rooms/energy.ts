import { type Asked, type CheckedField, column, kind, type Read, type Room, same } from '../asked.ts';
import type { Row, Table } from '../database.ts';
import { byDay, byInstant, byText, connection, connectionTypes, listOf, sorted } from '../pages.ts';
import {
  checkPeriod,
  type DateRange,
  decimalOf,
  globalId,
  isIn,
  isWithin,
  keyOf,
  mustExist,
  notFound,
  periodOf,
  reference,
} from '../values.ts';
import { partnerOf } from './partners.ts';

const byKey = (name: string) => [
  { of: (row: Row) => row[name] as string, type: 'text' as const },
  { of: (row: Row) => row.id as string, type: 'uuid' as const },
];

interface BuildingFilter {
  partner?: string | null;
  service?: string | null;
  activities?: string[] | null;
  floorAreaBands?: string[] | null;
}

/** Rows of the records that a filter names, which have to be there. */
function tied(
  rows: readonly Row[],
  asked: Asked,
  names: readonly [prefix: string, table: Table, id: string | null | undefined][],
): readonly Row[] {
  return names.reduce((found, [prefix, table, id]) => {
    if (!id) return found;
    const key = keyOf(prefix, id, `filter.${prefix}`);
    mustExist(asked, table, [key], `filter.${prefix}`);
    return found.filter((row) => row[`${prefix}_id`] === key);
  }, rows);
}

function buildings(name: string, rows: (parent: Row, asked: Asked) => readonly Row[]): CheckedField {
  return connection<{ filter?: BuildingFilter | null }>({
    question: ({ filter }) => [name, filter],
    order: byKey('name'),
    check: ({ filter }) => {
      if (filter?.partner) keyOf('partner', filter.partner, 'filter.partner');
      if (filter?.service) keyOf('service', filter.service, 'filter.service');
    },
    rows: (parent, { filter }, asked) =>
      tied(rows(parent, asked), asked, [
        ['partner', 'partner', filter?.partner],
        ['service', 'shared_service', filter?.service],
      ]).filter(
        (row) => isIn(filter?.activities, row.activity) && isIn(filter?.floorAreaBands, row.floor_area_band),
      ),
  });
}

/** One record that an argument names, which has to be there. */
function named(prefix: string, table: Table, what: string): CheckedField {
  return {
    check: ({ id }: { id: string }) => {
      keyOf(prefix, id, 'id');
    },
    read: (_, { id }: { id: string }, { db }) => {
      const found = db.one(table, 'id', keyOf(prefix, id, 'id'));
      if (!found) throw notFound(what, 'id');
      return found;
    },
  };
}

const service = reference('shared_service', 'service_id');
const building = reference('building', 'building_id');
const meter = reference('meter', 'meter_id');

/** Exact numbers, or null, by the columns that hold them. */
const decimals = (names: Readonly<Record<string, string>>): Record<string, Read> =>
  Object.fromEntries(
    Object.entries(names).map(([field, name]): [string, Read] => [
      field,
      (row, args, asked) => (row[name] === null ? null : decimalOf(name)(row, args, asked)),
    ]),
  );
const columns = (names: Readonly<Record<string, string>>): Record<string, Read> =>
  Object.fromEntries(Object.entries(names).map(([field, name]) => [field, column(name)]));

interface AdviceFilter {
  partner?: string | null;
  service?: string | null;
  building?: string | null;
  states?: string[] | null;
}

const visits = connection<{ filter?: AdviceFilter | null }>({
  question: ({ filter }) => ['energyVisits', filter],
  order: byDay('requested_on', true),
  check: ({ filter }) => {
    if (filter?.partner) keyOf('partner', filter.partner, 'filter.partner');
    if (filter?.service) keyOf('service', filter.service, 'filter.service');
    if (filter?.building) keyOf('building', filter.building, 'filter.building');
  },
  rows: (_, { filter }, asked) =>
    tied(asked.db.all('energy_visit'), asked, [
      ['partner', 'partner', filter?.partner],
      ['service', 'shared_service', filter?.service],
      ['building', 'building', filter?.building],
    ]).filter((row) => isIn(filter?.states, row.state)),
});

interface SavingsFilter {
  partner?: string | null;
  service?: string | null;
  isCurrent?: boolean | null;
}

const savingsResults = connection<{ filter?: SavingsFilter | null }>({
  question: ({ filter }) => ['savingsResults', filter],
  order: byInstant('recorded_at'),
  check: ({ filter }) => {
    if (filter?.partner) keyOf('partner', filter.partner, 'filter.partner');
    if (filter?.service) keyOf('service', filter.service, 'filter.service');
  },
  rows: (_, { filter }, asked) =>
    tied(asked.db.all('savings_result'), asked, [
      ['partner', 'partner', filter?.partner],
      ['service', 'shared_service', filter?.service],
    ]).filter(
      (row) => typeof filter?.isCurrent !== 'boolean' || (row.superseded_at === null) === filter.isCurrent,
    ),
});

const energyFactors = connection<{ service?: string | null; kind?: string | null; on?: string | null }>({
  question: ({ service: of, kind: ofKind, on }) => ['energyFactors', of, ofKind, on],
  order: [
    { of: (row) => row.kind as string, type: 'text' },
    { of: (row) => row.valid_from as string, type: 'date' },
    { of: (row) => row.id as string, type: 'uuid' },
  ],
  check: ({ service: of }) => {
    if (of) keyOf('service', of, 'service');
  },
  rows: (_, { service: of, kind: ofKind, on }, asked) => {
    const key = of ? keyOf('service', of, 'service') : undefined;
    if (key) mustExist(asked, 'shared_service', [key], 'service');
    return asked.db
      .all('energy_factor')
      .filter(
        (row) =>
          (!key || row.service_id === key) &&
          (!ofKind || row.kind === ofKind) &&
          (!on || isWithin(on, row.valid_from, row.valid_until)),
      );
  },
});

const readings = connection<{ period?: DateRange | null }>({
  question: ({ period }) => ['Meter.readings', period],
  order: [
    { of: (row) => String(row.starts_at).replace('T', ' ').replace('Z', '000+00'), type: 'timestamptz' },
    { of: (row) => row.meter_id as string, type: 'uuid' },
  ],
  check: ({ period }) => checkPeriod(period, 'period'),
  rows: ({ id }, { period }, { db }) =>
    db
      .where('meter_reading', 'meter_id', id)
      .filter((row) => isWithin(brusselsDay(row.starts_at), period?.from ?? null, period?.to ?? null)),
});

const brusselsDay = (instant: unknown): string =>
  new Date(instant as string).toLocaleDateString('en-CA', { timeZone: 'Europe/Brussels' });

/** Buildings, meters, advice and savings of energy. */
export const energyRoom: Room = {
  nodes: {
    building: kind('building', 'Building'),
    meter: kind('meter', 'Meter'),
    weather_station: kind('weather_station', 'WeatherStation'),
    energy_visit: kind('energy_visit', 'EnergyVisit'),
    energy_measure: kind('energy_measure', 'EnergyMeasure'),
    energy_factor: kind('energy_factor', 'EnergyFactor'),
    replaced_reading: kind('replaced_reading', 'ReplacedReading'),
    savings_result: kind('savings_result', 'SavingsResult'),
  },
  fields: {
    Query: {
      buildings: buildings('buildings', (_, { db }) => db.all('building')),
      building: named('building', 'building', 'The building'),
      meter: named('meter', 'meter', 'The meter'),
      energyVisits: visits,
      savingsResults,
      energyFactors,
      weatherStations: (_, __, { db }) => sorted(db.all('weather_station'), byText('code')),
    },
    Partner: {
      buildings: buildings('Partner.buildings', ({ id }, { db }) => db.where('building', 'partner_id', id)),
    },
    Building: {
      visits: listOf('energy_visit', 'building_id', byDay('requested_on', true)),
      measures: listOf('energy_measure', 'building_id', byDay('proposed_on', true)),
      id: globalId('building'),
      ...same('name', 'activity', 'provenance'),
      partner: partnerOf,
      service,
      floorAreaM2: decimalOf('floor_area_m2'),
      floorAreaBand: column('floor_area_band'),
      constructionYear: column('construction_year'),
      municipality: reference('territory', 'municipality_id'),
      followedFrom: column('followed_from'),
      followedUntil: column('followed_until'),
      meters: ({ id }, _, { db }) =>
        sorted(
          db
            .where('meter_building', 'building_id', id)
            .map((one) => db.one('meter', 'id', one.meter_id) as Row),
          byKey('reference'),
        ),
    },
    Meter: {
      readings,
      savingsResults: connection({
        question: () => ['Meter.savingsResults'],
        order: byInstant('recorded_at'),
        rows: ({ id }, _, { db }) => db.where('savings_result', 'meter_id', id),
      }),
      id: globalId('meter'),
      ...same('reference', 'carrier', 'unit', 'provenance'),
      partner: partnerOf,
      service,
      isTank: column('is_tank'),
      indexDigits: column('index_digits'),
      station: reference('weather_station', 'station_id'),
      buildings: ({ id }, _, { db }) =>
        sorted(
          db
            .where('meter_building', 'meter_id', id)
            .map((one) => db.one('building', 'id', one.building_id) as Row),
          byKey('name'),
        ),
      isShared: ({ id }, _, { db }) => db.where('meter_building', 'meter_id', id).length > 1,
    },
    WeatherStation: {
      id: globalId('weather_station'),
      ...same('code', 'name', 'source', 'provenance'),
      normalFrom: column('normal_from'),
      normalUntil: column('normal_until'),
    },
    EnergyVisit: {
      id: globalId('energy_visit'),
      ...same('state', 'conclusions', 'provenance'),
      partner: partnerOf,
      service,
      building,
      ...columns({
        requestedOn: 'requested_on',
        plannedFor: 'planned_for',
        visitedOn: 'visited_on',
        reportedOn: 'reported_on',
        cancelledOn: 'cancelled_on',
        reportUrl: 'report_url',
      }),
    },
    EnergyMeasure: {
      id: globalId('energy_measure'),
      ...same('kind', 'title', 'carrier', 'state', 'provenance'),
      partner: partnerOf,
      service,
      building,
      visit: reference('energy_visit', 'visit_id'),
      ...columns({
        proposedOn: 'proposed_on',
        decidedOn: 'decided_on',
        doneOn: 'done_on',
        droppedOn: 'dropped_on',
      }),
      ...decimals({
        investment: 'investment',
        grantAsked: 'grant_asked',
        grantObtained: 'grant_obtained',
        estimatedKwhYear: 'estimated_kwh_year',
      }),
      netInvestment: ({ investment, grant_obtained }) =>
        investment === null ? null : String(Number(investment) - Number(grant_obtained ?? 0)),
    },
    EnergyFactor: {
      id: globalId('energy_factor'),
      ...same('kind', 'carrier', 'unit', 'basis', 'source', 'provenance'),
      service,
      value: decimalOf('value'),
      ...columns({ validFrom: 'valid_from', validUntil: 'valid_until' }),
    },
    SavingsResult: {
      id: globalId('savings_result'),
      ...same('provenance'),
      meter,
      baseline: periodOf('baseline_from', 'baseline_until'),
      reporting: periodOf('reporting_from', 'reporting_until'),
      ...columns({ supersededAt: 'superseded_at', recordedAt: 'recorded_at' }),
      figures: (row) => row,
    },
    SavingsFigures: {
      ...same('reason', 'model', 'points'),
      ...columns({ normalisedReason: 'normalised_reason' }),
      ...decimals({
        changePoint: 'change_point',
        baseLoad: 'base_load',
        slope: 'slope',
        rSquared: 'r_squared',
        cvRmse: 'cv_rmse',
        adjustedBaselineKwh: 'adjusted_baseline_kwh',
        measuredKwh: 'measured_kwh',
        estimatedKwh: 'estimated_kwh',
        avoidedKwh: 'avoided_kwh',
        uncertaintyKwh: 'uncertainty_kwh',
        normalisedKwh: 'normalised_kwh',
        normalisedUncertaintyKwh: 'normalised_uncertainty_kwh',
        co2Kg: 'co2_kg',
        oilLitres: 'oil_litres',
        costEur: 'cost_eur',
      }),
      factors: ({ factors }, _, { db }) =>
        sorted(
          (factors as string[]).map((id) => db.one('energy_factor', 'id', id) as Row),
          [
            { of: (row) => row.kind as string, type: 'text' },
            { of: (row) => row.valid_from as string, type: 'date' },
            { of: (row) => row.id as string, type: 'uuid' },
          ],
        ),
    },
    FactorUsed: {
      ...same('kind', 'carrier', 'basis', 'source'),
      value: decimalOf('value'),
      validFrom: column('valid_from'),
    },
    ReplacedReading: {
      id: globalId('replaced_reading'),
      ...same('quality'),
      meter,
      ...columns({
        startsAt: 'starts_at',
        endsAt: 'ends_at',
        recordedAt: 'recorded_at',
        replacedAt: 'replaced_at',
      }),
      quantity: decimalOf('quantity'),
    },
    MeterReading: {
      ...same('quality'),
      ...columns({ startsAt: 'starts_at', endsAt: 'ends_at', recordedAt: 'recorded_at' }),
      quantity: decimalOf('quantity'),
    },
    ...connectionTypes('Building'),
    ...connectionTypes('EnergyVisit'),
    ...connectionTypes('EnergyFactor'),
    ...connectionTypes('SavingsResult'),
    ...connectionTypes('MeterReading'),
  },
};
