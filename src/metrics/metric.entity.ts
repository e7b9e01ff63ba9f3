import { defineEntity, p } from '@mikro-orm/core';
import { LocalisedText } from '../database/localised-text.ts';
import { id, provenance, quantity, recordedAt, someLanguage } from '../database/properties.ts';
import { rowSecurity } from '../database/row-security.ts';
import { Partner } from '../partners/partner.entity.ts';
import { CompetentAuthority } from '../reference/reference.entity.ts';
import { Enrolment } from '../services/enrolment.entity.ts';
import { Population, ServiceKind, SharedService } from '../services/service.entity.ts';
import { definitionRule, usageRule } from './metric.policy.ts';
import {
  MetricAggregation,
  MetricKind,
  MetricOrigin,
  MetricOwner,
  MetricSeries,
  MetricSource,
  MetricUnit,
} from './metric-definition.ts';

export const MetricDefinitionSchema = defineEntity({
  name: 'MetricDefinition',
  tableName: 'metric_definition',
  ...rowSecurity('metric_definition', definitionRule),
  properties: {
    key: p.string().length(60).primary(),
    label: () => p.embedded(LocalisedText),
    description: () => p.embedded(LocalisedText),
    unit: p.enum(() => MetricUnit),
    kind: p.enum(() => MetricKind),
    aggregation: p.enum(() => MetricAggregation),
    source: p.enum(() => MetricSource),
    origin: p.enum(() => MetricOrigin),
    owner: p.enum(() => MetricOwner),
    /** Functions of the rollups have a parameter `since`, which a column of that name would be taken for. */
    since: p.date().fieldName('covered_since').nullable(),
    /** Follows from kind and aggregation, and is written with them at start. */
    inSeries: p.enum(() => MetricSeries),
    numerator: () => p.manyToOne(MetricDefinition).deleteRule('no action').updateRule('no action').nullable(),
    denominator: () =>
      p.manyToOne(MetricDefinition).deleteRule('no action').updateRule('no action').nullable(),
    serviceKind: p.enum(() => ServiceKind).nullable(),
    needsEnrolment: p.boolean(),
    wholeNumbers: p.boolean(),
    /** False where a quantity may be below zero: energy saved can turn out as energy lost. */
    neverNegative: p.boolean(),
  },
  checks: [someLanguage('label')],
});
/** What a metric measures and how it adds up. The rows are written from the rooms' definitions at start. */
export class MetricDefinition extends MetricDefinitionSchema.class {}
MetricDefinitionSchema.setClass(MetricDefinition);

export const UsageEntrySchema = defineEntity({
  name: 'UsageEntry',
  tableName: 'usage_entry',
  ...rowSecurity('usage_entry', usageRule),
  properties: {
    partner: () => p.manyToOne(Partner).primary(),
    id: id(),
    service: () => p.manyToOne(SharedService),
    metric: () => p.manyToOne(MetricDefinition),
    occurredOn: p.date(),
    quantity: quantity(),
    /** A breakdown inside the metric, e.g. the function of a worker. */
    category: p.string().length(40).nullable(),
    enrolment: () =>
      p
        .manyToOne(Enrolment)
        .joinColumns('partner_id', 'enrolment_id')
        .ownColumns('enrolment_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    /** The system that reported it, and its own reference: unique together for a partner's use of a service, so that a
     * repeat is recognised, and nobody meets a reference that it does not see. */
    source: p.string().length(60),
    externalReference: p.string().length(120),
    /** The entry that this one takes back: same partner, service, metric and day, opposite quantity. */
    reverses: () =>
      p
        .manyToOne(UsageEntry)
        .joinColumns('partner_id', 'reverses_id')
        .ownColumns('reverses_id')
        .deleteRule('no action')
        .updateRule('no action')
        .nullable(),
    provenance: provenance(),
    recordedAt: recordedAt(),
  },
  uniques: [
    {
      name: 'usage_entry_reference_unique',
      properties: ['partner', 'service', 'source', 'externalReference'],
    },
  ],
  indexes: [
    { properties: ['id'] },
    { properties: ['metric', 'service', 'occurredOn'] },
    { properties: ['service', 'occurredOn', 'id'] },
    { properties: ['partner', 'occurredOn', 'id'] },
    { name: 'usage_entry_of_enrolment_index', properties: ['enrolment', 'occurredOn', 'id'] },
    { properties: ['occurredOn', 'id'] },
  ],
});
/** One reported quantity of use. Entries are never changed: a correction is a reversing entry and a new one. */
export class UsageEntry extends UsageEntrySchema.class {}
UsageEntrySchema.setClass(UsageEntry);

/** How exact a published figure claims to be. */
export enum FigureQualifier {
  EXACT = 'EXACT',
  AT_LEAST = 'AT_LEAST',
  ABOUT = 'ABOUT',
}

export const PublishedFigureSchema = defineEntity({
  name: 'PublishedFigure',
  tableName: 'published_figure',
  ...rowSecurity('published_figure', definitionRule),
  properties: {
    id: id(),
    slug: p.string().length(80).unique(),
    label: () => p.embedded(LocalisedText),
    value: quantity(),
    qualifier: p.enum(() => FigureQualifier),
    unit: p.enum(() => MetricUnit),
    kind: p.enum(() => MetricKind),
    periodFrom: p.date().nullable(),
    periodUntil: p.date().nullable(),
    /** What the document says of the period, where that is no pair of dates. */
    periodNote: p.text().nullable(),
    document: p.text(),
    heading: p.text(),
    quotedWords: p.text(),
    service: () => p.manyToOne(SharedService).nullable(),
    metric: () => p.manyToOne(MetricDefinition).nullable(),
    authority: () => p.manyToOne(CompetentAuthority).nullable(),
    category: p.string().length(40).nullable(),
    population: () => p.manyToOne(Population).nullable(),
    position: p.integer().unique(),
  },
  checks: [
    someLanguage('label'),
    { name: 'published_figure_period', expression: 'period_until > period_from' },
  ],
});
/** A figure as its owner published it, with the place where it stands. */
export class PublishedFigure extends PublishedFigureSchema.class {}
PublishedFigureSchema.setClass(PublishedFigure);
