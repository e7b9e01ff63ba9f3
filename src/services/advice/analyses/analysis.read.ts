import type { Partner } from '../../../partners/partner.entity.ts';
import {
  and,
  connection,
  list,
  type OrderKey,
  one,
  oneOf,
  type Page,
  type Rows,
  sql,
} from '../../../read/index.ts';
import { named } from '../../named.read.ts';
import { GroupFinding, RiskAnalysis, RiskAnalysisStep, TargetGroup } from '../analysis.entity.ts';

/** A filter with its references turned into keys. */
export interface AnalysisCondition {
  partner?: string | undefined;
  service?: string | undefined;
  steps?: readonly string[] | null | undefined;
  levels?: readonly string[] | null | undefined;
}

/** The latest first. */
export const ANALYSIS_ORDER: OrderKey<RiskAnalysis>[] = [
  { by: (row) => row.requestedOn, direction: 'desc', type: 'date' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

export function analyses({ partner, service, steps, levels }: AnalysisCondition, page: Page): Rows {
  return connection(RiskAnalysis, {
    where: (row) =>
      and([
        named('partner', partner, 'partner', row.partner),
        named('shared_service', service, 'service', row.service),
        steps ? oneOf(row.step, steps, 'text') : undefined,
        levels ? oneOf(row.level, levels, 'text') : undefined,
      ]),
    orderBy: ANALYSIS_ORDER,
    page,
  });
}

export function analysesOfPartner(page: Page): Rows {
  return connection<RiskAnalysis, Partner>(RiskAnalysis, {
    where: (row, partner) => sql`${row.partner} = ${partner.id}`,
    orderBy: ANALYSIS_ORDER,
    page,
  });
}

export function analysisById(id: string): Rows {
  return one(RiskAnalysis, (row) => sql`${row.id} = ${id}::uuid`);
}

export function groupById(id: string): Rows {
  return one(TargetGroup, (row) => sql`${row.id} = ${id}::uuid`);
}

export function stepsOfAnalysis(): Rows {
  return list<RiskAnalysisStep, RiskAnalysis>(RiskAnalysisStep, {
    where: (row, analysis) => sql`${row.partner} = ${analysis.partner} and ${row.analysis} = ${analysis.id}`,
    orderBy: [
      { by: (row) => row.doneOn, direction: 'asc', type: 'date' },
      { by: (row) => row.id, direction: 'asc', type: 'uuid' },
    ],
  });
}

export function groupsOfAnalysis(): Rows {
  return list<TargetGroup, RiskAnalysis>(TargetGroup, {
    where: (row, analysis) => sql`${row.partner} = ${analysis.partner} and ${row.analysis} = ${analysis.id}`,
    orderBy: [{ by: (row) => row.id, direction: 'asc', type: 'uuid' }],
  });
}

export function findingsOfGroup(): Rows {
  return list<GroupFinding, TargetGroup>(GroupFinding, {
    where: (row, group) => sql`${row.partner} = ${group.partner} and ${row.group} = ${group.id}`,
    orderBy: [{ by: (row) => row.id, direction: 'asc', type: 'uuid' }],
  });
}
