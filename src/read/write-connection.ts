import { arrayPieces, concat, objectPieces, type Piece } from './json.ts';
import { keysetCondition, keyText } from './keyset.ts';
import { orderClause } from './order.ts';
import type { PlannedField, PlannedObject } from './plan.ts';
import type { ConnectionNode, EdgeNode } from './tree.ts';
import type { Writer } from './write.ts';

/**
 * Writes a Relay connection. Where it has to be known whether more follows, or rows are read from the end, they
 * are numbered and one more than the page is read; otherwise the page is simply the first rows.
 */
export class ConnectionWriter {
  constructor(
    private readonly writer: Writer,
    private readonly node: ConnectionNode,
  ) {}

  pieces(): readonly Piece[] {
    const names = this.node.object.fields.map(({ name }) => name);
    const lists = names.filter((name) => name === 'nodes' || name === 'edges');
    if (names.includes('pageInfo') || lists.length > 1 || (this.node.backward && lists.length > 0)) {
      return this.numbered();
    }
    return this.object((element) => `(select string_agg(${element}, ',') from ${this.rows(this.node.size)})`);
  }

  /** The first rows and no more: each member reads for itself, and only one of them reads rows. */
  private rows(limit: string): string {
    const { alias, from, condition, keys, boundary, backward } = this.node;
    const past = boundary ? ` and ${keysetCondition(keys, boundary, backward)}` : '';
    const order = orderClause(keys, backward);
    return `(select "${alias}".* from ${from} as "${alias}" where ${condition}${past}${order} limit ${limit}) as "${alias}"`;
  }

  private numbered(): readonly Piece[] {
    const { alias, size, backward } = this.node;
    const inOrder = ` order by "${alias}"."#"${backward ? ' desc' : ''}`;
    const inPage = ` filter (where "${alias}"."#" <= ${size})`;
    const json = concat(this.object((element) => `string_agg(${element}, ','${inOrder})${inPage}`));
    const rows = `select "${alias}".*, row_number() over () as "#", count(*) over () as "##" from ${this.rows(`${size} + 1`)}`;
    // `having` makes one row of it also where nothing that was asked for is an aggregate.
    return [{ sql: `(select ${json} from (${rows}) as "${alias}" having true)` }];
  }

  private object(list: (element: string) => string): Piece[] {
    const { node } = this;
    const members = this.writer.marks(node.object.type);
    node.object.fields.forEach((planned, index) => {
      members.push({ key: planned.key, value: this.member(planned, node.children[index], list) });
    });
    return objectPieces(members);
  }

  private member(
    planned: PlannedField,
    child: ConnectionNode['children'][number],
    list: (element: string) => string,
  ): readonly Piece[] {
    if (planned.name === 'totalCount') {
      const { from, alias, condition } = this.node;
      return [{ sql: `(select count(*) from ${from} as "${alias}" where ${condition})::text` }];
    }
    if (!child) return [{ json: JSON.stringify(this.node.object.type.name) }];
    if (child.kind === 'pageInfo') return this.pageInfo(child.object);
    return arrayPieces(list(child.kind === 'edge' ? this.edge(child) : this.writer.text(child)));
  }

  private edge({ object, children }: EdgeNode): string {
    const members = this.writer.marks(object.type);
    object.fields.forEach(({ key, name }, index) => {
      const child = children[index];
      if (child) members.push({ key, value: this.writer.pieces(child) });
      else if (name === 'cursor')
        members.push({ key, value: [{ json: '"' }, { sql: this.cursor() }, { json: '"' }] });
      else members.push({ key, value: [{ json: JSON.stringify(object.type.name) }] });
    });
    return concat(objectPieces(members));
  }

  private pageInfo(info: PlannedObject): readonly Piece[] {
    const { alias, size, backward, boundary } = this.node;
    const number = `"${alias}"."#"`;
    const more = `(count(*) > ${size})::text`;
    // Past a boundary there was at least the row that the cursor was made of.
    const before = { json: boundary ? 'true' : 'false' };
    const first = '1';
    const last = `least("${alias}"."##", ${size})`;
    // The filter is looked at first, so that one cursor is made and not one for each row.
    const cursorAt = (position: string): Piece => ({
      sql: `coalesce('"' || max(${this.cursor()}) filter (where ${number} = ${position}) || '"', 'null')`,
    });
    const members = this.writer.marks(info.type);
    for (const { key, name } of info.fields) {
      switch (name) {
        case '__typename':
          members.push({ key, value: [{ json: JSON.stringify(info.type.name) }] });
          break;
        case 'hasNextPage':
          members.push({ key, value: [backward ? before : { sql: more }] });
          break;
        case 'hasPreviousPage':
          members.push({ key, value: [backward ? { sql: more } : before] });
          break;
        case 'startCursor':
          members.push({ key, value: [cursorAt(backward ? last : first)] });
          break;
        case 'endCursor':
          members.push({ key, value: [cursorAt(backward ? first : last)] });
          break;
      }
    }
    return objectPieces(members);
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
