import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { mustBeOpen } from '../../../partners/index.ts';
import { Partner } from '../../../partners/partner.entity.ts';
import { plainText } from '../../checks.ts';
import { ServiceKind } from '../../service.entity.ts';
import { advisoryService } from '../advisory.service.ts';
import {
  AnalysisStep,
  LEAST_GROUP,
  RiskAnalysis,
  RiskAnalysisStep,
  TargetGroup,
} from '../analysis.entity.ts';
import { PreventionMeasure } from '../measure.entity.ts';
import type {
  DeepenRiskAnalysisInput,
  OpenRiskAnalysisInput,
  RecordRiskAnalysisStepInput,
} from './analysis.inputs.ts';
import { lockAnalysis } from './analysis-lock.service.ts';
import { mustBeDay, mustBeDeeper, mustFollow } from './analysis-rules.ts';

const { ACTION_PLANNED, GROUPS_MET, REPORTS_APPROVED } = AnalysisStep;

/** Rules and transactions of risk analyses: each step after the one before, with its day and evidence. */
export class RiskAnalysisService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Opens an analysis and answers its key; a partner needs no enrolment to ask for one. */
  async open(viewer: Viewer, input: OpenRiskAnalysisInput): Promise<string> {
    const partnerKey = keyOf('partner', input.partner, 'partner');
    const serviceKey = keyOf('service', input.service, 'service');
    const today = brusselsDay(this.clock());
    const requestedOn = input.requestedOn ?? today;
    mustBeDay(requestedOn, { since: '2000-01-01', today }, 'requestedOn');
    const { leastGroup } = input;
    if (leastGroup < LEAST_GROUP || leastGroup > 100)
      throw new UserError('INVALID_COUNT', `Give a whole number from ${LEAST_GROUP} to 100.`, 'leastGroup');
    const request = { viewer, mutation: 'openRiskAnalysis', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const partner = await em.findOne(Partner, { id: partnerKey });
      if (!partner) throw new NotFoundError('The partner', 'partner');
      const service = await advisoryService(em, serviceKey, [ServiceKind.PREVENTION]);
      allow(
        mayEdit(viewer, partnerKey) || mayRun(viewer, serviceKey),
        "the partner does, or the service's staff",
      );
      checkSandbox(viewer, partner.provenance, 'partner');
      mustBeOpen(partner, 'partner');
      const common = { partner, service, provenance: partner.provenance };
      const analysis = em.create(RiskAnalysis, {
        ...common,
        id: newId(),
        levelReason: null,
        requestedOn,
        leastGroup,
      } as never);
      em.create(RiskAnalysisStep, {
        ...common,
        id: newId(),
        analysis,
        step: AnalysisStep.REQUESTED,
        doneOn: requestedOn,
        evidence: null,
      } as never);
      await em.flush();
      return { id: analysis.id };
    });
    return id;
  }

  /** Takes the next step. @throws UserError STEP_OUT_OF_ORDER, GROUPS_NOT_MET, REPORT_NOT_APPROVED */
  step(viewer: Viewer, input: RecordRiskAnalysisStepInput): Promise<string> {
    const { step, doneOn } = input;
    const evidence = plainText(input.evidence, { field: 'evidence', longest: 500, required: true });
    return this.change(viewer, 'recordRiskAnalysisStep', input, async (em, analysis) => {
      mustFollow(step, analysis.step);
      const last = await em.findOneOrFail(RiskAnalysisStep, { analysis, step: analysis.step });
      mustBeDay(doneOn, { since: last.doneOn, today: brusselsDay(this.clock()) }, 'doneOn');
      if (step === GROUPS_MET || step === REPORTS_APPROVED) await mustBeReady(em, analysis, step);
      if (step === ACTION_PLANNED && (await em.count(PreventionMeasure, { analysis })) === 0)
        throw new UserError(
          'PLAN_EMPTY',
          'The action plan has no measure: add one with planPreventionMeasure.',
          'step',
        );
      analysis.step = step;
      // Before its own row: the database looks whether the two agree.
      await em.flush();
      em.create(RiskAnalysisStep, {
        partner: analysis.partner,
        id: newId(),
        service: analysis.service,
        analysis,
        step,
        doneOn,
        evidence,
        provenance: analysis.provenance,
      } as never);
    });
  }

  /** Goes to a deeper level, with the reason. @throws UserError LEVEL_NOT_HIGHER */
  deepen(viewer: Viewer, input: DeepenRiskAnalysisInput): Promise<string> {
    const reason = plainText(input.reason, { field: 'reason', longest: 500, required: true });
    return this.change(viewer, 'deepenRiskAnalysis', input, async (_, analysis) => {
      mustBeDeeper(input.level, analysis.level);
      analysis.level = input.level;
      analysis.levelReason = reason;
    });
  }

  private async change(
    viewer: Viewer,
    mutation: string,
    input: { analysis: string; idempotencyKey: string },
    change: (em: EntityManager, analysis: RiskAnalysis) => Promise<void>,
  ): Promise<string> {
    const key = keyOf('risk_analysis', input.analysis, 'analysis');
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await lockAnalysis(em, key);
      const analysis = await em.findOne(RiskAnalysis, { id: key });
      if (!analysis) throw new NotFoundError('The analysis', 'analysis');
      allow(mayRun(viewer, analysis.service.id), "the service's staff does");
      checkSandbox(viewer, analysis.provenance, 'analysis');
      await change(em, analysis);
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

/** Groups meet before their meeting counts as a step, and approve before their approval does. */
async function mustBeReady(em: EntityManager, analysis: RiskAnalysis, step: AnalysisStep): Promise<void> {
  const groups = await em.find(TargetGroup, { analysis }, { orderBy: { id: 'asc' } });
  if (groups.length === 0)
    throw new UserError(
      'GROUPS_NOT_MET',
      'The analysis has no target group: add one with addTargetGroup.',
      'step',
    );
  const waiting = groups.filter(({ metOn, approvedOn }) => (step === GROUPS_MET ? !metOn : !approvedOn));
  if (waiting.length === 0) return;
  const names = waiting.map(({ name }) => JSON.stringify(name)).join(', ');
  throw step === GROUPS_MET
    ? new UserError(
        'GROUPS_NOT_MET',
        `These groups have not met: ${names}. Record it with saveGroupFindings.`,
        'step',
      )
    : new UserError('REPORT_NOT_APPROVED', `These groups have not approved: ${names}.`, 'step');
}
