import { bind } from '../read/index.ts';
import { MetricDefinition, PublishedFigure, UsageEntry } from './metric.entity.ts';
import { definitionRule, usageRule } from './metric.policy.ts';
import {
  MetricDefinitionTexts,
  PublishedFigureResolver,
  PublishedFigureTexts,
  ServiceFigureResolver,
  UsageMetricsResolver,
} from './metric.resolver.ts';
import { UsageChangeResolver } from './usage-change.resolver.ts';
import {
  EnrolmentUsageResolver,
  PartnerUsageResolver,
  ServiceUsageResolver,
  UsageEntryResolver,
} from './usage-entry.resolver.ts';

export { usageMetrics as usageWideMetrics } from './common.metrics.ts';
export { leavingUsage } from './leaving.service.ts';
export { registerMetrics } from './metric.type.ts';
export type { MetricDefinitionInit } from './metric-definition.ts';
export { UsageService } from './usage.service.ts';
export { PublishedFigureResolver, UsageEntryResolver, UsageMetricsResolver };

/** Usage: what is reported, what it adds up to, and what was published. */
export const metricsRoom = {
  bindings: [
    bind({ entity: MetricDefinition, rule: definitionRule }),
    bind({ entity: UsageEntry, idPrefix: 'usage_entry', rule: usageRule }),
    bind({ entity: PublishedFigure, idPrefix: 'figure', rule: definitionRule }),
  ],
  resolvers: [
    MetricDefinitionTexts,
    PublishedFigureTexts,
    UsageMetricsResolver,
    UsageChangeResolver,
    PublishedFigureResolver,
    ServiceFigureResolver,
    UsageEntryResolver,
    PartnerUsageResolver,
    ServiceUsageResolver,
    EnrolmentUsageResolver,
  ],
};
