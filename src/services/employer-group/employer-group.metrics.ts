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

/** The first year of which the group published its size. */
const SINCE = '2013-01-01';

/** Metrics of the employer group. */
export const employerGroupMetrics: readonly MetricDefinitionInit[] = [
  {
    key: 'EMPLOYER_GROUP_WORKERS',
    label: {
      fr: 'Travailleurs du groupement',
      nl: 'Werknemers van de groepering',
      de: 'Beschäftigte der Gruppe',
      en: 'Workers of the group',
    },
    description: {
      fr: 'Travailleurs engagés par le groupement, par fonction (catégorie).',
      nl: 'Werknemers in dienst van de groepering, per functie (categorie).',
      de: 'Von der Gruppe beschäftigte Arbeitnehmer, nach Funktion (Kategorie).',
      en: 'Workers whom the group employs, by function (category).',
    },
    unit: MetricUnit.WORKER,
    kind: MetricKind.STOCK,
    aggregation: MetricAggregation.LAST_VALUE,
    source: MetricSource.USAGE_ENTRIES,
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    since: SINCE,
    serviceKind: ServiceKind.EMPLOYER_GROUP,
    needsEnrolment: false,
    wholeNumbers: true,
    neverNegative: true,
  },
  {
    key: 'EMPLOYER_GROUP_HOURS_PLACED',
    label: {
      fr: 'Heures mises à disposition',
      nl: 'Ter beschikking gestelde uren',
      de: 'Überlassene Stunden',
      en: 'Hours placed',
    },
    description: {
      fr: 'Heures prestées chez les membres.',
      nl: 'Gepresteerde uren bij de leden.',
      de: 'Bei den Mitgliedern geleistete Stunden.',
      en: 'Hours worked at the members.',
    },
    unit: MetricUnit.HOUR,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.SUM,
    source: MetricSource.USAGE_ENTRIES,
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    since: SINCE,
    serviceKind: ServiceKind.EMPLOYER_GROUP,
    needsEnrolment: true,
    wholeNumbers: false,
    neverNegative: true,
  },
];
