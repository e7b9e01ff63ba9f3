/** What is odd about readings, and reported: nothing of it is mended. */
export type FindingKind = 'GAP' | 'CONSTANT_RUN' | 'OUTLIER';

/** Something odd in the readings of one meter. */
export interface Finding {
  kind: FindingKind;
  meter: string;
  /** Instants in milliseconds since 1970 between which it is. */
  from: number;
  until: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Readings whose median is what is usual for a meter, and how many of them say so at least. */
const WINDOW = 200;
const LEAST = 24;
/** Readings after which the median is taken anew: sorting at each would cost more than all else. */
const EVERY = 25;
/** Times the usual that is no longer plausible. */
const IMPLAUSIBLE = 10;

/** How many equal readings in a row are odd, by how long each is. */
function longestRun(length: number): number {
  if (length <= 2 * HOUR) return 24;
  return length <= 2 * DAY ? 7 : 4;
}

interface Seen {
  endsAt: number;
  quantity: string;
  runSince: number;
  run: number;
  /** Quantity an hour of the last readings, the oldest one overwritten. */
  rates: number[];
  seen: number;
  median: number;
}

/**
 * Looks at readings as they come, in the sequence of each meter, and remembers a bounded number for each: gaps between two
 * readings; 24 equal hourly ones in a row (7 daily, 4 longer), zeros apart; and one that is more than 10 times the median
 * of the meter's last 200.
 */
export class ReadingChecks {
  private readonly meters = new Map<string, Seen>();

  see(reading: { meter: string; startsAt: number; endsAt: number; quantity: string }): Finding[] {
    const { meter, startsAt, endsAt, quantity } = reading;
    const rate = Number(quantity) / ((endsAt - startsAt) / HOUR);
    const known = this.meters.get(meter);
    if (!known) {
      const first = { endsAt, quantity, runSince: startsAt, run: 1, rates: [rate], seen: 1, median: 0 };
      this.meters.set(meter, first);
      return [];
    }
    const found: Finding[] = [];
    const isNext = startsAt === known.endsAt;
    if (startsAt > known.endsAt) found.push({ kind: 'GAP', meter, from: known.endsAt, until: startsAt });
    if (isNext && quantity === known.quantity) {
      known.run += 1;
      // Said once, when it has become too long.
      if (known.run === longestRun(endsAt - startsAt) && Number(quantity) !== 0)
        found.push({ kind: 'CONSTANT_RUN', meter, from: known.runSince, until: endsAt });
    } else {
      known.run = 1;
      known.runSince = startsAt;
    }
    if (known.seen >= LEAST && known.seen % EVERY === 0) known.median = medianOf(known.rates);
    if (known.seen === LEAST) known.median = medianOf(known.rates);
    if (known.median > 0 && rate > IMPLAUSIBLE * known.median)
      found.push({ kind: 'OUTLIER', meter, from: startsAt, until: endsAt });
    known.rates[known.seen % WINDOW] = rate;
    known.seen += 1;
    known.endsAt = Math.max(known.endsAt, endsAt);
    known.quantity = quantity;
    return found;
  }
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] as number;
}
