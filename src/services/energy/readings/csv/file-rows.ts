import { UserError } from '../../../../errors.ts';
import { ReadingQuality } from '../../meter.entity.ts';
import { fileTime } from './local-time.ts';
import type { Mapping } from './mapping.ts';
import type { Report } from './report.ts';
import type { Observation } from './series.ts';

/** What a row of a file says of a meter. */
export interface Said {
  row: number;
  /** What the meter is called in the file. */
  name: string;
  seen: Observation;
}

/** The rows of a file, read as its mapping says; the first one names the columns. */
export class FileRows {
  private columns: ReturnType<typeof columnsOf> | undefined;
  private row = 1;

  constructor(
    private readonly mapping: Mapping,
    private readonly report: Report,
  ) {}

  /** What the next rows say, meter by meter. @throws UserError COLUMN_UNKNOWN */
  *read(records: readonly string[][]): Generator<Said> {
    for (const record of records) {
      if (this.columns) yield* this.said(record, this.columns);
      else this.columns = columnsOf(this.mapping, record);
    }
  }

  private *said(record: readonly string[], columns: ReturnType<typeof columnsOf>): Generator<Said> {
    const { mapping, report } = this;
    this.row += 1;
    const { row } = this;
    report.row();
    if (columns.where.some(([at, text]) => record[at] !== text)) return;
    const time = fileTime(record[columns.time] ?? '');
    const quality = columns.quality?.texts.get(record[columns.quality.at] ?? '');
    for (const { at, name: fixed } of columns.values) {
      const text = record[at] ?? '';
      // An empty cell is nothing that was read: a gap.
      if (text === '') continue;
      const name = fixed ?? record[columns.meter as number] ?? '';
      if (!time) {
        report.refused('INVALID_TIME', { row, name });
        continue;
      }
      // A point that parts thousands makes no number: 1.000 is not 1.
      const value =
        mapping.decimal === ',' ? text.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ',')) : text;
      yield { row, name, seen: { time, value, quality: quality ?? ReadingQuality.MEASURED } };
    }
  }
}

/** Where in a record the columns of a mapping stand. @throws UserError COLUMN_UNKNOWN */
function columnsOf(mapping: Mapping, head: readonly string[]) {
  const at = (name: string): number => {
    const found = head.indexOf(name);
    if (found >= 0) return found;
    throw new UserError(
      'COLUMN_UNKNOWN',
      `The file has no column ${JSON.stringify(name)}: it has ${head.slice(0, 30).join(', ').slice(0, 500)}.`,
      'mapping',
    );
  };
  return {
    time: at(mapping.time),
    meter: mapping.meter === undefined ? undefined : at(mapping.meter),
    values: mapping.columns
      ? Object.keys(mapping.columns).map((name) => ({ at: at(name), name: name as string | undefined }))
      : [{ at: at(mapping.quantity as string), name: undefined }],
    where: Object.entries(mapping.where ?? {}).map(([name, text]): [number, string] => [at(name), text]),
    quality: mapping.quality && {
      at: at(mapping.quality.column),
      texts: new Map(Object.entries(mapping.quality.texts as Readonly<Record<string, ReadingQuality>>)),
    },
  };
}
