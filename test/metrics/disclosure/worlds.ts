import fc from 'fast-check';
import {
  type Additivity,
  DEFAULT_DISCLOSURE_RULE,
  firstDay,
  type LatticeDimension,
  type LatticeFact,
  type ReleasedCell,
  releaseMonth,
} from '../../../src/metrics/disclosure/index.ts';
import { Attacker } from './attacker.ts';

const START = 2025 * 12;

/** Who sees some of the facts one by one. */
export const VIEWER = 'viewer';

/** A year so far, as a metric's facts are. */
export interface World {
  months: number;
  facts: LatticeFact[];
}

interface Size {
  partners: [number, number];
  months: [number, number];
}

const SMALL: Size = { partners: [5, 24], months: [1, 4] };
const LARGE: Size = { partners: [20, 40], months: [3, 12] };

/** Worlds of few partners with skewed quantities, some of them seen one by one, taken back or reported late. */
export const world: fc.Arbitrary<World> = fc.noBias(
  fc.oneof({ weight: 12, arbitrary: ofSize(SMALL) }, { weight: 1, arbitrary: ofSize(LARGE) }),
);

function ofSize(size: Size): fc.Arbitrary<World> {
  const several = (values: number, name: string): fc.Arbitrary<string> =>
    // The first of them is the most usual.
    fc.nat(values * values - 1).map((at) => `${name}${values - 1 - Math.floor(Math.sqrt(at))}`);
  const partner = fc.record({
    SECTOR: several(3, 'sector'),
    SIZE_BAND: several(3, 'band'),
    REGION: several(2, 'region'),
    PROVINCE: fc.option(several(2, 'province')),
    AUTHORITY: fc.option(several(2, 'authority'), { freq: 3 }),
    // Most are of the same order, some a thousand times as large.
    scale: fc.nat(39).map((at) => (at < 36 ? at % 4 : at - 29)),
  });
  const use = fc.record({
    isThere: fc.integer({ min: 0, max: 99 }).map((chance) => chance < 80),
    part: fc.integer({ min: 1, max: 1000 }),
    oddity: fc.nat(59),
  });
  return fc
    .record({
      partners: fc.array(partner, { minLength: size.partners[0], maxLength: size.partners[1], size: 'max' }),
      services: fc.integer({ min: 1, max: 2 }),
      months: fc.integer({ min: size.months[0], max: size.months[1] }),
    })
    .chain(({ partners, services, months }) => {
      const cells = partners.length * services * months;
      return fc.array(use, { minLength: cells, maxLength: cells }).map((uses) => {
        const facts = uses.flatMap(({ isThere, part, oddity }, at): LatticeFact[] => {
          const { scale, ...of } = partners[at % partners.length] as (typeof partners)[number];
          const service = Math.floor(at / partners.length) % services;
          const month = START + Math.floor(at / partners.length / services);
          const fact = {
            partner: `partner${at % partners.length}`,
            month,
            quantity: BigInt(part) * 2n ** BigInt(scale),
            values: { SERVICE: `service${service}`, ...of },
          };
          if (!isThere) return [];
          if (oddity === 0) return [{ ...fact, isKnown: true }];
          if (oddity === 1) return [{ ...fact, quantity: 0n }];
          if (oddity === 2) return [{ ...fact, quantity: -fact.quantity }];
          if (oddity === 4) return [{ ...fact, seenBy: [VIEWER] }];
          if (oddity === 3) return [fact, { ...fact, quantity: 1n, since: month + 1 }];
          return [fact];
        });
        return { months, facts };
      });
    });
}

/** Every cell that is decided on, month after month. */
export function releaseAll({ facts, months }: World, additivity: Additivity): ReleasedCell[] {
  const cells: ReleasedCell[] = [];
  for (let month = START; month < START + months; month++) {
    // What is reported late is not there before.
    const until = facts.filter((fact) => (fact.since ?? fact.month) <= month);
    cells.push(
      ...releaseMonth({ additivity, month, facts: until, earlier: cells, rule: DEFAULT_DISCLOSURE_RULE }),
    );
  }
  return cells;
}

const LENGTHS = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** The facts behind a cell, found anew. */
function behind(cell: ReleasedCell, facts: readonly LatticeFact[]): LatticeFact[] {
  const first = cell.lastMonth - LENGTHS[cell.granularity] + 1;
  return facts.filter(
    ({ month, since = month, values }) =>
      month >= first &&
      Math.max(month, since) <= cell.lastMonth &&
      cell.table.every((dimension: LatticeDimension, at) => values[dimension] === cell.values[at]),
  );
}

