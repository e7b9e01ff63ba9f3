import type { Import, SourceFile } from './imports.ts';

/**
 * What each room may import: ARCHITECTURE.md's table, file kind by file kind; the first rule that fits a file
 * is its rule, and what it does not allow is forbidden. Imports of types count like any other, because a type
 * binds two rooms together too; where a rule lets a type through that it forbids otherwise, it says why.
 */
interface Rule {
  files: RegExp;
  may: readonly (RegExp | ((of: Import) => boolean))[];
}

const typeOf =
  (target: RegExp) =>
  (of: Import): boolean =>
    of.typeOnly && target.test(of.target);

/** The folder below `src/`; the room of one kind of service is a part of `services`. */
const roomOf = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? '';
const ownRoom = (of: Import): boolean => roomOf(of.target) === roomOf(of.file);
const own =
  (target: RegExp) =>
  (of: Import): boolean =>
    ownRoom(of) && target.test(of.target);

const NODE = /^node:/;
const ORM_CORE = /^@mikro-orm\/core$/;
const ORM = /^@mikro-orm\/(core|postgresql)$/;
const ERRORS = /^src\/errors\.ts$/;
const IDS = /^src\/ids\.ts$/;
const CLOCK = /^src\/clock\.ts$/;
const DATABASE = /^src\/database\//;
const ACCESS = /^src\/access\//;
const READ = /^src\/read\/index\.ts$/;
/** Changes on their way to who waits for them. */
const LIVE = /^src\/live\/index\.ts$/;
const GRAPHQL = /^src\/graphql\//;
/** The bounded cache. */
const LRU = /^lru-cache$/;
const TYPE_GRAPHQL = /^type-graphql$/;
const ENTITY = /\.entity\.ts$/;
const DOOR =
  /^src\/(reference|partners|federations|services|metrics|trail|limits|identity)(\/[a-z-]+)?\/index\.ts$/;
/** What a metric is: enums, an interface, and what follows from them. The room of each service declares its metrics with them. */
const METRIC = /^src\/metrics\/metric-definition\.ts$/;

