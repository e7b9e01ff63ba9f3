import { describe, expect, test } from '@jest/globals';
import { DEFAULT_DISCLOSURE_RULE } from './disclosure-rule.ts';
import { monthOf } from './period.ts';
import { type LatticeFact, type MonthToRelease, type ReleasedCell, releaseMonth } from './release-month.ts';

const [JANUARY, MARCH, DECEMBER] = [monthOf('2025-01-01'), monthOf('2025-03-01'), monthOf('2025-12-01')];

interface Use {
  partner: string;
  service?: string;
  sector?: string;
  month?: number;
  quantity?: bigint;
  since?: number;
}

function use({
  partner,
  service = 'ecat',
  sector = 'S',
  month = JANUARY,
  quantity = 10n,
  since,
}: Use): LatticeFact {
  const values = {
    SECTOR: sector,
    SIZE_BAND: 'B',
    REGION: 'R',
    PROVINCE: null,
    AUTHORITY: 'A',
    SERVICE: service,
  };
  return { partner, month, quantity, since, values };
}

const partners = (names: string, of: Omit<Use, 'partner'> = {}): LatticeFact[] =>
  [...names].map((partner) => use({ partner, ...of }));

const SUMS = { additivity: 'SUM', rule: DEFAULT_DISCLOSURE_RULE } as const;

/** Cells by table, values and period. */
function release(of: Partial<MonthToRelease> & Pick<MonthToRelease, 'facts'>): Map<string, ReleasedCell> {
  const cells = releaseMonth({ ...SUMS, month: JANUARY, earlier: [], ...of });
  return new Map(cells.map((cell) => [[cell.granularity, ...cell.table, ...cell.values].join(' '), cell]));
}

const ofCell = (cells: Map<string, ReleasedCell>, key: string): string =>
  `${cells.get(key)?.release} ${cells.get(key)?.value}`;

describe('sums', () => {
  test('of large cells are all released', () => {
    const facts = [
      ...partners('abcdef', { sector: 'S' }),
      ...partners('ghijkl', { sector: 'T' }),
      ...partners('abcdef', { sector: 'S', service: 'jaiplus', quantity: 7n }),
      ...partners('ghijkl', { sector: 'T', service: 'jaiplus', quantity: 7n }),
    ];
    const cells = release({ facts });
    expect(new Set([...cells.values()].map((cell) => cell.release))).toEqual(new Set(['OK']));
    expect(ofCell(cells, 'MONTH')).toBe('OK 204');
    expect(ofCell(cells, 'MONTH SECTOR S')).toBe('OK 102');
    expect(ofCell(cells, 'MONTH SERVICE SECTOR REGION jaiplus T R')).toBe('OK 42');
  });

  test('keep the smallest back for what is sensitive', () => {
    const facts = [
      ...partners('abcdef', { sector: 'S' }),
      ...partners('ghijk', { sector: 'T' }),
      ...partners('lm', { sector: 'U' }),
    ];
    const cells = release({ facts });
    expect(['S', 'T', 'U'].map((sector) => cells.get(`MONTH SECTOR ${sector}`)?.release)).toEqual([
      'OK',
      'SUPPRESSED_SECONDARY',
      'SUPPRESSED',
    ]);
    expect(cells.get('MONTH')?.release).toBe('OK');
  });

  test('of a quarter and a year come with the month that ends them', () => {
    const facts = Array.from({ length: 12 }, (_, at) => partners('abcde', { month: JANUARY + at })).flat();
    const earlier: ReleasedCell[] = [];
    for (let month = JANUARY; month < DECEMBER; month++) {
      earlier.push(...releaseMonth({ ...SUMS, month, facts, earlier }));
    }
    const cells = release({ month: DECEMBER, facts, earlier });
    expect(['YEAR', 'QUARTER', 'MONTH'].map((key) => ofCell(cells, key))).toEqual([
      'OK 600',
      'OK 150',
      'OK 50',
    ]);
  });

  test('of a quarter do not give away what one partner reported late', () => {
    const months = [JANUARY, JANUARY + 1, MARCH].flatMap((month) => partners('abcde', { month }));
    const earlier: ReleasedCell[] = [];
    for (const month of [JANUARY, JANUARY + 1]) {
      earlier.push(...releaseMonth({ ...SUMS, month, facts: months, earlier }));
    }
    const inTime = release({ month: MARCH, facts: months, earlier });
    expect([ofCell(inTime, 'QUARTER'), ofCell(inTime, 'MONTH')]).toEqual(['OK 150', 'OK 50']);
    const late = use({ partner: 'a', month: JANUARY, quantity: 3n, since: MARCH });
    const cells = release({ month: MARCH, facts: [...months, late], earlier });
    expect(ofCell(cells, 'QUARTER')).toBe('OK 153');
    // With the month the late report would be what is left.
    expect(ofCell(cells, 'MONTH')).toBe('SUPPRESSED_SECONDARY 50');
  });

  test('remember what was held back before', () => {
    const facts = [...partners('abcdefgh'), ...partners('abcdefgh', { month: JANUARY + 1 })];
    const [earlier] = releaseMonth({ ...SUMS, month: JANUARY, facts, earlier: [] });
    const quarter = (released: ReleasedCell['release']): string | undefined =>
      release({
        month: MARCH,
        facts,
        earlier: [
          { ...(earlier as ReleasedCell), release: released },
          { ...(earlier as ReleasedCell), lastMonth: JANUARY + 1, release: 'OK' },
        ],
      }).get('QUARTER')?.release;
    expect(quarter('OK')).toBe('OK');
    expect(quarter('SUPPRESSED_SECONDARY')).toBe('SUPPRESSED_SECONDARY');
  });
});

