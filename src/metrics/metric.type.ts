import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar } from '../graphql/scalars.ts';
import { ServiceKind } from '../services/service.entity.ts';
import {
  MetricAggregation,
  type MetricDefinitionInit,
  MetricKind,
  MetricOrigin,
  MetricOwner,
  MetricSeries,
  MetricSource,
  MetricUnit,
} from './metric-definition.ts';

/** Keys of all metrics. The rooms define them; the composition root registers them before the schema is built. */
export const MetricKey: Record<string, string> = {};
const metricKeyDescriptions: Record<string, { description: string }> = {};

/** Makes the metrics of all rooms known to the schema. */
export function registerMetrics(definitions: readonly MetricDefinitionInit[]): void {
  for (const { key, label, description } of definitions) {
    MetricKey[key] = key;
    metricKeyDescriptions[key] = { description: `${description.en} · ${label.fr} · ${label.nl}` };
  }
}

registerEnumType(MetricKey, {
  name: 'MetricKey',
  description: 'Key of a metric · indicateur · indicator. `metricDefinitions` says what each means.',
  valuesConfig: metricKeyDescriptions,
});

registerEnumType(MetricKind, {
  name: 'MetricKind',
  description: 'Whether a metric is a level on a day or an amount over a period.',
  valuesConfig: {
    STOCK: { description: 'A level as of a day · stock · voorraad' },
    FLOW: { description: 'An amount over a period · flux · stroom' },
  },
});

registerEnumType(MetricAggregation, {
  name: 'MetricAggregation',
  description: 'How the entries of a metric come together.',
  valuesConfig: {
    SUM: { description: 'Quantities are added up · somme · som' },
    DISTINCT_PARTNERS: {
      description:
        'Organisations are counted, each once, so that rows do not add up to a total · organisations distinctes · unieke organisaties',
    },
    LAST_VALUE: {
      description:
        'The last quantity of each partner, service and category on or before the day, added up · dernière valeur · laatste waarde',
    },
    DISTINCT_ENROLMENTS: {
      description: 'Enrolments are counted, each once · adhésions distinctes · unieke toetredingen',
    },
    RATIO: {
      description:
        'The value of `numerator` over the value of `denominator`, each aggregated by itself: a ratio of sums, never a mean of ratios · rapport · verhouding',
    },
    AVERAGE: {
      description:
        'The quantities of `numerator`, added up, over the number of its entries · moyenne · gemiddelde',
    },
  },
});

registerEnumType(MetricSource, {
  name: 'MetricSource',
  description: 'What a metric is computed from.',
  valuesConfig: {
    USAGE_ENTRIES: { description: "Usage entries of this metric · relevés d'usage · gebruiksmetingen" },
    ALL_USAGE: {
      description:
        'Usage entries of every FLOW metric; nothing is reported for it · tous les usages · alle gebruik',
    },
    ENROLMENTS: { description: 'The enrolments; nothing is reported for it · adhésions · toetredingen' },
    POPULATIONS: {
      description:
        'The populations that services are for; nothing is reported for it · populations de référence · referentiepopulaties',
    },
    FUNDINGS: {
      description:
        'The fundings of services, each spread evenly over the days of its period; nothing is reported for it · financements · financieringen',
    },
    METRICS: {
      description: 'Other metrics; nothing is reported for it · autres indicateurs · andere indicatoren',
    },
  },
});

registerEnumType(MetricOrigin, {
  name: 'MetricOrigin',
  description: 'Where the records behind a metric come from.',
  valuesConfig: {
    OPERATIONS: {
      description: "The hub's own operations: enrolments, fundings · opérations · verrichtingen",
    },
    REPORTS: { description: 'Reports of services and members: usage entries · relevés · meldingen' },
    IMPORTS: {
      description: 'Lists that were brought in: members of a population · importations · ingevoerde lijsten',
    },
  },
});

registerEnumType(MetricOwner, {
  name: 'MetricOwner',
  description: 'Who answers for the definition of a metric.',
  valuesConfig: {
    HUB: { description: 'The hub, for every service · la plateforme · het platform' },
    SERVICE: {
      description:
        'The providers of the services of its kind · les opérateurs du service · de aanbieders van de dienst',
    },
  },
});

