import { registerEnumType } from 'type-graphql';
import { AnalysisRubric, AnalysisStep, PsychosocialComponent, SobaneLevel } from '../analysis.entity.ts';

registerEnumType(SobaneLevel, {
  name: 'SobaneLevel',
  description:
    'Level of a risk analysis by the SOBANE strategy (FPS Employment, Labour and Social Dialogue), from the widest to the deepest · niveau · niveau.',
  valuesConfig: {
    SCREENING: { description: 'Participatory screening, by DÉPARIS · dépistage · opsporing' },
    OBSERVATION: {
      description: 'Observation of a rubric by those who work there · observation · observatie',
    },
    ANALYSIS: { description: 'Analysis with an adviser on prevention · analyse · analyse' },
    EXPERTISE: { description: 'Expertise with measurements of a specialist · expertise · expertise' },
  },
});
registerEnumType(AnalysisStep, {
  name: 'AnalysisStep',
  description: 'A step of a participatory risk analysis, in their sequence · étape · stap.',
  valuesConfig: {
    REQUESTED: { description: 'The partner asked for it · demande · aanvraag' },
    MANAGEMENT_MET: {
      description:
        'The management was met: method, target groups, calendar · rencontre avec la direction · overleg met de directie',
    },
    GROUPS_MET: {
      description:
        'Each target group has met · analyse participative par groupe · participatieve analyse per groep',
    },
    REPORTS_APPROVED: {
      description:
        'Each group has approved the report of its meeting · rapport approuvé par le groupe · verslag goedgekeurd door de groep',
    },
    CONCLUSIONS_PRESENTED: {
      description:
        'The conclusions were presented to the management · présentation à la direction · voorstelling aan de directie',
    },
    WORKERS_CONSULTED: {
      description:
        'The workers were consulted on the measures · consultation des travailleurs · raadpleging van de werknemers',
    },
    ACTION_PLANNED: { description: 'There is an action plan · plan d’action · actieplan' },
  },
});
registerEnumType(AnalysisRubric, {
  name: 'AnalysisRubric',
  description: 'One of the 18 rubrics of a DÉPARIS meeting · rubrique · rubriek.',
  valuesConfig: {
    PREMISES: {
      description: 'Premises and working areas · locaux et zones de travail · lokalen en werkzones',
    },
    ORGANISATION_BETWEEN_POSTS: {
      description:
        'Technical organisation between posts · organisation technique entre postes · technische organisatie tussen posten',
    },
    WORKSTATIONS: { description: 'Workstations · emplacements de travail · werkplaatsen' },
    ACCIDENT_RISKS: { description: 'Risks of accidents · risques d’accident · ongevalsrisico’s' },
    CONTROLS_AND_SIGNALS: {
      description: 'Controls and signals · commandes et signaux · bediening en signalen',
    },
    TOOLS_AND_EQUIPMENT: {
      description: 'Tools and equipment · outils et matériel · gereedschap en materieel',
    },
    REPETITIVE_WORK: { description: 'Repetitive work · travail répétitif · repetitief werk' },
    HANDLING_OF_LOADS: { description: 'Handling of loads · manutentions · hanteren van lasten' },
    MENTAL_LOAD: { description: 'Mental load · charge mentale · mentale belasting' },
    LIGHTING: { description: 'Lighting · éclairage · verlichting' },
    NOISE: { description: 'Noise · bruit · lawaai' },
    AIR_HYGIENE: {
      description: 'Hygiene of the air · hygiène atmosphérique · luchthygiëne',
    },
    THERMAL_CONDITIONS: {
      description: 'Thermal conditions · ambiances thermiques · thermische omgeving',
    },
    VIBRATIONS: { description: 'Vibrations · vibrations · trillingen' },
    AUTONOMY_AND_RESPONSIBILITIES: {
      description:
        'Autonomy and responsibilities · autonomie et responsabilités · autonomie en verantwoordelijkheden',
    },
    CONTENT_OF_WORK: { description: 'Content of the work · contenu du travail · werkinhoud' },
    TIME_CONSTRAINTS: { description: 'Constraints of time · contraintes de temps · tijdsdruk' },
    WORKING_RELATIONS: {
      description:
        'Relations among the staff and with the management · relations de travail · arbeidsrelaties',
    },
  },
});
registerEnumType(PsychosocialComponent, {
  name: 'PsychosocialComponent',
  description:
    'One of the five components of psychosocial risks (law of 28 February 2014) · composante · component.',
  valuesConfig: {
    WORK_ORGANISATION: {
      description: 'Organisation of the work · organisation du travail · arbeidsorganisatie',
    },
    WORK_CONTENT: { description: 'Content of the work · contenu du travail · arbeidsinhoud' },
    WORKING_CONDITIONS: {
      description: 'Conditions of the work · conditions de travail · arbeidsvoorwaarden',
    },
    CONDITIONS_OF_LIFE_AT_WORK: {
      description: 'Conditions of life at work · conditions de vie au travail · arbeidsomstandigheden',
    },
    RELATIONS_AT_WORK: {
      description:
        'Relations at work · relations interpersonnelles au travail · interpersoonlijke relaties op het werk',
    },
  },
});
