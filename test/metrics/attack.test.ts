import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/access/roles.ts';
import { ANONYMOUS, type Viewer } from '../../src/access/viewer.ts';
import { LATTICE_TABLES } from '../../src/metrics/disclosure/index.ts';
import { type Atom, type AttackedWorld, attackedWorld, ENROLLED, monthAt, SUM } from './attack-world.ts';
import { Attacker } from './disclosure/attacker.ts';

/*
 * Somebody asks everything that is on the lattice, through the API, knows who contributes where, and calculates: nothing
 * that was held back must follow, and of no organisation whose records it does not see anything at all.
 */
let world: AttackedWorld;
beforeAll(async () => {
  world = await attackedWorld();
}, 240_000);
afterAll(() => world?.hub.close());

const SERVED = 'PARTNERS_SERVED';
const METRICS = [SUM, SERVED, ENROLLED];
const WITH_RATIO = [...METRICS, 'COST_PER_PARTNER'];
const GRANULARITIES = ['MONTH', 'QUARTER', 'YEAR'];

/** What is told of a cell, and which cell it is. */
interface Told {
  metric: string;
  /** The federation or authority that it was asked of. */
  audience: string | undefined;
  values: Readonly<Record<string, string | null>>;
  from: string;
  to: string;
  value: string | null;
  status: string;
}

interface Answered {
  metric: string;
  dimensions: { dimension: string; value: string | null }[];
  period: { from: string; to: string };
  cell: { value: string | null; status: string };
  comparison: { period: { from: string; to: string }; value: string | null } | null;
}

const ANSWER = `{ basis rows { ...row } totals { ...row } }`;
const ROW = `fragment row on UsageMetricsRow { metric dimensions { dimension value } period { from to } cell { value status }
  comparison { period { from to } value } }`;

/** What a question is asked of: the whole hub, or one record. */
interface Of {
  federation?: string;
  authority?: string;
  service?: string;
}

const FIELD: Record<keyof Of, (id: string) => string> = {
  federation: (id) => `federation(reference: { id: "${id}" })`,
  service: (id) => `sharedService(reference: { id: "${id}" })`,
  authority: (id) => `node(id: "${id}")`,
};

/** One question of the lattice as a viewer asks it. */
async function ask(viewer: Viewer, asked: object, of: Of = {}): Promise<Told[]> {
  const field = `usageMetrics(metrics: $metrics, period: $period, groupBy: $groupBy, granularity: $granularity, compareTo: $compareTo) ${ANSWER}`;
  const [name, id] = (Object.entries(of)[0] ?? []) as [keyof Of, string] | [undefined, undefined];
  const inField = name === 'authority' ? `... on CompetentAuthority { ${field} }` : field;
  const inner = name ? `${FIELD[name](id)} { ${inField} }` : field;
  const { data, errors } = await world.hub.query(
    `query ($metrics: [MetricKey!]!, $period: DateRangeInput, $groupBy: [MetricDimension!], $granularity: Granularity, $compareTo: ComparedPeriod) { at: ${inner} } ${ROW}`,
    { metrics: METRICS, period: { from: '2025-01-01', to: '2026-01-01' }, ...asked },
    { viewer },
  );
  expect(errors).toBeUndefined();
  const { basis, rows, totals } = id ? data.at.usageMetrics : data.at;
  expect(basis).toBe('RELEASED');
  const { service } = of;
  const audience = of.federation ?? of.authority;
  return [...rows, ...totals].flatMap(
    ({ metric, dimensions, period, cell, comparison }: Answered): Told[] => {
      const values = {
        ...(service ? { SERVICE: service } : {}),
        ...Object.fromEntries(dimensions.map(({ dimension, value }) => [dimension, value])),
      };
      const told = { metric, audience, values, ...period, ...cell };
      if (!comparison || comparison.value === null) return [told];
      return [told, { ...told, ...comparison.period, value: comparison.value, status: 'OK' }];
    },
  );
}

