import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { RECOUNTED } from '../recounted.ts';
import type { Argument, Directive, FieldItem, FragmentItem, Item, Plan } from './plan.ts';
import type { Samples } from './samples.ts';
import { fitting, ofFigure } from './usage-metrics.ts';
import { ArgumentValues, pageArguments } from './values.ts';

/** How deep objects lie in one another; what wraps the nodes of a connection does not count. */
const DEPTH = 4;
const WRAPPERS = new Set(['nodes', 'edges', 'node', 'pageInfo']);
const PAGE = ['first', 'after', 'last', 'before'];

/** What is asked more often than the rest, because more can go wrong in it. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'Query.usageMetrics': 6,
  rows: 2,
  comparison: 3,
  publishedFigure: 3,
  partners: 3,
  partner: 2,
  sharedServices: 3,
  sharedService: 2,
  enrolments: 2,
  usageEntries: 2,
  populations: 2,
  auditTrail: 2,
  orders: 3,
  catalogue: 2,
  frameworkAgreements: 2,
  suppliers: 2,
  nodes: 2,
};

type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

const DIRECTIVES: fc.Arbitrary<readonly Directive[]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('include' as const, 'skip' as const),
        value: fc.boolean(),
        isVariable: fc.boolean(),
      }),
      { minLength: 1, maxLength: 2, selector: ({ name }) => name },
    ),
  },
);

const asItComes = (args: Argument[]): Argument[] => args;

/** Operations of a schema, as plans: any read that is valid, and small. */
export class OperationGenerator {
  private readonly selections = new Map<string, fc.Arbitrary<Item[]>>();
  private readonly values: ArgumentValues;
  /** What becomes of the arguments of a question about usage. */
  private readonly questions: fc.Arbitrary<(args: Argument[]) => Argument[]>;

  constructor(
    private readonly schema: GraphQLSchema,
    samples: Samples,
  ) {
    this.values = new ArgumentValues(samples);
    this.questions = fc.oneof(
      { weight: 20, arbitrary: fc.constant(fitting) },
      { weight: 2, arbitrary: fc.constantFrom(...samples.figures).map((figure) => () => ofFigure(figure)) },
      { weight: 1, arbitrary: fc.constant(asItComes) },
    );
  }

  plans(): fc.Arbitrary<Plan> {
    return fc.record({
      items: this.selection(this.schema.getQueryType() as GraphQLObjectType, DEPTH),
      language: fc.constantFrom('FR', 'NL', 'EN', 'DE'),
      token: fc.boolean(),
      again: fc.oneof(
        { weight: 4, arbitrary: fc.constant('no' as const) },
        { weight: 1, arbitrary: fc.constantFrom('other variables', 'other language and viewer') },
      ),
    });
  }

  private selection(type: FieldsType, depth: number): fc.Arbitrary<Item[]> {
    const key = `${type.name} ${depth}`;
    const known = this.selections.get(key);
    if (known) return known;
    const isRoot = type === this.schema.getQueryType();
    const selection = fc.array(this.item(type, depth), {
      minLength: 1,
      maxLength: isRoot ? 3 : 4,
      size: 'max',
    });
    this.selections.set(key, selection);
    return selection;
  }

  private item(type: FieldsType, depth: number): fc.Arbitrary<Item> {
    const fields = Object.values(type.getFields()).filter(({ name }) => !RECOUNTED[`${type.name}.${name}`]);
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const objects = fields.filter((field) => isCompositeType(getNamedType(field.type)));
    const within = objects.filter(({ name }) => depth > 0 || WRAPPERS.has(name));
    const choices: fc.WeightedArbitrary<Item>[] = [
      { weight: 1, arbitrary: this.field(type, '__typename') },
      { weight: 3 * Math.min(leaves.length, 5), arbitrary: this.oneField(type, leaves, depth) },
      { weight: 3 * Math.min(2 * within.length, 6), arbitrary: this.oneField(type, within, depth) },
    ];
    if (depth > 0)
      choices.push({ weight: isInterfaceType(type) ? 18 : 2, arbitrary: this.fragment(type, depth - 1) });
    return fc.oneof(...choices.filter(({ weight }) => weight > 0));
  }