export const LAW: readonly Rule[] = [
  // Migrations stay as they were written when everything else has changed.
  { files: /^migrations\/index\.ts$/, may: [/^migrations\/Migration/] },
  { files: /^migrations\//, may: [/^@mikro-orm\/migrations$/] },
  // Demonstration rows refer to the code lists by their keys.
  {
    files: /^seeds\//,
    may: [
      ORM,
      /^seeds\//,
      DATABASE,
      ENTITY,
      METRIC,
      /\.service\.ts$/,
      // Orders are made at amounts and times that the room itself works out.
      /^src\/services\/purchasing\/(amounts|working-time)\.ts$/,
      // Savings are what the room's own rules make of the demonstration's meters.
      /^src\/services\/energy\/analysis\/(equivalences|figures|months|regression|savings)\.ts$/,
      // A year of invoices is what the room's own rules make of the demonstration's placements.
      /^src\/services\/employer-group\/billing\/(allocate|draft|sharing)\.ts$/,
      /^src\/reference\/(install-reference|territories)\.ts$/,
    ],
  },

  // The ground, downwards: graphql → read → access → database → errors.
  { files: /^src\/(errors|clock)\.ts$/, may: [] },
  // The text of limits by role is read where the roles are known; what holds unless a hub says otherwise, where it is used.
  {
    files: /^src\/config\.ts$/,
    may: [ERRORS, /^zod$/, /^src\/limits\/rates\.ts$/, /^src\/metrics\/disclosure\/disclosure-rule\.ts$/],
  },
  { files: /^src\/ids\.ts$/, may: [ERRORS] },
  {
    files: /^src\/database\//,
    may: [NODE, ERRORS, ownRoom, /^@mikro-orm\//, /^@electric-sql\/pglite/, /^uuid$/, /^pg$/],
  },
  // The clock tells whether a credential has ended. Signatures of people's tokens are the library's to check, and what
  // was looked up is kept in the bounded cache. Whom the hub knows comes through an interface of this room.
  { files: /^src\/access\//, may: [NODE, ERRORS, CLOCK, ownRoom, DATABASE, ORM, /^jose$/, LRU] },
  {
    files: /^src\/read\//,
    may: [NODE, ERRORS, ownRoom, DATABASE, typeOf(ACCESS), ORM_CORE, typeOf(/^pg$/), /^graphql(\/|$)/, LRU],
  },
  {
    files: /^src\/graphql\//,
    may: [
      NODE,
      ERRORS,
      IDS,
      ownRoom,
      DATABASE,
      ACCESS,
      READ,
      // A resolver names its topic to who sends the operation.
      typeOf(LIVE),
      /^graphql$/,
      TYPE_GRAPHQL,
      /^dataloader$/,
      /^@apollo\/server\/errors$/,
    ],
  },
  {
    files: /^src\/http\//,
    may: [
      NODE,
      ERRORS,
      ownRoom,
      ACCESS,
      GRAPHQL,
      READ,
      LRU,
      // A request and a socket are counted where they arrive, and what has changed goes out over the socket.
      typeOf(/^src\/limits\/index\.ts$/),
      typeOf(LIVE),
      /^graphql(-ws(\/|$)|$)/,
      /^(@?fastify|@apollo|@as-integrations)/,
    ],
  },

  // Feature rooms.
  // A table carries its rows' policy, so that a migration is generated when that changes.
  {
    files: /\.entity\.ts$/,
    may: [
      ORM_CORE,
      DATABASE,
      ENTITY,
      own(METRIC),
      own(/\.policy\.ts$/),
      // What a column of JSON holds.
      typeOf(/\/ocds\/release-shape\.ts$/),
    ],
  },
  // An enum is declared once, beside the column that holds it, so a type takes it from the entity.
  {
    files: /\.(type|inputs|payload)\.ts$/,
    may: [
      TYPE_GRAPHQL,
      GRAPHQL,
      ENTITY,
      DOOR,
      own(/\.(type|inputs)\.ts$|\/metric-[a-z]+\.ts$|\/readings\/consumption\.ts$/),
      // What a mutation answers is read back: its payload holds a description of rows.
      typeOf(READ),
    ],
  },
  {
    files: /\.resolver\.ts$/,
    may: [
      TYPE_GRAPHQL,
      ERRORS,
      IDS,
      ownRoom,
      ACCESS,
      GRAPHQL,
      READ,
      DOOR,
      // What a field's rows were told, from its `@Info`.
      typeOf(/^graphql$/),
    ],
  },
  {
    files: /\.read\.ts$/,
    may: [
      READ,
      ENTITY,
      // The order in which a missing text falls back.
      /^src\/database\/localised-text\.ts$/,
      // A condition on another room's rows is that room's, and comes through its door.
      DOOR,
      // What a question counts depends on who asks, and on what that viewer sees.
      /\.policy\.ts$/,
      typeOf(/^src\/database\/row-security\.ts$/),
      typeOf(/^src\/access\/viewer\.ts$/),
      own(
        /\/(metric-(definition|dimensions|facts|sql)|usage-(answer|change|lattice|question)|consumption|[a-z-]+\.read)\.ts$/,
      ),
      // The orders that a client may ask for, and the outcome of the mutation that is read back.
      (of) => own(/\.(inputs|service)\.ts$/)(of) && of.typeOnly,
    ],
  },
  // What a release says is checked shape by shape; files are read line by line, and fingerprints are taken.
  {
    files: /^src\/services\/purchasing\/ocds\/(?!.*\.(entity|policy|read)\.ts$)/,
    may: [
      NODE,
      /^zod$/,
      ERRORS,
      CLOCK,
      ENTITY,
      DOOR,
      ACCESS,
      DATABASE,
      READ,
      ORM,
      own(/\/ocds\/[a-z.-]+\.ts$/),
    ],
  },
  // The one service that decides on figures: it reads the facts of a month as questions do.
  {
    files: /^src\/metrics\/release(-store)?\.service\.ts$/,
    may: [typeOf(ORM), CLOCK, ACCESS, DATABASE, READ, ownRoom],
  },
  {
    files: /\.service\.ts$/,
    may: [
      NODE,
      ERRORS,
      IDS,
      CLOCK,
      ENTITY,
      DOOR,
      ACCESS,
      DATABASE,
      ORM,
      // Looks many records up at once.
      /^dataloader$/,
      // An input is what the rules apply to; its class belongs to type-graphql, its shape does not.
      typeOf(/\.inputs\.ts$/),
      // What the rules of energy are made of: models and factors, what readings and steps may be, what a file says.
      own(
        /^src\/services\/energy\/(followed\.service|advice\/steps|analysis\/(equivalences|figures|months|regression|savings|(analysis-data|factor)\.service)|readings\/(reading-rules|store-readings\.service|csv\/(csv-file|file-rows|local-time|mapping|report|series|file-meters\.service)))\.ts$/,
      ),
      own(
        /\/(closed-partner|enterprise-number|personal-data|usage-rules|usage-(look-up|record)\.service|metric-definition|amounts|cascade|checks|offer\.service|order-(delivery|eligibility|passing)\.service|order-steps|order-terms|working-time|bucket|grantable|token-lifetime)\.ts$/,
      ),
      // How costs are shared and invoices drafted, and what schedules and timesheets may be.
      own(
        /^src\/services\/employer-group\/(billing\/(allocate|draft|invoice-run|sharing|working-days|(group|invoice-writing|ledger)\.service)|placement\/(schedule|timesheet-rules|municipality\.service))\.ts$/,
      ),
      // What sessions and other advice may be, and where a municipality is looked up.
      own(
        /^src\/services\/(municipality\.service|advice\/(advisory\.service|analyses\/analysis-lock\.service|[a-z-]+\/[a-z-]+-rules))\.ts$/,
      ),
      // A client is made with its roles, and an account too, in one transaction: one rule for all three.
      (of) => roomOf(of.file) === 'identity' && own(/\.service\.ts$/)(of),
    ],
  },
  // What a question asks and how it is answered, in SQL: shared by what describes it and what it is made of.
  {
    files: /^src\/metrics\/usage-(answer|lattice|question|released)\.ts$/,
    may: [ERRORS, READ, ENTITY, ownRoom, DOOR, typeOf(ACCESS), DATABASE],
  },
  // Usage is reached in the ways that enrolments are.
  { files: /\.policy\.ts$/, may: [/^src\/database\/row-security\.ts$/, /\.policy\.ts$/] },
  // Who may grant what: pure, of the roles and of what the viewer's reach.
  { files: /^src\/identity\/grantable\.ts$/, may: [ACCESS] },
  { files: /\.metrics\.ts$/, may: [METRIC, ENTITY] },
  { files: DOOR, may: [READ, ownRoom] },
  // Run by the start, not by its room: it writes the code lists that every hub has, metrics among them.
  { files: /^src\/reference\/install-reference\.ts$/, may: [ownRoom, typeOf(ORM), DATABASE, ENTITY, METRIC] },
  // A topic is a declaration: how a room's changes are read, merged and asked about.
  { files: /\.topic\.ts$/, may: [LIVE, ownRoom] },
  // Calendars are a library's to write.
  {
    files: /^src\/services\/(employer-group\/placement\/calendar|advice\/sessions\/session-calendar)\.ts$/,
    may: [/^ical-generator$/, DATABASE, ENTITY, ownRoom],
  },
  // Belgium's public holidays are a library's to know.
  { files: /^src\/services\/purchasing\/working-time\.ts$/, may: [CLOCK, /^date-holidays$/] },
  // Least squares and Student's distribution are a library's to know.
  {
    files: /^src\/services\/energy\/analysis\/regression\.ts$/,
    may: [/^jstat$/, own(/\/energy\/analysis\/[a-z-]+\.ts$/)],
  },
  // Rows of a file are read one by one, as a library takes them apart.
  { files: /^src\/services\/energy\/readings\/csv\/csv-file\.ts$/, may: [NODE, ERRORS, /^csv-parse$/] },
  // What a mapping of columns says is checked shape by shape.
  {
    files: /^src\/services\/energy\/readings\/csv\/mapping\.ts$/,
    may: [/^zod$/, ERRORS, ENTITY, own(/\/readings\/csv\/[a-z-]+\.ts$/)],
  },
  // Small parts of one room: pure rules, dimensions, fragments of SQL.
  {
    files: /^src\/(reference|partners|federations|services|metrics|trail|identity)\//,
    may: [TYPE_GRAPHQL, ERRORS, IDS, CLOCK, DATABASE, READ, ENTITY, METRIC, ownRoom],
  },

  // It stands below the resolvers' rooms, with the viewer's: it counts what principals ask for, whatever that is.
  { files: /^src\/limits\//, may: [ERRORS, CLOCK, ownRoom, ACCESS, LRU] },

  // Whatever it is that changes: notices come from the database, and who sees them is asked through what it is given.
  {
    files: /^src\/live\//,
    may: [ERRORS, ownRoom, typeOf(ACCESS), typeOf(/^src\/database\/notices\.ts$/), typeOf(READ)],
  },

  // The top: nobody imports the composition root but the start, the commands and the tests.
  { files: /^src\/entities\.ts$/, may: [ENTITY, DATABASE] },
  {
    files: /^src\/app\.ts$/,
    may: [
      /^(reflect-metadata|@apollo\/server|fastify|graphql)$/,
      NODE,
      TYPE_GRAPHQL,
      ORM,
      /^migrations\/index\.ts$/,
      /^src\/(entities|clock|errors)\.ts$/,
      /^src\/(access|database|graphql|http|read|live)\//,
      DOOR,
      /\.resolver\.ts$/,
    ],
  },
  {
    files: /^src\/start\.ts$/,
    may: [
      NODE,
      typeOf(ORM),
      /^src\/(app|config|repeatedly|errors)\.ts$/,
      /^seeds\/index\.ts$/,
      ACCESS,
      DATABASE,
      ENTITY,
      /^src\/reference\/install-reference\.ts$/,
    ],
  },
  { files: /^src\/process\.ts$/, may: [ERRORS] },
  // A timer, and nothing of what it is for.
  { files: /^src\/repeatedly\.ts$/, may: [] },
  { files: /^src\/main\.ts$/, may: [/^src\/(config|process|start)\.ts$/] },
  {
    files: /^src\/cli\.ts$/,
    may: [NODE, /^src\/(app|config|errors|process|start)\.ts$/, GRAPHQL, typeOf(DATABASE)],
  },
];

/** Each import that its file's rule does not allow, and each file without a rule. */
export function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const rule = LAW.find((candidate) => candidate.files.test(file.path));
    if (!rule) return [`${file.path} has no rule`];
    return file.imports
      .filter((of) => !rule.may.some((may) => (typeof may === 'function' ? may(of) : may.test(of.target))))
      .map((of) => `${of.file} imports ${of.target}`);
  });
}
