import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { plainText, someOf } from '../../checks.ts';
import { AnalysisRubric, AnalysisStep, GroupFinding, RiskAnalysis, TargetGroup } from '../analysis.entity.ts';
import type {
  AddTargetGroupInput,
  ApproveGroupReportInput,
  FindingInput,
  SaveGroupFindingsInput,
} from './analysis.inputs.ts';
import { lockAnalysis } from './analysis-lock.service.ts';
import { mustBeDay } from './analysis-rules.ts';

const MOST = Object.keys(AnalysisRubric).length;
const LONGEST = 2000;

/** Rules and transactions of target groups: they are formed, they meet, and they approve what is said of them. */
export class TargetGroupService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Forms a group and answers its key. @throws UserError GROUP_TOO_SMALL */
  async add(viewer: Viewer, input: AddTargetGroupInput): Promise<string> {
    const key = keyOf('risk_analysis', input.analysis, 'analysis');
    const name = plainText(input.name, { field: 'name', longest: 120, required: true });
    const { size } = input;
    const request = { viewer, mutation: 'addTargetGroup', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      await lockAnalysis(em, key);
      const analysis = await em.findOne(RiskAnalysis, { id: key });
      if (!analysis) throw new NotFoundError('The analysis', 'analysis');
      allow(mayRun(viewer, analysis.service.id), "the service's staff does");
      checkSandbox(viewer, analysis.provenance, 'analysis');
      mustBeAt(analysis, AnalysisStep.MANAGEMENT_MET, 'analysis');
      if (size < analysis.leastGroup)
        throw new UserError(
          'GROUP_TOO_SMALL',
          `A group of this analysis has ${analysis.leastGroup} people at least: join it to another one.`,
          'size',
        );
      if (size > 1000) throw new UserError('INVALID_COUNT', 'A group has 1000 people at most.', 'size');
      const { partner, service, provenance } = analysis;
      const columns = { name, size, metOn: null, approvedOn: null, provenance };
      const group = em.create(TargetGroup, { partner, id: newId(), service, analysis, ...columns } as never);
      await em.flush();
      return { id: group.id };
    });
    return id;
  }

  /** Records a meeting and what was said in it, in the place of what was there, and answers the key of the group. */
  saveFindings(viewer: Viewer, input: SaveGroupFindingsInput): Promise<string> {
    const findings = someOf(input.findings, MOST, 'findings').map(findingOf);
    mustDiffer(findings);
    return this.change(viewer, 'saveGroupFindings', input, async (em, group, analysis) => {
      allow(mayRun(viewer, group.service.id), "the service's staff does");
      mustBeAt(analysis, AnalysisStep.MANAGEMENT_MET, 'group');
      const today = brusselsDay(this.clock());
      mustBeDay(input.metOn, { since: analysis.requestedOn, today }, 'metOn');
      group.metOn = input.metOn;
      for (const before of await em.find(GroupFinding, { group })) em.remove(before);
      await em.flush();
      const { partner, service, provenance } = group;
      for (const finding of findings)
        em.create(GroupFinding, { partner, id: newId(), service, group, ...finding, provenance } as never);
    });
  }

  /** The group approves the report of its meeting; answers its key. */
  approve(viewer: Viewer, input: ApproveGroupReportInput): Promise<string> {
    return this.change(viewer, 'approveGroupReport', input, async (_, group, analysis) => {
      allow(
        mayEdit(viewer, group.partner.id) || mayRun(viewer, group.service.id),
        "the partner does, or the service's staff",
      );
      mustBeAt(analysis, AnalysisStep.GROUPS_MET, 'group');
      if (group.approvedOn)
        throw new UserError('WRONG_STATE', `It approved on ${group.approvedOn}: that stands.`, 'group');
      const since = group.metOn as string;
      mustBeDay(input.approvedOn, { since, today: brusselsDay(this.clock()) }, 'approvedOn');
      group.approvedOn = input.approvedOn;
    });
  }

  private async change(
    viewer: Viewer,
    mutation: string,
    input: { group: string; idempotencyKey: string },
    change: (em: EntityManager, group: TargetGroup, analysis: RiskAnalysis) => Promise<void>,
  ): Promise<string> {
    const key = keyOf('target_group', input.group, 'group');
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const known = await em.findOne(TargetGroup, { id: key });
      if (!known) throw new NotFoundError('The group', 'group');
      await lockAnalysis(em, known.analysis.id);
      const group = await em.findOneOrFail(TargetGroup, { id: key }, { refresh: true });
      const analysis = await em.findOneOrFail(RiskAnalysis, { id: known.analysis.id }, { refresh: true });
      checkSandbox(viewer, group.provenance, 'group');
      await change(em, group, analysis);
      await em.flush();
      return { id: key };
    });
    return key;
  }
}

/** @throws UserError STEP_OUT_OF_ORDER */
function mustBeAt({ step }: RiskAnalysis, wanted: AnalysisStep, field: string): void {
  if (step === wanted) return;
  throw new UserError(
    'STEP_OUT_OF_ORDER',
    `The analysis has come to ${step}, and this belongs after ${wanted}.`,
    field,
  );
}

type Finding = Pick<GroupFinding, 'rubric' | 'component' | 'goesWell' | 'goesNotWell' | 'ideas'>;

/** @throws UserError TEXT_TOO_LONG, FINDING_EMPTY */
function findingOf({ rubric, component = null, ...input }: FindingInput, at: number): Finding {
  const text = (name: 'goesWell' | 'goesNotWell' | 'ideas') =>
    plainText(input[name], { field: `findings.${at}.${name}`, longest: LONGEST });
  const [goesWell, goesNotWell, ideas] = [text('goesWell'), text('goesNotWell'), text('ideas')];
  if (goesWell || goesNotWell || ideas) return { rubric, component, goesWell, goesNotWell, ideas };
  throw new UserError(
    'FINDING_EMPTY',
    'Say what goes well, what does not, or an idea: one of the three at least.',
    `findings.${at}.goesWell`,
  );
}

/** @throws UserError RUBRIC_TWICE */
function mustDiffer(findings: readonly Finding[]): void {
  const seen = new Set<string>();
  for (const [at, { rubric }] of findings.entries()) {
    if (seen.has(rubric))
      throw new UserError('RUBRIC_TWICE', `${rubric} stands there twice.`, `findings.${at}.rubric`);
    seen.add(rubric);
  }
}
