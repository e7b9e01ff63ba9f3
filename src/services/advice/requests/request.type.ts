import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../../../graphql/node.type.ts';
import { connectionOf } from '../../../graphql/pages.ts';
import { Provenance } from '../../../graphql/provenance.ts';
import { DateTimeScalar } from '../../../graphql/scalars.ts';
import { PartnerType } from '../../../partners/index.ts';
import { SharedServiceType } from '../../service.type.ts';
import {
  AdviceChannel,
  AdviceRequestState,
  AdviceTopic,
  AdviceUrgency,
  AdviserRole,
} from '../request.entity.ts';

registerEnumType(AdviceTopic, {
  name: 'AdviceTopic',
  description: 'What advice is asked about: the subject of an organisation’s question · thème · onderwerp.',
  valuesConfig: {
    WELL_BEING_POLICY: {
      description: 'Policy of well-being at work · politique de bien-être · welzijnsbeleid',
    },
    RISK_ANALYSIS: { description: 'Risk analysis · analyse de risques · risicoanalyse' },
    PSYCHOSOCIAL_RISKS: {
      description: 'Psychosocial risks · risques psychosociaux · psychosociale risico’s',
    },
    ERGONOMICS: { description: 'Ergonomics · ergonomie · ergonomie' },
    WORKPLACE_SAFETY: { description: 'Safety of the workplace · sécurité · arbeidsveiligheid' },
    FIRE_AND_EVACUATION: { description: 'Fire and evacuation · incendie · brand en evacuatie' },
    LEGAL_DUTIES: { description: 'What the law asks · obligations légales · wettelijke verplichtingen' },
    DIVERSITY_POLICY: { description: 'Policy of diversity · politique de diversité · diversiteitsbeleid' },
    INCLUSIVE_RECRUITMENT: {
      description: 'Inclusive recruitment · recrutement inclusif · inclusieve aanwerving',
    },
    WELCOMING_STAFF: { description: 'Welcoming new staff · accueil · onthaal' },
    DISCRIMINATION: {
      description: 'Preventing discrimination · lutte contre les discriminations · antidiscriminatie',
    },
    WORKING_ACROSS_CULTURES: {
      description: 'Working across cultures · travail interculturel · intercultureel werken',
    },
    OTHER: { description: 'Something else · autre · andere' },
  },
});
registerEnumType(AdviceChannel, {
  name: 'AdviceChannel',
  description: 'Through what a request came · canal · kanaal.',
  valuesConfig: {
    TELEPHONE: { description: 'By telephone · téléphone · telefoon' },
    E_MAIL: { description: 'By e-mail · courriel · e-mail' },
    WEBSITE: { description: 'On the service’s website · site web · website' },
    VISIT: { description: 'During a visit · visite · bezoek' },
    SESSION: { description: 'In a session · rencontre · bijeenkomst' },
    HUB: { description: 'Through this hub · ce hub · deze hub' },
  },
});
registerEnumType(AdviceUrgency, {
  name: 'AdviceUrgency',
  description: 'How soon an answer is needed · urgence · dringendheid.',
  valuesConfig: {
    LOW: { description: 'Some time · basse · laag' },
    NORMAL: { description: 'As usual · normale · normaal' },
    HIGH: { description: 'At once · haute · hoog' },
  },
});
registerEnumType(AdviceRequestState, {
  name: 'AdviceRequestState',
  description: 'How far a request has come · état · toestand.',
  valuesConfig: {
    RECEIVED: { description: 'Nobody has taken it yet · reçue · ontvangen' },
    IN_PROGRESS: { description: 'Somebody works on it · en cours · in behandeling' },
    ANSWERED: { description: 'It was answered · traitée · beantwoord' },
    WITHDRAWN: { description: 'It was taken back · retirée · ingetrokken' },
  },
});
registerEnumType(AdviserRole, {
  name: 'AdviserRole',
  description: 'As what somebody advises: a role, and no name · fonction · functie.',
  valuesConfig: {
    PREVENTION_ADVISER: {
      description: 'Adviser on prevention · conseiller en prévention · preventieadviseur',
    },
    PSYCHOSOCIAL_ADVISER: {
      description:
        'Adviser on psychosocial aspects · conseiller en prévention aspects psychosociaux · preventieadviseur psychosociale aspecten',
    },
    ERGONOMIST: { description: 'Ergonomist · ergonome · ergonoom' },
    DIVERSITY_ADVISER: { description: 'Adviser on diversity · conseiller diversité · diversiteitsconsulent' },
    PROJECT_OFFICER: { description: 'Project officer · chargé de projet · projectmedewerker' },
    OUTSIDE_EXPERT: { description: 'Expert from outside · expert externe · externe deskundige' },
  },
});

@ObjectType('AdviceRequest', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A partner’s question to an advisory service · demande de conseil · adviesvraag.',
})
export class AdviceRequestType extends NodeType {
  @Field(() => PartnerType, { description: 'Who asks.' })
  partner!: PartnerType;

  @Field(() => SharedServiceType, { description: 'Whom it asks.' })
  service!: SharedServiceType;

  @Field(() => AdviceTopic, { description: 'What it is about.' })
  topic!: AdviceTopic;

  @Field(() => AdviceChannel, { description: 'Through what it came.' })
  channel!: AdviceChannel;

  @Field(() => AdviceUrgency, { description: 'How soon an answer is needed.' })
  urgency!: AdviceUrgency;

  @Field(() => String, {
    nullable: true,
    description:
      'What is asked; for the partner and the service alone, null for others. It should name no person and tell nothing about any.',
  })
  question?: string | null;

  @Field(() => AdviceRequestState, { description: 'How far it has come.' })
  state!: AdviceRequestState;

  @Field(() => AdviserRole, {
    nullable: true,
    description: 'As what it is handled; null before somebody takes it.',
  })
  handledBy?: AdviserRole | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked.' })
  requestedAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody first took it.' })
  takenAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was answered or withdrawn.' })
  closedAt?: string | null;

  @Field(() => Provenance, { description: 'Where the record comes from.' })
  provenance!: Provenance;
}

export const AdviceRequestConnection = connectionOf(() => AdviceRequestType, 'AdviceRequest', 'the requests');
