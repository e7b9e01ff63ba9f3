import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { importOcds } from '../../src/app.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import type { Json } from './ocds-releases.ts';

/** How an import is asked for. */
export interface Asked {
  service?: string;
  frameworks?: string[];
  into?: TestHub;
}

/** A hub of a test file that releases are imported into from files of its own folder. */
export class Importing {
  hub!: TestHub;
  folder!: string;
  private files = 0;
  private processes = 0;

  /** Opened before the tests of a file, and closed after them. */
  static forThisFile(): Importing {
    const importing = new Importing();
    beforeAll(async () => {
      importing.hub = await startTestHub();
      importing.folder = await mkdtemp(join(tmpdir(), 'mutualhub-ocds-'));
    });
    afterAll(async () => {
      await importing.hub.close();
      await rm(importing.folder, { recursive: true });
    });
    return importing;
  }

  newOcid(): string {
    this.processes += 1;
    return `ocds-mh0001-${this.processes}`;
  }

  /** Writes a file of one document a line, or of any text. */
  async write(content: readonly unknown[] | string): Promise<string> {
    this.files += 1;
    const file = join(this.folder, `${this.files}.json`);
    const text = typeof content === 'string' ? content : content.map((one) => JSON.stringify(one)).join('\n');
    await writeFile(file, text);
    return file;
  }

  /** Imports such a file; gives its lines without the names of the releases. */
  async take(content: readonly unknown[] | string, of: Asked = {}): Promise<string[]> {
    return this.takeFile(await this.write(content), of);
  }

  async takeFile(file: string, { into = this.hub, ...of }: Asked = {}): Promise<string[]> {
    const lines: string[] = [];
    const report = { each: (line: string) => lines.push(line), progress: () => undefined };
    const counts = await importOcds(into.orm, { file, ...of }, report);
    expect(lines).toHaveLength(counts.imported + counts.unchanged + counts.refused);
    return lines.map((line) => line.replace(/^(\w+) +\S+ \S+( \([^)]*\))?: /, '$1: '));
  }

  /** Imports one document. */
  takeOne(document: unknown): Promise<string[]> {
    return this.take([document]);
  }

  /** What the hub answers to a request, as if it were at hub.example.org. */
  async get(url: string, headers: Record<string, string> = {}, of: TestHub = this.hub) {
    const answer = await of.http.inject({ url, headers: { host: 'hub.example.org', ...headers } });
    const { statusCode: status, body } = answer;
    return { status, headers: answer.headers, body, json: body ? JSON.parse(body) : undefined };
  }

  /** The record of a process. */
  record(ocid: string, of: TestHub = this.hub) {
    return this.get(`/ocds/records/${encodeURIComponent(ocid)}.json`, {}, of);
  }

  /** What the hub holds of a process. */
  async held(ocid: string): Promise<Json | undefined> {
    const [row] = await this.hub.sql<Json>(
      `select a.status, a.title_fr as title, a.title_nl as translation, a.method, a.valid_from::text as from,
        a.valid_until::text as until, a.maximum_value as maximum, a.provenance,
        (select json_agg(json_build_array(l.local_id, l.title_fr, l.ceiling::text) order by l.local_id)
          from lot l where l.agreement_id = a.id) as lots,
        (select json_agg(json_build_array(l.local_id, s.name, s.enterprise_number, s.identifier, w.award_id)
          order by l.local_id, s.name) from lot_award w join lot l on l.id = w.lot_id
          join supplier s on s.id = w.supplier_id where l.agreement_id = a.id) as awards
       from framework_agreement a where a.ocid = $1`,
      [ocid],
    );
    return row;
  }

  /** Every row that an import may write, to see that nothing changed. */
  everything(): Promise<unknown> {
    const tables = [
      'framework_agreement',
      'agreement_authority',
      'lot',
      'supplier',
      'lot_award',
      'ocds_release',
      'ocds_process',
      'audit_entry',
    ];
    return Promise.all(
      tables.map((table) =>
        this.hub.sql(`select md5(string_agg(t::text, '|' order by t::text)) from ${table} t`),
      ),
    );
  }

  /** A product of a lot, and a price of each supplier that has the lot. */
  async addPrices(ocid: string, lot: string, supplier = '%'): Promise<void> {
    await this.hub.sql(
      `insert into product (id, lot_id, code, cpv, unit, title_fr, search_text, provenance)
        select gen_random_uuid(), l.id, 'G1', '33141420-0', 'boîte', 'Gants', 'gants', 'REPORTED' from lot l
        join framework_agreement a on a.id = l.agreement_id where a.ocid = $1 and l.local_id = $2
        on conflict do nothing`,
      [ocid, lot],
    );
    await this.hub.sql(
      `insert into cascade_rank (id, product_id, supplier_id, rank, unit_price, vat_rate, valid_from, provenance)
        select gen_random_uuid(), p.id, w.supplier_id, 1, 5, 21, '2026-01-01', 'REPORTED' from product p
        join lot l on l.id = p.lot_id join framework_agreement a on a.id = l.agreement_id
        join lot_award w on w.lot_id = l.id join supplier s on s.id = w.supplier_id
        where a.ocid = $1 and s.name like $2`,
      [ocid, supplier],
    );
  }
}
