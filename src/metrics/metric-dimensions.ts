import { registerEnumType } from 'type-graphql';
import { fallbackOrder, type LanguageCode } from '../database/localised-text.ts';
import { join, literal, raw, type Sql, sql } from '../read/index.ts';
import { labelOf, SERVICE_KIND_LABELS, SIZE_BAND_LABELS } from './dimension-labels.ts';
import type { Grain } from './metric-facts.ts';

/** What usage can be broken down by. */
export enum MetricDimension {
  SERVICE = 'SERVICE',
  SERVICE_KIND = 'SERVICE_KIND',
  SECTOR = 'SECTOR',
  SIZE_BAND = 'SIZE_BAND',
  REGION = 'REGION',
  PROVINCE = 'PROVINCE',
  MUNICIPALITY = 'MUNICIPALITY',
  AUTHORITY = 'AUTHORITY',
  FEDERATION = 'FEDERATION',
  PARTNER = 'PARTNER',
  CATEGORY = 'CATEGORY',
}

registerEnumType(MetricDimension, {
  name: 'MetricDimension',
  description: 'What usage can be broken down by · dimension · dimensie.',
  valuesConfig: {
    SERVICE: { description: 'The service; value: its id · service · dienst' },
    SERVICE_KIND: { description: 'The kind of service · type de service · soort dienst' },
    SECTOR: { description: "The partner's sector on the day of the use; value: its code · secteur · sector" },
    SIZE_BAND: { description: "The partner's size band on the day of the use · taille · grootteklasse" },
    REGION: { description: "Region of the partner's registered office; value: NIS code · région · gewest" },
    PROVINCE: {
      description:
        "Province of the partner's registered office; value: NIS code, null in the Brussels Region · province · provincie",
    },
    MUNICIPALITY: {
      description: "Municipality of the partner's registered office; value: NIS code · commune · gemeente",
    },
    AUTHORITY: {
      description:
        'Authority of the recognition that the enrolment rests on; value: its code, null without one · autorité · entiteit',
    },
    FEDERATION: {
      description:
        'Federation of which the partner was a member on the day; value: its id, null without one. A partner in two counts in both, so that rows do not add up to the total · fédération · federatie',
    },
    PARTNER: { description: 'The partner; value: its id · partenaire · partner' },
    CATEGORY: { description: 'Breakdown inside the metric, null without one · catégorie · categorie' },
  },
});

/** A dimension in SQL: facts `f` are grouped by its key; value and label of a key are looked up in the answer. */
interface DimensionSql {
  key: Sql;
  /** Stable value of a key: an id or a code. */
  value: (key: Sql) => Sql;
  /** The table whose id the key is, and its column that is the value instead: joined once, and not looked up by row. */
  codes?: { table: string; column: string };
  label: (key: Sql, language: LanguageCode) => Sql;
  joins: readonly MetricJoin[];
  /** The smallest rollup that knows it. */
  grain: Grain;
}

/** Joins in the sequence in which they depend on one another. */
const JOINS = {
  partner: raw('join partner p on p.id = f.partner_id'),
  service: raw('join shared_service s on s.id = f.service_id'),
  membership: raw(
    'left join membership mb on mb.partner_id = f.partner_id and mb.valid_from <= f.day and (mb.valid_until is null or f.day < mb.valid_until)',
  ),
};

export type MetricJoin = keyof typeof JOINS;

/** The joins that are asked for, each once, in their sequence. */
export function joinsOf(names: Iterable<MetricJoin>): Sql[] {
  const wanted = new Set(names);
  return (Object.keys(JOINS) as MetricJoin[]).filter((name) => wanted.has(name)).map((name) => JOINS[name]);
}

/** A column of the row of a table that a key names. */
function lookUp(table: string, column: 'id' | 'nis_code', wanted: Sql): (key: Sql) => Sql {
  return (key) => sql`(select ${wanted} from ${raw(table)} x where x.${raw(column)} = ${key})`;
}

function nameOf(table: string, column: 'id' | 'nis_code' = 'id'): DimensionSql['label'] {
  return (key, language) => {
    const names = fallbackOrder(language).map((code) => raw(`x.name_${code}`));
    return lookUp(table, column, sql`coalesce(${join(names, ', ')})`)(key);
  };
}

const itself = (key: Sql): Sql => key;
const globalId =
  (prefix: string) =>
  (key: Sql): Sql =>
    sql`(${literal(`${prefix}_`)} || ${key})`;

export const DIMENSIONS: Readonly<Record<MetricDimension, DimensionSql>> = {
  SERVICE: {
    key: raw('f.service_id'),
    value: globalId('service'),
    label: nameOf('shared_service'),
    joins: [],
    grain: 'SUM',
  },
  SERVICE_KIND: {
    key: raw('s.kind'),
    value: itself,
    label: (key, language) => labelOf(SERVICE_KIND_LABELS, key, language),
    joins: ['service'],
    grain: 'SUM',
  },
  SECTOR: {
    key: raw('f.sector_id'),
    value: itself,
    codes: { table: 'sector', column: 'code' },
    label: nameOf('sector'),
    joins: [],
    grain: 'SUM',
  },
  SIZE_BAND: {
    key: raw('f.size_band'),
    value: itself,
    label: (key, language) => labelOf(SIZE_BAND_LABELS, key, language),
    joins: [],
    grain: 'TOTAL',
  },
  REGION: {
    key: raw('f.region_code'),
    value: itself,
    label: nameOf('territory', 'nis_code'),
    joins: [],
    grain: 'SUM',
  },
  PROVINCE: {
    key: raw('f.province_code'),
    value: itself,
    label: nameOf('territory', 'nis_code'),
    joins: [],
    grain: 'TOTAL',
  },
  MUNICIPALITY: {
    key: raw('f.municipality_id'),
    value: itself,
    codes: { table: 'territory', column: 'nis_code' },
    label: nameOf('territory'),
    joins: [],
    grain: 'MONTH',
  },
  AUTHORITY: {
    key: raw('f.authority_id'),
    value: itself,
    codes: { table: 'competent_authority', column: 'code' },
    label: nameOf('competent_authority'),
    joins: [],
    grain: 'TOTAL',
  },
  FEDERATION: {
    key: raw('mb.federation_id'),
    value: globalId('federation'),
    label: nameOf('federation'),
    joins: ['membership'],
    grain: 'MONTH',
  },
  PARTNER: {
    key: raw('f.partner_id'),
    value: globalId('partner'),
    label: nameOf('partner'),
    joins: [],
    grain: 'MONTH',
  },
  CATEGORY: { key: raw('f.category'), value: itself, label: itself, joins: [], grain: 'MONTH' },
};
