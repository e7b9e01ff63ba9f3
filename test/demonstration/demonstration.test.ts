import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildDemonstration } from '../../seeds/index.ts';
import { FIGURES } from '../../seeds/published-figures.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

async function columns(condition: string): Promise<{ table: string; column: string }[]> {
  return hub.sql(
    `select c.table_name as table, c.column_name as column from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and ${condition} order by 1, 2`,
  );
}

describe('the demonstration says that it is one', () => {
  test('every row of every table that tells its provenance is synthetic', async () => {
    const tables = (await columns(`c.column_name = 'provenance'`)).map(({ table }) => table);
    expect(tables).toEqual(
      expect.arrayContaining(['partner', 'site', 'recognition', 'federation', 'membership', 'provider']),
    );
    expect(tables).toEqual(
      expect.arrayContaining(['shared_service', 'population', 'funding', 'enrolment', 'usage_entry']),
    );
    for (const table of tables) {
      const [counted] = await hub.sql<{ rows: number; synthetic: number }>(
        `select count(*)::int as rows, (count(*) filter (where provenance = 'SYNTHETIC'))::int as synthetic from "${table}"`,
      );
      expect({ table, synthetic: counted?.synthetic }).toEqual({ table, synthetic: counted?.rows });
      expect({ table, isFilled: (counted?.rows ?? 0) > 0 }).toEqual({ table, isFilled: true });
    }
  });

  test('the schema shows it for partners, services, enrolments and usage, and to the viewer', async () => {
    const { data } = await hub.query(`{
      viewer { isDemonstration }
      partners(first: 100) { nodes { provenance enrolments(first: 5) { nodes { provenance usage(first: 5) { nodes { provenance } } } } } }
      sharedServices(first: 100) { nodes { provenance } }
    }`);
    expect(data.viewer.isDemonstration).toBe(true);
    const found = JSON.stringify(data).match(/"provenance":"[A-Z]+"/g) ?? [];
    expect(found.length).toBeGreaterThan(200);
    expect(new Set(found)).toEqual(new Set(['"provenance":"SYNTHETIC"']));
  });

  test('every enterprise number lies in the range 0999 that was never issued, and passes the check', async () => {
    const { data } = await hub.query(
      '{ partners(first: 100, orderBy: NEWEST) { totalCount nodes { enterpriseNumber } } }',
    );
    for (const { enterpriseNumber } of data.partners.nodes) {
      expect(enterpriseNumber).toMatch(/^0999\.\d{3}\.\d{3}$/);
    }
    const rows = await hub.sql<{ number: string }>('select enterprise_number as number from partner');
    expect(rows).toHaveLength(data.partners.totalCount);
    for (const { number } of rows) {
      expect(number).toMatch(/^0999\d{6}$/);
      expect(Number(number.slice(8))).toBe(97 - (Number(number.slice(0, 8)) % 97));
    }
  });

  test('every provider says after whom it is modelled, and no address leads outside', async () => {
    const { data } = await hub.query('{ providers { name(lang: EN) modelledOn website } }');
    expect(data.providers.length).toBeGreaterThan(0);
    for (const { name, modelledOn, website } of data.providers) {
      expect(modelledOn).toBeTruthy();
      expect(name).toContain(`modelled on ${modelledOn}`);
      expect(website).toMatch(/^https:\/\/[a-z0-9-]+\.example$/);
    }
    const [outside] = await hub.sql<{ count: number }>(
      `select (select count(*) from partner where website !~ '^https://[a-z0-9-]+\\.example$')::int
        + (select count(*) from shared_service where website !~ '^https://[a-z0-9-]+\\.example$')::int as count`,
    );
    expect(outside?.count).toBe(0);
  });
});

