import {
  MetricAggregation,
  type MetricDefinitionInit,
  type MetricKind,
  MetricSource,
} from './metric-definition.ts';

/** What can be computed from each source. */
const COMPUTABLE: Record<MetricSource, readonly `${MetricKind} ${MetricAggregation}`[]> = {
  // The levels that partners report are no sum: each is what holds until the next one.
  USAGE_ENTRIES: ['FLOW SUM', 'FLOW DISTINCT_PARTNERS', 'STOCK LAST_VALUE'],
  ALL_USAGE: ['FLOW DISTINCT_PARTNERS'],
  ENROLMENTS: ['STOCK SUM', 'FLOW DISTINCT_ENROLMENTS'],
  POPULATIONS: ['STOCK SUM'],
  FUNDINGS: ['FLOW SUM'],
  METRICS: ['FLOW RATIO', 'STOCK RATIO', 'FLOW AVERAGE'],
};

/** What is wrong with the definitions of all rooms together, a sentence each; none where they are sound. */
export function definitionErrors(definitions: readonly MetricDefinitionInit[]): string[] {
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
  const repeated = definitions.filter((definition) => byKey.get(definition.key) !== definition);
  return [
    ...repeated.map(({ key }) => `${key} is defined twice.`),
    ...definitions.flatMap((definition) => [...ownErrors(definition), ...partErrors(definition, byKey)]),
  ];
}

function ownErrors(definition: MetricDefinitionInit): string[] {
  const { key, kind, aggregation, source, numerator, denominator } = definition;
  const errors: string[] = [];
  if (!COMPUTABLE[source].includes(`${kind} ${aggregation}`))
    errors.push(`${key}: a ${kind} of ${aggregation} cannot be computed from ${source}.`);
  if (!numerator === (source === MetricSource.METRICS))
    errors.push(`${key}: what is computed from METRICS has a numerator, and nothing else has one.`);
  if (!denominator === (aggregation === MetricAggregation.RATIO))
    errors.push(`${key}: a RATIO has a denominator, and nothing else has one.`);
  return errors;
}

function partErrors(whole: MetricDefinitionInit, byKey: ReadonlyMap<string, MetricDefinitionInit>): string[] {
  const { key, kind, aggregation, numerator, denominator, origin } = whole;
  const errors: string[] = [];
  for (const name of [numerator, denominator]) {
    if (!name) continue;
    const part = byKey.get(name);
    if (!part) errors.push(`${key}: its part ${name} is not defined.`);
    else if (part.source === MetricSource.METRICS)
      errors.push(`${key}: its part ${name} is itself computed from metrics.`);
    // A level over an amount has no step that both are of.
    else if (part.kind !== kind) errors.push(`${key} is a ${kind}, and its part ${name} is a ${part.kind}.`);
  }
  const above = numerator && byKey.get(numerator);
  if (!above) return errors;
  if (above.origin !== origin) errors.push(`${key}: its origin is that of ${numerator}, ${above.origin}.`);
  if (aggregation === MetricAggregation.AVERAGE && !isSummedFromEntries(above))
    errors.push(`${key}: an AVERAGE is over the entries of a SUM, which ${numerator} is not.`);
  return errors;
}

function isSummedFromEntries({ aggregation, source }: MetricDefinitionInit): boolean {
  return aggregation === MetricAggregation.SUM && source === MetricSource.USAGE_ENTRIES;
}

/**
 * The definitions of all rooms, put together.
 * @throws Error that names everything that is wrong with them: a hub does not start with such metrics
 */
export function soundDefinitions(
  definitions: readonly MetricDefinitionInit[],
): readonly MetricDefinitionInit[] {
  const errors = definitionErrors(definitions);
  if (errors.length > 0) throw new Error(`The metrics of the rooms do not fit together. ${errors.join(' ')}`);
  return definitions;
}
