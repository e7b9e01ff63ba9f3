import type { ReadingQuality } from '../../meter.entity.ts';
import type { FileTime, Zone } from './local-time.ts';
import type { Mapping } from './mapping.ts';

/** What a file says of a meter at a time. */
export interface Observation {
  time: FileTime;
  value: string;
  quality: ReadingQuality;
}

/** An interval of a meter, ready to be stored. */
export interface Interval {
  startsAt: number;
  endsAt: number;
  quantity: string;
  quality: ReadingQuality;
}

/** Why a row makes no reading. */
export type RefusalCode =
  | 'INVALID_TIME'
  | 'TIME_DOES_NOT_EXIST'
  | 'TIME_GOES_BACK'
  | 'INVALID_AMOUNT'
  | 'INDEX_WENT_BACK';

/** A device that was replaced. */
export interface Replacement {
  at: number;
  oldFinal: number;
  newStart: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NUMBER = /^-?\d{1,14}(\.\d+)?$/;
/** Part of an index's range in which a step past zero is believed: its last tenth before, its first tenth after. */
const NEAR = 0.1;

/** What one meter's rows come to, one after the other; it remembers the last one. */
export class Series {
  private lastLocal = Number.NEGATIVE_INFINITY;
  private lastInstant = Number.NEGATIVE_INFINITY;
  private before: { at: number; value: string; quality: ReadingQuality } | undefined;

  constructor(
    private readonly of: {
      mapping: Pick<Mapping, 'marks' | 'step' | 'value'>;
      zone: Zone;
      factor: number;
      indexDigits: number | null;
      replacements: readonly Replacement[];
    },
  ) {}

  /** The reading that a row completes; a code where it makes none that can be stored, nothing where it only begins one. */
  take(seen: Observation): Interval | RefusalCode | undefined {
    const at = this.instantOf(seen.time);
    if (typeof at === 'string') return at;
    const { step } = this.of.mapping;
    if (step === 'UNTIL_NEXT') return this.untilNext(at, seen);
    if (!NUMBER.test(seen.value)) return 'INVALID_AMOUNT';
    const bounds = this.boundsOf(at);
    if (!bounds) return 'TIME_DOES_NOT_EXIST';
    const [startsAt, endsAt] = bounds;
    return {
      startsAt,
      endsAt,
      quantity: this.quantityOf(seen.value, endsAt - startsAt),
      quality: seen.quality,
    };
  }

  /** Of two instants of one local time, the one that comes after what was read before. */
  private instantOf(time: FileTime): number | RefusalCode {
    if ('instant' in time) return time.instant;
    const { step } = this.of.mapping;
    // A day is not its midnight where hours are read, nor a month its first day.
    const isTold =
      time.names === 'TIME' ||
      step === 'MONTH' ||
      (time.names === 'DAY' && step !== 'HOUR' && step !== 'QUARTER_HOUR');
    if (!isTold) return 'INVALID_TIME';
    const instants = this.of.zone.instantsOf(time.local);
    const [first, second] = instants;
    if (first === undefined) return 'TIME_DOES_NOT_EXIST';
    const isSecond = second !== undefined && (time.local <= this.lastLocal || this.lastInstant >= first);
    const chosen = isSecond ? second : first;
    this.lastLocal = time.local;
    this.lastInstant = chosen;
    return chosen;
  }

  private boundsOf(at: number): [number, number] | undefined {
    const { marks, step } = this.of.mapping;
    const fixed = { QUARTER_HOUR: HOUR / 4, HOUR, DAY: 0, MONTH: 0, UNTIL_NEXT: 0 }[step];
    if (fixed) return marks === 'START' ? [at, at + fixed] : [at - fixed, at];
    const { zone } = this.of;
    const local = zone.localOf(at);
    const isMonth = step === 'MONTH';
    // Counted from the day or month that the mark stands in; its last day stands in it too.
    const begin = isMonth ? monthOf(local, 0) : Math.floor(local / DAY) * DAY;
    const shifted = (by: number): number => (isMonth ? monthOf(local, by) : begin + by * DAY);
    const [from, until] = marks === 'END' ? [shifted(-1), begin] : [begin, shifted(1)];
    const [startsAt] = zone.instantsOf(from);
    const [endsAt] = zone.instantsOf(until);
    return startsAt === undefined || endsAt === undefined ? undefined : [startsAt, endsAt];
  }

  private untilNext(at: number, { value, quality }: Observation): Interval | RefusalCode | undefined {
    if (!NUMBER.test(value)) return 'INVALID_AMOUNT';
    const { before } = this;
    if (before && at <= before.at) return 'TIME_GOES_BACK';
    const used = before && this.usedBetween(before, { at, value });
    // What is counted from is the last index that was believed, not a slip of the pen.
    if (before && used === undefined) return 'INDEX_WENT_BACK';
    this.before = { at, value, quality };
    if (!before || used === undefined) return undefined;
    // What was filled up at the end was used before; a consumption is told at its beginning.
    const sure = this.of.mapping.value === 'CONSUMPTION' ? before.quality : quality;
    return {
      startsAt: before.at,
      endsAt: at,
      quantity: this.quantityOf(used, at - before.at),
      quality: sure,
    };
  }

  private usedBetween(
    before: { at: number; value: string },
    now: { at: number; value: string },
  ): string | undefined {
    const { value } = this.of.mapping;
    if (value === 'FILLED') return now.value;
    if (value !== 'INDEX') return before.value;
    const [from, to] = [Number(before.value), Number(now.value)];
    const replaced = this.of.replacements.find(({ at }) => before.at < at && at <= now.at);
    if (replaced) {
      const used = replaced.oldFinal - from + (to - replaced.newStart);
      return used >= 0 ? used.toFixed(6) : undefined;
    }
    if (to >= from) return (to - from).toFixed(6);
    const { indexDigits } = this.of;
    const range = indexDigits ? 10 ** indexDigits : 0;
    const isRollOver = range > 0 && from >= range * (1 - NEAR) && to <= range * NEAR;
    return isRollOver ? (to + range - from).toFixed(6) : undefined;
  }

  private quantityOf(value: string, length: number): string {
    const { mapping, factor } = this.of;
    if (mapping.value === 'MEAN_POWER_W') return ((Number(value) * factor * length) / HOUR / 1000).toFixed(6);
    if (mapping.value === 'PER_DAY') return (Number(value) * factor * Math.round(length / DAY)).toFixed(6);
    if (factor !== 1) return (Number(value) * factor).toFixed(6);
    return /\.\d{7,}$/.test(value) ? Number(value).toFixed(6) : value;
  }
}

/** The first instant of a month, some months from the one of a local time. */
function monthOf(local: number, by: number): number {
  const date = new Date(local);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1);
}
