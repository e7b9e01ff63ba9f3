import type { TestHub } from '../support/hub.ts';

/** A row as the database holds it, by column name: days and exact numbers as text, instants in ISO 8601. */
export type Row = Readonly<Record<string, unknown>>;

/** Tables that answers are made of; whoever adds a room adds its tables. */
const TABLES = [
  'agreement_authority',
  'audit_entry',
  'building',
  'buyer_account',
  'cascade_rank',
  'access_token',
  'account',
  'client',
  'competent_authority',
  'data_sharing_agreement',
  'delivery_line',
  'energy_factor',
  'energy_measure',
  'energy_visit',
  'enrolment',
  'enrolment_event',
  'federation',
  'framework_agreement',
  'funding',
  'hub_state',
  'lot',
  'membership',
  'meter',
  'meter_building',
  'meter_month',
  'meter_reading',
  'metric_definition',
  'order_event',
  'order_line',
  'partner',
  'partner_profile',
  'population',
  'population_member',
  'product',
  'product_advice',
  'product_remark',
  'provider',
  'published_figure',
  'purchase_order',
  'recognition',
  'replaced_reading',
  'role_grant',
  'savings_result',
  'sector',
  'service_carrier',
  'shared_service',
  'site',
  'spend_account',
  'supplier',
  'territory',
  'usage_entry',
  'weather_station',
  'legal_parameter',
  'employer_group',
  'shared_worker',
  'cost_sheet',
  'cost_component',
  'provision_entry',
  'placement_request',
  'placement',
  'labour_dispute',
  'timesheet',
  'billing_rule',
  'invoice_run',
  'invoice',
  'invoice_line',
  'group_debt',
  'liability_share',
  'advice_session',
  'session_registration',
  'session_attendance',
  'satisfaction_score',
  'risk_analysis',
  'risk_analysis_step',
  'target_group',
  'group_finding',
  'prevention_measure',
  'advice_request',
  'adviser_mandate',
  'adviser_booking',
  'advice_resource',
  'toolbox_access',
  'resource_download',
] as const;

export type Table = (typeof TABLES)[number];

/** Every table as it was when it was loaded, searched row by row. */
export class Database {
  private readonly indexes = new Map<string, Map<unknown, Row[]>>();
  private readonly tableOfRow = new Map<Row, Table>();

  private constructor(
    private readonly tables: ReadonlyMap<Table, readonly Row[]>,
    /** The day in Belgium when the rows were loaded. */
    readonly today: string,
    readonly holdsRealRows: boolean,
  ) {
    for (const [table, rows] of tables) for (const row of rows) this.tableOfRow.set(row, table);
  }

  /** Loads every table whole. */
  static async load(hub: TestHub): Promise<Database> {
    const tables = new Map<Table, readonly Row[]>();
    for (const table of TABLES) tables.set(table, await rowsOf(hub, table));
    const [now] = await hub.sql<{ today: string }>(
      `select (now() at time zone 'Europe/Brussels')::date::text as today`,
    );
    const state = tables.get('hub_state')?.[0];
    return new Database(tables, now?.today as string, state?.holds_real_rows as boolean);
  }

  tableOf(row: Row): Table | undefined {
    return this.tableOfRow.get(row);
  }

  all(table: Table): readonly Row[] {
    return this.tables.get(table) as readonly Row[];
  }

  /** Rows whose column has a value; no row has the value null. */
  where(table: Table, column: string, value: unknown): readonly Row[] {
    if (value === null || value === undefined) return [];
    const name = `${table}.${column}`;
    let index = this.indexes.get(name);
    if (!index) {
      index = new Map();
      for (const row of this.all(table)) {
        const rows = index.get(row[column]);
        if (rows) rows.push(row);
        else index.set(row[column], [row]);
      }
      this.indexes.set(name, index);
    }
    return index.get(value) ?? [];
  }

  /** The row whose unique column has a value. */
  one(table: Table, column: string, value: unknown): Row | undefined {
    return this.where(table, column, value)[0];
  }
}

/** Plain rows, with what JavaScript would round or shift in time as text. */
async function rowsOf(hub: TestHub, table: Table): Promise<Row[]> {
  const columns = await hub.sql<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
      where table_schema = 'public' and table_name = $1 and data_type <> 'tsvector'`,
    [table],
  );
  const instants = columns.filter(({ type }) => type.startsWith('timestamp')).map(({ name }) => name);
  const list = columns.map(({ name, type }) => {
    if (type.startsWith('timestamp')) return `(extract(epoch from ${name}) * 1000)::text as ${name}`;
    return type === 'date' || type === 'numeric' ? `${name}::text` : name;
  });
  const rows = await hub.sql(`select ${list.join(', ')} from ${table}`);
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      instants.map((name) => [name, row[name] === null ? null : new Date(Number(row[name])).toISOString()]),
    ),
  }));
}
