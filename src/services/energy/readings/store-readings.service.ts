import type { EntityManager } from '@mikro-orm/postgresql';
import { noteChange } from '../../../database/changes.ts';
import { ReadingQuality } from '../meter.entity.ts';

/** A reading to be stored, its meter looked up. */
export interface NewReading {
  partner: string;
  meter: string;
  /** Instants in milliseconds since 1970, the second one after the reading. */
  startsAt: number;
  endsAt: number;
  /** Exact, in the meter's unit. */
  quantity: string;
  quality: ReadingQuality;
}

/** What became of it: `OVERLAPS` was not stored. */
export type Stored = 'ACCEPTED' | 'DUPLICATE' | 'REPLACED' | 'OVERLAPS';

/** A reading that is there, and that another one meets. */
interface Met {
  at: number;
  isSame: boolean;
  isWithin: boolean;
  partner: string;
  meter: string;
  startsAt: Date;
}

/** Readings as rows: meters by their place in a list, and times as milliseconds, which are read far faster than texts. */
const ROWS = `(select (?::uuid[])[r.meter] as partner_id, (?::uuid[])[r.meter] as meter_id,
    to_timestamp(r.starts / 1000.0) as starts_at, to_timestamp(r.ends / 1000.0) as ends_at, r.quantity, r.quality, r.at
  from unnest(?::int[], ?::bigint[], ?::bigint[], ?::numeric[], ?::text[])
    with ordinality as r(meter, starts, ends, quantity, quality, at)) as u`;

/**
 * Stores readings a batch at a time, as many as fit, and says of each what became of it. One that is there already is
 * added to nothing; a CORRECTED one takes the place of those that lie within its interval.
 */
export async function storeReadings(em: EntityManager, readings: readonly NewReading[]): Promise<Stored[]> {
  const { outcomes, repeats } = amongThemselves(readings);
  await lockMeters(em, readings);
  const open = readings.flatMap((reading, at) => (outcomes[at] === 'ACCEPTED' ? [{ reading, at }] : []));
  const met = await metBy(
    em,
    open.map(({ reading }) => reading),
  );
  const replaced: Met[] = [];
  for (const [index, found] of met) {
    const { reading, at } = open[index] as (typeof open)[number];
    if (found.length === 1 && found[0]?.isSame) outcomes[at] = 'DUPLICATE';
    else if (reading.quality === ReadingQuality.CORRECTED && found.every(({ isWithin }) => isWithin)) {
      outcomes[at] = 'REPLACED';
      replaced.push(...found);
    } else outcomes[at] = 'OVERLAPS';
  }
  // A repeat of what was refused is nothing that is there.
  for (const [at, first] of repeats) if (outcomes[first] === 'OVERLAPS') outcomes[at] = 'OVERLAPS';
  if (replaced.length > 0) {
    await em.execute(
      `delete from meter_reading r using unnest(?::uuid[], ?::uuid[], ?::timestamptz[]) as k(partner_id, meter_id, starts_at)
        where r.partner_id = k.partner_id and r.meter_id = k.meter_id and r.starts_at = k.starts_at`,
      [
        array(replaced.map(({ partner }) => partner)),
        array(replaced.map(({ meter }) => meter)),
        array(replaced.map(({ startsAt }) => startsAt.toISOString())),
      ],
    );
  }
  const stored = readings.filter((_, at) => outcomes[at] === 'ACCEPTED' || outcomes[at] === 'REPLACED');
  if (stored.length > 0) {
    await em.execute(
      `insert into meter_reading (partner_id, meter_id, starts_at, ends_at, quantity, quality, recorded_at)
        select u.partner_id, u.meter_id, u.starts_at, u.ends_at, u.quantity, u.quality, clock_timestamp() from ${ROWS}`,
      valuesOf(stored),
      'run',
    );
    noteStored(em, stored);
  }
  return outcomes;
}

/** Of readings that meet each other the first one stands; repeats name the one that they repeat. */
function amongThemselves(readings: readonly NewReading[]): {
  outcomes: Stored[];
  repeats: ReadonlyMap<number, number>;
} {
  const outcomes: Stored[] = readings.map(() => 'ACCEPTED');
  const repeats = new Map<number, number>();
  const byMeter = new Map<string, number[]>();
  for (const [at, { meter }] of readings.entries()) {
    const known = byMeter.get(meter);
    if (known) known.push(at);
    else byMeter.set(meter, [at]);
  }
  const of = (at: number): NewReading => readings[at] as NewReading;
  for (const ats of byMeter.values()) {
    // Files come in their sequence in time, nearly always: then one look at the neighbour is enough.
    const isInOrder = ats.every((at, n) => n === 0 || of(ats[n - 1] as number).endsAt <= of(at).startsAt);
    if (isInOrder) continue;
    const taken: number[] = [];
    for (const at of ats) {
      const [place, meets] = placeOf(taken.map(of), of(at));
      const first = meets === undefined ? undefined : (taken[meets] as number);
      if (first === undefined) taken.splice(place, 0, at);
      else if (isSame(of(first), of(at))) {
        outcomes[at] = 'DUPLICATE';
        repeats.set(at, first);
      } else outcomes[at] = 'OVERLAPS';
    }
  }
  return { outcomes, repeats };
}

