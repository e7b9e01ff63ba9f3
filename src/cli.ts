import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  composeSchema,
  type DegreeDaysImport,
  importDegreeDays,
  importOcds,
  importReadings,
  openHubOrm,
  type ReadingsImport,
  rebuildUsageRollups,
  releasesOf,
  retentionOf,
  verifyUsageRollups,
} from './app.ts';
import { readConfig } from './config.ts';
import type { UnitOfWork } from './database/unit-of-work.ts';
import { StartupError, UserError } from './errors.ts';
import { printedSchema } from './graphql/schema.ts';
import { orExit } from './process.ts';
import { openDatabase, prepareDatabase } from './start.ts';

const USAGE = `npm run hub -- COMMAND
  migrate            apply pending migrations, reference data and, in demonstration mode, the demonstration data
  migration NAME     write a migration from what changed in the entities since the last one
  verify-rollups     compare the rollups of usage with a recount of the entries, and say every difference
  rebuild-rollups    count the rollups of usage from the entries anew; reports wait meanwhile
  release            release the cells of figures of months that are over; a running hub does it once a day
  retention          erase what has been kept for long enough, and say what; a running hub does it once a day
  import ocds FILE [--service SLUG] [--framework OCID …]
                     import releases of the Open Contracting Data Standard, and say of each what became of it;
                     exit code 2 where some were refused
  import readings FILE --mapping MAPPING [--service SLUG] [--dry-run]
                     import meter readings from a CSV file, as a mapping of its columns says; exit code 2 where some
                     were refused
  import degree-days FILE --station CODE --base DEGREES --day COLUMN --value COLUMN
                     import heating degree days from a CSV file
  migrations check   fail when the entities have changed without a migration
  schema print       write schema/schema.graphql
  schema check       fail when schema/schema.graphql is not what the code says`;

const SCHEMA_FILE = 'schema/schema.graphql';

/** The printed schema; it needs no database. */
function schemaText(): string {
  return printedSchema(composeSchema(undefined as unknown as UnitOfWork, 'demonstration', () => new Date()));
}

/** Exit code of an import that refused releases, and took the others. */
const SOME_REFUSED = 2;

/** @throws StartupError where the arguments of `import ocds` are not those that it takes */
function ocdsArguments(rest: string[]): { file: string; service: string | undefined; frameworks: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { service: { type: 'string' }, framework: { type: 'string', multiple: true } },
    });
    const [file, ...more] = positionals;
    if (!file || more.length > 0) throw new TypeError('Give one file.');
    return { file, service: values.service, frameworks: values.framework ?? [] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartupError(`${error.message} import ocds FILE [--service SLUG] [--framework OCID …]`);
  }
}

/** @throws StartupError where the arguments of `import readings` are not those that it takes */
function readingsArguments(rest: string[]): ReadingsImport {
  return parsed('import readings FILE --mapping MAPPING [--service SLUG] [--dry-run]', () => {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        mapping: { type: 'string' },
        service: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    });
    const [file, ...more] = positionals;
    if (!file || more.length > 0) throw new TypeError('Give one file.');
    if (!values.mapping) throw new TypeError('Give a mapping.');
    return { file, mapping: values.mapping, service: values.service, isDryRun: values['dry-run'] };
  });
}

/** @throws StartupError where the arguments of `import degree-days` are not those that it takes */
function degreeDaysArguments(rest: string[]): DegreeDaysImport {
  const usage = 'import degree-days FILE --station CODE --base DEGREES --day COLUMN --value COLUMN';
  return parsed(usage, () => {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { station: text, base: text, day: text, value: text },
    });
    const { station, base, day, value } = values;
    const [file, ...more] = positionals;
    if (!file || more.length > 0) throw new TypeError('Give one file.');
    if (!station || !base || !day || !value) throw new TypeError('Give all four options.');
    return { file, station, base, day, value };
  });
}

function parsed<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartupError(`${error.message} ${usage}`);
  }
}

/** What the user can mend, as the one line of a command that cannot go on. */
async function orRefuse<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof UserError ? new StartupError(error.message) : error;
  }
}

type Orm = Awaited<ReturnType<typeof openHubOrm>>;

/** @throws StartupError where the tables are not those of this version */
async function mustBeUpToDate(orm: Orm): Promise<void> {
  if ((await orm.migrator.getPending()).length > 0) {
    throw new StartupError('This database is not up to date: run "npm run hub -- migrate" first.');
  }
}

async function withOrm(work: (orm: Orm) => Promise<void>): Promise<void> {
  const config = readConfig();
  const database = await openDatabase(config);
  try {
    const orm = await openHubOrm(database.url, database.poolSize, 'owner');
    await work(orm).finally(() => orm.close(true));
  } finally {
    await database.stop();
  }
}

