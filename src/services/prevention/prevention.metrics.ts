import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
  MetricUnit,
} from '../../metrics/metric-definition.ts';
import { ServiceKind } from '../../services/service.entity.ts';

/** Metrics of the prevention advice service. */
export const preventionMetrics: readonly MetricDefinitionInit[] = [
  {
    key: 'PREVENTION_TOOLBOX_ACCESSES',
    label: {
      fr: 'Accès à la boîte à outils',
      nl: 'Toegangen tot de gereedschapskist',
      de: 'Zugänge zum Werkzeugkasten',
      en: 'Toolbox accesses granted',
    },
    description: {
      fr: "Institutions ayant reçu l'accès à la boîte à outils: accordé, ce qui n'est pas utilisé. 1 si accordé, 0 si retiré.",
      nl: 'Instellingen met toegang tot de gereedschapskist: verleend, niet gebruikt. 1 verleend, 0 ingetrokken.',
      de: 'Einrichtungen mit Zugang zum Werkzeugkasten: gewährt, nicht genutzt. 1 gewährt, 0 entzogen.',
      en: 'Institutions that were granted access to the toolbox: granted, which is not used. 1 granted, 0 withdrawn.',
    },
    unit: MetricUnit.ORGANISATION,
    kind: MetricKind.STOCK,
    aggregation: MetricAggregation.LAST_VALUE,
    source: MetricSource.USAGE_ENTRIES,
    serviceKind: ServiceKind.PREVENTION,
    needsEnrolment: true,
    wholeNumbers: true,
    neverNegative: true,
  },
  {
    key: 'PREVENTION_TOOL_SHEETS',
    label: {
      fr: 'Fiches publiées',
      nl: 'Gepubliceerde fiches',
      de: 'Veröffentlichte Blätter',
      en: 'Tool sheets published',
    },
    description: {
      fr: 'Fiches de la boîte à outils publiées par le service.',
      nl: 'Fiches van de gereedschapskist die de dienst publiceerde.',
      de: 'Vom Dienst veröffentlichte Blätter des Werkzeugkastens.',
      en: 'Sheets of the toolbox that the service has published.',
    },
    unit: MetricUnit.TOOL_SHEET,
    kind: MetricKind.STOCK,
    aggregation: MetricAggregation.LAST_VALUE,
    source: MetricSource.USAGE_ENTRIES,
    serviceKind: ServiceKind.PREVENTION,
    needsEnrolment: false,
    wholeNumbers: true,
    neverNegative: true,
  },
  {
    key: 'PREVENTION_CONSULTATIONS',
    label: { fr: 'Consultations', nl: 'Consultaties', de: 'Beratungen', en: 'Consultations' },
    description: {
      fr: 'Demandes de conseil en prévention traitées.',
      nl: 'Behandelde vragen om preventieadvies.',
      de: 'Bearbeitete Anfragen zur Präventionsberatung.',
      en: 'Requests for prevention advice handled.',
    },
    unit: MetricUnit.CONSULTATION,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.SUM,
    source: MetricSource.USAGE_ENTRIES,
    serviceKind: ServiceKind.PREVENTION,
    needsEnrolment: true,
    wholeNumbers: true,
    neverNegative: true,
  },
];
