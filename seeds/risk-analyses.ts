import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import {
  AnalysisRubric,
  AnalysisStep,
  GroupFinding,
  LEAST_GROUP,
  PsychosocialComponent,
  RiskAnalysis,
  RiskAnalysisStep,
  SobaneLevel,
  TargetGroup,
} from '../src/services/advice/analysis.entity.ts';
import {
  MeasurePriority,
  PreventionMeasure,
  PreventionMeasureState,
  ResponsibleRole,
} from '../src/services/advice/measure.entity.ts';
import { at, LAST_DAY, later, plusDays, weekdayIn } from './calendar.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { Random } from './random.ts';

const SINCE = '2023-01-09';
const STEPS = Object.values(AnalysisStep);
const GROUPS = ['Équipe de jour', 'Équipe de nuit', 'Accueil et secrétariat', 'Cuisine et entretien'];

/** What groups say in the demonstration: sentences of our own, about work and about nobody. */
const SAID: readonly [
  rubric: AnalysisRubric,
  component: PsychosocialComponent | null,
  goesWell: string | null,
  goesNotWell: string | null,
  ideas: string | null,
][] = [
  [
    AnalysisRubric.PREMISES,
    null,
    'Les locaux sont clairs.',
    'La réserve est encombrée.',
    'Ranger par usage.',
  ],
  [AnalysisRubric.NOISE, null, null, 'La ventilation s’entend partout.', 'Régler l’installation.'],
  [
    AnalysisRubric.HANDLING_OF_LOADS,
    null,
    null,
    'Les caisses sont lourdes.',
    'Commander de plus petites caisses.',
  ],
  [
    AnalysisRubric.TIME_CONSTRAINTS,
    PsychosocialComponent.WORK_ORGANISATION,
    null,
    'Les fins de mois sont chargées.',
    'Répartir les échéances.',
  ],
  [
    AnalysisRubric.WORKING_RELATIONS,
    PsychosocialComponent.RELATIONS_AT_WORK,
    'L’entraide est bonne.',
    null,
    'Garder la réunion du lundi.',
  ],
  [
    AnalysisRubric.CONTENT_OF_WORK,
    PsychosocialComponent.WORK_CONTENT,
    'Le travail a du sens.',
    'Les tâches administratives augmentent.',
    null,
  ],
];

/** Risk analyses of three years, as far as each has come, with what their groups said. */
export function seedRiskAnalyses(
  demonstration: Demonstration,
  service: DemoService,
  enrolments: readonly DemoEnrolment[],
): void {
  const random = new Random(`risk analyses of ${service.slug}`);
  const asking = enrolments.filter(({ activeFrom, endedOn }) => activeFrom < '2025-06-01' && !endedOn);
  for (const { partner, activeFrom } of random.sample(asking, Math.min(24, asking.length))) {
    const requestedOn = weekdayIn(random, later(SINCE, activeFrom), LAST_DAY);
    const days = [requestedOn];
    for (const _ of STEPS.slice(1)) days.push(plusDays(days.at(-1) as string, random.int(14, 45)));
    const taken = days.filter((day) => day <= LAST_DAY);
    addAnalysis(demonstration, random, { partner, service, taken });
  }
}