describe('no person can be reached through it', () => {
  const EMAIL = `[[:alnum:]._%+-]+@[[:alnum:]-]+\\.[[:alpha:]]{2,}`;
  const PHONE = `(\\+|00)[1-9][0-9]{0,2}[ ./()-]*[0-9]([ ./()-]*[0-9]){6,}|(^|[^0-9.,])0[1-9][0-9]{0,2}[ ./-]+[0-9]{2,3}([ ./-]?[0-9]{2}){2}($|[^0-9])`;

  test('the two patterns find what they are for', async () => {
    const [found] = await hub.sql<Record<string, boolean>>(
      `select 'write to an.example@post.be now' ~ $1 as email, 'tel. 02/123 45 67' ~ $2 as phone, 'gsm 0475 12 34 56' ~ $2 as mobile,
         '+32 2 123 45 67' ~ $2 as abroad, '945.054,80 €, 2021-01-05, 0999.000.123' ~ $2 as other`,
      [EMAIL, PHONE],
    );
    expect(found).toEqual({ email: true, phone: true, mobile: true, abroad: true, other: false });
  });

  test('no text column holds an e-mail address or a telephone number', async () => {
    const texts = await columns(
      `c.data_type in ('text', 'character varying', 'character', 'ARRAY', 'jsonb', 'json') and c.udt_name <> '_uuid'`,
    );
    expect(texts.length).toBeGreaterThan(60);
    for (const { table, column } of texts) {
      // The key of a record has digits by chance, and is nobody's number.
      const rows = await hub.sql<{ text: string }>(
        `select x.text from (select regexp_replace("${column}"::text, $3, 'key', 'g') as text from "${table}") as x
         where x.text ~ $1 or x.text ~ $2 limit 1`,
        [EMAIL, PHONE, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
      );
      expect({ table, column, rows }).toEqual({ table, column, rows: [] });
    }
  });
});

describe('the seed is deterministic', () => {
  const digest = (build: ReturnType<typeof buildDemonstration>): string =>
    createHash('sha256')
      .update(JSON.stringify([...build.rows.values()]))
      .digest('hex');

  test('two builds give the same rows, table by table and byte by byte', () => {
    const [first, second] = [buildDemonstration(), buildDemonstration()];
    expect(first.rows.size).toBeGreaterThanOrEqual(15);
    expect([...first.rows.values()].map((rows) => rows.length)).toEqual(
      [...second.rows.values()].map((rows) => rows.length),
    );
    expect(digest(first)).toBe(digest(second));
  });

  test('the clock and the random numbers of the machine have no part in it', () => {
    const [random, now] = [Math.random, Date.now];
    const before = digest(buildDemonstration());
    Math.random = () => 0.123;
    Date.now = () => 0;
    try {
      expect(digest(buildDemonstration())).toBe(before);
    } finally {
      Math.random = random;
      Date.now = now;
    }
  });

  test('the database holds the partners and the usage that a build makes, beside what it counts from orders itself', async () => {
    const { rows, partners } = buildDemonstration();
    const [stored] = await hub.sql<{ partners: string[]; entries: number }>(
      "select (select array_agg(id::text order by id) from partner) as partners, (select count(*)::int from usage_entry where source <> 'hub') as entries",
    );
    expect(stored?.partners).toEqual(partners.map(({ id }) => id).sort());
    const entries = [...rows.values()].find((table) => 'externalReference' in (table[0] as object));
    expect(stored?.entries).toBe(entries?.length);
  });
});

describe('the published figures are quoted', () => {
  const FOLDER = new URL('../../../shared/documents/', import.meta.url);
  const hasDocuments = existsSync(FOLDER);
  // The documents mark words as bold with asterisks.
  const flat = (text: string): string => text.normalize('NFC').replaceAll('**', '').replace(/\s+/g, ' ');

  const testWithDocuments = hasDocuments ? test : test.skip;
  testWithDocuments(
    hasDocuments
      ? 'the words of each figure, and its heading, stand in its document'
      : 'skipped: the documents are not beside this checkout (../shared/documents), so that no quotation can be checked',
    async () => {
      const { data } = await hub.query(
        '{ publishedFigures(first: 100) { nodes { slug document heading quotedWords } } }',
      );
      expect(data.publishedFigures.nodes.length).toBeGreaterThanOrEqual(34);
      for (const { slug, document, heading, quotedWords } of data.publishedFigures.nodes) {
        const text = flat(readFileSync(new URL(document, FOLDER), 'utf8'));
        expect({ slug, isQuoted: text.includes(flat(quotedWords)) }).toEqual({ slug, isQuoted: true });
        expect({ slug, hasHeading: text.includes(flat(heading)) }).toEqual({ slug, hasHeading: true });
      }
    },
  );

  test('each names its document, heading and words, and says so where it names no period', async () => {
    const { data } = await hub.query(
      '{ publishedFigures(first: 100) { totalCount nodes { slug document heading quotedWords periodNote period { from to } } } }',
    );
    expect(data.publishedFigures.totalCount).toBe(
      FIGURES.reduce((sum, [, table]) => sum + table.trim().split('\n').length / 3, 0),
    );
    for (const figure of data.publishedFigures.nodes) {
      expect(figure.document).toMatch(/^\d{3}_\w+\.txt$/);
      expect(figure.heading).not.toBe('');
      expect(figure.quotedWords).toMatch(/\d/);
      if (figure.period.to === null) expect(figure.periodNote).toBeTruthy();
    }
  });
});

describe('the members of the purchasing centre on 31 May 2022', () => {
  const PUBLISHED = {
    COCOF: 134,
    IRISCARE: 99,
    BRUSSELS_REGION: 34,
    DVC: 26,
    VGC: 11,
    FLEMISH_COMMUNITY: 5,
    FWB: 1,
  };

  test('COCOF 134, Iriscare 99, Brussels Region 34, DVC 26, VGC 11, Flemish Community 5, FWB 1: 310', async () => {
    const { data } = await hub.query(`{
      sharedService(reference: { slug: "purchasing" }) { enrolledByAuthority(asOf: "2022-05-31") { authority { code } count } }
      usageMetrics(metrics: [ENROLMENTS_ACTIVE], period: { to: "2022-06-01" }, groupBy: [AUTHORITY], filter: { serviceKinds: [PURCHASING] }) {
        rows { dimensions { value } cell { value } }
      }
    }`);
    const counts: { authority: { code: string }; count: number }[] = data.sharedService.enrolledByAuthority;
    // Most first, as the document lists them.
    expect(counts.map(({ authority, count }) => [authority.code, count])).toEqual(Object.entries(PUBLISHED));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(310);
    const rows: { dimensions: { value: string }[]; cell: { value: string } }[] = data.usageMetrics.rows;
    expect(Object.fromEntries(rows.map((row) => [row.dimensions[0]?.value, Number(row.cell.value)]))).toEqual(
      PUBLISHED,
    );
  });

  test('the figures of the document, their quoted words and their labels say the same numbers', async () => {
    const { data } = await hub.query(
      `{ publishedFigures(first: 100) { nodes { slug value quotedWords authority { code } nl: label(lang: NL) fr: label(lang: FR) } } }`,
    );
    type Figure = { slug: string; value: string; quotedWords: string; authority: { code: string } | null };
    const parts = (data.publishedFigures.nodes as Figure[]).filter(
      ({ slug, authority }) => authority && slug.startsWith('ecat-members-'),
    );
    expect(Object.fromEntries(parts.map(({ authority, value }) => [authority?.code, Number(value)]))).toEqual(
      PUBLISHED,
    );
    for (const { value, quotedWords } of parts) expect(quotedWords.endsWith(` ${value}`)).toBe(true);
  });
});

describe('what the energy service is said to have saved', () => {
  const THREE_YEARS = { from: '2019-01-01', to: '2022-01-01' };

  test('comes to the published CO₂, litres and euros by the demonstration’s own factors, which say so', async () => {
    const { data } = await hub.query(
      `query ($period: DateRangeInput!) {
        usageMetrics(metrics: [ENERGY_KWH_SAVED, ENERGY_CO2_AVOIDED_KG, ENERGY_OIL_LITRES, ENERGY_COST_SAVED_EUR], period: $period) { rows { metric cell { value } } }
        energyFactors { nodes { kind value source provenance } } }`,
      { period: THREE_YEARS },
    );
    const value = Object.fromEntries(
      data.usageMetrics.rows.map(({ metric, cell }: { metric: string; cell: { value: string } }) => [
        metric,
        Number(cell.value),
      ]),
    ) as Record<string, number>;
    const factors = Object.fromEntries(
      data.energyFactors.nodes.map(({ kind, value: factor }: { kind: string; value: string }) => [
        kind,
        Number(factor),
      ]),
    ) as Record<string, number>;
    expect(factors).toEqual({ EMISSION: 0.16, OIL_EQUIVALENCE: 2.8, PRICE: 0.0644 });
    for (const { source, provenance } of data.energyFactors.nodes) {
      expect(source).toMatch(/^A factor of the demonstration/);
      expect(provenance).toBe('SYNTHETIC');
    }
    const kwh = value.ENERGY_KWH_SAVED as number;
    const [emission = 0, litre = 1, price = 0] = [factors.EMISSION, factors.OIL_EQUIVALENCE, factors.PRICE];
    // What the hub holds is what the factors make of the energy.
    expect(value.ENERGY_CO2_AVOIDED_KG).toBeCloseTo(kwh * emission, 2);
    expect(value.ENERGY_OIL_LITRES).toBeCloseTo((kwh * emission) / litre, 2);
    expect(value.ENERGY_COST_SAVED_EUR).toBeCloseTo(kwh * price, 2);
    // And that, at the precision in which it was published.
    expect((kwh / 1e6).toFixed(2)).toBe('8.07');
    expect(((kwh * emission) / 1000).toFixed(0)).toBe('1291');
    expect(Math.round((kwh * emission) / litre / 10_000) * 10_000).toBe(460_000);
    expect(Math.round((kwh * price) / 10_000) * 10_000).toBe(520_000);
  });

  test('what its meters say is told apart, and recorded as the hub itself works it out', async () => {
    const { data } = await hub.query(
      `{ savingsResults(first: 5, filter: { isCurrent: true }) { nodes { baseline { from to } reporting { from to } figures { avoidedKwh changePoint rSquared normalisedKwh co2Kg factors { value } } meter { id } } }
        usageMetrics(metrics: [ENERGY_MEASURED_KWH_SAVED]) { rows { cell { value } } } }`,
    );
    expect(Number(data.usageMetrics.rows[0].cell.value)).toBeGreaterThan(0);
    for (const { baseline, reporting, figures, meter } of data.savingsResults.nodes) {
      const anew = await hub.query(
        `query ($id: ID!, $baseline: DateRangeInput!, $reporting: DateRangeInput!) { meter(id: $id) {
          savings(baseline: $baseline, reporting: $reporting) { avoidedKwh changePoint rSquared normalisedKwh co2Kg factors { value } } } }`,
        { id: meter.id, baseline, reporting },
      );
      const { avoidedKwh, ...rest } = anew.data.meter.savings;
      expect(Number(avoidedKwh)).toBeCloseTo(Number(figures.avoidedKwh), 3);
      expect(rest.changePoint).toBe(figures.changePoint);
      expect(rest.factors).toHaveLength(figures.factors.length);
      expect(Number(rest.normalisedKwh)).toBeCloseTo(Number(figures.normalisedKwh), 2);
    }
  });
});
