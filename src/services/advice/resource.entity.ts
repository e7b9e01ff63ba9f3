import { defineEntity, p } from '@mikro-orm/core';
import { LocalisedText } from '../../database/localised-text.ts';
import { id, languages, provenance, recordedAt, someLanguage } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { Partner } from '../../partners/partner.entity.ts';
import { SharedService } from '../service.entity.ts';
import { downloadRule, resourceRule, toolboxAccessRule } from './advice.policy.ts';

/** Kind of a resource. */
export enum ResourceKind {
  TOOL_SHEET = 'TOOL_SHEET',
  GUIDE = 'GUIDE',
  CHARTER = 'CHARTER',
  CHECKLIST = 'CHECKLIST',
  VIDEO = 'VIDEO',
  ARTICLE = 'ARTICLE',
  SUCCESS_STORY = 'SUCCESS_STORY',
}

export const AdviceResourceSchema = defineEntity({
  name: 'AdviceResource',
  tableName: 'advice_resource',
  ...rowSecurity('advice_resource', resourceRule),
  properties: {
    id: id(),
    service: () => p.manyToOne(SharedService),
    /** By what it is known in the service. */
    code: p.string().length(40),
    kind: p.enum(() => ResourceKind),
    title: () => p.embedded(LocalisedText),
    languages: languages(),
    /** Which edition it is, from 1. */
    edition: p.integer().default(1),
    url: p.text().nullable(),
    /** Whether it is for those alone that were granted access. */
    isRestricted: p.boolean().default(false),
    publishedOn: p.date(),
    withdrawnOn: p.date().nullable(),
    /** Code and titles in every language, folded: what the text search looks in. */
    searchText: p.text().hidden(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  uniques: [{ name: 'advice_resource_code', properties: ['service', 'code'] }],
  indexes: [{ properties: ['publishedOn', 'id'] }],
  checks: [
    someLanguage('title'),
    { name: 'advice_resource_code_form', expression: `code ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$'` },
    { name: 'advice_resource_edition', expression: 'edition >= 1 and edition <= 1000' },
    {
      name: 'advice_resource_languages',
      expression: `cardinality(languages) > 0 and languages <@ array['FR', 'NL', 'DE', 'EN']::text[]`,
    },
    { name: 'advice_resource_dates', expression: 'withdrawn_on > published_on' },
  ],
});
/** Something to read or use: a tool sheet, a guide, a charter, a video. */
export class AdviceResource extends AdviceResourceSchema.class {}
AdviceResourceSchema.setClass(AdviceResource);

export const ToolboxAccessSchema = defineEntity({
  name: 'ToolboxAccess',
  tableName: 'toolbox_access',
  ...rowSecurity('toolbox_access', toolboxAccessRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    grantedOn: p.date(),
    /** First day on which it no longer holds. */
    withdrawnOn: p.date().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
    version: p.integer().version(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['service', 'grantedOn', 'id'] },
    { properties: ['grantedOn', 'id'] },
  ],
  checks: [{ name: 'toolbox_access_dates', expression: 'withdrawn_on > granted_on' }],
});
/** That a partner may use the restricted resources of a service: granted, which is not used. */
export class ToolboxAccess extends ToolboxAccessSchema.class {}
ToolboxAccessSchema.setClass(ToolboxAccess);

export const ResourceDownloadSchema = defineEntity({
  name: 'ResourceDownload',
  tableName: 'resource_download',
  ...rowSecurity('resource_download', downloadRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    resource: () => p.manyToOne(AdviceResource),
    downloadedOn: p.date(),
    copies: p.integer(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  indexes: [
    { properties: ['id'] },
    { properties: ['resource', 'downloadedOn'] },
    { properties: ['service', 'downloadedOn', 'id'] },
    { properties: ['downloadedOn', 'id'] },
  ],
  checks: [{ name: 'resource_download_copies', expression: 'copies >= 1 and copies <= 1000' }],
});
/** That a partner took a resource: what is used. */
export class ResourceDownload extends ResourceDownloadSchema.class {}
ResourceDownloadSchema.setClass(ResourceDownload);
