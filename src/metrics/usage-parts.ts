import { join, literal, raw, type Sql, sql } from '../read/index.ts';
import type { MetricDefinitionInit } from './metric-definition.ts';
import type { Shift } from './periods.ts';
import { partsOf, type UsageQuestion } from './usage-question.ts';

/** The ends of a period, null for none. */
export interface Ends {
  from: string | null;
  to: string | null;
}

/** An end of a period in SQL. */
export const bound = (day: string | null): Sql => sql`${day}::date`;

/** The keys of a row, `k1…kn`, each with a comma behind it. */
export function keysOf({ groupBy }: UsageQuestion): Sql {
  return raw(groupBy.map((_, index) => `k${index + 1}, `).join(''));
}

/** How the values of metrics are put together from those of their parts. */
interface Assembly {
  /** A select of the keys, `bucket` and the columns of one part of a metric in one period. */
  part(definition: MetricDefinitionInit, period: Ends): Sql;
  /** Names of the columns of a part beside the keys and `bucket`. */
  columns: readonly string[];
  /** Whether a part `c` is of all others than the largest. */
  others: Sql;
  /**
   * The columns of a metric from the rows `c` of its parts, with their names.
   * @param of the value of its first or second part, in the period itself (era 0) or the one it is compared with (1)
   */
  values(metric: MetricDefinitionInit, of: (part: number, era: number) => Sql): Sql;
}

/**
 * A select of `n` (the metric's place in the question), `metric`, the keys, `is_others`, `bucket` and what the assembly
 * makes of the parts; undefined without metrics. Of each key and step a part has one row at most.
 * @param metrics those of the question that are put together so
 * @returns the selects of the metrics, and `cell`, which they read
 */
export function assembled(
  question: UsageQuestion,
  metrics: readonly MetricDefinitionInit[],
  assembly: Assembly,
): { selects: ReadonlyMap<MetricDefinitionInit, Sql>; cell: Sql | undefined } {
  const { definitions, earlier } = question;
  const keys = keysOf(question);
  const eras: { period: Ends; shift?: Shift }[] = [
    { period: question },
    ...(earlier ? [{ period: earlier, shift: earlier.shift }] : []),
  ];
  const columns = raw(assembly.columns.map((name) => `, c.${name}`).join(''));
  const parts: Sql[] = [];
  const selects = new Map<MetricDefinitionInit, Sql>();
  let next = 0;
  for (const metric of metrics) {
    const first = next;
    for (const definition of partsOf(metric, definitions)) {
      for (const [era, { period, shift }] of eras.entries()) {
        parts.push(sql`select ${raw(String(next))} as part, ${raw(String(era))} as era, ${keys}${assembly.others} as is_others,
          ${shift ? later(shift) : raw('c.bucket')} as bucket${columns} from (${assembly.part(definition, period)}) as c${shift ? meets(shift) : raw('')}`);
      }
      next += 1;
    }
    const of = (part: number, era: number): Sql =>
      raw(`sum(c.value) filter (where c.part = ${first + part} and c.era = ${era})`);
    selects.set(
      metric,
      sql`select ${raw(String(question.metrics.indexOf(metric)))} as n, ${literal(metric.key)} as metric, ${keys}c.is_others, c.bucket,
        ${assembly.values(metric, of)}
      from cell c where c.part between ${raw(String(first))} and ${raw(String(next - 1))} group by ${keys}c.is_others, c.bucket`,
    );
  }
  return { selects, cell: parts.length > 0 ? join(parts, ' union all ') : undefined };
}

/** The step of an earlier period beside the one that it is compared with. */
function later({ months, days }: Shift): Sql {
  return raw(`(c.bucket + interval '${months} months ${days} days')::date`);
}

/** A day that the later year has not is compared with none. */
function meets({ months }: Shift): Sql {
  if (months === 0) return raw('');
  return raw(
    ` where c.bucket is null or ((c.bucket + interval '${months} months') - interval '${months} months')::date = c.bucket`,
  );
}
