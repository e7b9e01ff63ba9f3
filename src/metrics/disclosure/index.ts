export { DEFAULT_DISCLOSURE_RULE, type DisclosureRule } from './disclosure-rule.ts';
export { LATTICE_TABLES, type LatticeDimension, type LatticeTable, onLattice } from './lattice.ts';
export { datesOf, firstDay, monthOf, periodBetween } from './period.ts';
export {
  type Additivity,
  type DecidedCell,
  type LatticeFact,
  type ReleasedCell,
  releaseMonth,
} from './release-month.ts';
