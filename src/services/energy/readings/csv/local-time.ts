const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A time of a file: an instant, or a local time that is in no zone yet, in milliseconds as if it were UTC. */
export type FileTime = { instant: number } | { local: number; names: 'MONTH' | 'DAY' | 'TIME' };

const LOCAL = /^(\d{4})-(\d\d)(?:-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?)?$/;
const BELGIAN = /^(\d\d?)\/(\d\d?)\/(\d{4})(?: (\d\d?):(\d\d)(?::(\d\d))?)?$/;
const WITH_OFFSET = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Reads ISO 8601 as far as it is told, a month included, and days as 31/12/2025; undefined for anything else. */
export function fileTime(text: string): FileTime | undefined {
  if (WITH_OFFSET.test(text)) {
    const instant = Date.parse(text.replace(' ', 'T'));
    // Date.parse takes 30 February for 2 March.
    return Number.isNaN(instant) || !fileTime(text.slice(0, 10)) ? undefined : { instant };
  }
  const iso = LOCAL.exec(text);
  const belgian = iso ? null : BELGIAN.exec(text);
  const [, year, month, day, hour, minute, second] =
    iso ?? (belgian ? [belgian[0], belgian[3], belgian[2], belgian[1], ...belgian.slice(4)] : []);
  if (!year) return undefined;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  );
  const read = new Date(local);
  // Date.UTC takes the year 24 for 1924.
  const isThere =
    read.getUTCFullYear() === Number(year) &&
    read.getUTCMonth() + 1 === Number(month) &&
    read.getUTCDate() === Number(day ?? 1) &&
    Number(hour ?? 0) < 24 &&
    Number(minute ?? 0) < 60;
  if (!isThere) return undefined;
  return { local, names: day === undefined ? 'MONTH' : hour === undefined ? 'DAY' : 'TIME' };
}

/** A time zone, asked a day at a time: most days have one offset, and are asked for again and again. */
export class Zone {
  private readonly format: Intl.DateTimeFormat;
  private readonly days = new Map<number, readonly [before: number, after: number]>();

  constructor(name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** Instants that a local time can be: none while the clock jumps forward, two while it is put back. */
  instantsOf(local: number): number[] {
    const day = Math.floor(local / DAY);
    let offsets = this.days.get(day);
    if (!offsets) {
      // No zone changes twice within three days.
      offsets = [this.offsetAt((day - 1) * DAY), this.offsetAt((day + 2) * DAY)];
      this.days.set(day, offsets);
    }
    const [before, after] = offsets;
    if (before === after) return [local - before];
    return [...new Set([local - before, local - after])]
      .filter((at) => at + this.offsetAt(at) === local)
      .sort((a, b) => a - b);
  }

  /** The local time of an instant, in milliseconds as if it were UTC. */
  localOf(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  private offsetAt(instant: number): number {
    const parts = Object.fromEntries(
      this.format.formatToParts(new Date(instant)).map(({ type, value }) => [type, Number(value)]),
    ) as Record<string, number>;
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  }
}
