import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricOrigin,
  MetricOwner,
  MetricSource,
  MetricUnit,
} from '../../metrics/metric-definition.ts';
import { ServiceKind } from '../../services/service.entity.ts';

/** Metrics of a service that a federation set up without code. */
export const otherMetrics: readonly MetricDefinitionInit[] = [
  {
    key: 'OTHER_SERVICE_UNITS',
    label: { fr: "Unités d'usage", nl: 'Gebruikseenheden', de: 'Nutzungseinheiten', en: 'Units of use' },
    description: {
      fr: "Usage d'un service d'un autre type, dans l'unité que le service nomme.",
      nl: 'Gebruik van een dienst van een ander type, in de eenheid die de dienst noemt.',
      de: 'Nutzung eines anderen Dienstes, in der vom Dienst genannten Einheit.',
      en: 'Use of a service of another kind, in the unit that the service names.',
    },
    unit: MetricUnit.UNIT_OF_USE,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.SUM,
    source: MetricSource.USAGE_ENTRIES,
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    serviceKind: ServiceKind.OTHER,
    needsEnrolment: false,
    wholeNumbers: false,
    neverNegative: true,
  },
  {
    key: 'OTHER_SERVICE_BENEFICIARIES',
    label: { fr: 'Bénéficiaires', nl: 'Begunstigden', de: 'Begünstigte', en: 'Beneficiaries' },
    description: {
      fr: 'Travailleurs et bénéficiaires que le partenaire déclare.',
      nl: 'Werknemers en begunstigden die de partner aangeeft.',
      de: 'Vom Partner angegebene Arbeitnehmer und Begünstigte.',
      en: 'Workers and beneficiaries whom the partner declares.',
    },
    unit: MetricUnit.BENEFICIARY,
    kind: MetricKind.STOCK,
    aggregation: MetricAggregation.LAST_VALUE,
    source: MetricSource.USAGE_ENTRIES,
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    serviceKind: ServiceKind.OTHER,
    needsEnrolment: true,
    wholeNumbers: true,
    neverNegative: true,
  },
];
