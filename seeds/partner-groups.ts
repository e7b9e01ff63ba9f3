import { TerritoryLevel } from '../src/reference/reference.entity.ts';
import { territories } from '../src/reference/territories.ts';
import type { Group } from './demonstration.ts';
import type { Random } from './random.ts';

/** A number of partners of one kind. */
export interface Batch {
  group: Group;
  count: number;
  /** The authority that recognises them. */
  authority: string | null;
  /** An authority that recognises some of them too. */
  second?: string;
  municipalities: readonly string[];
  /** Sector codes and how often each comes. */
  sectors: Record<string, number>;
  /** Languages, main one first, separated by spaces, and how often each set comes. */
  languages: Record<string, number>;
}

function municipalitiesOf(choose: (one: (typeof territories)[number]) => boolean): string[] {
  return territories
    .filter((one) => one.level === TerritoryLevel.MUNICIPALITY && choose(one))
    .map((one) => one.nisCode);
}

const GERMAN_SPEAKING = ['63023', '63040', '63067'];
const brussels = municipalitiesOf((one) => one.regionCode === '04000');
const flanders = municipalitiesOf((one) => one.regionCode === '02000');
const wallonia = municipalitiesOf(
  (one) => one.regionCode === '03000' && !GERMAN_SPEAKING.includes(one.nisCode),
);

/** Large towns hold more organisations than small ones. */
const inWallonia = [...wallonia, '62063', '62063', '52011', '52011', '92094', '92094', '53053', '57081'];
const inBrussels = [...brussels, '21004', '21004', '21004', '21009', '21015', '21001', '21012', '21013'];

const FRENCH = { fr: 1 };
const BOTH = { 'fr nl': 6, fr: 3, 'nl fr': 1 };
const DUTCH = { nl: 9, 'nl fr': 1 };

/**
 * Organisations of Brussels by the authority that recognises them, then those of the other regions. The first
 * seven hold the purchasing centre's 310 members of 2022, and some more.
 */
