import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../graphql/node.type.ts';
import { connectionOf } from '../graphql/pages.ts';
import { DecimalScalar } from '../graphql/scalars.ts';
import { CompetentAuthorityType } from '../reference/index.ts';
import { PopulationType, SharedServiceType } from '../services/index.ts';
import { FigureQualifier } from './metric.entity.ts';
import { MetricDefinitionType } from './metric.type.ts';
import { MetricKind, MetricUnit } from './metric-definition.ts';

registerEnumType(FigureQualifier, {
  name: 'FigureQualifier',
  description: 'How exact a published figure claims to be.',
  valuesConfig: {
    EXACT: { description: 'The figure itself · exact · exact' },
    AT_LEAST: { description: '"More than": a lower bound · au moins · minstens' },
    ABOUT: { description: 'Rounded or approximate: within 5 % · environ · ongeveer' },
  },
});

/** What comparing a published figure with the hub's own gave. */
export enum FigureAgreement {
  BY_CONSTRUCTION = 'BY_CONSTRUCTION',
  AGREES = 'AGREES',
  DIFFERS = 'DIFFERS',
  NOT_COMPUTED = 'NOT_COMPUTED',
}

registerEnumType(FigureAgreement, {
  name: 'FigureAgreement',
  description:
    "What comparing a published figure with the hub's own value, over the records that you see, gives by the figure's qualifier.",
  valuesConfig: {
    BY_CONSTRUCTION: {
      description:
        'They agree because synthetic records were made so: it proves the arithmetic, nothing about the world · par construction · door constructie',
    },
    AGREES: { description: 'They agree, on reported records · concorde · stemt overeen' },
    DIFFERS: { description: 'They do not agree · diffère · verschilt' },
    NOT_COMPUTED: { description: 'The hub has no metric for it · non calculé · niet berekend' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "The hub's own value for a published figure, over the records that you see.",
})
export class ComputedFigure {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The hub's value; null where it has no metric for the figure.",
  })
  value?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: "The hub's value less the published one." })
  difference?: string | null;

  @Field(() => FigureAgreement, { description: 'Whether the two agree, and what that is worth.' })
  agreement!: FigureAgreement;
}

@ObjectType('PublishedFigure', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A figure as its owner published it, with the place where it stands · chiffre publié · gepubliceerd cijfer.',
})
export class PublishedFigureType extends NodeType {
  @Field(() => String, { description: 'Readable name, unique.' })
  slug!: string;

  @Field(() => DecimalScalar, { description: 'The value as published.' })
  value!: string;

  @Field(() => FigureQualifier, { description: 'How exact it claims to be.' })
  qualifier!: FigureQualifier;

  @Field(() => MetricUnit, { description: 'Its unit.' })
  unit!: MetricUnit;

  @Field(() => MetricKind, { description: 'Level or amount.' })
  kind!: MetricKind;

  @Field(() => String, {
    nullable: true,
    description: 'What the document says of the period, where that is no pair of dates.',
  })
  periodNote?: string | null;

  @Field(() => String, { description: 'The document.' })
  document!: string;

  @Field(() => String, { description: 'Heading under which it stands; the documents have no page numbers.' })
  heading!: string;

  @Field(() => String, { description: 'The words of the document, quoted.' })
  quotedWords!: string;

  @Field(() => SharedServiceType, { nullable: true, description: 'The service that it is about.' })
  service?: SharedServiceType | null;

  @Field(() => MetricDefinitionType, {
    nullable: true,
    description: "The hub's metric for the same thing, if it has one.",
  })
  metric?: MetricDefinitionType | null;

  @Field(() => CompetentAuthorityType, {
    nullable: true,
    description: 'The authority that it is about, where it is a part of a total.',
  })
  authority?: CompetentAuthorityType | null;

  @Field(() => String, {
    nullable: true,
    description: 'The category that it is about, where it is a part of a total.',
  })
  category?: string | null;

  @Field(() => PopulationType, {
    nullable: true,
    description: 'The population that it is a part of ("52 of 74").',
  })
  population?: PopulationType | null;
}

export const PublishedFigureConnection = connectionOf(
  () => PublishedFigureType,
  'PublishedFigure',
  'the published figures',
);
