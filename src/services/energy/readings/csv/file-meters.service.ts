import { SYSTEM } from '../../../../access/viewer.ts';
import type { UnitOfWork } from '../../../../database/unit-of-work.ts';
import { UserError } from '../../../../errors.ts';
import { ServiceKind, SharedService } from '../../../service.entity.ts';
import { fileTime, Zone } from './local-time.ts';
import type { Mapping } from './mapping.ts';
import { type Replacement, Series } from './series.ts';

/** A meter that a file speaks of. */
export interface FileMeter {
  meter: string;
  partner: string;
  series: Series;
}

interface Row {
  id: string;
  partner: string;
  reference: string;
  indexDigits: number | null;
  isClosed: boolean;
}

/** The meters of a file, by what they are called in it. */
export class FileMeters {
  private readonly known = new Map<string, FileMeter | string>();

  private constructor(
    private readonly rows: ReadonlyMap<string, Row | 'METER_AMBIGUOUS'>,
    private readonly mapping: Mapping,
    private readonly zone: Zone,
  ) {}

  /** @throws UserError SERVICE_UNKNOWN, INVALID_MAPPING */
  static async load(
    unitOfWork: UnitOfWork,
    mapping: Mapping,
    service: string | undefined,
  ): Promise<FileMeters> {
    const rows = await unitOfWork.run(SYSTEM, async (em) => {
      const found = service
        ? await em.findOne(SharedService, { slug: service, kind: ServiceKind.ENERGY })
        : null;
      if (service && !found)
        throw new UserError(
          'SERVICE_UNKNOWN',
          `There is no energy service ${JSON.stringify(service)}.`,
          'service',
        );
      return em.execute<Row[]>(
        `select m.id, m.partner_id as partner, m.reference, m.index_digits as "indexDigits", p.closed_on is not null as "isClosed"
          from meter m join partner p on p.id = m.partner_id where ?::uuid is null or m.service_id = ?`,
        [found?.id ?? null, found?.id ?? null],
      );
    });
    const byName = new Map<string, Row | 'METER_AMBIGUOUS'>();
    for (const row of rows) byName.set(row.reference, byName.has(row.reference) ? 'METER_AMBIGUOUS' : row);
    // Partners choose references, and one may look like the id of another's meter.
    for (const row of rows) byName.set(`meter_${row.id}`, row);
    return new FileMeters(byName, mapping, new Zone(mapping.timezone));
  }

  /** The meter of that name; a code where there is none that readings are taken for. */
  of(name: string): FileMeter | string {
    let found = this.known.get(name);
    if (found === undefined) {
      found = this.find(name);
      this.known.set(name, found);
    }
    return found;
  }

  private find(name: string): FileMeter | string {
    const { columns, meters, factor, replacements } = this.mapping;
    const named = columns?.[name] ?? meters?.[name] ?? (meters || columns ? undefined : name);
    if (named === undefined) return 'METER_UNKNOWN';
    const of = typeof named === 'string' ? { meter: named, factor: 1 } : named;
    const row = this.rows.get(of.meter);
    if (!row) return 'METER_UNKNOWN';
    if (row === 'METER_AMBIGUOUS') return row;
    if (row.isClosed) return 'PARTNER_CLOSED';
    return {
      meter: row.id,
      partner: row.partner,
      series: new Series({
        mapping: this.mapping,
        zone: this.zone,
        factor: factor * of.factor,
        indexDigits: row.indexDigits,
        replacements: replacements.filter(({ meter }) => meter === name).map((one) => this.replacement(one)),
      }),
    };
  }

  private replacement({ at, oldFinal, newStart }: Mapping['replacements'][number]): Replacement {
    const time = fileTime(at);
    const [instant] = !time ? [] : 'instant' in time ? [time.instant] : this.zone.instantsOf(time.local);
    if (instant === undefined)
      throw new UserError('INVALID_MAPPING', `replacements: ${JSON.stringify(at)} is no time.`, 'mapping');
    return { at: instant, oldFinal, newStart };
  }
}
