import { expect, test } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  type ClassType,
  Field,
  FieldResolver,
  getMetadataStorage,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { ormConfig } from '../../src/database/orm.ts';
import { PUBLIC_RECORDS } from '../../src/database/row-security.ts';
import { entities } from '../../src/entities.ts';
import { buildHubSchema, resolverOf } from '../../src/graphql/schema.ts';
import { Bindings, bind, type Expression, expression, Reader, readThroughSql } from '../../src/read/index.ts';
import { CompetentAuthority, Sector, Territory } from '../../src/reference/reference.entity.ts';

// In one process with the set-up of the run, Jest hands the types of the whole hub on in a global.
getMetadataStorage().clear();

/** A type whose fields are a column and a described field. */
@ObjectType('Sector', { description: 'Lawful.' })
class LawfulType {
  @Field(() => String, { description: 'A column.' })
  code!: string;
}

@Resolver(() => LawfulType)
class LawfulResolver {
  @Query(() => LawfulType, { nullable: true, description: 'One.' })
  sector(): null {
    return null;
  }

  @FieldResolver(() => String, { description: 'Described.' })
  shout(): Expression {
    return expression<Sector>((row) => row.code);
  }
}

/** A type with a field that is no column of its entity and that no resolver describes. */
@ObjectType('Territory', { description: 'Unlawful.' })
class UnexplainedType {
  @Field(() => String, { description: 'A column.' })
  nisCode!: string;

  @Field(() => String, { description: 'Nobody knows.' })
  mayor!: string;
}

@Resolver(() => UnexplainedType)
class UnexplainedResolver {
  @Query(() => UnexplainedType, { nullable: true, description: 'One.' })
  territory(): null {
    return null;
  }
}

/** A type with a resolver that wants the row, which SQL has made into JSON long before. */
@ObjectType('CompetentAuthority', { description: 'Unlawful.' })
class RowByRowType {
  @Field(() => String, { description: 'A column.' })
  code!: string;
}

@Resolver(() => RowByRowType)
class RowByRowResolver {
  @Query(() => RowByRowType, { nullable: true, description: 'One.' })
  authority(): null {
    return null;
  }

  @FieldResolver(() => String, { description: 'Once per row.' })
  shout(@Root() row: RowByRowType): string {
    return row.code.toUpperCase();
  }
}

async function wire(resolver: ClassType): Promise<void> {
  // Only the entities' metadata is used; nothing connects.
  const orm = await MikroORM.init(
    ormConfig({
      url: 'postgresql://nobody@localhost:1/none',
      poolSize: 1,
      as: 'app',
      entities: entities as never,
      migrations: [],
    }),
  );
  readThroughSql(buildHubSchema({ resolvers: [resolver], types: [], instances: new Map() }), {
    bindings: new Bindings(
      [Sector, Territory, CompetentAuthority].map((entity) => bind<object>({ entity, rule: PUBLIC_RECORDS })),
      orm.getMetadata(),
    ),
    reader: new Reader({
      pool: () => Promise.reject(new Error('Nothing is read here')),
      prepared: false,
    }),
    resolverOf,
  });
  await orm.close(true);
}

test('a type of columns and described fields is taken', async () => {
  await expect(wire(LawfulResolver)).resolves.toBeUndefined();
});

test('a field that is neither a column nor described is refused at the start', async () => {
  await expect(wire(UnexplainedResolver)).rejects.toThrow(/^Territory\.mayor is neither/);
});

test('a field whose resolver takes the row is refused at the start', async () => {
  await expect(wire(RowByRowResolver)).rejects.toThrow(/^CompetentAuthority\.shout takes the row/);
});
