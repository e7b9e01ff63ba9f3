export { DEFAULT_DISCLOSURE_RULE, type DisclosureRule, isSensitive } from './disclosure-rule.ts';
export {
  type CellKey,
  LATTICE_DIMENSIONS,
  LATTICE_TABLES,
  type LatticeDimension,
  type LatticeQuestion,
  type LatticeTable,
  onLattice,
} from './lattice.ts';
export {
  datesOf,
  firstDay,
  LATTICE_GRANULARITIES,
  type LatticeGranularity,
  type LatticePeriod,
  monthOf,
  periodBetween,
  periodsEndingWith,
} from './period.ts';
export { type Cell, decideReleases, type Fact, type Release, type Releases } from './release.ts';
export {
  type Additivity,
  type DecidedCell,
  type LatticeFact,
  type MonthToRelease,
  type ReleasedCell,
  releaseMonth,
} from './release-month.ts';
