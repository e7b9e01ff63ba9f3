import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricSource,
  MetricUnit,
} from '../../metrics/metric-definition.ts';
import { ServiceKind } from '../../services/service.entity.ts';

/** Metrics of the diversity advice service. They count organisations and heads; no fact about a person is kept. */
export const diversityMetrics: readonly MetricDefinitionInit[] = [
  {
    key: 'DIVERSITY_ORGANISATIONS_ACCOMPANIED',
    label: {
      fr: 'Organisations accompagnées',
      nl: 'Begeleide organisaties',
      de: 'Begleitete Organisationen',
      en: 'Organisations accompanied',
    },
    description: {
      fr: "Organisations accompagnées, chacune une fois; une entrée est une étape d'accompagnement.",
      nl: 'Begeleide organisaties, elk één keer; een meting is een stap in de begeleiding.',
      de: 'Begleitete Organisationen, jede einmal; ein Eintrag ist ein Begleitungsschritt.',
      en: 'Organisations accompanied, each once; an entry is a step of an accompaniment.',
    },
    unit: MetricUnit.ORGANISATION,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.DISTINCT_PARTNERS,
    source: MetricSource.USAGE_ENTRIES,
    serviceKind: ServiceKind.DIVERSITY,
    needsEnrolment: true,
    wholeNumbers: true,
    neverNegative: true,
  },
  {
    key: 'DIVERSITY_PEOPLE_TRAINED',
    label: {
      fr: 'Personnes (in)formées',
      nl: 'Geïnformeerde of opgeleide personen',
      de: 'Informierte oder geschulte Personen',
      en: 'People informed or trained',
    },
    description: {
      fr: "Personnes informées ou formées pour la première fois: des têtes, pas des présences. Un invité n'a pas d'adhésion.",
      nl: 'Personen die voor het eerst geïnformeerd of opgeleid werden: hoofden, geen aanwezigheden. Een gast heeft geen toetreding.',
      de: 'Erstmals informierte oder geschulte Personen: Köpfe, keine Teilnahmen. Ein Gast hat keinen Beitritt.',
      en: 'People informed or trained for the first time: heads, not attendances. A guest has no enrolment.',
    },
    unit: MetricUnit.PERSON,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.SUM,
    source: MetricSource.USAGE_ENTRIES,
    serviceKind: ServiceKind.DIVERSITY,
    needsEnrolment: false,
    wholeNumbers: true,
    neverNegative: true,
  },
];
