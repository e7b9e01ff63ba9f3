import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateScalar, DecimalScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { RiskAnalysisType } from '../analyses/analysis.type.ts';
import { AnalysisRubric, PsychosocialComponent } from '../analysis.entity.ts';
import { MeasurePriority, PreventionMeasureState, ResponsibleRole } from '../measure.entity.ts';

registerEnumType(ResponsibleRole, {
  name: 'ResponsibleRole',
  description: 'Who sees to a measure: a role, and no name · responsable · verantwoordelijke.',
  valuesConfig: {
    MANAGEMENT: { description: 'The management · direction · directie' },
    LINE_MANAGEMENT: { description: 'Line management · ligne hiérarchique · hiërarchische lijn' },
    HUMAN_RESOURCES: { description: 'Human resources · ressources humaines · personeelsdienst' },
    PREVENTION_ADVISER: {
      description: 'Adviser on prevention · conseiller en prévention · preventieadviseur',
    },
    FACILITY_MANAGEMENT: { description: 'Buildings and equipment · logistique · facilitair beheer' },
    WORKERS_REPRESENTATION: {
      description:
        'Committee for prevention and protection at work, or union delegation · CPPT ou délégation syndicale · CPBW of vakbondsafvaardiging',
    },
    OUTSIDE_SERVICE: {
      description: 'External service for prevention · service externe · externe dienst',
    },
  },
});
registerEnumType(MeasurePriority, {
  name: 'MeasurePriority',
  description: 'How soon a measure is needed · priorité · prioriteit.',
  valuesConfig: {
    LOW: { description: 'Some time · basse · laag' },
    NORMAL: { description: 'As usual · normale · normaal' },
    HIGH: { description: 'At once · haute · hoog' },
  },
});
registerEnumType(PreventionMeasureState, {
  name: 'PreventionMeasureState',
  description: 'How far a measure of an action plan has come · état · toestand.',
  valuesConfig: {
    PLANNED: { description: 'Nobody has begun with it · prévue · gepland' },
    IN_PROGRESS: { description: 'Somebody works on it · en cours · in uitvoering' },
    DONE: { description: 'Done · réalisée · uitgevoerd' },
    DROPPED: { description: 'Given up, with a reason · abandonnée · opgegeven' },
  },
});

@ObjectType('PreventionMeasure', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A measure of the action plan of a risk analysis · mesure de prévention · preventiemaatregel.',
})
export class PreventionMeasureType extends NodeType {
  @Field(() => PartnerType, { description: 'At whom.' })
  partner!: PartnerType;

  @Field(() => RiskAnalysisType, { description: 'The analysis that it comes from.' })
  analysis!: RiskAnalysisType;

  @Field(() => String, {
    nullable: true,
    description:
      'What is done; for the partner and the service alone, null for others. It should name no person.',
  })
  title?: string | null;

  @Field(() => AnalysisRubric, { nullable: true, description: 'The rubric that it answers, if any.' })
  rubric?: AnalysisRubric | null;

  @Field(() => PsychosocialComponent, {
    nullable: true,
    description: 'The component of psychosocial risks that it answers, if any.',
  })
  component?: PsychosocialComponent | null;

  @Field(() => ResponsibleRole, { description: 'Who sees to it.' })
  responsible!: ResponsibleRole;

  @Field(() => DateScalar, { description: 'The last day on which it is in time.' })
  deadline!: string;

  @Field(() => MeasurePriority, { description: 'How soon it is needed.' })
  priority!: MeasurePriority;

  @Field(() => DecimalScalar, { nullable: true, description: 'What it may cost, in euro.' })
  budget?: string | null;

  @Field(() => PreventionMeasureState, { description: 'How far it has come.' })
  state!: PreventionMeasureState;

  @Field(() => DateScalar, { description: 'Day on which it was planned.' })
  plannedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was done or dropped.' })
  closedOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was dropped; for the partner and the service alone, null for others. It should name no person.',
  })
  dropReason?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

@ObjectType('PreventionPlanYear', {
  simpleResolvers: true,
  description:
    'A year of a partner’s plan of prevention, by the deadlines of its measures, those that were dropped left out · année du plan · jaar van het plan.',
})
export class PreventionPlanYear {
  @Field(() => Int, { description: 'Calendar year.' })
  year!: number;

  @Field(() => Int, { description: 'How many measures are due in it.' })
  measures!: number;

  @Field(() => Int, { description: 'How many of them are done.' })
  done!: number;

  @Field(() => Int, { description: 'How many of them were done by their deadline.' })
  doneInTime!: number;

  @Field(() => Int, { description: 'How many of them are overdue.' })
  overdue!: number;

  @Field(() => DecimalScalar, { description: 'What they may cost together, in euro.' })
  budget!: string;
}

export const PreventionMeasureConnection = connectionOf(
  () => PreventionMeasureType,
  'PreventionMeasure',
  'the measures',
);
