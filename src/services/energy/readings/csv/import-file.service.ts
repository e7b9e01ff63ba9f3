import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM } from '../../../../access/viewer.ts';
import type { UnitOfWork } from '../../../../database/unit-of-work.ts';
import { ReadingChecks } from '../checks.ts';
import { intervalError, quantityError } from '../reading-rules.ts';
import { type NewReading, storeReadings } from '../store-readings.service.ts';
import { csvRecords, unreadable } from './csv-file.ts';
import { FileMeters } from './file-meters.service.ts';
import { FileRows, type Said } from './file-rows.ts';
import { type Mapping, mappingOf } from './mapping.ts';
import { Report, type ReportLines } from './report.ts';

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
  const readingOf = ({ name, seen }: Said): NewReading | string | undefined => {
    const found = meters.of(name);
    if (typeof found === 'string') return found;
    const { partner, meter, series } = found;
    const made = series.take(seen);
    if (typeof made !== 'object') return made;
    const error = intervalError(made.startsAt, made.endsAt, now()) ?? quantityError(made.quantity);
    return error?.code ?? { partner, meter, ...made };
  };
  const take = (said: Said): void => {
    const { row, name } = said;
    const reading = readingOf(said);
    if (typeof reading === 'string') report.refused(reading, { row, name });
    else if (reading) batch.push({ reading, row, name });
  };
  const stream = createReadStream(file);
  try {
    const records = csvRecords<string[]>(
      { stream, file },
      { delimiter: mapping.delimiter, relax_column_count: true },
    );
    const rows = new FileRows(mapping, report);
    for await (const some of records) {
      report.progress(stream.bytesRead);
      for (const said of rows.read(some)) take(said);
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

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(path, error);
  }
}