/** Everything: every table in months, quarters and years, with their totals, and comparisons. */
async function askAll(viewer: Viewer, audiences: readonly Of[]): Promise<Told[]> {
  const all: Told[] = [];
  for (const of of [{}, ...audiences]) {
    for (const groupBy of LATTICE_TABLES) {
      for (const granularity of GRANULARITIES) {
        all.push(...(await ask(viewer, { groupBy, granularity }, of)));
      }
    }
  }
  const quarter = { from: '2025-04-01', to: '2025-07-01' };
  for (const groupBy of [[], ['SECTOR'], ['SERVICE', 'SECTOR']]) {
    all.push(
      ...(await ask(viewer, { metrics: WITH_RATIO, groupBy, period: quarter, compareTo: 'PREVIOUS_PERIOD' })),
    );
  }
  const [, service] = world.services as [string, string];
  all.push(...(await ask(viewer, { groupBy: ['REGION'], granularity: 'MONTH' }, { service })));
  return all;
}

/** The atoms that a cell was made of when it was released. */
function behind({ metric, audience, values, from, to }: Told): Atom[] {
  const isLevel = metric === ENROLLED;
  const months = isLevel ? [lastMonth(to)] : [];
  return world.atoms.filter(
    (atom) =>
      (isLevel ? atom.metric === ENROLLED && months.includes(atom.month) : atom.metric === SUM) &&
      atom.month >= from &&
      atom.month < to &&
      atom.since < to &&
      (!audience || atom.audiences.includes(audience)) &&
      Object.entries(values).every(([dimension, value]) => atom.values[dimension] === value),
  );
}

