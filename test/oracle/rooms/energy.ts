import { type Asked, type CheckedField, column, kind, type Room, same } from '../asked.ts';
import type { Row, Table } from '../database.ts';
import { connection, connectionTypes, sorted } from '../pages.ts';
import { decimalOf, globalId, isIn, keyOf, mustExist, notFound, reference } from '../values.ts';
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

/** Buildings, meters, advice and savings of energy. */
export const energyRoom: Room = {
  nodes: {
    building: kind('building', 'Building'),
    meter: kind('meter', 'Meter'),
    weather_station: kind('weather_station', 'WeatherStation'),
  },
  fields: {
    Query: {
      buildings: buildings('buildings', (_, { db }) => db.all('building')),
      building: named('building', 'building', 'The building'),
      meter: named('meter', 'meter', 'The meter'),
    },
    Partner: {
      buildings: buildings('Partner.buildings', ({ id }, { db }) => db.where('building', 'partner_id', id)),
    },
    Building: {
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
    ...connectionTypes('Building'),
  },
};
