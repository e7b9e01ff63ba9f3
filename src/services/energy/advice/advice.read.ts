import {
  type AnyRow,
  and,
  connection,
  derived,
  type Expression,
  expression,
  list,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type RowRef,
  type Rows,
  type Sql,
  sql,
  today,
} from '../../../read/index.ts';
import type { SharedService } from '../../service.entity.ts';
import { EnergyMeasure, EnergyVisit } from '../advice.entity.ts';
import { Building } from '../building.entity.ts';
import { named } from '../building.read.ts';
import type { MeasureOrder } from './advice.inputs.ts';

/** Which visits or measures, references turned into keys. */
export interface AdviceCondition {
  partner?: string | undefined;
  service?: string | undefined;
  building?: string | undefined;
  states?: readonly string[] | null | undefined;
  kinds?: readonly string[] | null | undefined;
}

/** The latest first. */
export const VISIT_ORDER: OrderKey<EnergyVisit>[] = [
  { by: (row) => row.requestedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

/** The price of a kWh today that a measure is valued at: of its carrier alone, before one of all carriers. */
const price = (
  row: RowRef<EnergyMeasure>,
): Sql => sql`(select f.value from energy_factor f where f.service_id = ${row.service}
  and f.kind = 'PRICE' and (f.carrier is null or f.carrier = ${row.carrier}) and f.valid_from <= ${today}
  and (f.valid_until is null or ${today} < f.valid_until) order by f.carrier nulls last limit 1)`;
const net = (row: RowRef<EnergyMeasure>): Sql => sql`(${row.investment} - coalesce(${row.grantObtained}, 0))`;
const yearly = (row: RowRef<EnergyMeasure>): Sql => sql`round(${row.estimatedKwhYear} * ${price(row)}, 2)`;

/** What saves and costs nothing comes first; what nobody has estimated, or said the cost of, last. */
const HIGHEST = 99_999_999;
const MEASURE_ORDERS: Readonly<Record<MeasureOrder, OrderKey<EnergyMeasure>[]>> = {
  PROPOSED_ON: [
    { by: (row) => row.proposedOn, direction: 'desc', type: 'date' },
    { by: (row) => row.id, direction: 'desc', type: 'uuid' },
  ],
  RETURN: [
    {
      by: (row) =>
        sql`(case when ${yearly(row)} is null or ${net(row)} is null then -1 when ${yearly(row)} = 0 then 0
          when ${net(row)} = 0 then ${HIGHEST}::numeric else least(round(${yearly(row)} / ${net(row)}, 6), ${HIGHEST}::numeric) end)`,
      direction: 'desc',
      type: 'numeric',
    },
    { by: (row) => row.id, direction: 'desc', type: 'uuid' },
  ],
};

export function measureOrder(order: `${MeasureOrder}`): OrderKey<EnergyMeasure>[] {
  return MEASURE_ORDERS[order];
}

export function visits({ partner, service, building, states }: AdviceCondition, page: Page): Rows {
  return connection(EnergyVisit, {
    where: (row) =>
      and([
        named('partner', partner, 'filter.partner', row.partner),
        named('shared_service', service, 'filter.service', row.service),
        named('building', building, 'filter.building', row.building),
        states ? oneOf(row.state, states, 'text') : undefined,
      ]),
    orderBy: VISIT_ORDER,
    page,
  });
}

export function measures(
  { partner, service, building, states, kinds }: AdviceCondition,
  order: MeasureOrder,
  page: Page,
): Rows {
  return connection(EnergyMeasure, {
    where: (row) =>
      and([
        named('partner', partner, 'filter.partner', row.partner),
        named('shared_service', service, 'filter.service', row.service),
        named('building', building, 'filter.building', row.building),
        states ? oneOf(row.state, states, 'text') : undefined,
        kinds ? oneOf(row.kind, kinds, 'text') : undefined,
      ]),
    orderBy: measureOrder(order),
    page,
  });
}

export function visitById(id: string): Rows {
  return one(EnergyVisit, (row) => sql`${row.id} = ${id}::uuid`);
}

export function measureById(id: string): Rows {
  return one(EnergyMeasure, (row) => sql`${row.id} = ${id}::uuid`);
}

export function visitsOfBuilding(): Rows {
  return list<EnergyVisit, Building>(EnergyVisit, {
    where: (row, building) => sql`${row.partner} = ${building.partner} and ${row.building} = ${building.id}`,
    orderBy: VISIT_ORDER,
  });
}

export function measuresOfBuilding(): Rows {
  return list<EnergyMeasure, Building>(EnergyMeasure, {
    where: (row, building) => sql`${row.partner} = ${building.partner} and ${row.building} = ${building.id}`,
    orderBy: measureOrder('PROPOSED_ON'),
  });
}

export function netInvestment(): Expression {
  return expression<EnergyMeasure>(net);
}

export function yearlySaving(): Expression {
  return expression<EnergyMeasure>(yearly);
}

export function paybackYears(): Expression {
  return expression<EnergyMeasure>((row) => sql`round(${net(row)} / nullif(${yearly(row)}, 0), 2)`);
}

/** The factor that a measure is valued by, by name. */
export function priceFactor(): Rows {
  return derived<'kind' | 'carrier' | 'value' | 'basis' | 'source' | 'validFrom', EnergyMeasure>(
    {
      subquery: (row) =>
        sql`(select f.kind, f.carrier, f.value, f.basis, f.source, f.valid_from as "validFrom" from energy_factor f
          where f.service_id = ${row.service} and f.kind = 'PRICE' and (f.carrier is null or f.carrier = ${row.carrier})
            and f.valid_from <= ${today} and (f.valid_until is null or ${today} < f.valid_until) order by f.carrier nulls last limit 1)`,
      columns: ['kind', 'carrier', 'value', 'basis', 'source', 'validFrom'],
    },
    { kind: 'one', limit: 1 },
  );
}

/**
 * Buildings of a service that are followed today and that the viewer sees, by the points that speak for a visit: the rule
 * stands at the fields of NextVisit.
 */
export function nextVisits(first: number): Rows {
  return derived<
    'building_id' | 'score' | 'requestPoints' | 'lastVisitPoints' | 'floorAreaPoints' | 'intensityPoints',
    SharedService
  >(
    {
      subquery: (service) => sql`(with seen as materialized (
          select b.partner_id, b.id, b.activity, b.floor_area_m2, b.name
          from building b where b.service_id = ${service.id} and b.followed_from <= ${today}
            and (b.followed_until is null or ${today} < b.followed_until)),
        -- Like with like: who has no meter of its heat is not thrifty.
        used as materialized (
          select s.partner_id, s.id, s.activity, y.carrier_group, y.kwh_m2 from seen s
          join counted_building_year y on y.partner_id = s.partner_id and y.building_id = s.id
          where y.year = extract(year from ${today})::int - 1 and y.carrier_group in ('ELECTRICITY', 'HEAT')),
        usual as (select u.activity, u.carrier_group, (percentile_cont(0.5) within group (order by u.kwh_m2))::numeric as kwh_m2
          from used u group by 1, 2),
        above as (select u.partner_id, u.id, max(u.kwh_m2 / m.kwh_m2 - 1) as part from used u
          join usual m on m.activity = u.activity and m.carrier_group = u.carrier_group where m.kwh_m2 > 0 group by 1, 2),
        points as (
          select s.id as building_id, s.name,
            case when exists (select from energy_visit v where v.partner_id = s.partner_id and v.building_id = s.id and v.state in ('REQUESTED', 'PLANNED'))
              then 30.0 else 0.0 end as "requestPoints",
            coalesce((select least(40.0, round(8.0 * (${today} - max(v.visited_on)) / 365.25, 1)) from energy_visit v
              where v.partner_id = s.partner_id and v.building_id = s.id and v.visited_on is not null), 40.0) as "lastVisitPoints",
            least(20.0, round(s.floor_area_m2 / 250, 1)) as "floorAreaPoints",
            coalesce(least(30.0, greatest(0.0, round(30 * a.part, 1))), 0.0) as "intensityPoints"
          from seen s left join above a on a.partner_id = s.partner_id and a.id = s.id)
        select p.building_id, p."requestPoints" + p."lastVisitPoints" + p."floorAreaPoints" + p."intensityPoints" as score,
          p."requestPoints", p."lastVisitPoints", p."floorAreaPoints", p."intensityPoints"
        from points p order by 2 desc, p.name, p.building_id limit ${first}::int)`,
      columns: [
        'building_id',
        'score',
        'requestPoints',
        'lastVisitPoints',
        'floorAreaPoints',
        'intensityPoints',
      ],
      fields: {
        building: (row: AnyRow) =>
          one(Building, (building) => sql`${building.id} = ${row.building_id as Sql}`),
      } as never,
    },
    { limit: first, weight: 5 },
  );
}
