import { bind } from '../read/index.ts';
import { MetricDefinition, PublishedFigure, UsageEntry } from './metric.entity.ts';
import { definitionRule, usageRule } from './metric.policy.ts';
import {
  MetricDefinitionResolver,
  MetricDefinitionTexts,
  PublishedFigureResolver,
  PublishedFigureTexts,
  ServiceFigureResolver,
} from './metric.resolver.ts';
import { UsageChangeResolver } from './usage-change.resolver.ts';
import {
  EnrolmentUsageResolver,
  PartnerUsageResolver,
  ServiceUsageResolver,
  UsageEntryResolver,
} from './usage-entry.resolver.ts';
import {
  AuthorityUsageMetricsResolver,
  EntriesOfRowResolver,
  FederationUsageMetricsResolver,
  PartnerUsageMetricsResolver,
  ServiceUsageMetricsResolver,
  UsageMetricsResolver,
  UsesNoneResolver,
} from './usage-metrics.resolver.ts';

export { usageMetrics as usageWideMetrics } from './common.metrics.ts';
export { soundDefinitions } from './definition-rules.ts';
export { leavingUsage } from './leaving.service.ts';
export { registerMetrics } from './metric.type.ts';
export type { MetricDefinitionInit } from './metric-definition.ts';
export { ReleaseService, type ReleaseTerms } from './release.service.ts';
export { type RollupCheck, rebuildRollups, verifyRollups } from './rollup.service.ts';
export { UsageService } from './usage.service.ts';
export { PublishedFigureResolver, UsageEntryResolver };

/** The resolvers that are told which metrics there are. */
export const metricsResolvers = [
  UsageMetricsResolver,
  PartnerUsageMetricsResolver,
  ServiceUsageMetricsResolver,
  FederationUsageMetricsResolver,
  AuthorityUsageMetricsResolver,
  PublishedFigureResolver,
];

/** Usage: what is reported, what it adds up to, and what was published. */
export const metricsRoom = {
  bindings: [
    bind({ entity: MetricDefinition, rule: definitionRule }),
    bind({ entity: UsageEntry, idPrefix: 'usage_entry', rule: usageRule }),
    bind({ entity: PublishedFigure, idPrefix: 'figure', rule: definitionRule }),
  ],
  resolvers: [
    MetricDefinitionResolver,
    MetricDefinitionTexts,
    PublishedFigureTexts,
    ...metricsResolvers,
    UsesNoneResolver,
    EntriesOfRowResolver,
    UsageChangeResolver,
    ServiceFigureResolver,
    UsageEntryResolver,
    PartnerUsageResolver,
    ServiceUsageResolver,
    EnrolmentUsageResolver,
  ],
};
