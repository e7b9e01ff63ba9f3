import { z } from 'zod';
import { StartupError } from './errors.ts';
import { DEFAULT_RATES, parseRates, type Rates } from './limits/rates.ts';
import { DEFAULT_DISCLOSURE_RULE, type DisclosureRule } from './metrics/disclosure/disclosure-rule.ts';

/** How the hub is run. The only place that reads the environment; the README documents every key. */
export interface Config {
  port: number;
  host: string;
  mode: 'demonstration' | 'operation';
  dataDir: string;
  /** None: the embedded database. */
  databaseUrl: string | undefined;
  /** Where the database's notices are listened to; the same address without. */
  listenUrl: string | undefined;
  poolSize: number;
  /** Whether read statements that come again are prepared on their connections. */
  prepared: boolean;
  /** Longest that a statement may run on a database server. */
  statementSeconds: number;
  /** Years after which a partner that left is made anonymous. */
  retentionYears: number;
  /** When cells of figures are released to those who do not see the records, and by which rule. */
  release: { rule: DisclosureRule; afterDays: number };
  /** Points a minute by role; none: no limit. */
  rateLimits: Rates | undefined;
  /** Most open sockets of one principal. */
  sockets: number;
  /** Proxies before the hub whose word on the client's address is taken. */
  proxies: number;
  /** The administrator's token as it is given; none: the hub makes one; `off`: there is none. */
  adminToken: string | undefined | 'off';
  /** The identity provider that people sign in with, if any. */
  oidc:
    | { issuer: string; audience: string; jwksUri: string | undefined; algorithms: readonly string[] }
    | undefined;
  /** When suppliers and buyers are expected to answer, in minutes of the day. */
  workingHours: { from: number; until: number };
  /** When a baseline of energy is good enough: with this R² at least, or with that CV(RMSE) at most. */
  sufficiency: { leastRSquared: number; mostCvRmse: number };
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

const SHORTEST_TOKEN = 24;

/** A whole number in plain digits: coercion would read " " as 0 and "0x10" as 16. */
function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message));
}

/** A share in plain decimals: coercion would read " " as 0. */
function share(most: number) {
  const message = `must be a number from 0 to ${most}, such as 0.75`;
  return z
    .string()
    .regex(/^\d(\.\d{1,4})?$/, message)
    .transform(Number)
    .pipe(z.number().max(most, message));
}

/** The minute of a day that is written as `09:00`, outside the hours that summer time takes or gives. */
function minuteOf(text: string): number | undefined {
  const match = /^(0[4-9]|1\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** In an object: undefined alone would be taken for a value that is not given. */
function rates(text: string, issues: z.RefinementCtx): { rates: Rates | undefined } {
  try {
    return { rates: parseRates(text) };
  } catch (error) {
    issues.addIssue((error as Error).message);
    return z.NEVER;
  }
}

/** Signatures with a key pair: a secret that the hub shared with a provider could be used to sign, too. */
const OIDC_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** An address that nobody on the way can answer for; on this machine there is no way. */
function secureUrl() {
  return z.string().refine((text) => {
    const url = URL.parse(text);
    const isHere = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url?.hostname ?? '');
    return url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere);
  }, 'must be an https:// address (http:// on localhost alone)');
}

function databaseUrl() {
  return z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .refine(
      URL.canParse,
      'is no address: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with special characters percent-encoded',
    );
}

const { dominance } = DEFAULT_DISCLOSURE_RULE;