describe('numbers of partners', () => {
  test('count each once in a cell, and once in each service', () => {
    const facts = [
      ...partners('abcde'),
      ...partners('abcdefgh', { service: 'jaiplus' }),
      ...partners('abcde', { month: JANUARY + 1 }),
      ...partners('xyz', { quantity: 0n }),
    ];
    const cells = release({ additivity: 'DISTINCT_PARTNERS', month: MARCH, facts });
    expect([cells.get('QUARTER')?.value, cells.get('QUARTER SERVICE ecat')?.value]).toEqual([8n, 5n]);
    expect(cells.get('QUARTER SERVICE jaiplus')?.value).toBe(8n);
    expect(cells.has('MONTH')).toBe(false);
  });

  test('see that a partner of one service is the same in both kinds of tables', () => {
    // Those of the sector T use one service, so that both tables hold back the same number.
    const facts = [
      ...partners('abcdef', { sector: 'S' }),
      ...partners('abcdef', { sector: 'S', service: 'jaiplus' }),
      ...partners('gh', { sector: 'T' }),
    ];
    const cells = release({ additivity: 'DISTINCT_PARTNERS', facts });
    expect(cells.get('MONTH SECTOR T')?.release).toBe('SUPPRESSED');
    // The total and the sector S would tell it.
    expect([cells.get('MONTH')?.release, cells.get('MONTH SECTOR S')?.release]).toEqual([
      'OK',
      'SUPPRESSED_SECONDARY',
    ]);
    expect(cells.get('MONTH SERVICE jaiplus')?.release).toBe('OK');
  });

  test('see that what rests on an authority may be the use of one of the services', () => {
    // Six use ecat under an authority, and jaiplus, as two more do, without one: in both kinds of tables it is six of ecat.
    const under = (fact: LatticeFact, AUTHORITY: string | null) => ({
      ...fact,
      values: { ...fact.values, AUTHORITY },
    });
    const facts = [
      ...partners('abcdef').map((fact) => under(fact, 'A')),
      ...partners('abcdef', { service: 'jaiplus' }).map((fact) => under(fact, null)),
      ...partners('gh').map((fact) => under(fact, null)),
    ];
    const cells = release({ additivity: 'DISTINCT_PARTNERS', facts });
    expect(cells.get('MONTH SERVICE AUTHORITY ecat ')?.release).toBe('SUPPRESSED');
    const told = ['MONTH SERVICE ecat', 'MONTH AUTHORITY A'].filter(
      (key) => cells.get(key)?.release === 'OK',
    );
    expect(told.length).toBeLessThan(2);
  });

  test('count what their owners have published as told', () => {
    const facts = [...partners('abcdef'), ...partners('ghi', { service: 'jaiplus' })];
    const published = {
      granularity: 'MONTH',
      lastMonth: JANUARY,
      table: ['SERVICE'],
      values: ['ecat'],
      release: 'OK',
    } as const;
    const totalBeside = (earlier: MonthToRelease['earlier']) =>
      release({ additivity: 'DISTINCT_PARTNERS', facts, earlier }).get('MONTH')?.release;
    expect(totalBeside([])).toBe('OK');
    // The total less the published number would be the three of the other service.
    expect(totalBeside([published])).toBe('SUPPRESSED_SECONDARY');
    expect(totalBeside([{ ...published, lastMonth: JANUARY - 1 }])).toBe('OK');
  });
});

test('levels of a quarter and a year are those of their last month, and as far released', () => {
  const facts = [
    ...partners('abcdef', { month: DECEMBER - 1, quantity: 5n }),
    ...partners('abcdef', { month: DECEMBER }),
    ...partners('gh', { month: DECEMBER, sector: 'T' }),
  ];
  const cells = release({ additivity: 'STOCK', month: DECEMBER, facts });
  for (const period of ['YEAR', 'QUARTER', 'MONTH']) {
    expect(ofCell(cells, period)).toBe('OK 80');
    expect(cells.get(`${period} SECTOR T`)?.release).toBe('SUPPRESSED');
    expect(cells.get(`${period} SECTOR S`)?.release).toBe('SUPPRESSED_SECONDARY');
  }
});
