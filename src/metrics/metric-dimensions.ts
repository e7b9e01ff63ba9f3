import { registerEnumType } from 'type-graphql';
import { fallbackOrder, type LanguageCode } from '../database/localised-text.ts';
import { join, raw, type Sql, sql } from '../read/index.ts';
import { labelOf, SERVICE_KIND_LABELS, SIZE_BAND_LABELS } from './dimension-labels.ts';

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
    SECTOR: { description: "The partner's sector; value: its code · secteur · sector" },
    SIZE_BAND: { description: "The partner's size band · taille · grootteklasse" },
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

/** Value, label and joins of a dimension, on the facts `f`. */
export interface DimensionSql {
  value: Sql;
  label: Sql;
  joins: readonly (keyof typeof JOINS)[];
}

/** Joins in the sequence in which they depend on one another. */
const JOINS = {
  partner: raw('join partner p on p.id = f.partner_id'),
  service: raw('join shared_service s on s.id = f.service_id'),
  sector: raw('join sector x on x.id = p.sector_id'),
  municipality: raw('join territory t on t.id = p.municipality_id'),
  region: raw('left join territory tr on tr.nis_code = t.region_code'),
  province: raw('left join territory tp on tp.nis_code = t.province_code'),
  enrolment: raw('left join counted_enrolment en on en.partner_id = f.partner_id and en.id = f.enrolment_id'),
  recognition: raw('left join recognition r on r.partner_id = en.partner_id and r.id = en.recognition_id'),
  authority: raw('left join competent_authority a on a.id = r.authority_id'),
  membership: raw(
    'left join membership mb on mb.partner_id = f.partner_id and mb.valid_from <= f.day and (mb.valid_until is null or f.day < mb.valid_until)',
  ),
  federation: raw('left join federation fe on fe.id = mb.federation_id'),
};

export type MetricJoin = keyof typeof JOINS;

/** The joins that are asked for, each once, in their sequence. */
export function joinsOf(names: Iterable<MetricJoin>): Sql[] {
  const wanted = new Set(names);
  return (Object.keys(JOINS) as MetricJoin[]).filter((name) => wanted.has(name)).map((name) => JOINS[name]);
}

function text(alias: string, language: LanguageCode): Sql {
  return sql`coalesce(${join(
    fallbackOrder(language).map((code) => raw(`${alias}.name_${code}`)),
    ', ',
  )})`;
}

export function dimensionSql(dimension: MetricDimension, language: LanguageCode): DimensionSql {
  switch (dimension) {
    case MetricDimension.SERVICE:
      return { value: sql`('service_' || s.id)`, label: text('s', language), joins: ['service'] };
    case MetricDimension.SERVICE_KIND:
      return {
        value: sql`s.kind`,
        label: labelOf(SERVICE_KIND_LABELS, sql`s.kind`, language),
        joins: ['service'],
      };
    case MetricDimension.SECTOR:
      return { value: sql`x.code`, label: text('x', language), joins: ['partner', 'sector'] };
    case MetricDimension.SIZE_BAND:
      return {
        value: sql`p.size_band`,
        label: labelOf(SIZE_BAND_LABELS, sql`p.size_band`, language),
        joins: ['partner'],
      };
    case MetricDimension.REGION:
      return {
        value: sql`t.region_code`,
        label: text('tr', language),
        joins: ['partner', 'municipality', 'region'],
      };
    case MetricDimension.PROVINCE:
      return {
        value: sql`t.province_code`,
        label: text('tp', language),
        joins: ['partner', 'municipality', 'province'],
      };
    case MetricDimension.MUNICIPALITY:
      return { value: sql`t.nis_code`, label: text('t', language), joins: ['partner', 'municipality'] };
    case MetricDimension.AUTHORITY:
      return {
        value: sql`a.code`,
        label: text('a', language),
        joins: ['enrolment', 'recognition', 'authority'],
      };
    case MetricDimension.FEDERATION:
      return {
        value: sql`('federation_' || fe.id)`,
        label: text('fe', language),
        joins: ['membership', 'federation'],
      };
    case MetricDimension.PARTNER:
      return { value: sql`('partner_' || p.id)`, label: text('p', language), joins: ['partner'] };
    case MetricDimension.CATEGORY:
      return { value: sql`f.category`, label: sql`f.category`, joins: [] };
  }
}
