/**
 * Which rows of a table a viewer sees and writes, said once: from a rule come the predicate that the read compiler
 * joins to every statement (read/row-policy.ts) and PostgreSQL's own row security (here). The entity carries the
 * latter, so that a migration is generated when a rule changes.
 */

/** Role under which the hub serves: it owns nothing, so that row security binds it. */
export const APP_ROLE = 'hub_app';

/** Role of the views that figures are counted from: rows that a viewer may count without seeing them one by one. */
export const FIGURES_ROLE = 'hub_figures';

/** Parts of a partner's records that it shares with a federation by agreement. */
export enum DataRoom {
  DIRECTORY = 'DIRECTORY',
  ENROLMENTS = 'ENROLMENTS',
  USAGE = 'USAGE',
  ENERGY = 'ENERGY',
  EMPLOYER_GROUP = 'EMPLOYER_GROUP',
  ADVICE = 'ADVICE',
}

/** A list of keys that the viewer's roles reach: the words of `Reach` in access/viewer.ts. */
export type ReachList =
  | 'partners'
  | 'editable'
  | 'services'
  | 'suppliers'
  | 'federations'
  | 'administered'
  | 'grantable'
  | 'authorities';

/** One way to reach a row: any of a rule's suffices. Columns are names of the table. */
export type Way =
  /** Anybody. */
  | { everyone: true }
  /** Nobody is behind a synthetic row: `provenance` says so. */
  | { synthetic: true }
  /** The column is one of the keys of a list. */
  | { reach: ReachList; column: string }
  /** Another row says it: a condition with `{list}` for the keys of the list, shown only to whom the list holds some. */
  | { reach: ReachList; where: string }
  /** A condition on the row alone. */
  | { where: string };

/** Ways for each thing done to a row; an administrator may all of it, and without a way nobody else does. */
export interface RowRule {
  readonly see: readonly Way[];
  readonly make?: readonly Way[];
  /** Changing, and locking against change. */
  readonly change?: readonly Way[];
  readonly remove?: readonly Way[];
  /** Counting in figures without seeing: {@link FIGURES_ROLE}. */
  readonly count?: readonly Way[];
  /** Whether a sandbox may write the row: where it says that it is synthetic. */
  readonly hasProvenance?: boolean;
}

/** Records that the whole public sees, and that administrators keep. */
export const PUBLIC_RECORDS: RowRule = { see: [{ everyone: true }] };

/** Any session that is told who asks: where no viewer is known, nothing is counted. */
export const SOMEBODY: Way = { where: `(select coalesce(current_setting('hub.viewer', true), '') <> '')` };

/** Every row is `{row}` in conditions: the table in a policy, an alias in a statement. */
export const ROW = '{row}';

/** Members of a federation of the viewer that share a room with it, in force today. */
export function sharedBy(partner: string, room: DataRoom): Way {
  return {
    reach: 'federations',
    where: `exists (select from data_sharing_agreement dsa where dsa.partner_id = ${ROW}.${partner}
      and dsa.federation_id = any({list}) and '${room}' = any(dsa.rooms) and dsa.revoked_at is null
      and dsa.valid_until > (now() at time zone 'Europe/Brussels')::date
      and exists (select from membership dsm where dsm.partner_id = dsa.partner_id and dsm.federation_id = dsa.federation_id
        and dsm.valid_from <= (now() at time zone 'Europe/Brussels')::date
        and (dsm.valid_until is null or (now() at time zone 'Europe/Brussels')::date < dsm.valid_until)))`,
  };
}

/** Rows of partners that were made in the same transaction: a federation's new member has no membership yet. */
export function newPartner(partner: string): Way {
  return {
    reach: 'administered',
    where: `(cardinality({list}) > 0 and exists (select from partner np where np.id = ${ROW}.${partner}
      and np.xmin = pg_current_xact_id()::xid))`,
  };
}

interface Policy {
  name: string;
  command: 'select' | 'insert' | 'update' | 'delete';
  roles?: string[];
  using?: string;
  check?: string;
}

/** PostgreSQL's row security for a table, as the ORM's entity takes it. */
export function rowSecurity(table: string, rule: RowRule): { rowLevelSecurity: 'force'; policies: Policy[] } {
  const see = anyOf(table, rule.see);
  const change = writable(table, rule, rule.change ?? []);
  const policies: Policy[] = [
    { name: `${table}_see`, command: 'select', using: see },
    { name: `${table}_make`, command: 'insert', check: writable(table, rule, rule.make ?? []) },
    { name: `${table}_change`, command: 'update', using: change, check: change },
    { name: `${table}_remove`, command: 'delete', using: writable(table, rule, rule.remove ?? []) },
  ];
  if (rule.count) {
    const count = anyOf(table, rule.count);
    policies.push({ name: `${table}_count`, command: 'select', roles: [FIGURES_ROLE], using: count });
  }
  return { rowLevelSecurity: 'force', policies };
}

const ADMINISTRATOR = `(select hub_is('administrator'))`;

function anyOf(table: string, ways: readonly Way[]): string {
  if (ways.some((way) => 'everyone' in way)) return 'true';
  return [...ways.map((way) => condition(table, way)), ADMINISTRATOR].join(' or ');
}

function writable(table: string, { hasProvenance }: RowRule, ways: readonly Way[]): string {
  const own = anyOf(table, ways);
  return hasProvenance ? `(not (select hub_is('sandbox')) or provenance = 'SYNTHETIC') and (${own})` : own;
}

function condition(table: string, way: Way): string {
  if ('everyone' in way) return 'true';
  if ('synthetic' in way) return `provenance = 'SYNTHETIC'`;
  if ('column' in way) return `${way.column} = any (${list(way.reach)})`;
  const text = way.where.replaceAll(ROW, `"${table}"`);
  return 'reach' in way ? text.replaceAll('{list}', list(way.reach)) : text;
}

/** The keys of a list as the session tells them; a subquery, so that they are read once for a statement. */
function list(reach: ReachList): string {
  return `(select hub_scope('${reach}'))::uuid[]`;
}
