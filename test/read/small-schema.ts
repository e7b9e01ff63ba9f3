import type { MikroORM } from '@mikro-orm/postgresql';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { PUBLIC_RECORDS, ROW } from '../../src/database/row-security.ts';
import { Partner, Site } from '../../src/partners/partner.entity.ts';
import {
  Bindings,
  bind,
  type Executor,
  Reader,
  type ReaderOptions,
  readThroughSql,
} from '../../src/read/index.ts';

/** Resolvers by `Type.field`; each receives the field's arguments. */
export type SmallResolvers = Readonly<Record<string, (args: never) => unknown>>;

/**
 * The read path under a schema of a test's own over partners and sites, with a policy that the hub's rooms do not have
 * yet: who is no administrator sees no partner with a headcount of 50 or more.
 */
export function smallExecutor(
  orm: MikroORM,
  sdl: string,
  resolvers: SmallResolvers,
  options: Partial<ReaderOptions> = {},
): Executor {
  const schema = buildSchema(sdl);
  for (const [name, resolve] of Object.entries(resolvers)) {
    const [type, field] = name.split('.') as [string, string];
    const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field];
    (definition as { resolve: unknown }).resolve = (_: unknown, args: never) => resolve(args);
  }
  return readThroughSql(schema, {
    bindings: new Bindings(
      [
        bind({
          entity: Partner,
          idPrefix: 'partner',
          rule: { see: [{ where: `${ROW}.headcount < 50` }] },
        }),
        bind({ entity: Site, idPrefix: 'site', rule: PUBLIC_RECORDS }),
      ],
      orm.getMetadata(),
    ),
    reader: smallReader(orm, options),
    resolverOf: (type, field) => (`${type}.${field}` in resolvers ? 'describing' : 'none'),
  });
}

/** A reader on the ORM's pool that prepares nothing, unless it is told to. */
export function smallReader(orm: MikroORM, options: Partial<ReaderOptions> = {}): Reader {
  return new Reader({ pool: () => orm.em.getConnection().getNativeClient(), prepared: false, ...options });
}
