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

/** The service was launched at the end of 2017. */
const SINCE = '2017-12-01';

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
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    since: SINCE,
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
      fr: "Personnes informées ou formées pour la première fois: des têtes, pas des présences. Une entrée est la participation d'une organisation à un atelier, une formation ou une conférence. Un invité n'a pas d'adhésion.",
      nl: 'Personen die voor het eerst geïnformeerd of opgeleid werden: hoofden, geen aanwezigheden. Een meting is de deelname van één organisatie aan een workshop, opleiding of conferentie. Een gast heeft geen toetreding.',
      de: 'Erstmals informierte oder geschulte Personen: Köpfe, keine Teilnahmen. Ein Eintrag ist die Teilnahme einer Organisation an einem Workshop, einer Schulung oder einer Konferenz. Ein Gast hat keinen Beitritt.',
      en: 'People informed or trained for the first time: heads, not attendances. An entry is the participation of one organisation in a workshop, training or conference. A guest has no enrolment.',
    },
    unit: MetricUnit.PERSON,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.SUM,
    source: MetricSource.USAGE_ENTRIES,
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    since: SINCE,
    serviceKind: ServiceKind.DIVERSITY,
    needsEnrolment: false,
    wholeNumbers: true,
    neverNegative: true,
  },
  {
    key: 'DIVERSITY_PEOPLE_PER_PARTICIPATION',
    label: {
      fr: 'Personnes par participation',
      nl: 'Personen per deelname',
      de: 'Personen je Teilnahme',
      en: 'People per participation',
    },
    description: {
      fr: "Personnes (in)formées pour la première fois sur le nombre de participations d'organisations à un atelier, une formation ou une conférence.",
      nl: 'Voor het eerst geïnformeerde of opgeleide personen op het aantal deelnames van organisaties aan een workshop, opleiding of conferentie.',
      de: 'Erstmals informierte oder geschulte Personen durch die Zahl der Teilnahmen von Organisationen an Workshops, Schulungen und Konferenzen.',
      en: 'People informed or trained for the first time over the number of participations of organisations in a workshop, training or conference.',
    },
    unit: MetricUnit.PERSON,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.AVERAGE,
    source: MetricSource.METRICS,
    origin: MetricOrigin.REPORTS,
    owner: MetricOwner.SERVICE,
    since: SINCE,
    numerator: 'DIVERSITY_PEOPLE_TRAINED',
    serviceKind: ServiceKind.DIVERSITY,
    needsEnrolment: false,
    wholeNumbers: false,
    neverNegative: true,
  },
];
