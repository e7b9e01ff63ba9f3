/**
 * When a cell names one of those who stand behind it (primary suppression): the threshold rule and the
 * (n,k)-dominance rule of Hundepool et al., Statistical Disclosure Control (Wiley 2012), section 4.2, as in τ-ARGUS.
 */
export interface DisclosureRule {
  /** Fewest partners that must contribute something other than nought. */
  threshold: number;
  /** The `n` largest may make up to this share of the whole, from 0 to 1, read to the millionth. */
  dominance: { n: number; share: number };
}

/** Four partners, of whom two may make 85 % (n=2, k=85). */
export const DEFAULT_DISCLOSURE_RULE: DisclosureRule = { threshold: 4, dominance: { n: 2, share: 0.85 } };

const PARTS = 1_000_000;

/**
 * Whether a cell must be held back for its own sake.
 * @param contributions what each distinct partner contributes, in whole millionths of the unit. Quantities below
 *   zero weigh by their absolute value: a large credit dominates a sum as a large order does.
 */
export function isSensitive(contributions: Iterable<bigint>, rule: DisclosureRule): boolean {
  const weights: bigint[] = [];
  for (const contribution of contributions) {
    if (contribution !== 0n) weights.push(contribution < 0n ? -contribution : contribution);
  }
  if (weights.length < rule.threshold) return true;
  weights.sort((left, right) => (left < right ? 1 : left > right ? -1 : 0));
  const { n, share } = rule.dominance;
  const largest = sum(weights.slice(0, n));
  return largest * BigInt(PARTS) > sum(weights) * BigInt(Math.round(share * PARTS));
}

function sum(of: readonly bigint[]): bigint {
  return of.reduce((left, right) => left + right, 0n);
}
