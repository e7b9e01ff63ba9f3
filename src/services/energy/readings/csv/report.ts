import type { Finding } from '../checks.ts';
import type { Stored } from '../store-readings.service.ts';
import type { ImportedReadings } from './import-file.service.ts';

/** Where the lines of an import go: what was refused and what is odd, and now and then how far it has come. */
export interface ReportLines {
  each(line: string): void;
  progress(line: string): void;
}

/** Milliseconds between two lines of progress. */
const EVERY = 5000;
/** Lines of one kind that are told one by one; the others are counted. */
const MOST_LINES = 20;

/** What to change, by the code of a refusal. */
const ADVICE: Readonly<Record<string, string>> = {
  METER_UNKNOWN:
    'no such meter: name it in `meters` of the mapping, or by the reference of one that the service follows',
  INVALID_TIME:
    'no time, or none as exact as `step`: write 2025-10-27T02:00 or 27/10/2025 02:00, a day 2025-10-27, a month 2025-10',
  TIME_DOES_NOT_EXIST: 'the clock skips this time: check `timezone`',
  TIME_GOES_BACK: 'not after the row before: sort the rows of a meter by time',
  INVALID_AMOUNT:
    'no number of 10 digits at most: nothing parts thousands, and with a comma for decimals set `decimal` to ","',
  INDEX_WENT_BACK: 'lower than the index before: mend it, or list the device in `replacements`',
  READING_OVERLAPS: 'there is a reading of that time already: send a correction of whole readings',
  QUANTITY_NEGATIVE: 'a meter counts no less than nothing',
  INVALID_INTERVAL:
    'a reading begins in 1900 or later, and ends after it begins, 400 days later at most and not in the future',
};

/** Counts what becomes of the rows of a file, and tells it. */
export class Report {
  private readonly counts = { rows: 0, accepted: 0, duplicate: 0, replaced: 0, refused: 0, findings: 0 };
  private readonly told = new Map<string, number>();
  private readonly since = Date.now();
  private last = Date.now();

  constructor(
    private readonly lines: ReportLines,
    private readonly bytes: number,
  ) {}

  row(): void {
    this.counts.rows += 1;
  }

  stored(outcome: Stored, where: { row: number; name: string }): void {
    if (outcome === 'OVERLAPS') this.refused('READING_OVERLAPS', where);
    else
      this.counts[
        ({ ACCEPTED: 'accepted', DUPLICATE: 'duplicate', REPLACED: 'replaced' } as const)[outcome]
      ] += 1;
  }

  refused(code: string, { row, name }: { row: number; name: string }): void {
    this.counts.refused += 1;
    const advice = ADVICE[code];
    this.tell(code, `refused   row ${row}, ${name}: ${code}${advice ? ` (${advice})` : ''}`);
  }

  finding({ kind, from, until }: Finding, name: string): void {
    this.counts.findings += 1;
    const at = (instant: number): string => new Date(instant).toISOString();
    this.tell(kind, `odd       ${name}: ${kind} from ${at(from)} to ${at(until)}`);
  }

  private tell(kind: string, line: string): void {
    const count = (this.told.get(kind) ?? 0) + 1;
    this.told.set(kind, count);
    // A file may hold anything; a terminal obeys some of it.
    if (count <= MOST_LINES) this.lines.each(line.replace(/\p{C}+/gu, '�'));
  }

  /** Says how far the file is read, at most every few seconds. */
  progress(read: number): void {
    const now = Date.now();
    if (now - this.last < EVERY) return;
    this.last = now;
    const seconds = (now - this.since) / 1000;
    const part = this.bytes > 0 ? Math.round((100 * read) / this.bytes) : 100;
    const { rows } = this.counts;
    this.lines.progress(`${rows} rows, ${part} % of the file, ${Math.round(rows / seconds)} rows a second …`);
  }

  /** Says what was not told one by one, and gives the counts. */
  close(): ImportedReadings {
    for (const [kind, count] of this.told)
      if (count > MOST_LINES) this.lines.each(`${kind}: ${count - MOST_LINES} more.`);
    return this.counts;
  }
}
