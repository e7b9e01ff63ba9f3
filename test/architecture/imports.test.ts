import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { LAW, violations } from './import-law.ts';
import { cycles, membersUsed, type SourceFile, sourceFile, sourceFiles, visit } from './imports.ts';

const files = sourceFiles();
const paths = (of: readonly SourceFile[]): string[] => of.map((file) => file.path);
const using = (member: string): string[] => paths(files.filter((file) => membersUsed(file).has(member)));

/** Files that speak SQL or the ORM in order to write: the services, and what prepares the database. */
const WRITES =
  /^src\/(database\/[a-z-]+|access\/(as-hub|idempotency)|start|reference\/install-reference)\.ts$|\.service\.ts$|^seeds\//;

/** SQL as text, and the function that sends it; a resolver names what a `*.read.ts` describes instead. */
const SQL_NAMES = ['sql', 'raw', 'literal', 'join', 'and', 'Sql', 'Reader', 'Bindings', 'bind'];

describe('the import law', () => {
  test('every file imports only what its room may', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(violations(files)).toEqual([]);
  });

  test('every rule is some file’s rule', () => {
    const rules = new Set(files.map((file) => LAW.find((rule) => rule.files.test(file.path))));
    expect(LAW.filter((rule) => !rules.has(rule)).map((rule) => String(rule.files))).toEqual([]);
  });

  test.each([
    ['src/partners/fake.entity.ts', `import { Field } from 'type-graphql';`],
    ['src/partners/fake.entity.ts', `import { PartnerService } from './partner.service.ts';`],
    ['src/partners/fake.type.ts', `import { p } from '@mikro-orm/core';`],
    ['src/partners/fake.inputs.ts', `import type { EntityManager } from '@mikro-orm/postgresql';`],
    ['src/partners/fake.resolver.ts', `import type { EntityManager } from '@mikro-orm/postgresql';`],
    ['src/partners/fake.resolver.ts', `import { Territory } from '../reference/reference.entity.ts';`],
    ['src/partners/fake.read.ts', `import { PartnerService } from './partner.service.ts';`],
    ['src/partners/fake.read.ts', `import { Field } from 'type-graphql';`],
    ['src/partners/fake.service.ts', `import { ObjectType } from 'type-graphql';`],
    ['src/partners/fake.service.ts', `import { ApolloServer } from '@apollo/server';`],
    ['src/partners/fake.service.ts', `import { CreatePartnerInput } from './partner.inputs.ts';`],
    ['src/partners/fake-rule.ts', `import { enrolmentPolicy } from '../services/service.policy.ts';`],
    ['src/services/energy/fake.service.ts', `export { x } from '../../partners/partner.service.ts';`],
    ['src/graphql/fake.ts', `import { PartnerType } from '../partners/index.ts';`],
    ['src/database/fake.ts', `import type { Viewer } from '../access/viewer.ts';`],
    ['src/live/fake.ts', `import type { MetricKey } from '../metrics/index.ts';`],
    ['src/read/fake.ts', `const late = await import('../graphql/pages.ts');`],
    ['src/http/fake.ts', `type Late = import('../app.ts').Hub;`],
    ['seeds/fake.seeder.ts', `import { PartnerResolver } from '../src/partners/partner.resolver.ts';`],
    [
      'migrations/Migration20990101000000_fake.ts',
      `import { Provenance } from '../src/database/properties.ts';`,
    ],
    ['src/fake.ts', ``],
    ['src/newroom/index.ts', ``],
  ])('%s may not: %s', (path, text) => {
    expect(violations([sourceFile(path, text)])).toHaveLength(1);
  });
});