function lastMonth(to: string): string {
  const day = new Date(`${to}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - 1);
  return day.toISOString().slice(0, 10);
}

const cellOf = ({ audience, values, from, to }: Told): string =>
  JSON.stringify([audience, Object.entries(values).sort(), from, to]);

/** Every cell of the lattice that something stands behind. */
function cellsWithin(metric: string, audience: string | undefined): Told[] {
  const periods = [1, 3, 12].flatMap((length) =>
    Array.from({ length: 12 / length }, (_, at) => ({
      from: monthAt(at * length),
      to: monthAt((at + 1) * length),
    })),
  );
  const cells = periods.flatMap((period) => {
    const all = { metric, audience, values: {}, ...period, value: null, status: 'SUPPRESSED' };
    return behind(all).flatMap(({ values }) =>
      LATTICE_TABLES.map((table) => ({
        ...all,
        values: Object.fromEntries(table.map((dimension) => [dimension, values[dimension] ?? null])),
      })),
    );
  });
  return [...new Map(cells.map((cell) => [cellOf(cell), cell])).values()];
}

const nameOf = ({ metric, partner, service, month, since }: Atom): string =>
  [metric, partner, service, month, since].join(' ');

/** The unknowns of a cell; of a count of partners, each of whom may have used something of what it could. */
function unknowns(told: Told, isSeen: (atom: Atom) => boolean): string[] {
  const atoms = behind(told);
  if (told.metric !== SERVED) return atoms.filter((atom) => !isSeen(atom)).map(nameOf);
  const period = `${told.from} ${told.to}`;
  const partners = [...new Set(atoms.map(({ partner }) => partner))];
  return partners.flatMap((partner) => {
    const own = atoms.filter((atom) => atom.partner === partner);
    return own.some(isSeen) ? [] : [`${period} ${partner}: ${own.map(nameOf).sort().join()}`];
  });
}

/** Of a ratio whose other part is public, the part that is not. */
const partOf = (metric: string): string => (metric === 'COST_PER_PARTNER' ? SERVED : metric);

interface Findings {
  attacker: Attacker;
  held: Told[];
  found: string[];
  wrong: string[];
  /** How many cells are told. */
  told: number;
}

function attack(all: readonly Told[], metric: string, isSeen: (atom: Atom) => boolean): Findings {
  const cells = all.filter((told) => partOf(told.metric) === metric);
  const attacker = new Attacker(
    cells.filter(({ status }) => status === 'OK').map((told) => unknowns({ ...told, metric }, isSeen)),
  );
  const answered = new Set(cells.map(cellOf));
  const scopes = new Set(cells.filter(({ status }) => status === 'OK').map(({ audience }) => audience));
  const held = [
    ...cells.filter(({ status, metric: of }) => status.startsWith('SUPPRESSED') && of === metric),
    // Of what is of too few there is not even a row.
    ...[...scopes].flatMap((audience) =>
      cellsWithin(metric, audience).filter((told) => !answered.has(cellOf(told))),
    ),
  ];
  const found = held
    .filter((told) => attacker.knows(unknowns(told, isSeen)))
    .map((told) => JSON.stringify(told));
  const unseen = [...new Set(cells.flatMap((told) => unknowns({ ...told, metric }, isSeen)))];
  const partners = new Set(world.atoms.map(({ partner }) => partner));
  for (const partner of partners) {
    const own = unseen.filter((name) => name.includes(partner));
    if (
      metric === SERVED
        ? own.some((name) => attacker.knows([name]))
        : attacker.knowsSome(own.map((name) => [name]))
    )
      found.push(partner);
  }
  // That the attacker's equations hold, no viewer who sees all of a cell as of now excepted.
  const wrong = cells.filter(
    (told) =>
      told.status === 'OK' &&
      told.metric === metric &&
      totalOf(told) !== told.value &&
      unknowns(told, isSeen).length > 0,
  );
  return {
    attacker,
    held,
    found,
    wrong: wrong.map((told) => JSON.stringify([told, totalOf(told)])),
    told: cells.filter(({ status }) => status === 'OK').length,
  };
}

function totalOf(told: Told): string {
  const atoms = behind(told);
  if (told.metric === SERVED) return String(new Set(atoms.map(({ partner }) => partner)).size);
  return String(atoms.reduce((total, { units }) => total + units, 0n) / 1_000_000n);
}

describe('whoever asks everything through the API finds out nothing', () => {
  const nothing = (
    all: readonly Told[],
    isSeen: (atom: Atom) => boolean,
    counts: (found: string) => boolean = () => true,
  ): void => {
    for (const metric of [SUM, SERVED, ENROLLED]) {
      const findings = attack(all, metric, isSeen);
      const { wrong, held, told } = findings;
      const found = findings.found.filter(counts);
      expect({ metric, found, wrong }).toEqual({ metric, found: [], wrong: [] });
      expect(held.length).toBeGreaterThan(0);
      expect(told).toBeGreaterThan(20);
    }
  };

  test('anonymous; one more figure would tell others', async () => {
    const all = await askAll(ANONYMOUS, []);
    nothing(all, () => false);
    const { held } = attack(all, SUM, () => false);
    const leaks = held.filter(({ status }) => status === 'SUPPRESSED_SECONDARY').slice(0, 8);
    const told = leaks.filter((leak) => {
      const { found } = attack([...all, { ...leak, status: 'OK' }], SUM, () => false);
      // The leaked cell itself does not count.
      return found.length > 1;
    });
    expect(leaks.length).toBeGreaterThan(0);
    expect(told.length).toBeGreaterThan(0);
  }, 240_000);

  test('an analyst of a federation, with whom one organisation shares its records', async () => {
    const [first] = world.federations as [string];
    const all = await askAll(
      world.as(Role.FEDERATION_ANALYST, first),
      world.federations.map((federation) => ({ federation })),
    );
    expect(all.some(({ audience, status }) => audience === first && status === 'OK')).toBe(true);
    nothing(all, ({ partner }) => partner === world.sharing);
  }, 240_000);

  test('who reads for an authority, which sees the cells of those that it recognises', async () => {
    const { authority } = world;
    const all = await askAll(world.as(Role.AUTHORITY_READER, authority), [{ authority }]);
    expect(all.some(({ audience, status }) => audience === authority && status === 'OK')).toBe(true);
    nothing(all, () => false);
  }, 240_000);

  test('the staff of a service finds nothing about use of another one', async () => {
    const [own] = world.services as [string];
    const all = await askAll(world.as(Role.SERVICE_STAFF, own), []);
    // A cell that is held back for the sake of others alone may follow from what the staff sees.
    const isOfOthers = (found: string): boolean => !found.includes('"SUPPRESSED_SECONDARY"');
    nothing(all, ({ service }) => service === own, isOfOthers);
  }, 240_000);

  test('who reads the records of one organisation finds none of another', async () => {
    const own = world.atoms[0]?.partner as string;
    const all = await askAll(world.as(Role.PARTNER_READER, own), []);
    // Who contributes can take itself off a cell; the threshold reckons with that, and three others are left at least.
    const isPartner = (found: string): boolean => !found.startsWith('{');
    nothing(all, ({ partner }) => partner === own, isPartner);
  }, 240_000);
});