  private oneField(
    type: FieldsType,
    fields: readonly GraphQLField<unknown, unknown>[],
    depth: number,
  ): fc.Arbitrary<Item> {
    if (fields.length === 0) return this.field(type, '__typename');
    return fc.oneof(
      ...fields.map((field) => {
        const named = getNamedType(field.type);
        const below = WRAPPERS.has(field.name) ? depth : depth - 1;
        const args = this.argumentsOf(type, field);
        const items =
          isObjectType(named) || isInterfaceType(named) ? this.selection(named, below) : undefined;
        return {
          weight: WEIGHTS[`${type.name}.${field.name}`] ?? WEIGHTS[field.name] ?? 1,
          arbitrary: this.field(type, field.name, args, items),
        };
      }),
    );
  }

  private field(
    type: FieldsType,
    name: string,
    args: fc.Arbitrary<Argument[]> = fc.constant([]),
    items: fc.Arbitrary<Item[]> = fc.constant([]),
  ): fc.Arbitrary<FieldItem> {
    return fc.record({
      kind: fc.constant('field' as const),
      type: fc.constant(type.name),
      name: fc.constant(name),
      args,
      items,
      renamed: fc.oneof(
        { weight: 16, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
      directives: DIRECTIVES,
    });
  }

  private fragment(type: FieldsType, depth: number): fc.Arbitrary<FragmentItem> {
    const on = [type, ...this.overlapping(type)];
    return fc.oneof(
      ...on.map((condition) =>
        fc.record({
          kind: fc.constant('fragment' as const),
          on: fc.constant(condition.name),
          form: fc.oneof(
            { weight: 4, arbitrary: fc.constant('inline' as const) },
            { weight: condition === type ? 2 : 0, arbitrary: fc.constant('inline without type' as const) },
            { weight: 4, arbitrary: fc.constant('named' as const) },
            // Twice in one another is four times.
            { weight: 1, arbitrary: fc.constant('named, twice' as const) },
          ),
          items: this.selection(condition, depth),
          directives: DIRECTIVES,
        }),
      ),
    );
  }

  /** Other types that an object of this type can be. */
  private overlapping(type: GraphQLCompositeType): FieldsType[] {
    if (isObjectType(type)) return [...type.getInterfaces()];
    const all = Object.values(this.schema.getTypeMap());
    return all.filter(
      (other): other is FieldsType =>
        (isObjectType(other) && this.schema.isSubType(type as GraphQLInterfaceType, other)) ||
        (isInterfaceType(other) &&
          other !== type &&
          this.schema
            .getPossibleTypes(other)
            .some((object) => this.schema.isSubType(type as GraphQLInterfaceType, object))),
    );
  }

  private argumentsOf(type: FieldsType, field: GraphQLField<unknown, unknown>): fc.Arbitrary<Argument[]> {
    const isPage = field.args.some(({ name }) => name === 'first');
    const own = field.args.filter(({ name }) => !(isPage && PAGE.includes(name)));
    const formOf = (arg: GraphQLArgument): fc.Arbitrary<Argument['form']> =>
      isRequiredArgument(arg)
        ? fc.constantFrom('literal', 'variable')
        : fc.oneof(
            { weight: 12, arbitrary: fc.constantFrom('literal' as const, 'variable' as const) },
            { weight: 1, arbitrary: fc.constant('variable without value' as const) },
          );
    const ownArguments = own.map((arg) => {
      const value = this.values.of(arg.type, `${type.name}.${field.name}.${arg.name}`);
      const isNullable = !String(arg.type).endsWith('!');
      const optional = isNullable ? this.values.maybe(value, 2) : fc.oneof(fc.constant(undefined), value);
      const variableMembers = isInputObjectType(arg.type)
        ? fc.subarray(Object.keys(arg.type.getFields()))
        : fc.constant([]);
      return fc
        .record({ value: isRequiredArgument(arg) ? value : optional, form: formOf(arg), variableMembers })
        .map((chosen) => ({ name: arg.name, ...chosen }));
    });
    const change = field.name === 'usageMetrics' ? this.questions : fc.constant(asItComes);
    const page = isPage ? pageArguments() : fc.constant({});
    const pageForm = fc.constantFrom('literal' as const, 'variable' as const);
    return fc
      .tuple(fc.tuple(...ownArguments), page, pageForm, change)
      .map(([all, pageGiven, form, changed]) => {
        const given: Argument[] = all.filter(({ value }) => value !== undefined);
        return [
          ...changed(given),
          ...Object.entries(pageGiven).map(([name, value]) => ({ name, value, form })),
        ];
      });
  }
}