describe('cycles', () => {
  test('no file needs itself to load', () => {
    const edges = files.map(({ path, imports }): [string, string[]] => [
      path,
      imports.filter((of) => !of.typeOnly).map((of) => of.target),
    ]);
    expect(cycles(new Map(edges))).toEqual([]);
  });

  test('no two rooms stand behind each other’s door, not even with a type', () => {
    const room = (path: string): string => path.slice(0, path.lastIndexOf('/'));
    const edges = new Map<string, string[]>();
    for (const { path, imports } of files.filter((file) => /^src\/.+\//.test(file.path))) {
      const doors = imports.map((of) => of.target).filter((target) => target.endsWith('/index.ts'));
      const others = doors.map(room).filter((other) => other !== room(path));
      edges.set(room(path), [...(edges.get(room(path)) ?? []), ...others]);
    }
    expect(edges.get('src/metrics')).toContain('src/partners');
    expect(cycles(edges)).toEqual([]);
  });

  test('a cycle is found', () => {
    const edges = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(cycles(edges)).toEqual(['b → c → b']);
  });
});

describe('who touches what', () => {
  test('the pool of connections is handed to the reader, and nobody else asks for it', () => {
    expect(using('getNativeClient')).toEqual(['src/app.ts']);
    expect(using('getConnection')).toEqual(['src/app.ts', 'src/database/orm.ts']);
    // In src/http/ it is a GraphQL query.
    expect(using('query').filter((path) => !path.startsWith('src/http/'))).toEqual([
      'src/database/cancel.ts',
      'src/database/notices.ts',
      'src/read/reader.ts',
    ]);
    expect([
      ...using('getKysely'),
      ...using('getKnex'),
      ...using('createQueryBuilder'),
      ...using('qb'),
    ]).toEqual([]);
  });

  test('statements of the ORM are sent by services and by what prepares the database', () => {
    // There it is a GraphQL operation that is executed, and the law lets neither see the ORM.
    const graphql = /^src\/(http\/|read\/executor\.ts)/;
    expect(using('execute').filter((path) => !WRITES.test(path) && !graphql.test(path))).toEqual([]);
    const withManager = files.filter((file) => file.imports.some((of) => of.names.includes('EntityManager')));
    expect(paths(withManager).length).toBeGreaterThan(4);
    expect(paths(withManager).filter((path) => !WRITES.test(path))).toEqual([]);
  });

  test('what the unit of work does not see is written by those who say so to the trail', () => {
    const unseen = ['insert', 'insertMany', 'upsert', 'upsertMany', 'nativeUpdate', 'nativeDelete'].flatMap(
      using,
    );
    const saying = paths(files.filter((file) => file.imports.some((of) => of.names.includes('noteChange'))));
    // What prepares the database is no mutation, and the trail does not speak of itself.
    const exempt = /^(seeds\/|src\/(reference\/install-reference|trail\/trail\.service)\.ts$)/;
    expect(saying).toContain('src/metrics/usage-record.service.ts');
    expect(unseen.filter((path) => !exempt.test(path) && !saying.includes(path))).toEqual([]);
  });

  test('only the reader and what listens know the driver, and only its worker the embedded database', () => {
    const importing = (pattern: RegExp): string[] =>
      paths(files.filter((file) => file.imports.some((of) => pattern.test(of.target))));
    expect(importing(/^pg$/)).toEqual([
      'src/database/cancel.ts',
      'src/database/notices.ts',
      'src/read/prepared.ts',
      'src/read/reader.ts',
    ]);
    expect(importing(/^@electric-sql\//)).toEqual(['src/database/embedded-worker.ts']);
  });

  test('resolvers write no SQL', () => {
    const resolvers = files.filter((file) => file.path.endsWith('.resolver.ts'));
    expect(resolvers.length).toBeGreaterThan(7);
    const found = resolvers.filter((file) =>
      file.imports.some((of) => of.names.some((name) => SQL_NAMES.includes(name))),
    );
    expect(paths(found)).toEqual([]);
  });

  test('only the configuration reads the environment', () => {
    const readers = files.filter((file) => {
      let reads = false;
      visit(file.syntax, (node) => {
        if (ts.isPropertyAccessExpression(node) && /^(globalThis\.)?process\??\.env$/.test(node.getText())) {
          reads = true;
        }
      });
      return reads || file.imports.some((of) => /^(node:)?process$/.test(of.target));
    });
    expect(paths(readers)).toEqual(['src/config.ts']);
  });
});