function addAnalysis(
  demonstration: Demonstration,
  random: Random,
  { partner, service, taken }: { partner: DemoPartner; service: DemoService; taken: readonly string[] },
): void {
  const [requestedOn = SINCE] = taken;
  const id = stableId(`risk analysis:${service.slug}:${partner.slug}`);
  const common = { partner: partner.id, service: service.id, provenance: Provenance.SYNTHETIC };
  const isDeeper = taken.length > 5 && random.chance(0.3);
  demonstration.seen(partner, requestedOn);
  demonstration.add(RiskAnalysis, {
    ...common,
    id,
    level: isDeeper ? SobaneLevel.OBSERVATION : SobaneLevel.SCREENING,
    levelReason: isDeeper ? 'Le groupe souhaite observer le bruit et les horaires de plus près.' : null,
    step: STEPS[taken.length - 1] ?? AnalysisStep.REQUESTED,
    requestedOn,
    leastGroup: LEAST_GROUP,
    createdAt: at(requestedOn, 30),
    version: taken.length,
  });
  for (const [number, doneOn] of taken.entries()) {
    demonstration.add(RiskAnalysisStep, {
      ...common,
      id: stableId(`${id}:${number}`),
      analysis: [partner.id, id],
      step: STEPS[number] ?? AnalysisStep.REQUESTED,
      doneOn,
      evidence: number === 0 ? null : 'Procès-verbal classé au dossier de la demande.',
      createdAt: at(doneOn, 60),
    });
  }
  if (taken.length > STEPS.indexOf(AnalysisStep.CONCLUSIONS_PRESENTED))
    addPlan(demonstration, random, { partner, service, analysis: id, taken });
  if (taken.length < 2) return;
  for (const [number, name] of random.sample(GROUPS, random.int(1, 3)).entries()) {
    const group = stableId(`${id}:group:${number}`);
    demonstration.add(TargetGroup, {
      ...common,
      id: group,
      analysis: [partner.id, id],
      name,
      size: random.int(LEAST_GROUP, 14),
      metOn: taken[2] ?? null,
      approvedOn: taken[3] ?? null,
      createdAt: at(taken[1] as string, 90),
      version: 1,
    });
    if (taken.length < 3) continue;
    for (const [rubric, component, goesWell, goesNotWell, ideas] of random.sample(SAID, random.int(2, 5))) {
      demonstration.add(GroupFinding, {
        ...common,
        id: stableId(`${group}:${rubric}`),
        group: [partner.id, group],
        rubric,
        component,
        goesWell,
        goesNotWell,
        ideas,
        createdAt: at(taken[2] as string, 90),
      });
    }
  }
}

/** Measures of the demonstration: what is done, about which rubric, by whom, and what it may cost. */
const MEASURES: readonly [
  title: string,
  rubric: AnalysisRubric,
  responsible: ResponsibleRole,
  budget: number | null,
][] = [
  ['Ranger la réserve par usage', AnalysisRubric.PREMISES, ResponsibleRole.FACILITY_MANAGEMENT, null],
  ['Régler la ventilation', AnalysisRubric.NOISE, ResponsibleRole.FACILITY_MANAGEMENT, 1200],
  [
    'Commander de plus petites caisses',
    AnalysisRubric.HANDLING_OF_LOADS,
    ResponsibleRole.LINE_MANAGEMENT,
    350,
  ],
  ['Répartir les échéances du mois', AnalysisRubric.TIME_CONSTRAINTS, ResponsibleRole.MANAGEMENT, null],
  ['Former aux gestes et postures', AnalysisRubric.HANDLING_OF_LOADS, ResponsibleRole.HUMAN_RESOURCES, 900],
  ['Mesurer l’éclairage des couloirs', AnalysisRubric.LIGHTING, ResponsibleRole.OUTSIDE_SERVICE, 400],
];

/** The action plan of an analysis: most measures are done in time, some late, some not yet, and one is dropped now and then. */
function addPlan(
  demonstration: Demonstration,
  random: Random,
  {
    partner,
    service,
    analysis,
    taken,
  }: { partner: DemoPartner; service: DemoService; analysis: string; taken: readonly string[] },
): void {
  const plannedOn = taken.at(-1) as string;
  for (const [title, rubric, responsible, budget] of random.sample(MEASURES, random.int(2, 5))) {
    const deadline = plusDays(plannedOn, random.int(60, 700));
    const closed = plusDays(deadline, random.int(-50, 40));
    const isClosed = closed <= LAST_DAY && random.chance(0.8);
    const isDropped = isClosed && random.chance(0.08);
    demonstration.add(PreventionMeasure, {
      partner: partner.id,
      id: stableId(`${analysis}:measure:${title}`),
      service: service.id,
      analysis: [partner.id, analysis],
      rubric,
      component: null,
      title,
      responsible,
      deadline,
      priority: random.pick(Object.values(MeasurePriority)),
      budget: budget === null ? null : budget.toFixed(2),
      state: isDropped
        ? PreventionMeasureState.DROPPED
        : isClosed
          ? PreventionMeasureState.DONE
          : random.pick([PreventionMeasureState.PLANNED, PreventionMeasureState.IN_PROGRESS]),
      plannedOn,
      closedOn: isClosed ? closed : null,
      dropReason: isDropped ? 'Une autre mesure suffit.' : null,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(plannedOn, 120),
      version: 1,
    });
  }
}
