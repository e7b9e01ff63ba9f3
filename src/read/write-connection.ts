import { arrayJson, concat, objectJson, type Piece } from './json.ts';
import { keysetCondition, keyText } from './keyset.ts';
import { orderClause } from './order.ts';
import type { PlannedField, PlannedObject } from './plan.ts';
import type { ConnectionNode, EdgeNode } from './tree.ts';
import type { Writer } from './write.ts';

/** What the pages of one connection are written with. */
interface PageText {
  /** Place of a row on the page, from 1 in the sequence in which the rows are read. */
  number: string;
  /** Appended to an aggregate: the sequence of the answer, and the rows that belong to the page. */
  inOrder: string;
  inPage: string;
}

/**
 * Writes a Relay connection. Where it has to be known whether more follows, or rows are read from the end, they
 * are numbered and one more than the page is read; otherwise the page is simply the first rows.
 */
export class ConnectionWriter {
  constructor(
    private readonly writer: Writer,
    private readonly node: ConnectionNode,
  ) {}

  json(): string {
    const { node } = this;
    const { alias, from, condition, object } = node;
    const names = new Set(object.fields.map(({ name }) => name));
    const isNumbered = node.backward || names.has('pageInfo');
    const page: PageText = isNumbered
      ? {
          number: `"${alias}"."#"`,
          inOrder: ` order by "${alias}"."#"${node.backward ? ' desc' : ''}`,
          inPage: ` filter (where "${alias}"."#" <= ${node.size})`,
        }
      : { number: '', inOrder: '', inPage: '' };
    const members = this.writer.marks(object.type);
    object.fields.forEach((planned, index) => {
      const value = this.member(planned, node.children[index], page);
      if (value) members.push({ key: planned.key, value });
    });
    const json = objectJson(members);
    if (!names.has('nodes') && !names.has('edges') && !names.has('pageInfo')) return `(select ${json})`;

    const boundary = node.boundary ? ` and ${keysetCondition(node.keys, node.boundary, node.backward)}` : '';
    const order = orderClause(node.keys, node.backward);
    const limit = isNumbered ? `${node.size} + 1` : node.size;
    const rows = `select "${alias}".* from ${from} as "${alias}" where ${condition}${boundary}${order} limit ${limit}`;
    const numbered = isNumbered
      ? `select "${alias}".*, row_number() over () as "#" from (${rows}) as "${alias}"`
      : rows;
    // `having` makes one row of it also where nothing that was asked for is an aggregate.
    return `(select ${json} from (${numbered}) as "${alias}" having true)`;
  }

  private member(
    planned: PlannedField,
    child: ConnectionNode['children'][number],
    page: PageText,
  ): Piece | undefined {
    const { node } = this;
    if (planned.name === '__typename') return { json: JSON.stringify(node.object.type.name) };
    if (planned.name === 'totalCount') {
      const { from, alias, condition } = node;
      return { sql: `(select count(*) from ${from} as "${alias}" where ${condition})::text` };
    }
    if (!child) return undefined;
    if (child.kind === 'pageInfo') return { sql: this.pageInfo(child.object, page) };
    const element = child.kind === 'edge' ? this.edge(child) : this.writer.node(child);
    return { sql: arrayJson(element, page.inOrder, page.inPage) };
  }

  private edge({ object, children }: EdgeNode): string {
    const members = this.writer.marks(object.type);
    object.fields.forEach(({ key, name }, index) => {
      const child = children[index];
      if (child) members.push({ key, value: { sql: this.writer.node(child) } });
      else if (name === 'cursor') members.push({ key, value: { sql: `'"' || ${this.cursor()} || '"'` } });
      else members.push({ key, value: { json: JSON.stringify(object.type.name) } });
    });
    return objectJson(members);
  }

  private pageInfo(info: PlannedObject, { number }: PageText): string {
    const { size, backward, boundary } = this.node;
    const more = `(count(*) > ${size})::text`;
    // Past a boundary there was at least the row that the cursor was made of.
    const before = { json: boundary ? 'true' : 'false' };
    const first = `min(${number})`;
    const last = `least(max(${number}), ${size})`;
    const cursorAt = (position: string): Piece => ({
      sql: `coalesce('"' || (array_agg(${this.cursor()} order by ${number}))[${position}] || '"', 'null')`,
    });
    const members = this.writer.marks(info.type);
    for (const { key, name } of info.fields) {
      switch (name) {
        case '__typename':
          members.push({ key, value: { json: JSON.stringify(info.type.name) } });
          break;
        case 'hasNextPage':
          members.push({ key, value: backward ? before : { sql: more } });
          break;
        case 'hasPreviousPage':
          members.push({ key, value: backward ? { sql: more } : before });
          break;
        case 'startCursor':
          members.push({ key, value: cursorAt(backward ? last : first) });
          break;
        case 'endCursor':
          members.push({ key, value: cursorAt(backward ? first : last) });
          break;
      }
    }
    return objectJson(members);
  }

  /** `<question>.<base64url of the JSON array of the keys>` */
  private cursor(): string {
    const keys = this.node.keys.flatMap((key, index): Piece[] => [
      { json: index === 0 ? '[' : ',' },
      { sql: `to_json(${keyText(key)})::text` },
    ]);
    const array = concat([...keys, { json: ']' }]);
    return `${this.node.question} || '.' || translate(encode(convert_to(${array}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
  }
}
