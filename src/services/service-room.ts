import type { ClassType } from 'type-graphql';
import type { MetricDefinitionInit } from '../metrics/metric-definition.ts';
import type { Binding } from '../read/index.ts';
import type { ServiceKind } from './service.entity.ts';

/** What the room of one kind of service brings to the hub. */
export interface ServiceRoom {
  kind: ServiceKind;
  /** The object type of its services; it implements the interface SharedService. */
  type: ClassType;
  metrics: readonly MetricDefinitionInit[];
  /** Entities and resolvers of its own, where it has any. */
  bindings?: readonly Binding[];
  resolvers?: readonly ClassType[];
}