const schema = z.object({
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: z.string().min(1).default('localhost'),
  HUB_MODE: z.enum(['demonstration', 'operation']).optional(),
  HUB_DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: databaseUrl().optional(),
  HUB_LISTEN_URL: databaseUrl().optional(),
  // One connection holds the lock of a start; a pool of one is the embedded database alone.
  HUB_DB_POOL: wholeNumber(2, 200).default(10),
  DB_PREPARED: z.enum(['on', 'off']).default('on'),
  HUB_DB_STATEMENT_SECONDS: wholeNumber(1, 3_600).default(15),
  HUB_RETENTION_YEARS: wholeNumber(0, 100).default(7),
  HUB_DISCLOSURE_THRESHOLD: wholeNumber(3, 100).default(DEFAULT_DISCLOSURE_RULE.threshold),
  HUB_DISCLOSURE_DOMINANCE: z
    .string()
    .regex(/^[1-9]:([1-9][0-9]|100)$/, 'must be N:PERCENT, such as 2:85')
    .default(`${dominance.n}:${Math.round(dominance.share * 100)}`)
    .transform((text) => {
      const [n, percent] = text.split(':').map(Number) as [number, number];
      return { n, share: percent / 100 };
    }),
  HUB_RELEASE_AFTER_DAYS: wholeNumber(0, 365).default(10),
  HUB_ADMIN_TOKEN: z.string().min(1).regex(/^\S+$/, 'must have no spaces').optional(),
  HUB_RATE_LIMITS: z.string().transform(rates).default({ rates: DEFAULT_RATES }),
  HUB_SOCKETS: wholeNumber(1, 10_000).default(20),
  HUB_TRUST_PROXY: z
    .string()
    .regex(/^(off|[1-9])$/, 'must be "off", or the number of proxies before the hub, 1 to 9')
    .transform((text) => (text === 'off' ? 0 : Number(text)))
    .default(0),
  HUB_OIDC_ISSUER: secureUrl().optional(),
  HUB_OIDC_AUDIENCE: z.string().min(1).max(500).optional(),
  HUB_OIDC_JWKS_URI: secureUrl().optional(),
  HUB_OIDC_ALGORITHMS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(OIDC_ALGORITHMS)).min(1))
    .default(['RS256', 'ES256', 'EdDSA']),
  HUB_WORKING_HOURS: z
    .string()
    .transform((text, issues) => {
      const [from, until] = text.split('-').map(minuteOf);
      if (from !== undefined && until !== undefined && from < until) return { from, until };
      issues.addIssue('must be two times of a day, such as 09:00-17:00');
      return z.NEVER;
    })
    .default({ from: 9 * 60, until: 17 * 60 }),
  HUB_BASELINE_R_SQUARED: share(1).default(0.75),
  HUB_BASELINE_CV_RMSE: share(5).default(0.25),
  HUB_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
});

/**
 * The configuration of an environment.
 * @throws StartupError with one line that names each wrong key and what it must be.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  // An empty value in a file of settings means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new StartupError(`The configuration is wrong. ${problems.join('; ')}.`);
  }
  const values = result.data;
  const mode = values.HUB_MODE ?? (values.DATABASE_URL ? 'operation' : 'demonstration');
  if (Boolean(values.HUB_OIDC_ISSUER) !== Boolean(values.HUB_OIDC_AUDIENCE)) {
    throw new StartupError(
      'The configuration is wrong. HUB_OIDC_AUDIENCE: people sign in where both HUB_OIDC_ISSUER and HUB_OIDC_AUDIENCE are set; set both, or neither.',
    );
  }
  const isOff = values.HUB_ADMIN_TOKEN === 'off';
  if (mode === 'operation' && values.HUB_ADMIN_TOKEN && !isOff && isWeak(values.HUB_ADMIN_TOKEN)) {
    throw new StartupError(
      `The configuration is wrong. HUB_ADMIN_TOKEN: a hub in operation needs a secret of at least ${SHORTEST_TOKEN} varied characters; leave it out and one is made.`,
    );
  }
  return {
    port: values.PORT,
    host: values.HOST,
    mode,
    dataDir: values.HUB_DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    listenUrl: values.HUB_LISTEN_URL,
    poolSize: values.HUB_DB_POOL,
    prepared: values.DB_PREPARED === 'on',
    statementSeconds: values.HUB_DB_STATEMENT_SECONDS,
    retentionYears: values.HUB_RETENTION_YEARS,
    adminToken: values.HUB_ADMIN_TOKEN,
    release: {
      rule: { threshold: values.HUB_DISCLOSURE_THRESHOLD, dominance: values.HUB_DISCLOSURE_DOMINANCE },
      afterDays: values.HUB_RELEASE_AFTER_DAYS,
    },
    rateLimits: values.HUB_RATE_LIMITS.rates,
    sockets: values.HUB_SOCKETS,
    proxies: values.HUB_TRUST_PROXY,
    oidc:
      values.HUB_OIDC_ISSUER && values.HUB_OIDC_AUDIENCE
        ? {
            issuer: values.HUB_OIDC_ISSUER,
            audience: values.HUB_OIDC_AUDIENCE,
            jwksUri: values.HUB_OIDC_JWKS_URI,
            algorithms: values.HUB_OIDC_ALGORITHMS,
          }
        : undefined,
    workingHours: values.HUB_WORKING_HOURS,
    sufficiency: { leastRSquared: values.HUB_BASELINE_R_SQUARED, mostCvRmse: values.HUB_BASELINE_CV_RMSE },
    logLevel: values.HUB_LOG_LEVEL,
  };
}

/** Whether a token is short, repeats itself, or is one of those that stand in examples. */
function isWeak(token: string): boolean {
  return (
    token.length < SHORTEST_TOKEN ||
    new Set(token).size < 8 ||
    /change.?me|secret|password|example|default|admin.?token/i.test(token)
  );
}
