import { defineEntity, p } from '@mikro-orm/core';
import { LANGUAGES, LocalisedText } from '../database/localised-text.ts';
import { id, languages, provenance, recordedAt, someLanguage } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { SortKeys } from '../database/sort-keys.ts';
import { CompetentAuthority, Sector, Territory } from '../reference/reference.entity.ts';
import { partnerPartRule, partnerRule } from './partner.policy.ts';

/** Legal form of an organisation (Belgian Code of Companies and Associations, and public bodies). */
export enum LegalForm {
  ASBL_VZW = 'ASBL_VZW',
  AISBL_IVZW = 'AISBL_IVZW',
  FOUNDATION = 'FOUNDATION',
  COOPERATIVE = 'COOPERATIVE',
  COMPANY = 'COMPANY',
  PUBLIC_BODY = 'PUBLIC_BODY',
  OTHER = 'OTHER',
}

/** Size of an organisation by its workers: the classes of the Belgian social security office. */
export enum SizeBand {
  UNDER_5 = 'UNDER_5',
  FROM_5_TO_9 = 'FROM_5_TO_9',
  FROM_10_TO_19 = 'FROM_10_TO_19',
  FROM_20_TO_49 = 'FROM_20_TO_49',
  FROM_50_TO_99 = 'FROM_50_TO_99',
  FROM_100_TO_199 = 'FROM_100_TO_199',
  FROM_200 = 'FROM_200',
}

/** The band follows from the headcount in the database itself, so that the two can never disagree. */
const SIZE_BAND = `(case when headcount < 5 then 'UNDER_5' when headcount < 10 then 'FROM_5_TO_9' when headcount < 20 then 'FROM_10_TO_19' when headcount < 50 then 'FROM_20_TO_49' when headcount < 100 then 'FROM_50_TO_99' when headcount < 200 then 'FROM_100_TO_199' else 'FROM_200' end) stored`;

export const PartnerSchema = defineEntity({
  name: 'Partner',
  tableName: 'partner',
  ...rowSecurity('partner', partnerRule),
  properties: {
    id: id(),
    slug: p.string().length(80).unique(),
    /** None once a partner that left is anonymous. */
    enterpriseNumber: p.string().length(10).unique().nullable(),
    name: () => p.embedded(LocalisedText),
    description: () => p.embedded(LocalisedText),
    legalForm: p.enum(() => LegalForm),
    sector: () => p.manyToOne(Sector),
    /** Municipality of the registered office. */
    municipality: () => p.manyToOne(Territory),
    headcount: p.integer(),
    sizeBand: p.enum(() => SizeBand).generated(SIZE_BAND),
    languages: languages(),
    website: p.text().nullable(),
    /** First day on which it is no longer a partner. */
    closedOn: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date())
      .defaultRaw('now()'),
    version: p.integer().version(),
    /** Names in every language, folded: what the text search looks in. */
    searchText: p.text().hidden(),
    searchVector: p
      .type('tsvector')
      .columnType('tsvector')
      .generated(`(to_tsvector('simple', search_text)) stored`)
      .hidden()
      .lazy(),
    sortName: () => p.embedded(SortKeys).hidden(),
  },
  indexes: [
    // A dashboard's page: the filter and its largest first in one index, so that only the page and the count are read.
    { properties: ['sector', 'sizeBand', 'headcount', 'id'] },
    { properties: ['municipality'] },
    { properties: ['sizeBand', 'headcount', 'id'] },
    { properties: ['createdAt', 'id'] },
    { properties: ['headcount', 'id'] },
    { properties: ['closedOn'] },
    { properties: ['searchVector'], type: 'gin' },
    // The directory by name: what most filters ask for is told by the index, so that no other row is read.
    ...LANGUAGES.map((language) => ({
      name: `partner_by_name_${language}_index`,
      expression: `create index partner_by_name_${language}_index on partner (sort_name_${language}, id, size_band, sector_id)`,
    })),
  ],
  checks: [
    someLanguage('name'),
    { name: 'partner_slug', expression: `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'` },
    { name: 'partner_languages', expression: `languages <@ array['FR', 'NL', 'DE', 'EN']::text[]` },
    { name: 'partner_headcount', expression: 'headcount >= 0' },
    {
      name: 'partner_enterprise_number',
      expression: `enterprise_number is null or case when enterprise_number ~ '^[01][0-9]{9}$' then right(enterprise_number, 2)::int = 97 - (left(enterprise_number, 8)::int % 97) else false end`,
    },
    { name: 'partner_numbered', expression: 'enterprise_number is not null or closed_on is not null' },
  ],
});
/** An organisation that is a member of a federation, uses a pooled service, or does neither yet. */
export class Partner extends PartnerSchema.class {}
PartnerSchema.setClass(Partner);

export const SiteSchema = defineEntity({
  name: 'Site',
  tableName: 'site',
  ...rowSecurity('site', partnerPartRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    name: () => p.embedded(LocalisedText),
    postalCode: p.string().length(4),
    municipality: () => p.manyToOne(Territory),
    isRegisteredOffice: p.boolean().default(false),
    provenance: provenance(),
  },
  indexes: [{ properties: ['id'] }, { properties: ['municipality'] }],
  checks: [{ name: 'site_postal_code', expression: `postal_code ~ '^[1-9][0-9]{3}$'` }],
});
/** A place where a partner is active. */
export class Site extends SiteSchema.class {}
SiteSchema.setClass(Site);

export const RecognitionSchema = defineEntity({
  name: 'Recognition',
  tableName: 'recognition',
  ...rowSecurity('recognition', partnerPartRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    site: () =>
      p
        .manyToOne(Site)
        .joinColumns('partner_id', 'site_id')
        .ownColumns('site_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    authority: () => p.manyToOne(CompetentAuthority),
    sector: () => p.manyToOne(Sector),
    validFrom: p.date(),
    validUntil: p.date().nullable(),
    provenance: provenance(),
  },
  indexes: [{ properties: ['id'] }, { properties: ['authority', 'partner'] }],
  checks: [{ name: 'recognition_period', expression: 'valid_until is null or valid_until > valid_from' }],
});
/** A recognition (agrément, erkenning) of a partner or one of its sites by an authority, in a sector. */
export class Recognition extends RecognitionSchema.class {}
RecognitionSchema.setClass(Recognition);
