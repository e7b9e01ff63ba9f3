import type { Partner } from '../../partners/partner.entity.ts';
import {
  and,
  connection,
  type Expression,
  expression,
  list,
  mustExist,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
} from '../../read/index.ts';
import { Building } from './building.entity.ts';
import { Meter } from './meter.entity.ts';

/** A building filter with its references turned into keys. */
export interface BuildingCondition {
  partner?: string | undefined;
  service?: string | undefined;
  activities?: readonly string[] | null | undefined;
  floorAreaBands?: readonly string[] | null | undefined;
}

export const BUILDING_ORDER: OrderKey<Building>[] = [
  { by: (row) => row.name, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];
export const METER_ORDER: OrderKey<Meter>[] = [
  { by: (row) => row.reference, direction: 'asc', type: 'text' },
  { by: (row) => row.id, direction: 'asc', type: 'uuid' },
];

/** Rows of a record that a filter names, which has to be there. */
export function named(table: string, key: string | undefined, field: string, column: Sql): Sql | undefined {
  return key ? and([mustExist(table, [key], field), sql`${column} = ${key}::uuid`]) : undefined;
}

function condition(
  row: RowRef<Building>,
  { partner, service, activities, floorAreaBands }: BuildingCondition,
): Sql | undefined {
  return and([
    named('partner', partner, 'filter.partner', row.partner),
    named('shared_service', service, 'filter.service', row.service),
    activities ? oneOf(row.activity, activities, 'text') : undefined,
    floorAreaBands ? oneOf(row.floorAreaBand, floorAreaBands, 'text') : undefined,
  ]);
}

export function buildings(filter: BuildingCondition, page: Page): Rows {
  return connection(Building, { where: (row) => condition(row, filter), orderBy: BUILDING_ORDER, page });
}

export function buildingById(id: string, absent?: () => Error): Rows {
  return one(Building, (row) => sql`${row.id} = ${id}::uuid`, absent);
}

export function buildingsOfPartner(filter: BuildingCondition, page: Page): Rows {
  return connection<Building, Partner>(Building, {
    where: (row, partner) => and([sql`${row.partner} = ${partner.id}`, condition(row, filter)]),
    orderBy: BUILDING_ORDER,
    page,
  });
}

export function meterById(id: string, absent?: () => Error): Rows {
  return one(Meter, (row) => sql`${row.id} = ${id}::uuid`, absent);
}

/** Meters that count what a building uses, other partners' among them as far as the viewer sees them. */
export function metersOfBuilding(): Rows {
  return list<Meter, Building>(Meter, {
    where: (row, building) =>
      sql`exists (select from meter_building x where x.partner_id = ${row.partner} and x.meter_id = ${row.id}
        and x.building_partner_id = ${building.partner} and x.building_id = ${building.id})`,
    orderBy: METER_ORDER,
  });
}

/** Buildings that a meter serves, as far as the viewer sees them. */
export function buildingsOfMeter(): Rows {
  return list<Building, Meter>(Building, {
    where: (row, meter) =>
      sql`exists (select from meter_building x where x.partner_id = ${meter.partner} and x.meter_id = ${meter.id}
        and x.building_partner_id = ${row.partner} and x.building_id = ${row.id})`,
    orderBy: BUILDING_ORDER,
  });
}

/** Whether a meter serves more than one building, those that the viewer does not see among them. */
export function meterIsShared(): Expression {
  return expression<Meter>(
    (meter) =>
      sql`exists (select from counted_meter x where x.partner_id = ${meter.partner} and x.meter_id = ${meter.id} and x.buildings > 1)`,
  );
}
