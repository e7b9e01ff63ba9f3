import {
  astFromValue,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ObjectFieldNode,
  type OperationDefinitionNode,
  parse,
  print,
} from 'graphql';
import type { Language } from '../../../src/graphql/language.ts';
import type { TestHub } from '../../support/hub.ts';
import type { LanguageName } from '../asked.ts';
import type { Oracle } from '../oracle.ts';
import { type Argument, CursorPick, type FieldItem, type Item, isField, type Plan } from './plan.ts';
import type { Samples } from './samples.ts';

const PAGE = ['first', 'after', 'last', 'before'];

/** Cursors that the hub gave, question by question. */
export class Cursors {
  private readonly known = new Map<string, Promise<readonly string[]>>();

  constructor(
    private readonly hub: TestHub,
    private readonly oracle: Oracle,
    private readonly samples: Samples,
  ) {}

  /** A plan with real cursors in place of picks; what has no cursor is asked without one. */
  async fill(plan: Plan): Promise<Plan> {
    return { ...plan, items: await this.filled(plan.items, plan.language) };
  }

  private async filled(items: readonly Item[], language: LanguageName): Promise<Item[]> {
    const all: Item[] = [];
    for (const item of items) {
      const below = await this.filled(item.items, language);
      all.push(
        isField(item)
          ? { ...item, items: below, args: await this.arguments(item, language) }
          : { ...item, items: below },
      );
    }
    return all;
  }

  private async arguments(item: FieldItem, language: LanguageName): Promise<Argument[]> {
    const all: Argument[] = [];
    for (const argument of item.args) {
      if (!(argument.value instanceof CursorPick)) {
        all.push(argument);
        continue;
      }
      const value = await this.pick(item, argument.value, language);
      if (value !== undefined) all.push({ ...argument, value });
    }
    return all;
  }

  private async pick(item: FieldItem, pick: CursorPick, language: LanguageName): Promise<string | undefined> {
    if (pick.from === 'nowhere') return 'no-cursor';
    const others = ['partners', 'publishedFigures', 'usageEntries'];
    const from =
      pick.from === 'this question'
        ? item
        : { type: 'Query', name: others[pick.place % others.length] as string, args: [] };
    const cursors = await this.of(from, language);
    return cursors[pick.place % cursors.length];
  }

  private of(
    { type, name, args }: Pick<FieldItem, 'type' | 'name' | 'args'>,
    language: LanguageName,
  ): Promise<readonly string[]> {
    const { schema } = this.oracle;
    const given = args.filter((one) => !PAGE.includes(one.name) && one.form !== 'variable without value');
    const field = fieldOf(schema, type, name);
    const list = given.map((one) => {
      const argument = field.args.find((of) => of.name === one.name);
      return `${one.name}: ${literal(one.value, argument as GraphQLField<unknown, unknown>['args'][number])}`;
    });
    const call = (more: string[]): string => `${name}${more.length > 0 ? `(${more.join(', ')})` : ''}`;
    const coerced = getArgumentValues(field, fieldNode(call(list)), {});
    const question = this.oracle.questionOf(objectType(schema, type), name, coerced, language);
    const key = `${type} ${question}`;
    let cursors = this.known.get(key);
    if (!cursors) {
      cursors = this.ask(type, name, call([...list, 'first: 9']), question, language);
      this.known.set(key, cursors);
    }
    return cursors;
  }

  private async ask(
    type: string,
    name: string,
    call: string,
    question: string,
    language: LanguageName,
  ): Promise<readonly string[]> {
    const asked = `${call} { edges { cursor } }`;
    const found = new Set<string>();
    for (const source of this.sources(type, asked)) {
      const { data } = await this.hub.query(source, {}, { language: language as Language });
      const { edges = [] } = (type === 'Query' ? data?.[name] : data?.node?.[name]) ?? {};
      for (const { cursor } of edges) found.add(cursor);
    }
    for (const cursor of found) this.oracle.questionOfCursor.set(cursor, question);
    return [...found];
  }

  /** One operation for the root; for a record, one for each of those with much in them. */
  private sources(type: string, asked: string): string[] {
    if (type === 'Query') return [`{ ${asked} }`];
    // No record is asked for these, but a whole question: test/metrics/records.test.ts turns their pages.
    if (type === 'UsageMetrics' || type === 'UsageMetricsRow') return [];
    const busy = this.samples.busy[type] ?? this.samples.busy.SharedService ?? [];
    return busy.slice(0, 2).map((id) => `{ node(id: "${id}") { ... on ${type} { ${asked} } } }`);
  }
}

function fieldOf(schema: GraphQLSchema, typeName: string, name: string): GraphQLField<unknown, unknown> {
  const type = schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (!field) throw new Error(`There is no field ${typeName}.${name}`);
  return field;
}

/** A type whose fields the oracle knows: an object type of an interface. */
function objectType(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  return isAbstractType(type) ? (schema.getPossibleTypes(type)[0]?.name as string) : typeName;
}

function literal(value: unknown, { type }: GraphQLField<unknown, unknown>['args'][number]): string {
  const node = astFromValue(value, type);
  if (!node) throw new Error(`No literal of ${String(type)}`);
  return print(node.kind === Kind.OBJECT ? { ...node, fields: node.fields as ObjectFieldNode[] } : node);
}

function fieldNode(call: string): FieldNode {
  const [operation] = parse(`{ ${call} }`).definitions as [OperationDefinitionNode];
  return operation.selectionSet.selections[0] as FieldNode;
}
