const MINUTE_MS = 60_000;

/** Points come back in fractions, which do not add up exactly. */
const TOLERANCE = 1e-6;

/** What other processes took from a principal's points, by the database's clock. */
export interface OthersSpent {
  principal: string;
  /** Minutes since 1970, and the part of the current one that is over. */
  minute: number;
  fraction: number;
  /** Points of the current minute and of the one before. */
  current: number;
  previous: number;
}

/**
 * A token bucket: it holds a minute's points, fills evenly, and gives no more than it holds. What other processes
 * spent is taken out when it becomes known, so it can come below nothing.
 */
export class Bucket {
  /** Points given since the others were told. */
  unsent = 0;
  /** When points were last asked for, in milliseconds since 1970. */
  usedAt: number;
  private points: number;
  private filledAt: number;
  private seen: OthersSpent | undefined;

  constructor(
    readonly principal: string,
    private limit: number,
    now: number,
  ) {
    this.points = limit;
    this.filledAt = now;
    this.usedAt = now;
  }

  /** Takes points if there are as many; gives the milliseconds until there will be, 0 when they were taken. */
  take(points: number, now: number, limit = this.limit): number {
    this.fill(now, limit);
    this.usedAt = now;
    if (this.points + TOLERANCE < points) return this.wait(points);
    this.points -= points;
    this.unsent += points;
    return 0;
  }

  /** Takes points, also where there are fewer. */
  force(points: number): void {
    this.points -= points;
    this.unsent += points;
  }

  /** Milliseconds until there are so many points. */
  wait(points: number): number {
    return Math.max(0, ((points - this.points) / this.limit) * MINUTE_MS);
  }

  /** Points that are there, and the limit. */
  state(now: number): { points: number; limit: number } {
    this.fill(now, this.limit);
    return { points: this.points, limit: this.limit };
  }

  /** Takes what other processes have spent since this was called before. */
  takeOthers(others: OthersSpent, now: number): void {
    // What came back since comes first: a full bucket has lost the rest of it.
    this.fill(now, this.limit);
    this.points -= this.newlySpent(others);
    this.seen = others;
  }

  private newlySpent({ minute, fraction, current, previous }: OthersSpent): number {
    const { seen } = this;
    if (seen?.minute === minute) return current - seen.current + (previous - seen.previous);
    if (seen?.minute === minute - 1) return current + (previous - seen.current);
    // It has been full since, and how the last minute was spent is not known: as if at its very end.
    return current + Math.max(0, previous - this.limit * fraction);
  }

  private fill(now: number, limit: number): void {
    const since = now - this.filledAt;
    // A clock that is set back fills nothing.
    const points = since > 0 ? this.points + (since / MINUTE_MS) * limit : this.points;
    this.points = Math.min(points, limit);
    this.filledAt = now;
    this.limit = limit;
  }
}
