import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM, type Viewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import { Partner } from '../partners/partner.entity.ts';
import { isWithheld } from './personal-data.ts';

/** Rows of a page: what is in memory at a time. */
const PAGE = 1000;

const NOTICES: Record<string, string> = {
  SYNTHETIC: 'SYNTHETIC: made up for demonstration. Nothing here says anything about the world.',
  REPORTED: 'Entered or reported by users and their tools. Each record says itself where it comes from.',
};

/** Columns by which people know a record that is referred to by its key. */
const READABLE = ['code', 'nisCode', 'slug'];

/** A table with rows of partners, and what is read of it. */
interface Section {
  table: string;
  /** Columns of a row's key beside its partner, with their types in PostgreSQL. */
  key: readonly { column: string; type: string }[];
  columns: string;
}

/** What a partner takes along: every row of every table that belongs to it. */
export class PartnerRecords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The text of one JSON document, page by page. It is no snapshot: what is recorded while it is read may be in it.
   * @throws NotFoundError where there is no such partner, or the viewer has no role for it
   */
  async of(viewer: Viewer, partner: string): Promise<AsyncIterable<string>> {
    const id = keyOf('partner', partner, 'id');
    const { isAdministrator, reach } = viewer.reads;
    if (!isAdministrator && !reach.partners.includes(id)) throw new NotFoundError('The partner');
    // The partner may have all of its rows, also of tables that are otherwise for others to read.
    const { head, sections } = await this.unitOfWork.run(SYSTEM, async (em) => {
      const own = em.getMetadata().get(Partner) as EntityMetadata;
      const [row] = await em.execute<{ json: string; provenance: string }[]>(
        `select row_to_json(r)::text as json, r.provenance from (select ${columnsOf(own)} from partner t where t.id = ?) r`,
        [id],
      );
      return { head: row, sections: sectionsOf(em) };
    });
    if (!head) throw new NotFoundError('The partner');
    return this.write(id, head, sections);
  }

  private async *write(
    partner: string,
    { json, provenance }: { json: string; provenance: string },
    sections: readonly Section[],
  ): AsyncGenerator<string> {
    const about = {
      document: 'All that this hub holds on one partner: every column of every record, by table.',
      provenance,
      notice: NOTICES[provenance],
      readAt: this.clock().toISOString(),
      withheld: 'Who changed a record stands as [withheld]: it is about somebody else.',
    };
    yield `{"about":${JSON.stringify(about)},\n"partner":${json}`;
    for (const section of sections) {
      yield `,\n${JSON.stringify(section.table)}:[`;
      let separator = '\n';
      for await (const rows of this.pages(partner, section)) {
        yield separator + rows.join(',\n');
        separator = ',\n';
      }
      yield ']';
    }
    yield '}\n';
  }

  private async *pages(partner: string, { table, key, columns }: Section): AsyncGenerator<string[]> {
    const names = key.map(({ column }) => `t."${column}"`).join(', ');
    const values = key.map(({ type }) => `?::${type}`).join(', ');
    const told = key.map(({ column }) => `r."${column}"::text`).join(', ');
    for (let after: readonly string[] = []; ; ) {
      const rows = await this.unitOfWork.run(SYSTEM, (em) =>
        em.execute<{ json: string; key: string[] }[]>(
          `select row_to_json(r)::text as json, array[${told}] as key from (
            select ${columns} from "${table}" t
            where t.partner_id = ?${after.length === 0 ? '' : ` and (${names}) > (${values})`}
            order by ${names} limit ${PAGE}) r`,
          [partner, ...after],
        ),
      );
      if (rows.length > 0) yield rows.map(({ json }) => json);
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.key as string[];
    }
  }
}

/** Every table with a column for the partner, also those that later rooms bring. */
function sectionsOf(em: EntityManager): Section[] {
  const all = [...em.getMetadata().getAll().values()] as EntityMetadata[];
  return all
    .filter(
      ({ tableName, props }) => tableName && props.some(({ fieldNames }) => fieldNames?.[0] === 'partner_id'),
    )
    .map((meta) => {
      const typeOf = (column: string): string =>
        // A serial key is a number that its table counts up.
        (meta.props.find(({ fieldNames }) => fieldNames?.[0] === column)?.columnTypes?.[0] ?? 'text').replace(
          'serial',
          'int',
        );
      const key = meta
        .getPrimaryProps()
        .flatMap(({ fieldNames }) => fieldNames)
        .filter((column) => column !== 'partner_id')
        .map((column) => ({ column, type: typeOf(column) }));
      if (key.length === 0) throw new Error(`${meta.className} has no key beside its partner`);
      return { table: meta.tableName, key, columns: columnsOf(meta) };
    })
    .sort((a, b) => (a.table < b.table ? -1 : 1));
}

/** What is selected of a row: its columns, exact numbers as text, and beside a reference what people call it. */
function columnsOf(meta: EntityMetadata): string {
  const columns = new Map<string, string>();
  for (const property of meta.props as EntityProperty[]) {
    if (!property.fieldNames || isDerived(meta, property)) continue;
    property.fieldNames.forEach((column, at) => {
      const isExact = /^numeric/.test(property.columnTypes?.[at] ?? '');
      const value = `t."${column}"${isExact ? '::text' : ''}`;
      columns.set(
        column,
        isWithheld(meta.tableName, column)
          ? `case when ${value} is null then null else '[withheld]' end`
          : value,
      );
    });
    const { targetMeta: target } = property;
    const readable = READABLE.map(
      (name) => (target?.properties as Record<string, EntityProperty> | undefined)?.[name],
    );
    const [known] = readable.flatMap((one) => one?.fieldNames ?? []);
    if (target && known && property.name !== 'partner' && property.fieldNames.length === 1) {
      columns.set(
        property.name,
        `(select x."${known}" from "${target.tableName}" x where x.id = t."${property.fieldNames[0]}")`,
      );
    }
  }
  return [...columns].map(([name, value]) => `${value} as "${name}"`).join(', ');
}

/** Whether a column follows from others, such as sort keys; an embedded object stands in its parts. */
function isDerived(meta: EntityMetadata, property: EntityProperty): boolean {
  const owner =
    property.embedded && (meta.properties as Record<string, EntityProperty>)[property.embedded[0]];
  return Boolean(property.hidden || owner?.hidden || property.embeddedProps);
}