registerEnumType(MetricSeries, {
  name: 'MetricSeries',
  description: 'What a step of a series of a metric shows.',
  valuesConfig: {
    SUM_OF_STEP: {
      description: 'The sum over the step; steps add up to the period · somme par étape · som per stap',
    },
    LEVEL_AT_END_OF_STEP: {
      description:
        "The level on the last day of the step; steps do not add up · niveau en fin d'étape · stand op het einde van de stap",
    },
    COUNT_IN_STEP: {
      description:
        'What is counted in the step, each once; one that is in two steps counts in both, so steps do not add up · nombre par étape · aantal per stap',
    },
    RATIO_OF_STEP: {
      description:
        'What is above the line in the step over what is below it; steps do not add up · rapport par étape · verhouding per stap',
    },
  },
});

registerEnumType(MetricUnit, {
  name: 'MetricUnit',
  description: 'Unit of a metric or a published figure.',
  valuesConfig: {
    KWH: { description: 'Kilowatt-hour, gross calorific value for fuels · kWh · kWh' },
    KG_CO2: { description: 'Kilogram of CO₂ · kg CO₂ · kg CO₂' },
    LITRE: { description: 'Litre · litre · liter' },
    EUR: { description: 'Euro · euro · euro' },
    ORGANISATION: { description: 'Organisation · organisation · organisatie' },
    PERSON: { description: 'Person, as a head and not as an attendance · personne · persoon' },
    WORKER: { description: 'Worker, as a head · travailleur · werknemer' },
    HOUR: { description: 'Hour · heure · uur' },
    FULL_TIME_EQUIVALENT: {
      description: 'Full-time equivalent · équivalent temps plein · voltijds equivalent',
    },
    VISIT: { description: 'Visit · visite · bezoek' },
    CONSULTATION: { description: 'Consultation · consultation · consultatie' },
    TOOL_SHEET: { description: 'Tool sheet · fiche · fiche' },
    ORDER: { description: 'Order · commande · bestelling' },
    BUILDING: { description: 'Building · bâtiment · gebouw' },
    MEASURE: { description: 'Measure that saves energy · mesure · maatregel' },
    ENROLMENT: { description: 'Enrolment · adhésion · toetreding' },
    UNIT_OF_USE: { description: "The unit that the service itself names · unité d'usage · gebruikseenheid" },
    BENEFICIARY: { description: 'Beneficiary · bénéficiaire · begunstigde' },
    PERCENT: { description: 'Per cent · pour cent · procent' },
    SHARE: { description: 'Share between 0 and 1 · part · aandeel' },
  },
});

@ObjectType('MetricDefinition', {
  simpleResolvers: true,
  description: 'What a metric measures and how it adds up · indicateur · indicator.',
})
export class MetricDefinitionType {
  @Field(() => MetricKey, { description: 'Its key.' })
  key!: string;

  @Field(() => MetricUnit, { description: 'Its unit.' })
  unit!: MetricUnit;

  @Field(() => MetricKind, { description: 'Level or amount.' })
  kind!: MetricKind;

  @Field(() => MetricAggregation, { description: 'How its entries come together.' })
  aggregation!: MetricAggregation;

  @Field(() => MetricSource, { description: 'What it is computed from.' })
  source!: MetricSource;

  @Field(() => MetricOrigin, {
    description:
      'Where the records behind it come from; for a metric that is computed from others, those of its numerator.',
  })
  origin!: MetricOrigin;

  @Field(() => MetricOwner, { description: 'Who answers for its definition.' })
  owner!: MetricOwner;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day that its records cover, where that is known; an earlier entry is not refused.',
  })
  since?: string | null;

  @Field(() => MetricSeries, { description: 'What a step of its series shows.' })
  inSeries!: MetricSeries;

  @Field(() => MetricDefinitionType, {
    nullable: true,
    description:
      'The metric above the line of a RATIO, or whose entries an AVERAGE is over; null for others.',
  })
  numerator?: MetricDefinitionType | null;

  @Field(() => MetricDefinitionType, {
    nullable: true,
    description: 'The metric below the line of a RATIO; null for others.',
  })
  denominator?: MetricDefinitionType | null;

  @Field(() => ServiceKind, {
    nullable: true,
    description: 'Kind of service whose metric it is; null for one of every service.',
  })
  serviceKind?: ServiceKind | null;

  @Field(() => Boolean, {
    description:
      'Whether an entry needs an enrolment in force on its day. A guest of a workshop, for one, has none.',
  })
  needsEnrolment!: boolean;

  @Field(() => Boolean, { description: 'Whether only whole quantities are accepted.' })
  wholeNumbers!: boolean;

  @Field(() => Boolean, { description: 'Whether a quantity below zero is refused, reversals excepted.' })
  neverNegative!: boolean;
}
