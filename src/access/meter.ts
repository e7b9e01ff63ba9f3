/** Where a principal stands with its points. */
export interface RateLimitState {
  /** Points a minute. */
  limit: number;
  /** Points of this operation. */
  cost: number;
  /** Whole points that are left. */
  remaining: number;
  /** When all points are back if no more are spent: an instant in UTC. */
  resetAt: string;
}

/** Counts what one operation costs its principal; see `src/limits`. */
export interface Meter {
  /**
   * Charges the operation this many points in all: what it was charged before is not charged again.
   * @throws RateLimitedError when the principal has fewer, UserError QUERY_TOO_LARGE when it never has as many
   */
  charge(total: number): void;
  /** The same for what cannot be taken back any more: it is charged even where the principal has fewer. */
  owe(total: number): void;
  state(): RateLimitState;
}
