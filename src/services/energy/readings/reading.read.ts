import { and, connection, type OrderKey, type Page, type Rows, sql } from '../../../read/index.ts';
import { type Meter, MeterReading, ReplacedReading } from '../meter.entity.ts';

export const READING_ORDER: OrderKey<MeterReading>[] = [
  { by: (row) => row.startsAt, direction: 'asc', type: 'timestamptz' },
  { by: (row) => row.meterId, direction: 'asc', type: 'uuid' },
];
/** The latest correction first. */
export const REPLACED_ORDER: OrderKey<ReplacedReading>[] = [
  { by: (row) => row.replacedAt, direction: 'desc', type: 'timestamptz' },
  { by: (row) => row.id, direction: 'desc', type: 'uuid' },
];

/** Readings of a meter that begin in a period of days in Belgium. */
export function readingsOfMeter(
  { from, to }: { from?: string | null | undefined; to?: string | null | undefined },
  page: Page,
): Rows {
  const beginOf = (day: string) => sql`(${day}::date::timestamp at time zone 'Europe/Brussels')`;
  return connection<MeterReading, Meter>(MeterReading, {
    where: (row, meter) =>
      and([
        sql`${row.partner} = ${meter.partner} and ${row.meterId} = ${meter.id}`,
        from ? sql`${row.startsAt} >= ${beginOf(from)}` : undefined,
        to ? sql`${row.startsAt} < ${beginOf(to)}` : undefined,
      ]),
    orderBy: READING_ORDER,
    page,
  });
}

/** What corrections took the place of. */
export function replacedReadingsOfMeter(page: Page): Rows {
  return connection<ReplacedReading, Meter>(ReplacedReading, {
    where: (row, meter) => sql`${row.partner} = ${meter.partner} and ${row.meter} = ${meter.id}`,
    orderBy: REPLACED_ORDER,
    page,
  });
}
