import { createReadStream } from 'node:fs';
import { SYSTEM } from '../../../access/viewer.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { UserError } from '../../../errors.ts';
import { WeatherStation } from '../climate.entity.ts';
import { csvRecords } from '../readings/csv/csv-file.ts';
import { fileTime } from '../readings/csv/local-time.ts';
import { storeDegreeDays } from './factor.service.ts';

/** A file of degree days, and which of its columns tell them. */
export interface DegreeDaysImport {
  file: string;
  /** Code of the station. */
  station: string;
  /** In °C. */
  base: string;
  day: string;
  value: string;
}

const BATCH = 5000;
const DAY = /^\d{4}-\d\d-\d\d$/;
const DEGREE_DAYS = /^\d{1,3}(\.\d{1,3})?$/;

/**
 * Imports the degree days of a CSV file, all or nothing, each day in the place of what there is; answers how many.
 * @throws UserError FILE_UNREADABLE, STATION_UNKNOWN, COLUMN_UNKNOWN, INVALID_AMOUNT, DATE_TWICE
 */
export async function importDegreeDaysFile(
  unitOfWork: UnitOfWork,
  { file, station: code, base, day, value }: DegreeDaysImport,
  { progress }: { progress(line: string): void },
): Promise<number> {
  if (!/^\d{2}(\.\d)?$/.test(base) || Number(base) < 10 || Number(base) > 30)
    throw new UserError('INVALID_AMOUNT', 'A base is 10 to 30 °C, with one decimal.', 'base');
  const rows = await daysOf(file, day, value);
  return unitOfWork.run(
    SYSTEM,
    async (em) => {
      const station = await em.findOne(WeatherStation, { code });
      if (!station) {
        throw new UserError(
          'STATION_UNKNOWN',
          `There is no weather station ${JSON.stringify(code)}: make it by saveWeatherStation first.`,
          'station',
        );
      }
      for (let at = 0; at < rows.length; at += BATCH) {
        await storeDegreeDays(em, { id: station.id, base }, rows.slice(at, at + BATCH));
        progress(`${Math.min(at + BATCH, rows.length)} of ${rows.length} days …`);
      }
      return rows.length;
    },
    'import degree-days',
  );
}

async function daysOf(file: string, day: string, value: string): Promise<{ day: string; value: string }[]> {
  const stream = createReadStream(file);
  const rows = new Map<string, string>();
  let line = 1;
  const take = (record: Record<string, string>): void => {
    line += 1;
    for (const column of [day, value]) {
      if (!Object.hasOwn(record, column))
        throw new UserError('COLUMN_UNKNOWN', `The file has no column ${JSON.stringify(column)}.`, 'file');
    }
    const [on = '', degreeDays = ''] = [record[day], record[value]];
    const isFine = DAY.test(on) && fileTime(on) && DEGREE_DAYS.test(degreeDays) && Number(degreeDays) <= 100;
    if (!isFine) {
      throw new UserError(
        'INVALID_AMOUNT',
        `Line ${line}: a day is like 2025-12-31, and its degree days a number from 0 to 100 with 3 decimals at most.`,
        'file',
      );
    }
    if (rows.has(on)) throw new UserError('DATE_TWICE', `Line ${line}: ${on} was there before.`, 'file');
    rows.set(on, degreeDays);
  };
  try {
    const records = csvRecords<Record<string, string>>({ stream, file }, { columns: true });
    for await (const some of records) some.forEach(take);
  } finally {
    stream.destroy();
  }
  return [...rows].map(([on, degreeDays]) => ({ day: on, value: degreeDays }));
}