/** Where a reading belongs among others in order, and where one is that it meets. */
function placeOf(inOrder: readonly NewReading[], { startsAt, endsAt }: NewReading): [number, number?] {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inOrder[middle] as NewReading).startsAt < startsAt) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [inOrder[low - 1], inOrder[low]];
  if (before && before.endsAt > startsAt) return [low, low - 1];
  return after && after.startsAt < endsAt ? [low, low] : [low];
}

function isSame(a: NewReading, b: NewReading): boolean {
  return a.startsAt === b.startsAt && a.endsAt === b.endsAt && Number(a.quantity) === Number(b.quantity);
}

/** Who writes readings of a meter comes alone: two that come together are one after the other. */
async function lockMeters(em: EntityManager, readings: readonly NewReading[]): Promise<void> {
  const meters = new Map(readings.map(({ meter, partner }) => [meter, partner]));
  await em.execute(
    `select from meter m where (m.partner_id, m.id) in (select * from unnest(?::uuid[], ?::uuid[]))
      order by m.partner_id, m.id for update`,
    [array([...meters.values()]), array([...meters.keys()])],
  );
}

/** Readings that are there and that new ones meet, by the place of the new one. */
async function metBy(em: EntityManager, readings: readonly NewReading[]): Promise<Map<number, Met[]>> {
  if (readings.length === 0 || !(await meetsAny(em, readings))) return new Map();
  const rows = await em.execute<Met[]>(
    `select (u.at - 1)::int as at, r.partner_id as partner, r.meter_id as meter, r.starts_at as "startsAt",
        r.starts_at = u.starts_at and r.ends_at = u.ends_at and r.quantity = round(u.quantity, 6) as "isSame",
        r.starts_at >= u.starts_at and r.ends_at <= u.ends_at as "isWithin"
      from ${ROWS} join meter_reading r on r.partner_id = u.partner_id and r.meter_id = u.meter_id
        and r.starts_at < u.ends_at and r.ends_at > u.starts_at
        and r.starts_at >= coalesce((select max(b.starts_at) from meter_reading b
          where b.partner_id = u.partner_id and b.meter_id = u.meter_id and b.starts_at <= u.starts_at), u.starts_at)
      order by u.at`,
    valuesOf(readings),
  );
  const byPlace = new Map<number, Met[]>();
  for (const row of rows) {
    const met = { ...row, startsAt: new Date(row.startsAt) };
    const known = byPlace.get(row.at);
    if (known) known.push(met);
    else byPlace.set(row.at, [met]);
  }
  return byPlace;
}

/** Whether the last reading that begins before the end of new ones reaches beyond their beginning, for any meter. */
async function meetsAny(em: EntityManager, readings: readonly NewReading[]): Promise<boolean> {
  const spans = new Map<string, { partner: string; first: number; last: number }>();
  for (const { meter, partner, startsAt, endsAt } of readings) {
    const span = spans.get(meter);
    if (!span) spans.set(meter, { partner, first: startsAt, last: endsAt });
    else {
      span.first = Math.min(span.first, startsAt);
      span.last = Math.max(span.last, endsAt);
    }
  }
  const all = [...spans];
  const [row] = await em.execute<{ meets: boolean }[]>(
    `select exists (select from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::timestamptz[]) as s(partner_id, meter_id, first, last)
      cross join lateral (select r.ends_at from meter_reading r where r.partner_id = s.partner_id and r.meter_id = s.meter_id
        and r.starts_at < s.last order by r.starts_at desc limit 1) as b where b.ends_at > s.first) as meets`,
    [
      array(all.map(([, { partner }]) => partner)),
      array(all.map(([meter]) => meter)),
      array(all.map(([, { first }]) => instant(first))),
      array(all.map(([, { last }]) => instant(last))),
    ],
  );
  return row?.meets ?? false;
}

/** The trail has one line for each meter: a reading says itself when it was recorded. */
function noteStored(em: EntityManager, stored: readonly NewReading[]): void {
  const byMeter = new Map<string, { partner: string; count: number; first: number; last: number }>();
  for (const { meter, partner, startsAt, endsAt } of stored) {
    const known = byMeter.get(meter) ?? { partner, count: 0, first: startsAt, last: endsAt };
    known.count += 1;
    known.first = Math.min(known.first, startsAt);
    known.last = Math.max(known.last, endsAt);
    byMeter.set(meter, known);
  }
  for (const [meter, { partner, count, first, last }] of byMeter) {
    noteChange(em, {
      entity: 'MeterReading',
      table: 'meter_reading',
      partner,
      action: 'CREATED',
      after: { meter, count, starts_at: instant(first), ends_at: instant(last) },
    });
  }
}

function valuesOf(readings: readonly NewReading[]): string[] {
  const places = new Map<string, number>();
  const partners: string[] = [];
  const meters = readings.map(({ partner, meter }) => {
    let place = places.get(meter);
    if (place === undefined) {
      place = partners.push(partner);
      places.set(meter, place);
    }
    return place;
  });
  return [
    array(partners),
    array([...places.keys()]),
    array(meters),
    array(readings.map(({ startsAt }) => startsAt)),
    array(readings.map(({ endsAt }) => endsAt)),
    array(readings.map(({ quantity }) => quantity)),
    array(readings.map(({ quality }) => quality)),
  ];
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** An array as PostgreSQL writes it: of keys, numbers, instants and names, in which nothing needs quotes. */
const array = (values: readonly (string | number)[]): string => `{${values.join(',')}}`;