const hidesFrom =
  (viewer: string | undefined) =>
  (fact: LatticeFact): boolean =>
    !fact.isKnown && fact.quantity !== 0n && !(viewer && fact.seenBy?.includes(viewer));

/**
 * What an attacker finds out who gets the value of these cells: it should be nothing.
 * @param viewer who the attacker is, if it sees some of the facts. What is held back for the sake of others alone may
 *   follow from these
 */
export function findings(
  of: World,
  cells: readonly ReleasedCell[],
  isTold: (cell: ReleasedCell) => boolean,
  viewer?: string,
): string[] {
  const hides = hidesFrom(viewer);
  const nameOf = new Map(of.facts.map((fact, at) => [fact, `fact${at}`]));
  const names = (facts: readonly LatticeFact[]): string[] =>
    facts.filter(hides).map((fact) => nameOf.get(fact) as string);
  const attacker = new Attacker(cells.filter(isTold).map((cell) => names(behind(cell, of.facts))));
  const found: string[] = [];
  for (const cell of cells) {
    if (viewer && cell.release === 'SUPPRESSED_SECONDARY') continue;
    if (!isTold(cell) && attacker.knows(names(behind(cell, of.facts))))
      found.push(`${cell.release} ${nameCell(cell)}`);
  }
  const partners = [...new Set(of.facts.map(({ partner }) => partner))];
  const ofPartner = (partner: string): LatticeFact[] => of.facts.filter((fact) => fact.partner === partner);
  for (const partner of partners) {
    if (attacker.knowsSome(names(ofPartner(partner)).map((name) => [name]))) found.push(partner);
  }
  for (const total of cells.filter(({ table }) => table.length === 0)) {
    const first = total.lastMonth - LENGTHS[total.granularity] + 1;
    const isIn = ({ month }: LatticeFact): boolean => month >= first && month <= total.lastMonth;
    const totals = partners
      .map((partner) => names(ofPartner(partner).filter(isIn)))
      .filter(({ length }) => length > 0);
    if (attacker.knowsSomeOfThree(totals)) found.push(`few in ${nameCell(total)}`);
  }
  return found;
}

/** The same of counts of partners, each of whom is there or not: once in a period, and once in each service. */
export function findingsOfCounts(of: World, cells: readonly ReleasedCell[], viewer?: string): string[] {
  const used = { ...of, facts: of.facts.filter(({ quantity }) => quantity !== 0n) };
  const names = (cell: ReleasedCell): string[] => {
    const inPeriod = behind({ ...cell, table: [], values: [] }, used.facts);
    const period = `${cell.granularity} ${cell.lastMonth}`;
    const nameOf = ({ partner, values }: LatticeFact): string => {
      const services = new Set(
        inPeriod.filter((fact) => fact.partner === partner).map((fact) => fact.values.SERVICE),
      );
      const isApart = services.size > 1 && cell.table.includes('SERVICE');
      return `${period} ${partner}${isApart ? ` ${values.SERVICE}` : ''}`;
    };
    const counted = behind(cell, used.facts);
    const isSeen = ({ isKnown, seenBy }: LatticeFact): boolean =>
      Boolean(isKnown || (viewer && seenBy?.includes(viewer)));
    const known = new Set(counted.filter(isSeen).map(nameOf));
    return [...new Set(counted.map(nameOf))].filter((name) => !known.has(name));
  };
  const isTold = ({ release }: ReleasedCell): boolean => release === 'OK';
  const attacker = new Attacker(cells.filter(isTold).map(names));
  const everybody = new Set(cells.flatMap(names));
  return [
    ...cells
      .filter((cell) => !isTold(cell) && !(viewer && cell.release === 'SUPPRESSED_SECONDARY'))
      .filter((cell) => attacker.knows(names(cell)))
      .map(nameCell),
    ...[...everybody].filter((name) => attacker.knows([name])),
  ];
}

function nameCell({ granularity, lastMonth, table, values }: ReleasedCell): string {
  return `${granularity} to ${firstDay(lastMonth)} ${table.map((dimension, at) => `${dimension}=${values[at]}`).join(' ')}`;
}
