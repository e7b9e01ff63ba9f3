import { defineEntity, p } from '@mikro-orm/core';
import { LocalisedText } from '../database/localised-text.ts';
import { id, languages, money, provenance, recordedAt, someLanguage } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { Federation } from '../federations/federation.entity.ts';
import { Partner } from '../partners/partner.entity.ts';
import { CompetentAuthority } from '../reference/reference.entity.ts';
import { carrierRule, catalogueListRule, catalogueRule, sharedServiceRule } from './service.policy.ts';

/** Kind of a shared service. `OTHER` is for what a federation sets up without code. */
export enum ServiceKind {
  ENERGY = 'ENERGY',
  DIVERSITY = 'DIVERSITY',
  PREVENTION = 'PREVENTION',
  EMPLOYER_GROUP = 'EMPLOYER_GROUP',
  PURCHASING = 'PURCHASING',
  OTHER = 'OTHER',
}

export const ProviderSchema = defineEntity({
  name: 'Provider',
  tableName: 'provider',
  ...rowSecurity('provider', catalogueRule),
  properties: {
    id: id(),
    slug: p.string().length(80).unique(),
    name: () => p.embedded(LocalisedText),
    website: p.text().nullable(),
    /** For a demonstration record: the real organisation whose published figures it follows. */
    modelledOn: p.text().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  checks: [someLanguage('name'), { name: 'provider_slug', expression: `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'` }],
});
/** An organisation that runs or carries a shared service. */
export class Provider extends ProviderSchema.class {}
ProviderSchema.setClass(Provider);

export const PopulationSchema = defineEntity({
  name: 'Population',
  tableName: 'population',
  ...rowSecurity('population', catalogueRule),
  properties: {
    id: id(),
    slug: p.string().length(80).unique(),
    name: () => p.embedded(LocalisedText),
    definition: () => p.embedded(LocalisedText),
    /** The published or declared count; null where the members are listed and counted instead. */
    declaredCount: p.integer().nullable(),
    asOf: p.date(),
    source: p.text(),
    provenance: provenance(),
  },
  checks: [
    someLanguage('name'),
    someLanguage('definition'),
    { name: 'population_slug', expression: `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'` },
    { name: 'population_count', expression: 'declared_count >= 0' },
  ],
});
/** Whom a service is for: the denominator of coverage. */
export class Population extends PopulationSchema.class {}
PopulationSchema.setClass(Population);

export const PopulationMemberSchema = defineEntity({
  name: 'PopulationMember',
  tableName: 'population_member',
  ...rowSecurity('population_member', catalogueListRule),
  properties: {
    population: () => p.manyToOne(Population).primary(),
    partner: () => p.manyToOne(Partner).primary(),
  },
  indexes: [{ properties: ['partner'] }],
});
/** A partner that belongs to a listed population. */
export class PopulationMember extends PopulationMemberSchema.class {}
PopulationMemberSchema.setClass(PopulationMember);

export const SharedServiceSchema = defineEntity({
  name: 'SharedService',
  tableName: 'shared_service',
  ...rowSecurity('shared_service', sharedServiceRule),
  properties: {
    id: id(),
    slug: p.string().length(80).unique(),
    kind: p.enum(() => ServiceKind),
    name: () => p.embedded(LocalisedText),
    description: () => p.embedded(LocalisedText),
    eligibility: () => p.embedded(LocalisedText),
    price: () => p.embedded(LocalisedText),
    howToJoin: () => p.embedded(LocalisedText),
    languages: languages(),
    website: p.text().nullable(),
    startedOn: p.date().nullable(),
    /** The federation that set the service up; none for a service open to all. */
    federation: () => p.manyToOne(Federation).nullable(),
    /** Whom the service is for, where that is defined. */
    population: () => p.manyToOne(Population).nullable(),
    /** Whether anyone may see which partners are enrolled. */
    enrolmentsPublic: p.boolean().default(false),
    /** For kind OTHER: what one unit of its use is, e.g. "hour of room". */
    usageUnit: p.text().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  indexes: [{ properties: ['kind'] }, { properties: ['federation'] }],
  checks: [
    someLanguage('name'),
    { name: 'shared_service_slug', expression: `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'` },
    { name: 'shared_service_languages', expression: `languages <@ array['FR', 'NL', 'DE', 'EN']::text[]` },
    { name: 'shared_service_usage_unit', expression: `usage_unit is null or kind = 'OTHER'` },
  ],
});
/** A service that several organisations pool. */
export class SharedService extends SharedServiceSchema.class {}
SharedServiceSchema.setClass(SharedService);

export const ServiceCarrierSchema = defineEntity({
  name: 'ServiceCarrier',
  tableName: 'service_carrier',
  ...rowSecurity('service_carrier', carrierRule),
  properties: {
    service: () => p.manyToOne(SharedService).primary(),
    provider: () => p.manyToOne(Provider).primary(),
    /** Exactly one carrier leads a service (a partial unique index). */
    isLead: p.boolean().default(false),
  },
  indexes: [{ properties: ['provider'] }],
});
/** A provider that carries a service, alone or with others. */
export class ServiceCarrier extends ServiceCarrierSchema.class {}
ServiceCarrierSchema.setClass(ServiceCarrier);

export const FundingSchema = defineEntity({
  name: 'Funding',
  tableName: 'funding',
  ...rowSecurity('funding', catalogueRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    authority: () => p.manyToOne(CompetentAuthority).nullable(),
    funder: p.text(),
    amount: money(),
    currency: p.character().length(3).default('EUR'),
    periodFrom: p.date(),
    periodUntil: p.date(),
    provenance: provenance(),
  },
  indexes: [{ properties: ['service'] }],
  checks: [
    { name: 'funding_period', expression: 'period_until > period_from' },
    { name: 'funding_amount', expression: 'amount >= 0' },
  ],
});
/** Money that a funder gave to a service for a half-open period. */
export class Funding extends FundingSchema.class {}
FundingSchema.setClass(Funding);
