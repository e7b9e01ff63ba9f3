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

/** What the metrics have in common that the hub counts from its own records. */
const COUNTED = {
  source: MetricSource.USAGE_ENTRIES,
  origin: MetricOrigin.OPERATIONS,
  owner: MetricOwner.SERVICE,
  since: SINCE,
  serviceKind: ServiceKind.EMPLOYER_GROUP,
  needsEnrolment: false,
  wholeNumbers: false,
  neverNegative: true,
};
const LEVEL = { ...COUNTED, kind: MetricKind.STOCK, aggregation: MetricAggregation.LAST_VALUE };
const RATIO = { ...COUNTED, aggregation: MetricAggregation.RATIO, source: MetricSource.METRICS };

/** Metrics of the employer group; what is kept in the hub, the hub counts itself. */
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
      fr: 'Travailleurs engagés par le groupement, par fonction (catégorie); DEDICATED: dédiés à un membre.',
      nl: 'Werknemers in dienst van de groepering, per functie (categorie); DEDICATED: voor één lid.',
      de: 'Von der Gruppe beschäftigte Arbeitnehmer, nach Funktion (Kategorie); DEDICATED: für ein Mitglied.',
      en: 'Workers whom the group employs, by function (category); DEDICATED: for one member alone.',
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
      fr: 'Heures prestées chez les membres et approuvées par eux, par fonction (catégorie); une fonction de moins de 4 travailleurs va sous OTHER.',
      nl: 'Bij de leden gepresteerde en door hen goedgekeurde uren, per functie (categorie); een functie met minder dan 4 werknemers staat onder OTHER.',
      de: 'Bei den Mitgliedern geleistete und von ihnen genehmigte Stunden, nach Funktion (Kategorie); eine Funktion mit weniger als 4 Beschäftigten steht unter OTHER.',
      en: 'Hours worked at the members and approved by them, by function (category); a function of fewer than 4 workers goes under OTHER.',
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
  {
    ...LEVEL,
    key: 'EMPLOYER_GROUP_FTE',
    label: {
      fr: 'Équivalents temps plein',
      nl: 'Voltijdse equivalenten',
      de: 'Vollzeitäquivalente',
      en: 'Full-time equivalents',
    },
    description: {
      fr: 'Heures des contrats sur celles d’une semaine à temps plein du groupement, par fonction (catégorie).',
      nl: 'Contracturen op die van een voltijdse week van de groepering, per functie (categorie).',
      de: 'Vertragsstunden im Verhältnis zu einer Vollzeitwoche der Gruppe, nach Funktion (Kategorie).',
      en: 'Hours of the contracts over those of a full-time week of the group, by function (category).',
    },
    unit: MetricUnit.FULL_TIME_EQUIVALENT,
  },
  {
    ...LEVEL,
    key: 'EMPLOYER_GROUP_CONTRACT_HOURS',
    label: {
      fr: 'Heures de contrat par semaine',
      nl: 'Contracturen per week',
      de: 'Vertragsstunden je Woche',
      en: 'Contract hours a week',
    },
    description: {
      fr: 'Heures par semaine des contrats des travailleurs.',
      nl: 'Uren per week van de contracten van de werknemers.',
      de: 'Wochenstunden der Verträge der Beschäftigten.',
      en: 'Hours a week of the contracts of the workers.',
    },
    unit: MetricUnit.HOUR,
  },
  {
    ...LEVEL,
    key: 'EMPLOYER_GROUP_WEEKLY_HOURS',
    label: {
      fr: 'Heures placées par semaine',
      nl: 'Geplaatste uren per week',
      de: 'Überlassene Stunden je Woche',
      en: 'Hours placed a week',
    },
    description: {
      fr: 'Heures par semaine des mises à disposition en cours, convenues avec les membres.',
      nl: 'Uren per week van de lopende terbeschikkingstellingen, met de leden afgesproken.',
      de: 'Wochenstunden der laufenden, mit den Mitgliedern vereinbarten Überlassungen.',
      en: 'Hours a week of the placements under way that members agreed to.',
    },
    unit: MetricUnit.HOUR,
  },
  {
    ...RATIO,
    key: 'EMPLOYER_GROUP_OCCUPATION_RATE',
    label: { fr: 'Taux d’occupation', nl: 'Bezettingsgraad', de: 'Auslastung', en: 'Occupation rate' },
    description: {
      fr: 'Heures placées par semaine sur les heures des contrats.',
      nl: 'Geplaatste uren per week op de contracturen.',
      de: 'Überlassene Wochenstunden im Verhältnis zu den Vertragsstunden.',
      en: 'Hours placed a week over the hours of the contracts; by function: `EmployerGroupService.capacity`.',
    },
    unit: MetricUnit.SHARE,
    kind: MetricKind.STOCK,
    numerator: 'EMPLOYER_GROUP_WEEKLY_HOURS',
    denominator: 'EMPLOYER_GROUP_CONTRACT_HOURS',
  },
  {
    ...COUNTED,
    key: 'EMPLOYER_GROUP_MEMBERS_SERVED',
    label: { fr: 'Membres servis', nl: 'Bediende leden', de: 'Bediente Mitglieder', en: 'Members served' },
    description: {
      fr: 'Membres chez qui des heures ont été prestées et approuvées, par fonction (catégorie), chacun une fois.',
      nl: 'Leden bij wie uren werden gepresteerd en goedgekeurd, per functie (categorie), elk één keer.',
      de: 'Mitglieder, bei denen Stunden geleistet und genehmigt wurden, nach Funktion (Kategorie), jedes einmal.',
      en: 'Members at whom hours were worked and approved, by function (category), each once.',
    },
    unit: MetricUnit.ORGANISATION,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.DISTINCT_PARTNERS,
    needsEnrolment: true,
    wholeNumbers: true,
  },
  {
    ...COUNTED,
    key: 'EMPLOYER_GROUP_INVOICED_EUR',
    label: {
      fr: 'Facturé aux membres',
      nl: 'Gefactureerd aan de leden',
      de: 'Den Mitgliedern berechnet',
      en: 'Invoiced to members',
    },
    description: {
      fr: 'Facturé hors TVA, au mois de la facture, les décomptes annuels en fin d’année; par fonction (catégorie) pour le coût du personnel.',
      nl: 'Gefactureerd zonder btw, in de maand van de factuur, jaarafrekeningen aan het einde van het jaar; per functie (categorie) voor de personeelskosten.',
      de: 'Ohne MwSt. berechnet, im Monat der Rechnung, Jahresabrechnungen am Jahresende; nach Funktion (Kategorie) bei Personalkosten.',
      en: 'Invoiced without VAT, in the month of the invoice, settlements at the end of their year; by function (category) for the cost of staff.',
    },
    unit: MetricUnit.EUR,
    kind: MetricKind.FLOW,
    aggregation: MetricAggregation.SUM,
    // A credit note, or a settlement of what was too much, takes back.
    neverNegative: false,
  },
  {
    ...RATIO,
    key: 'EMPLOYER_GROUP_COST_PER_HOUR',
    label: { fr: 'Coût par heure', nl: 'Kosten per uur', de: 'Kosten je Stunde', en: 'Cost per hour' },
    description: {
      fr: 'Facturé hors TVA sur les heures prestées et approuvées de la même période.',
      nl: 'Gefactureerd zonder btw op de gepresteerde en goedgekeurde uren van dezelfde periode.',
      de: 'Ohne MwSt. berechnet im Verhältnis zu den geleisteten und genehmigten Stunden desselben Zeitraums.',
      en: 'Invoiced without VAT over the hours worked and approved of the same period.',
    },
    unit: MetricUnit.EUR,
    kind: MetricKind.FLOW,
    numerator: 'EMPLOYER_GROUP_INVOICED_EUR',
    denominator: 'EMPLOYER_GROUP_HOURS_PLACED',
    neverNegative: false,
  },
];
