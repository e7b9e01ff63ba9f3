import { on } from 'node:events';
import type { ReadStream } from 'node:fs';
import { CsvError, type Options, parse } from 'csv-parse';
import { UserError } from '../../../../errors.ts';

/** Characters of one row, after which a quote was never closed: it would take all that follows, and all memory. */
const LONGEST_ROW = 1_000_000;

/**
 * The rows of a CSV file, as many at a time as are read already: a promise for each row costs more than the row.
 * @throws UserError FILE_UNREADABLE naming the line that is no CSV
 */
export async function* csvRecords<Row>(
  { stream, file }: { stream: ReadStream; file: string },
  options: Options,
): AsyncGenerator<Row[]> {
  const parser = stream.pipe(
    parse({ bom: true, trim: true, skip_empty_lines: true, max_record_size: LONGEST_ROW, ...options }),
  );
  stream.once('error', (error) => parser.destroy(error));
  try {
    for await (const _ of on(parser, 'readable', { close: ['end', 'close'] })) {
      const rows: Row[] = [];
      for (let row = parser.read(); row !== null; row = parser.read()) rows.push(row);
      if (rows.length > 0) yield rows;
    }
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    parser.destroy();
  }
}

/** What a user is told where a file cannot be read; any other error as it is. */
export function unreadable(file: string, error: unknown): unknown {
  const { code, lines } = error as NodeJS.ErrnoException & { lines?: number };
  if (error instanceof UserError || !code) return error;
  const where = error instanceof CsvError && lines ? `${code}, line ${lines}` : code;
  return new UserError('FILE_UNREADABLE', `${file} cannot be read (${where}).`, 'file');
}
