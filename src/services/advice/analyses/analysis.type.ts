import { Field, Int, ObjectType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import { AnalysisRubric, AnalysisStep, PsychosocialComponent, SobaneLevel } from '../analysis.entity.ts';
import './analysis-terms.type.ts';

@ObjectType('RiskAnalysis', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'A participatory risk analysis at a partner (DÉPARIS, in the SOBANE strategy) · analyse de risques · risicoanalyse.',
})
export class RiskAnalysisType extends NodeType {
  @Field(() => PartnerType, { description: 'At whom.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'By which service.' })
  service!: SharedServiceType;

  @Field(() => SobaneLevel, { description: 'How deep it goes.' })
  level!: SobaneLevel;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it goes deeper than a screening; for the partner and the service alone, null for others. It should name no person.',
  })
  levelReason?: string | null;

  @Field(() => AnalysisStep, { description: 'The last step that it has taken.' })
  step!: AnalysisStep;

  @Field(() => DateScalar, { description: 'Day of the request.' })
  requestedOn!: string;

  @Field(() => Int, { description: 'People whom each of its target groups has at least.' })
  leastGroup!: number;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('RiskAnalysisStep', {
  simpleResolvers: true,
  description: 'A step that an analysis took · étape · stap.',
})
export class RiskAnalysisStepType {
  @Field(() => AnalysisStep, { description: 'Which step.' })
  step!: AnalysisStep;

  @Field(() => DateScalar, { description: 'Day on which it was taken.' })
  doneOn!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'By what it can be shown; for the partner and the service alone, null for others, and for the request itself. It should name no person.',
  })
  evidence?: string | null;
}

@ObjectType('TargetGroup', {
  implements: NodeType,
  simpleResolvers: true,
  description:
    'People whose work is alike, at least as many as its analysis asks; for the partner and the service alone · groupe cible · doelgroep.',
})
export class TargetGroupType extends NodeType {
  @Field(() => RiskAnalysisType, { description: 'The analysis.' })
  analysis!: RiskAnalysisType;

  @Field(() => String, { description: 'What its people do.' })
  name!: string;

  @Field(() => Int, { description: 'How many people.' })
  size!: number;

  @Field(() => DateScalar, { nullable: true, description: 'Day of its meeting; null before it.' })
  metOn?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Day on which it approved the report of its meeting; null before it did.',
  })
  approvedOn?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('GroupFinding', {
  simpleResolvers: true,
  description:
    'What a group says of a rubric of its work; it should name no person · constat · vaststelling.',
})
export class GroupFindingType {
  @Field(() => AnalysisRubric, { description: 'The rubric.' })
  rubric!: AnalysisRubric;

  @Field(() => PsychosocialComponent, {
    nullable: true,
    description: 'The component of psychosocial risks that it is about, where it is about one.',
  })
  component?: PsychosocialComponent | null;

  @Field(() => String, { nullable: true, description: 'What goes well.' })
  goesWell?: string | null;

  @Field(() => String, { nullable: true, description: 'What does not.' })
  goesNotWell?: string | null;

  @Field(() => String, { nullable: true, description: 'Ideas to make it better.' })
  ideas?: string | null;
}

export const RiskAnalysisConnection = connectionOf(() => RiskAnalysisType, 'RiskAnalysis', 'the analyses');
