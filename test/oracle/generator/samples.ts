import type { Database, Row, Table } from '../database.ts';
import { NODES } from '../rooms/index.ts';
import { folded } from '../values.ts';

/** What really is in the database, for arguments that find something. */
export interface Samples {
  /** Global ids by what they begin with. */
  ids: Readonly<Record<string, readonly string[]>>;
  slugs: Readonly<Record<'partner' | 'federation' | 'population' | 'shared_service', readonly string[]>>;
  enterpriseNumbers: readonly string[];
  searches: readonly string[];
  sectors: readonly string[];
  territories: readonly string[];
  authorities: readonly string[];
  categories: readonly string[];
  sources: readonly string[];
  days: readonly string[];
  /** Published figures of which the hub has a metric. */
  figures: readonly Row[];
  /** For each type with connections, records that have much in them. */
  busy: Readonly<Record<string, readonly string[]>>;
}

const MOST = 12;

/** The first and the last, and some in between. */
function some<T>(all: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(all.length / MOST));
  return all.filter((_, at) => at % step === 0 || at === all.length - 1);
}

function distinct(rows: readonly Row[], column: string): string[] {
  const values = new Set(rows.map((row) => row[column] as string | null));
  return [...values].filter((value) => value !== null).sort();
}

/** Takes samples; the same database gives the same ones. */
export function samplesOf(db: Database): Samples {
  const idOf = (table: string) => (row: Row) => `${NODES[table]?.prefix}_${row.id}`;
  const inOrder = (table: string): Row[] =>
    [...db.all(table as Table)].sort((a, b) => ((a.id as string) < (b.id as string) ? -1 : 1));
  const busiest = (table: Table, by: Table, column: string): string[] =>
    inOrder(table)
      .map((row) => ({ id: idOf(table)(row), count: db.where(by, column, row.id).length }))
      .sort((a, b) => b.count - a.count)
      .slice(0, 3)
      .map(({ id }) => id);
  const words = some(inOrder('partner')).flatMap((row) => folded(String(row.name_fr ?? row.name_nl)));
  const entries = db.all('usage_entry');
  const days = [
    ...distinct(entries, 'occurred_on'),
    ...distinct(db.all('enrolment'), 'active_from'),
    ...distinct(db.all('enrolment'), 'ended_on'),
  ].sort();
  return {
    ids: Object.fromEntries(
      Object.entries(NODES).map(([table, { prefix }]) => [prefix, some(inOrder(table)).map(idOf(table))]),
    ),
    slugs: {
      partner: some(distinct(db.all('partner'), 'slug')),
      federation: distinct(db.all('federation'), 'slug'),
      population: distinct(db.all('population'), 'slug'),
      shared_service: distinct(db.all('shared_service'), 'slug'),
    },
    enterpriseNumbers: some(distinct(db.all('partner'), 'enterprise_number')),
    searches: [
      ...new Set(words.flatMap((word) => [word, word.slice(0, 2)])),
      'Maison É',
      'la de',
      '… !',
      'zzzz',
    ],
    sectors: distinct(db.all('sector'), 'code'),
    territories: [
      ...some(distinct(db.all('territory'), 'nis_code')),
      ...distinct(db.all('territory'), 'region_code'),
      ...distinct(db.all('territory'), 'province_code'),
    ],
    authorities: distinct(db.all('competent_authority'), 'code'),
    categories: distinct(entries, 'category'),
    sources: distinct(entries, 'source'),
    figures: inOrder('published_figure').filter(({ metric_key }) => metric_key !== null),
    days: [...some(days), '2000-02-29', '2050-12-31', db.today],
    busy: {
      Partner: busiest('partner', 'usage_entry', 'partner_id'),
      SharedService: busiest('shared_service', 'usage_entry', 'service_id'),
      Federation: busiest('federation', 'membership', 'federation_id'),
      Population: busiest('population', 'population_member', 'population_id'),
      Enrolment: busiest('enrolment', 'usage_entry', 'enrolment_id'),
      Sector: busiest('sector', 'partner', 'sector_id'),
      Territory: inOrder('territory')
        .filter(({ level }) => level === 'REGION')
        .map(idOf('territory')),
      CompetentAuthority: busiest('competent_authority', 'recognition', 'authority_id'),
    },
  };
}
