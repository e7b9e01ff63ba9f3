import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  print,
} from 'graphql';
import type { Operation } from '../agreement.ts';
import { type Argument, type Directive, type FieldItem, type Item, isField, type Plan } from './plan.ts';

/** The operation of a plan as a client sends it; and once more with something else beside the same text. */
export function write(schema: GraphQLSchema, plan: Plan): Operation[] {
  const writer = new Writer(schema);
  const { language, token, again } = plan;
  const operation = { source: writer.operation(plan), variables: writer.values, language, token };
  if (again === 'no') return [operation];
  if (again === 'other variables') return [operation, { ...operation, variables: writer.otherValues() }];
  return [operation, { ...operation, language: language === 'NL' ? 'EN' : 'NL', token: !token }];
}

class Writer {
  readonly values: Record<string, unknown> = {};
  private readonly declared: string[] = [];
  private readonly fragments = new Map<string, string>();
  /** What stands behind each response key: one key never means two things, wherever it stands. */
  private readonly meanings = new Map<string, string[]>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Other values of the same variables: what is selected changes, and what need not be given is not. */
  otherValues(): Record<string, unknown> {
    const others = Object.entries(this.values).map(([name, value]): [string, unknown] => {
      if (typeof value === 'boolean') return [name, !value];
      if (typeof value === 'number') return [name, (value % 4) + 1];
      return [
        name,
        this.declared.some((one) => one.startsWith(`$${name}:`) && one.endsWith('!')) ? value : null,
      ];
    });
    return Object.fromEntries(others);
  }

  operation({ items }: Plan): string {
    const body = this.selection(items);
    const variables = this.declared.length > 0 ? `(${this.declared.join(', ')}) ` : '';
    const fragments = [...this.fragments].map(([text, name]) => `\nfragment ${name} ${text}`);
    return `query ${variables}${body}${fragments.join('')}`;
  }

  private selection(items: readonly Item[], indent = '  '): string {
    const lines = items.flatMap((item) => this.item(item, indent));
    return `{\n${lines.map((line) => `${indent}${line}\n`).join('')}${indent.slice(2)}}`;
  }

  private item(item: Item, indent: string): string[] {
    const directives = item.directives.map((one) => this.directive(one)).join('');
    if (isField(item)) return [`${this.field(item)}${directives}${this.below(item, indent)}`];
    if (item.form === 'inline without type')
      return [`...${directives} ${this.selection(item.items, `${indent}  `)}`];
    if (item.form === 'inline')
      return [`... on ${item.on}${directives} ${this.selection(item.items, `${indent}  `)}`];
    const text = `on ${item.on} ${this.selection(item.items)}`;
    const name = this.fragments.get(text) ?? `F${this.fragments.size + 1}`;
    this.fragments.set(text, name);
    const spread = `...${name}${directives}`;
    return item.form === 'named' ? [spread] : [spread, spread];
  }

  private below(item: FieldItem, indent: string): string {
    return item.items.length > 0 ? ` ${this.selection(item.items, `${indent}  `)}` : '';
  }

  private directive({ name, value, isVariable }: Directive): string {
    return ` @${name}(if: ${isVariable ? this.variable('Boolean!', value) : value})`;
  }

  /** A field with its arguments, under an alias where its name already means something else. */
  private field(item: FieldItem): string {
    if (item.name === '__typename') return item.renamed ? 'kindOfObject: __typename' : '__typename';
    const field = this.fieldOf(item);
    const args = item.args.map((argument) => {
      const of = field.args.find(({ name }) => name === argument.name) as GraphQLArgument;
      return `${argument.name}: ${this.argument(argument, of)}`;
    });
    const call = args.length > 0 ? `(${args.join(', ')})` : '';
    const meanings = this.meanings.get(item.name) ?? [];
    const meaning = `${call} ${String(field.type)}`;
    if (!meanings.includes(meaning)) meanings.push(meaning);
    this.meanings.set(item.name, meanings);
    const number = meanings.indexOf(meaning);
    const key = `${item.name}${number > 0 ? `_${number + 1}` : ''}${item.renamed ? '_again' : ''}`;
    return `${key === item.name ? '' : `${key}: `}${item.name}${call}`;
  }

  private fieldOf({ type: typeName, name }: FieldItem): GraphQLField<unknown, unknown> {
    const type = this.schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (!field) throw new Error(`There is no field ${typeName}.${name}`);
    return field;
  }

  private argument({ value, form, variableMembers = [] }: Argument, { type, name }: GraphQLArgument): string {
    if (form === 'variable without value') {
      const nullable = String(getNullableType(type));
      return this.variable(nullable);
    }
    if (form === 'variable') return this.variable(String(type), value);
    const bare = getNullableType(type);
    if (!isInputObjectType(bare) || value === null) return this.literal(value, type, name);
    const members = Object.entries(value as object).map(([member, given]) => {
      const ofMember = bare.getFields()[member]?.type as GraphQLInputType;
      return variableMembers.includes(member)
        ? `${member}: ${this.variable(String(ofMember), given)}`
        : `${member}: ${this.literal(given, ofMember, member)}`;
    });
    return `{ ${members.join(', ')} }`;
  }

  private literal(value: unknown, type: GraphQLInputType, name: string): string {
    const node = astFromValue(value, type);
    if (!node) throw new Error(`${JSON.stringify(value)} is no ${String(type)} for ${name}`);
    return print(node);
  }

  /** A new variable, or the one with the same type and value. */
  private variable(type: string, value?: unknown): string {
    const text = JSON.stringify(value);
    const known = Object.keys(this.values).find(
      (name) => JSON.stringify(this.values[name]) === text && this.declared.includes(`$${name}: ${type}`),
    );
    if (known && value !== undefined) return `$${known}`;
    const name = `v${this.declared.length + 1}`;
    this.declared.push(`$${name}: ${type}`);
    if (value !== undefined) this.values[name] = value;
    return `$${name}`;
  }
}
