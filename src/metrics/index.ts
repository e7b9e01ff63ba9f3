import { bind } from '../read/index.ts';
import { MetricDefinition, PublishedFigure, UsageEntry } from './metric.entity.ts';
import { publicPolicy, usageEntryPolicy } from './metric.policy.ts';
import {
  MetricDefinitionTexts,
  PublishedFigureResolver,
  PublishedFigureTexts,
  ServiceFigureResolver,
  UsageMetricsResolver,
} from './metric.resolver.ts';
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
    bind({ entity: MetricDefinition, policy: publicPolicy }),
    bind({ entity: UsageEntry, idPrefix: 'usage_entry', policy: usageEntryPolicy }),
    bind({ entity: PublishedFigure, idPrefix: 'figure', policy: publicPolicy }),
  ],
  resolvers: [
    MetricDefinitionTexts,
    PublishedFigureTexts,
    UsageMetricsResolver,
    PublishedFigureResolver,
    ServiceFigureResolver,
    UsageEntryResolver,
    PartnerUsageResolver,
    ServiceUsageResolver,
    EnrolmentUsageResolver,
  ],
};
