import { defineEntity, p } from '@mikro-orm/core';
import { LocalisedText } from '../database/localised-text.ts';
import { id, someLanguage } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { codeListRule } from './reference.policy.ts';

/** Level of a territory, from the widest to the narrowest. */
export enum TerritoryLevel {
  REGION = 'REGION',
  PROVINCE = 'PROVINCE',
  ARRONDISSEMENT = 'ARRONDISSEMENT',
  MUNICIPALITY = 'MUNICIPALITY',
}

export const SectorSchema = defineEntity({
  name: 'Sector',
  tableName: 'sector',
  ...rowSecurity('sector', codeListRule),
  properties: {
    id: id(),
    code: p.string().length(40).unique(),
    name: () => p.embedded(LocalisedText),
    naceCode: p.string().length(7),
  },
  checks: [someLanguage('name'), { name: 'sector_nace_code', expression: `nace_code ~ '^[0-9]{2,7}$'` }],
});
/** A branch of the social-profit sector, with the NACE-BEL code that comes closest. */
export class Sector extends SectorSchema.class {}
SectorSchema.setClass(Sector);

export const TerritorySchema = defineEntity({
  name: 'Territory',
  tableName: 'territory',
  ...rowSecurity('territory', codeListRule),
  properties: {
    id: id(),
    nisCode: p.string().length(5).unique(),
    level: p.enum(() => TerritoryLevel),
    name: () => p.embedded(LocalisedText),
    postalCodes: p.array().columnType('text[]').default([]),
    regionCode: p.string().length(5),
    provinceCode: p.string().length(5).nullable(),
    arrondissementCode: p.string().length(5).nullable(),
  },
  indexes: [{ properties: 'regionCode' }, { properties: 'provinceCode' }],
  checks: [someLanguage('name'), { name: 'territory_nis_code', expression: `nis_code ~ '^[0-9]{5}$'` }],
});
/** A region, province, arrondissement or municipality, by its NIS code (Statbel). */
export class Territory extends TerritorySchema.class {}
TerritorySchema.setClass(Territory);

export const CompetentAuthoritySchema = defineEntity({
  name: 'CompetentAuthority',
  tableName: 'competent_authority',
  ...rowSecurity('competent_authority', codeListRule),
  properties: {
    id: id(),
    code: p.string().length(20).unique(),
    name: () => p.embedded(LocalisedText),
    /** The authority whose administration this is: Iriscare and DVC serve COCOM. */
    partOf: () => p.manyToOne(CompetentAuthority).nullable(),
  },
  checks: [someLanguage('name')],
});
/** A public authority that recognises or funds organisations, or the administration that does it for one. */
export class CompetentAuthority extends CompetentAuthoritySchema.class {}
CompetentAuthoritySchema.setClass(CompetentAuthority);
