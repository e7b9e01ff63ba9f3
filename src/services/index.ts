import { bind } from '../read/index.ts';
import { Enrolment, EnrolmentEvent } from './enrolment.entity.ts';
import {
  EnrolmentResolver,
  PartnerEnrolmentResolver,
  RecognitionEnrolmentResolver,
  ServiceEnrolmentResolver,
} from './enrolment.resolver.ts';
import {
  PartnerPopulationsResolver,
  PopulationResolver,
  PopulationServicesResolver,
  PopulationTexts,
} from './population.resolver.ts';
import { Funding, Population, Provider, SharedService } from './service.entity.ts';
import { commonMetrics } from './service.metrics.ts';
import { catalogueRule, enrolmentHistoryRule, enrolmentRule, sharedServiceRule } from './service.policy.ts';
import {
  FederationServiceResolver,
  FundingResolver,
  ProviderResolver,
  ProviderTexts,
  SharedServiceResolver,
  SharedServiceTexts,
} from './service.resolver.ts';
import type { ServiceRoom } from './service-room.ts';

export { EnrolmentService } from './enrolment.service.ts';
export { EnrolmentType } from './enrolment.type.ts';
export { leavingEnrolments } from './leaving.service.ts';
export { PopulationType } from './population.type.ts';
export { CatalogueService } from './service.service.ts';
export { SharedServiceType } from './service.type.ts';
export type { ServiceRoom } from './service-room.ts';

/** What is shared: the catalogue of services, enrolments, populations; with one room for each kind of service. */
export function servicesRoom(kinds: readonly ServiceRoom[]) {
  const types = Object.fromEntries(kinds.map(({ kind, type }) => [kind, typeName(type)]));
  return {
    bindings: [
      bind({
        entity: SharedService,
        idPrefix: 'service',
        rule: sharedServiceRule,
        variants: { property: 'kind', types },
      }),
      bind({ entity: Provider, idPrefix: 'provider', rule: catalogueRule }),
      bind({ entity: Funding, idPrefix: 'funding', rule: catalogueRule }),
      bind({ entity: Population, idPrefix: 'population', rule: catalogueRule }),
      bind({ entity: Enrolment, idPrefix: 'enrolment', rule: enrolmentRule }),
      bind({ entity: EnrolmentEvent, idPrefix: 'enrolment_event', rule: enrolmentHistoryRule }),
      ...kinds.flatMap((kind) => kind.bindings ?? []),
    ],
    resolvers: [
      SharedServiceTexts,
      ProviderTexts,
      PopulationTexts,
      SharedServiceResolver,
      ProviderResolver,
      FundingResolver,
      FederationServiceResolver,
      PopulationResolver,
      PopulationServicesResolver,
      PartnerPopulationsResolver,
      EnrolmentResolver,
      PartnerEnrolmentResolver,
      ServiceEnrolmentResolver,
      RecognitionEnrolmentResolver,
      ...kinds.flatMap((kind) => kind.resolvers ?? []),
    ],
    types: kinds.map((kind) => kind.type),
    metrics: [...commonMetrics, ...kinds.flatMap((kind) => kind.metrics)],
  };
}

function typeName(type: ServiceRoom['type']): string {
  return type.name.replace(/Type$/, '');
}
