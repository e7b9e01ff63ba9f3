import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { Territory } from '../../reference/reference.entity.ts';
import { SharedService } from '../service.entity.ts';
import { buildingRule } from './energy.policy.ts';

/** What a building is used for, most of the time. */
export enum BuildingActivity {
  OFFICE = 'OFFICE',
  SCHOOL = 'SCHOOL',
  CHILDCARE = 'CHILDCARE',
  HOSPITAL = 'HOSPITAL',
  CARE_HOME = 'CARE_HOME',
  HOUSING = 'HOUSING',
  DAY_CENTRE = 'DAY_CENTRE',
  CULTURE = 'CULTURE',
  SPORT = 'SPORT',
  WORKSHOP = 'WORKSHOP',
  OTHER = 'OTHER',
}

/** Size of a building by its floor area; classes of the hub's own. */
export enum FloorAreaBand {
  UNDER_500 = 'UNDER_500',
  FROM_500_TO_999 = 'FROM_500_TO_999',
  FROM_1000_TO_2499 = 'FROM_1000_TO_2499',
  FROM_2500_TO_4999 = 'FROM_2500_TO_4999',
  FROM_5000 = 'FROM_5000',
}

/** The band follows from the floor area in the database itself, so that the two can never disagree. */
const FLOOR_AREA_BAND = `(case when floor_area_m2 < 500 then 'UNDER_500' when floor_area_m2 < 1000 then 'FROM_500_TO_999' when floor_area_m2 < 2500 then 'FROM_1000_TO_2499' when floor_area_m2 < 5000 then 'FROM_2500_TO_4999' else 'FROM_5000' end) stored`;

export const BuildingSchema = defineEntity({
  name: 'Building',
  tableName: 'building',
  ...rowSecurity('building', buildingRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    /** The energy service that follows it. */
    service: () => p.manyToOne(SharedService),
    /** What the partner calls it, unique among its buildings in the service. */
    name: p.string().length(120),
    activity: p.enum(() => BuildingActivity),
    /** Heated floor area. */
    floorAreaM2: p.decimal('string').precision(10).scale(2).name('floor_area_m2'),
    floorAreaBand: p.enum(() => FloorAreaBand).generated(FLOOR_AREA_BAND),
    constructionYear: p.smallint().nullable(),
    municipality: () => p.manyToOne(Territory),
    /** First day on which the service followed it. */
    followedFrom: p.date(),
    /** First day on which it no longer did. */
    followedUntil: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  uniques: [{ name: 'building_name_unique', properties: ['partner', 'service', 'name'] }],
  indexes: [
    { properties: ['id'] },
    { properties: ['service', 'name', 'id'] },
    { properties: ['name', 'id'] },
    { properties: ['activity', 'floorAreaBand'] },
  ],
  checks: [
    { name: 'building_name', expression: `name ~ '\\S'` },
    { name: 'building_floor_area', expression: 'floor_area_m2 >= 1' },
    {
      name: 'building_construction_year',
      expression: 'construction_year >= 1000 and construction_year <= 2100',
    },
    {
      name: 'building_followed',
      expression: 'followed_until is null or followed_until > followed_from',
    },
  ],
});
/** A building that a partner uses and an energy service follows (bâtiment, gebouw). */
export class Building extends BuildingSchema.class {}
BuildingSchema.setClass(Building);
