import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM } from '../../../../access/viewer.ts';
import type { UnitOfWork } from '../../../../database/unit-of-work.ts';
import { UserError } from '../../../../errors.ts';
import { ReadingQuality } from '../../meter.entity.ts';
import { ReadingChecks } from '../checks.ts';
import { intervalError, quantityError } from '../reading-rules.ts';
import { type NewReading, storeReadings } from '../store-readings.service.ts';
import { csvRecords, unreadable } from './csv-file.ts';
import { FileMeters } from './file-meters.service.ts';
import { fileTime } from './local-time.ts';
import { type Mapping, mappingOf } from './mapping.ts';
import { Report, type ReportLines } from './report.ts';
import type { Observation } from './series.ts';

/** Readings of one statement: enough that its own cost is spread, few enough that memory stays flat. */
const BATCH = 10_000;

/** What is imported, and how. */
export interface ReadingsImport {
  file: string;
  mapping: string;
  service?: string | undefined;
  /** Whether nothing is stored: what would be refused, and what is odd, is told all the same. */
  isDryRun: boolean;
}

/** What became of the rows of a file. */
export interface ImportedReadings {
  rows: number;
  accepted: number;
  duplicate: number;
  replaced: number;
  refused: number;
  findings: number;
}

interface Pending {
  reading: NewReading;
  row: number;
  name: string;
}

/**
 * Imports the readings of a CSV file, batch by batch, each in a transaction of its own: an import that ends half-way is
 * repeated, and what is there already is added to nothing.
 * @throws UserError FILE_UNREADABLE, INVALID_MAPPING, COLUMN_UNKNOWN, SERVICE_UNKNOWN
 */
export async function importReadingsFile(
  unitOfWork: UnitOfWork,
  of: ReadingsImport,
  lines: ReportLines,
  now: () => Date = () => new Date(),
): Promise<ImportedReadings> {
  const mapping = mappingOf(await readable(of.mapping, () => readFile(of.mapping, 'utf8')));
  const { size } = await readable(of.file, () => stat(of.file));
  const meters = await FileMeters.load(unitOfWork, mapping, of.service);
  const report = new Report(lines, size);
  const rows = (inTransaction: InTransaction) =>
    importRows(of.file, mapping, meters, report, inTransaction, now);
  if (!of.isDryRun) return rows((work) => unitOfWork.run(SYSTEM, work, 'import readings'));
  // All is stored, and taken back as a whole: so a dry run meets whatever the import would.
  const takenBack = new Error('A dry run stores nothing');
  let found: ImportedReadings | undefined;
  const dry = async (em: EntityManager): Promise<never> => {
    found = await rows((work) => work(em));
    throw takenBack;
  };
  await unitOfWork.run(SYSTEM, dry, 'try readings').catch((error) => {
    if (error !== takenBack) throw error;
  });
  return found as ImportedReadings;
}

type InTransaction = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>;

async function importRows(
  file: string,
  mapping: Mapping,
  meters: FileMeters,
  report: Report,
  inTransaction: InTransaction,
  now: () => Date,
): Promise<ImportedReadings> {
  const checks = new ReadingChecks();
  let batch: Pending[] = [];
  // The next batch is read while the last one is stored.
  let storing: Promise<void> = Promise.resolve();
  const store = async (full: readonly Pending[]): Promise<void> => {
    const readings = full.map(({ reading }) => reading);
    const outcomes = await inTransaction((em) => storeReadings(em, readings));
    for (const [at, outcome] of outcomes.entries()) {
      const { row, name, reading } = full[at] as Pending;
      report.stored(outcome, { row, name });
      if (outcome === 'OVERLAPS') continue;
      for (const finding of checks.see(reading)) report.finding(finding, name);
    }
  };
  const stream = createReadStream(file);
  try {
    for await (const { row, name, seen } of observationsOf({ stream, file }, mapping, report)) {
      report.progress(stream.bytesRead);
      const meter = meters.of(name);
      if (typeof meter === 'string') {
        report.refused(meter, { row, name });
        continue;
      }
      const made = meter.series.take(seen);
      if (made === undefined) continue;
      if (typeof made === 'string') {
        report.refused(made, { row, name });
        continue;
      }
      const error = intervalError(made.startsAt, made.endsAt, now()) ?? quantityError(made.quantity);
      if (error) {
        report.refused(error.code, { row, name });
        continue;
      }
      batch.push({ reading: { partner: meter.partner, meter: meter.meter, ...made }, row, name });
      if (batch.length < BATCH) continue;
      await storing;
      storing = store(batch);
      // It is awaited before the next one is stored; until then its failure is nobody else's.
      storing.catch(() => undefined);
      batch = [];
    }
    await storing;
    if (batch.length > 0) await store(batch);
  } finally {
    await storing.catch(() => undefined);
    stream.destroy();
  }
  return report.close();
}

/** What the rows of a file say, meter by meter. */
async function* observationsOf(
  from: Parameters<typeof csvRecords>[0],
  mapping: Mapping,
  report: Report,
): AsyncGenerator<{ row: number; name: string; seen: Observation }> {
  const records = csvRecords<string[]>(from, { delimiter: mapping.delimiter, relax_column_count: true });
  let columns: ReturnType<typeof columnsOf> | undefined;
  let row = 1;
  for await (const record of records) {
    if (!columns) {
      columns = columnsOf(mapping, record);
      continue;
    }
    row += 1;
    report.row();
    if (columns.where.some(([at, text]) => record[at] !== text)) continue;
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

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(path, error);
  }
}
