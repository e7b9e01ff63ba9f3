import { readFile, writeFile } from 'node:fs/promises';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Viewer } from '../../src/access/viewer.ts';
import type { TestHub } from '../support/hub.ts';
import type { Tenant } from './world.ts';

/** What a viewer got of a field: letters, so that a line of the table stays short. */
export const OUTCOMES = {
  '+': 'a value',
  0: 'nothing: null, or an empty list',
  '-': 'the record itself is not there',
  '!': 'refused: FORBIDDEN or UNAUTHENTICATED',
} as const;

/** Arguments of fields that need some. */
const ARGUMENTS: Record<string, string> = {
  'Query.invoicePreview': '(service: "GROUP", year: 2025)',
  'Query.placementQuote': '(service: "GROUP", jobFunction: DPO, weeklyHours: "1", startsOn: "2025-01-01")',
  'Query.criticalSize': '(service: "GROUP", year: 2025)',
  'EmployerGroupService.capacity': '(from: "2026-06-15")',
  'Query.partner': '(reference: { id: "PARTNER" })',
  'Query.federation': '(reference: { id: "FEDERATION" })',
  'Query.sharedService': '(reference: { id: "SERVICE" })',
  'Query.population': '(reference: { slug: "nobody" })',
  'AdviserMandate.freeHours': '(month: "2026-03-01")',
  'Partner.preventionPlan': '(from: 2099)',
  '*.usageMetrics': '(metrics: [OTHER_SERVICE_UNITS], groupBy: [PARTNER])',
  'Query.product': '(id: "PRODUCT")',
  'Query.building': '(id: "BUILDING")',
  'Query.meter': '(id: "METER")',
  'Query.energyIntensity': '(year: 2024)',
  '*.consumption': '(period: { from: "2024-01-01", to: "2024-02-01" }, granularity: MONTH)',
  '*.savings':
    '(baseline: { from: "2023-01-01", to: "2024-01-01" }, reporting: { from: "2024-01-01", to: "2025-01-01" })',
  '*.benchmark': '(year: 2024)',
  'Query.lateSuppliers': '(service: "SERVICE")',
  'Query.node': '(id: "ENTRY")',
  'Query.nodes': '(ids: ["ENTRY"])',
};

/** Object types that can be asked for, in their order. */
export function objectTypes(hub: TestHub): GraphQLObjectType[] {
  return Object.values(hub.schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type) && type.name !== 'Mutation')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function isNode(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some(({ name }) => name === 'Node');
}

/** A field as it is asked for in the matrix; undefined where it needs arguments that nobody gave. */
export function selectionOf(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): string | undefined {
  const args = ARGUMENTS[`${type.name}.${field.name}`] ?? ARGUMENTS[`*.${field.name}`] ?? '';
  if (!args && field.args.some(isRequiredArgument)) return undefined;
  const named = getNamedType(field.type);
  if (!isCompositeType(named)) return `${field.name}${args}`;
  if (named.name.endsWith('Connection')) return `${field.name}${args} { totalCount }`;
  if (named.name === 'UsageMetrics') return `${field.name}${args} { rows { metric } }`;
  const hasId = (isObjectType(named) || isInterfaceType(named)) && named.getFields().id;
  return `${field.name}${args} { ${hasId ? 'id' : '__typename'} }`;
}

/** Whether there is something in a value. */
function holds(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.some(holds);
  if (typeof value !== 'object') return true;
  if ('totalCount' in value) return (value.totalCount as number) > 0;
  if ('rows' in value) return holds(value.rows);
  return true;
}

/** What a viewer gets of each field of a record. */
export async function fieldsOf(
  hub: TestHub,
  type: GraphQLObjectType,
  id: string,
  viewer: Viewer,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const field of Object.values(type.getFields())) {
    const selection = selectionOf(type, field);
    if (!selection) throw new Error(`${type.name}.${field.name} needs arguments: give it some in matrix.ts`);
    const source = `query ($id: ID!) { node(id: $id) { ... on ${type.name} { ${selection} } } }`;
    const { data, errors } = await hub.query(source, { id }, { viewer });
    found[field.name] = outcome(data?.node, data?.node?.[field.name], errors);
  }
  return found;
}

/** What a viewer gets of each field of `Query`, those that name a record asked for a tenant's. */
export async function queriesOf(
  hub: TestHub,
  viewer: Viewer,
  { partner, federation, privateService, grouped, records }: Tenant,
): Promise<Record<string, string>> {
  const type = hub.schema.getQueryType() as GraphQLObjectType;
  const found: Record<string, string> = {};
  for (const field of Object.values(type.getFields())) {
    const selection = selectionOf(type, field);
    if (!selection) throw new Error(`Query.${field.name} needs arguments: give it some in matrix.ts`);
    const source = selection
      .replace('PARTNER"', `${partner}"`)
      .replace('FEDERATION"', `${federation}"`)
      .replace('GROUP"', `${grouped.service}"`)
      .replace('SERVICE"', `${privateService}"`)
      .replace('PRODUCT"', `${records.Product}"`)
      .replace('BUILDING"', `${records.Building}"`)
      .replace('METER"', `${records.Meter}"`)
      .replace('ENTRY"', `${records.UsageEntry}"`);
    const { data, errors } = await hub.query(`{ ${source} }`, {}, { viewer });
    found[field.name] = outcome({}, data?.[field.name], errors);
  }
  return found;
}

function outcome(
  record: unknown,
  value: unknown,
  errors: readonly { extensions?: object }[] | undefined,
): string {
  const [error] = errors ?? [];
  const { code } = (error?.extensions ?? {}) as { code?: string };
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return '!';
  if (code && code !== 'NOT_FOUND') throw new Error(`The matrix met ${code}: ${JSON.stringify(errors)}`);
  if (!record) return '-';
  return holds(value) ? '+' : '0';
}

/** The committed table of expected outcomes, or the one that is found, where that is asked for. */
export async function expectedTable(name: string, found: readonly string[]): Promise<string[]> {
  const path = `test/access/${name}`;
  if (process.env.UPDATE_MATRIX) await writeFile(path, `${found.join('\n')}\n`);
  return (await readFile(path, 'utf8')).trimEnd().split('\n');
}
