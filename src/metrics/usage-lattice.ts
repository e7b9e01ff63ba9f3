import { onLattice } from './disclosure/index.ts';
import { MetricDimension } from './metric-dimensions.ts';
import type { Scope, UsageQuestion } from './usage-question.ts';

/**
 * The table and the periods of the lattice that answer a question; undefined where it is answered from the records that
 * the viewer sees: those of who sees all, of a hub without releases, and questions that are free in what they ask.
 */
export function latticeOf(
  question: UsageQuestion,
  of: Scope['of'] | undefined,
): { table: string; granularity: string } | undefined {
  const { viewer, services, step, from, to, earlier } = question;
  const { federations, authorities } = viewer.reads.reach;
  // Cells of two audiences are not decided on together: who could ask for both could take the one from the other.
  if ((of === 'federation' || of === 'authority') && federations.length + authorities.length > 1)
    return undefined;
  if (!question.hasReleases || viewer.reads.isAdministrator || isFree(question) || of === 'partner')
    return undefined;
  if (services?.every((service) => viewer.reads.reach.services.includes(service))) return undefined;
  const groupBy = new Set(question.groupBy);
  // The sum over some services is no cell.
  if (services && services.length !== 1 && !groupBy.has(MetricDimension.SERVICE)) return undefined;
  if (services || of === 'service') groupBy.add(MetricDimension.SERVICE);
  if (earlier && earlier.shift.days !== 0) return undefined;
  const lattice = onLattice({ groupBy: [...groupBy], granularity: step ?? null, from, to });
  return lattice && { table: lattice.table.join(','), granularity: lattice.granularity };
}

/** Whether a question takes facts apart in another way than the lattice. */
function isFree({ serviceKinds, categories, partners, having, top }: UsageQuestion): boolean {
  return Boolean(serviceKinds || categories || having || top || namesPartners(partners));
}

/** Whether a filter of partners leaves any out. */
export function namesPartners(partners: UsageQuestion['partners'] = {}): boolean {
  return Object.values(partners).some((value) => value !== undefined && value !== null && value !== '');
}