export const BATCHES: readonly Batch[] = [
  {
    group: 'RECOGNISED',
    count: 162,
    authority: 'COCOF',
    second: 'IRISCARE',
    municipalities: inBrussels,
    sectors: {
      SOCIAL_WORK: 28,
      MENTAL_HEALTH_ADDICTIONS: 20,
      HOME_CARE: 12,
      DISABILITY: 18,
      HEALTH_CENTRES: 22,
      WORK_INTEGRATION: 16,
      YOUTH: 10,
      CULTURE: 10,
    },
    languages: { fr: 9, 'fr nl': 1 },
  },
  {
    group: 'RECOGNISED',
    count: 116,
    authority: 'IRISCARE',
    second: 'COCOF',
    municipalities: inBrussels,
    sectors: {
      CARE_HOMES: 50,
      MENTAL_HEALTH_ADDICTIONS: 16,
      DISABILITY: 14,
      HOME_CARE: 14,
      HEALTH_CENTRES: 12,
      HOSPITALS: 8,
    },
    languages: BOTH,
  },
  {
    group: 'RECOGNISED',
    count: 36,
    authority: 'DVC',
    second: 'COCOF',
    municipalities: inBrussels,
    sectors: { HOMELESS_SHELTERS: 24, SOCIAL_WORK: 8, HOSPITALS: 4 },
    languages: BOTH,
  },
  {
    group: 'RECOGNISED',
    count: 42,
    authority: 'BRUSSELS_REGION',
    second: 'COCOF',
    municipalities: inBrussels,
    sectors: { OTHER: 12, CULTURE: 8, SPORTS: 6, WORK_INTEGRATION: 10, DEVELOPMENT_COOPERATION: 6 },
    languages: BOTH,
  },
  {
    group: 'RECOGNISED',
    count: 16,
    authority: 'VGC',
    municipalities: inBrussels,
    sectors: { CHILDCARE: 5, HOME_CARE: 3, CARE_HOMES: 3, CULTURE: 3, YOUTH: 2 },
    languages: DUTCH,
  },
  {
    group: 'RECOGNISED',
    count: 8,
    authority: 'FLEMISH_COMMUNITY',
    municipalities: inBrussels,
    sectors: { CULTURE: 3, EDUCATION: 3, YOUTH: 2 },
    languages: DUTCH,
  },
  {
    group: 'RECOGNISED',
    count: 3,
    authority: 'FWB',
    municipalities: inBrussels,
    sectors: { YOUTH: 1, CULTURE: 1 },
    languages: FRENCH,
  },
  {
    group: 'SCHOOL',
    count: 240,
    authority: 'FWB',
    municipalities: inWallonia,
    sectors: { EDUCATION: 1 },
    languages: FRENCH,
  },
  {
    group: 'SCHOOL',
    count: 70,
    authority: 'FWB',
    municipalities: inBrussels,
    sectors: { EDUCATION: 1 },
    languages: FRENCH,
  },
  {
    group: 'ASSOCIATION',
    count: 105,
    authority: 'WALLONIA',
    municipalities: inWallonia,
    sectors: {
      SOCIAL_WORK: 20,
      DISABILITY: 15,
      HEALTH_CENTRES: 12,
      HOME_CARE: 10,
      YOUTH: 15,
      CULTURE: 15,
      SPORTS: 10,
      CHILDCARE: 8,
    },
    languages: FRENCH,
  },
  {
    group: 'ASSOCIATION',
    count: 45,
    authority: null,
    municipalities: inBrussels,
    sectors: { DEVELOPMENT_COOPERATION: 14, CULTURE: 12, SPORTS: 7, OTHER: 8, CHILDCARE: 4 },
    languages: { fr: 7, 'fr nl': 3 },
  },
  {
    group: 'WORK_INTEGRATION',
    count: 86,
    authority: 'WALLONIA',
    municipalities: inWallonia,
    sectors: { WORK_INTEGRATION: 1 },
    languages: FRENCH,
  },
  {
    group: 'WORK_INTEGRATION',
    count: 6,
    authority: 'GERMAN_COMMUNITY',
    municipalities: GERMAN_SPEAKING,
    sectors: { WORK_INTEGRATION: 1 },
    languages: { de: 1, 'de fr': 1 },
  },
  {
    group: 'FLANDERS',
    count: 40,
    authority: 'FLEMISH_COMMUNITY',
    municipalities: flanders,
    sectors: { CARE_HOMES: 8, CULTURE: 6, YOUTH: 6, DISABILITY: 8, CHILDCARE: 6, SOCIAL_WORK: 6 },
    languages: DUTCH,
  },
];

/** The size bands, and how organisations of a kind fall into them. */
const BANDS: [from: number, to: number][] = [
  [1, 4],
  [5, 9],
  [10, 19],
  [20, 49],
  [50, 99],
  [100, 199],
  [200, 420],
];
const SMALL = [32, 27, 21, 14, 5, 1, 0];
const MIDDLE = [14, 19, 22, 27, 12, 5, 1];
const LARGE = [1, 4, 12, 33, 28, 15, 7];
const HOSPITAL = [0, 0, 0, 5, 15, 20, 60];

function distribution(sector: string, group: Group): readonly number[] {
  if (sector === 'HOSPITALS') return HOSPITAL;
  if (['CARE_HOMES', 'HOME_CARE', 'EDUCATION'].includes(sector)) return LARGE;
  if (['SPORTS', 'CULTURE', 'YOUTH', 'DEVELOPMENT_COOPERATION', 'OTHER'].includes(sector)) return SMALL;
  return group === 'ASSOCIATION' ? SMALL : MIDDLE;
}

/** A headcount as it is usual in a sector: many small organisations, a few large ones. */
export function headcountOf(random: Random, sector: string, group: Group): number {
  const weights = distribution(sector, group);
  const band = Number(random.weighted(Object.fromEntries(weights.map((weight, at) => [String(at), weight]))));
  const [from, usual] = BANDS[band] as [number, number];
  const to = sector === 'HOSPITALS' && from === 200 ? 1_800 : usual;
  return Math.min(to, Math.floor(from * ((to + 1) / from) ** random.next()));
}