const commands: Record<string, (argument: string | undefined, rest: string[]) => Promise<void>> = {
  migrate: () => withOrm((orm) => prepareDatabase(orm, readConfig().mode, console.log)),
  migration: async (name) => {
    if (!name || !/^[a-z0-9_]+$/.test(name))
      throw new StartupError('Give the migration a name of a-z, 0-9 and _.');
    await withOrm(async (orm) => {
      const { fileName, diff } = await orm.migrator.create(undefined, false, false, name);
      console.log(
        diff.up.length ? `Wrote migrations/${fileName}: list it in migrations/index.ts.` : 'Nothing changed.',
      );
    });
  },
  'migrations check': () =>
    withOrm(async (orm) => {
      if (await orm.migrator.checkSchema()) {
        throw new StartupError(
          'The entities have changed: run "npm run hub -- migration NAME" and commit what it writes.',
        );
      }
    }),
  'verify-rollups': () =>
    withOrm(async (orm) => {
      await mustBeUpToDate(orm);
      console.log('Recounting the entries …');
      const { differences, rows } = await verifyUsageRollups(orm);
      for (const { rollup, key, held, counted } of differences) {
        console.log(
          `${rollup} ${JSON.stringify(key)}: holds ${JSON.stringify(held)}, the entries say ${JSON.stringify(counted)}`,
        );
      }
      if (differences.length > 0) {
        throw new StartupError(
          `The rollups differ from the entries in ${differences.length} rows or more: run "npm run hub -- rebuild-rollups", and report how it came to that.`,
        );
      }
      console.log(`The rollups are what the entries say: ${rows} rows.`);
    }),
  'rebuild-rollups': () =>
    withOrm(async (orm) => {
      await mustBeUpToDate(orm);
      console.log('Counting the rollups anew; reports wait meanwhile …');
      await rebuildUsageRollups(orm);
      console.log('Done.');
    }),
  release: () =>
    withOrm(async (orm) => {
      await mustBeUpToDate(orm);
      const { mode, release } = readConfig();
      if (mode === 'demonstration') {
        throw new StartupError(
          'A demonstration shows its synthetic records to everybody and releases no cells.',
        );
      }
      const months = await releasesOf(orm, release).run(console.log);
      if (months === 0) console.log('Nothing is due.');
    }),
  retention: () =>
    withOrm(async (orm) => {
      await mustBeUpToDate(orm);
      await retentionOf(orm, readConfig().retentionYears).run(console.log);
    }),
  'import ocds': async (_, rest) => {
    const of = ocdsArguments(rest);
    await withOrm(async (orm) => {
      await mustBeUpToDate(orm);
      const { imported, unchanged, refused } = await orRefuse(
        importOcds(orm, of, { each: console.log, progress: console.error }),
      );
      const total = imported + unchanged + refused;
      console.log(`${total} releases: ${imported} imported, ${unchanged} unchanged, ${refused} refused.`);
      if (refused > 0) process.exitCode = SOME_REFUSED;
    });
  },
  'import readings': async (_, rest) => {
    const of = readingsArguments(rest);
    await withOrm(async (orm) => {
      await mustBeUpToDate(orm);
      const done = await orRefuse(importReadings(orm, of, { each: console.log, progress: console.error }));
      const { rows, accepted, replaced, duplicate, refused, findings } = done;
      console.log(
        `${rows} rows: ${accepted + replaced} readings ${of.isDryRun ? 'would be stored' : 'stored'}, ${replaced} in the place of others, ${duplicate} there already, ${refused} refused; ${findings} odd.`,
      );
      if (refused > 0) process.exitCode = SOME_REFUSED;
    });
  },
  'import degree-days': async (_, rest) => {
    const of = degreeDaysArguments(rest);
    await withOrm(async (orm) => {
      await mustBeUpToDate(orm);
      const days = await orRefuse(importDegreeDays(orm, of, { each: console.log, progress: console.error }));
      console.log(`${days} days of ${of.station} stored.`);
    });
  },
  'schema print': async () => writeFile(SCHEMA_FILE, schemaText()),
  'schema check': async () => {
    if ((await readFile(SCHEMA_FILE, 'utf8').catch(() => '')) !== schemaText()) {
      throw new StartupError(
        `${SCHEMA_FILE} is not what the code says: run "npm run hub -- schema print" and commit it.`,
      );
    }
  },
};

await orExit(async () => {
  const [first = '', second, ...rest] = process.argv.slice(2);
  const command =
    commands[`${first} ${second}`] ??
    (second === undefined || first === 'migration' ? commands[first] : undefined);
  if (!command) throw new StartupError(USAGE);
  await command(second, rest);
});
