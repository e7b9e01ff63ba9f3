import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { exact, plainText } from '../../checks.ts';
import { lockAnalysis } from '../analyses/analysis-lock.service.ts';
import { mustBeDay } from '../analyses/analysis-rules.ts';
import { AnalysisStep, RiskAnalysis } from '../analysis.entity.ts';
import { PreventionMeasure, PreventionMeasureState } from '../measure.entity.ts';
import type {
  ChangePreventionMeasureInput,
  CompletePreventionMeasureInput,
  DropPreventionMeasureInput,
  PlanPreventionMeasureInput,
} from './measure.inputs.ts';

const { PLANNED, IN_PROGRESS, DONE, DROPPED } = PreventionMeasureState;
/** Steps at which there is something to act on. */
const CONCLUDED: readonly AnalysisStep[] = [
  AnalysisStep.CONCLUSIONS_PRESENTED,
  AnalysisStep.WORKERS_CONSULTED,
  AnalysisStep.ACTION_PLANNED,
];
const LONGEST_TITLE = 200;

/** Rules and transactions of action plans: the partner's own, or kept for it by the service. */
export class PreventionMeasureService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Plans a measure and answers its key. @throws UserError STEP_OUT_OF_ORDER before the conclusions were presented */
  async plan(viewer: Viewer, input: PlanPreventionMeasureInput): Promise<string> {
    const key = keyOf('risk_analysis', input.analysis, 'analysis');
    const title = plainText(input.title, { field: 'title', longest: LONGEST_TITLE, required: true });
    const { rubric = null, component = null, responsible, deadline, priority } = input;
    const today = brusselsDay(this.clock());
    mustBeAhead(deadline, today);
    const budget = input.budget ? exact(input.budget, { field: 'budget', decimals: 2 }) : null;
    const request = { viewer, mutation: 'planPreventionMeasure', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      await lockAnalysis(em, key);
      const analysis = await em.findOne(RiskAnalysis, { id: key });
      if (!analysis) throw new NotFoundError('The analysis', 'analysis');
      mayPlan(viewer, analysis);
      checkSandbox(viewer, analysis.provenance, 'analysis');
      if (!CONCLUDED.includes(analysis.step))
        throw new UserError(
          'STEP_OUT_OF_ORDER',
          `The analysis has come to ${analysis.step}: present its conclusions first.`,
          'analysis',
        );
      const { partner, service, provenance } = analysis;
      const columns = { title, rubric, component, responsible, deadline, priority, budget };
      const measure = em.create(PreventionMeasure, {
        partner,
        id: newId(),
        service,
        analysis,
        ...columns,
        plannedOn: today,
        closedOn: null,
        dropReason: null,
        provenance,
      } as never);
      await em.flush();
      return { id: measure.id };
    });
    return id;
  }

  /** Changes an open measure and answers its key. */
  change(viewer: Viewer, input: ChangePreventionMeasureInput): Promise<string> {
    const { title, responsible, deadline, priority, budget, isStarted } = input;
    if (deadline) mustBeAhead(deadline, brusselsDay(this.clock()));
    const changes = {
      ...(title
        ? { title: plainText(title, { field: 'title', longest: LONGEST_TITLE, required: true }) }
        : {}),
      ...(responsible ? { responsible } : {}),
      ...(deadline ? { deadline } : {}),
      ...(priority ? { priority } : {}),
      ...(budget ? { budget: exact(budget, { field: 'budget', decimals: 2 }) } : {}),
      ...(isStarted ? { state: IN_PROGRESS } : {}),
    };
    return this.step(viewer, 'changePreventionMeasure', input, (measure) => {
      Object.assign(measure, changes);
    });
  }

  /** A measure is done; answers its key. */
  complete(viewer: Viewer, input: CompletePreventionMeasureInput): Promise<string> {
    return this.step(viewer, 'completePreventionMeasure', input, (measure) => {
      mustBeDay(input.doneOn, { since: measure.plannedOn, today: brusselsDay(this.clock()) }, 'doneOn');
      measure.state = DONE;
      measure.closedOn = input.doneOn;
    });
  }

  /** A measure is given up, with the reason; answers its key. */
  drop(viewer: Viewer, input: DropPreventionMeasureInput): Promise<string> {
    const reason = plainText(input.reason, { field: 'reason', longest: 500, required: true });
    return this.step(viewer, 'dropPreventionMeasure', input, (measure) => {
      measure.state = DROPPED;
      measure.closedOn = brusselsDay(this.clock());
      measure.dropReason = reason;
    });
  }

  private async step(
    viewer: Viewer,
    mutation: string,
    input: { measure: string; idempotencyKey: string },
    change: (measure: PreventionMeasure, em: EntityManager) => void,
  ): Promise<string> {
    const key = keyOf('prevention_measure', input.measure, 'measure');
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await em.execute('select m.id from prevention_measure m where m.id = ? for no key update', [key]);
      const measure = await em.findOne(PreventionMeasure, { id: key });
      if (!measure) throw new NotFoundError('The measure', 'measure');
      mayPlan(viewer, measure);
      checkSandbox(viewer, measure.provenance, 'measure');
      if (measure.state !== PLANNED && measure.state !== IN_PROGRESS)
        throw new UserError('WRONG_STATE', `The measure is ${measure.state}: that stands.`, 'measure');
      change(measure, em);
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

function mayPlan(
  viewer: Viewer,
  { partner, service }: { partner: { id: string }; service: { id: string } },
): void {
  allow(
    mayEdit(viewer, partner.id) || mayRun(viewer, service.id),
    "the partner does, or the service's staff",
  );
}

function mustBeAhead(deadline: string, today: string): void {
  if (deadline < today)
    throw new UserError('INVALID_DEADLINE', `Give a deadline from ${today} on.`, 'deadline');
}
