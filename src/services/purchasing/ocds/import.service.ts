import type { EntityManager } from '@mikro-orm/postgresql';
import { SYSTEM } from '../../../access/viewer.ts';
import { constraintError } from '../../../database/database-error.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { DomainError, UserError } from '../../../errors.ts';
import { ServiceKind, SharedService } from '../../service.entity.ts';
import { FrameworkAgreement } from '../agreement.entity.ts';
import { agreementOf, frameworkOf, isFramework } from './agreement-of.ts';
import type { Found } from './document.ts';
import { compiled } from './merge.ts';
import { OcdsRelease } from './ocds.entity.ts';
import { readRelease } from './read-release.ts';
import type { Refusal } from './refusal.ts';
import type { Release } from './release-shape.ts';
import { takeAgreement } from './take-agreement.service.ts';

/** What became of a release. */
export interface Imported {
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED';
  /** Where it is in its file, its process and its id, as far as they are known. */
  readonly ocid: string;
  readonly release: string;
  /** What changed, or why it was refused. */
  readonly says: string;
  /** Stable code of a refusal. */
  readonly code?: string;
  readonly path?: string;
}

/** Releases that tell too little so far are kept: what a later one adds makes an agreement of them. */
const INCOMPLETE = new Set(['TITLE_MISSING', 'METHOD_MISSING', 'PERIOD_MISSING']);

/** A release that is not taken: what was written for it is undone. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/** Imports releases of framework agreements into one purchasing service, each in a transaction of its own. */
export class OcdsImport {
  private constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly service: string,
    private readonly frameworks: ReadonlySet<string>,
  ) {}

  /**
   * @param of the slug of the service, needed where there are several; and processes that are framework agreements
   * although their releases do not say so
   * @throws UserError SERVICE_UNKNOWN
   */
  static async into(
    unitOfWork: UnitOfWork,
    of: { service?: string | undefined; frameworks?: readonly string[] | undefined },
  ): Promise<OcdsImport> {
    const services = await unitOfWork.run(SYSTEM, (em) =>
      em.find(SharedService, { kind: ServiceKind.PURCHASING }, { orderBy: { slug: 'asc' } }),
    );
    const found = of.service === undefined ? services : services.filter(({ slug }) => slug === of.service);
    const [service] = found;
    if (!service || found.length > 1) {
      const known = services.map(({ slug }) => slug).join(', ') || 'none yet: create one first';
      throw new UserError(
        'SERVICE_UNKNOWN',
        `Name the purchasing service that the agreements are of (--service SLUG). There is ${known}.`,
        'service',
      );
    }
    return new OcdsImport(unitOfWork, service.id, new Set(of.frameworks));
  }

  /** Takes a release, or says why not; whatever it is, the next one can be taken. */
  async take(found: Pick<Found, 'value' | 'refusal'>): Promise<Imported> {
    const named = nameOf(found.value);
    const read = found.refusal ? { refusal: found.refusal } : readRelease(found.value);
    if (read.refusal) return refused(named, read.refusal);
    const release = read.value;
    try {
      const outcome = await this.unitOfWork.run(SYSTEM, (em) => this.takeInto(em, release), 'importOcds');
      if ('code' in outcome) return refused(named, outcome);
      const isNew = outcome.changes.length > 0;
      return {
        ...named,
        outcome: isNew ? 'IMPORTED' : 'UNCHANGED',
        says: [...(isNew ? outcome.changes : [outcome.why]), ...outcome.notes].join('; '),
      };
    } catch (error) {
      return refused(named, refusalOf(error));
    }
  }

  private async takeInto(
    em: EntityManager,
    release: Release,
  ): Promise<Refusal | { changes: readonly string[]; notes: readonly string[]; why: string }> {
    const { ocid, id, date } = release;
    // One after the other: two imports would make the suppliers that both of them need.
    await em.execute(`select pg_advisory_xact_lock(hashtextextended('mutualhub import ocds', 0))`);
    const agreement = await em.findOne(FrameworkAgreement, { ocid });
    if (agreement && agreement.service.id !== this.service) {
      throw refusing(
        'OTHER_SERVICE',
        'Another purchasing service has this agreement: name it with --service.',
        'ocid',
      );
    }
    const stored = await em.find(OcdsRelease, { ocid });
    const known = stored.find(({ releaseId }) => releaseId === id);
    if (known && canonical(known.content) !== canonical(release)) {
      throw refusing(
        'RELEASE_CHANGED',
        'A release with this id was imported and said something else: what changes is told by a release with an id of its own.',
        'id',
      );
    }
    const earlier = stored.map(({ content }) => content);
    const after = compiled(known ? earlier : [...earlier, release]) as Release;
    // What was kept was taken for one before.
    if (!agreement && stored.length === 0) this.mustBeFramework(after);
    const wanted = agreementOf(after);
    if (wanted.refusal && !INCOMPLETE.has(wanted.refusal.code)) throw new Refused(wanted.refusal);
    if (known && !wanted.refusal) return { changes: [], notes: [], why: 'imported before' };
    if (!known) {
      em.create(OcdsRelease, {
        ocid,
        releaseId: id,
        service: this.service,
        madeAt: new Date(date),
        content: release,
      } as never);
    }
    if (wanted.refusal) {
      const { code, message, path } = wanted.refusal;
      return { code, message: `${message} The release is kept, and another one may say it.`, path };
    }
    const before = compiled(earlier);
    const { changes, notes } = await takeAgreement(em, {
      service: this.service,
      agreement,
      before: before && agreementOf(before).value,
      wanted: wanted.value,
      provenance: after.provenance,
    });
    return { changes, notes, why: 'it says nothing new' };
  }

  /** @throws Refused CALL_OFF, NOT_A_FRAMEWORK_AGREEMENT */
  private mustBeFramework(release: Release): void {
    if (this.frameworks.has(release.ocid)) return;
    const of = frameworkOf(release);
    if (of) {
      throw refusing(
        'CALL_OFF',
        `This is an order under ${of}: agreements are imported, and their orders are placed in the hub.`,
        'relatedProcesses',
      );
    }
    if (isFramework(release)) return;
    throw refusing(
      'NOT_A_FRAMEWORK_AGREEMENT',
      `Members order under a framework agreement, and this process does not say that it is one. If it is, say so: --framework ${release.ocid}.`,
      'tender.techniques.hasFrameworkAgreement',
    );
  }
}

function refusing(code: string, message: string, path: string): Refused {
  return new Refused({ code, message, path });
}

/** What a failed transaction says of its release; what says nothing of it is no refusal. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  const known = error instanceof DomainError ? error : constraintError(error);
  if (known) return { code: known.code, message: known.message, path: known.field ?? '' };
  const { code, message } = databaseError(error) ?? {};
  // A value or a rule that the database alone knows of, or another writer in the way; anything else is a defect.
  if (!code || !/^(22|23|40|MH)/.test(code)) throw error;
  return { code: 'DATABASE_REFUSED', message: `The database refuses it: ${message} (${code}).`, path: '' };
}

function databaseError(error: unknown): { code: string; message: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return { code, message: error.message.split('\n').at(-1) as string };
  return databaseError(cause);
}

function refused(named: Pick<Imported, 'ocid' | 'release'>, { code, message, path }: Refusal): Imported {
  return { ...named, outcome: 'REFUSED', says: message, code, path };
}

function nameOf(release: unknown): Pick<Imported, 'ocid' | 'release'> {
  const { ocid, id } = (release ?? {}) as { ocid?: unknown; id?: unknown };
  const name = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : '?';
  return { ocid: name(ocid), release: name(id) };
}

/** JSON whose keys are sorted: the database sorts them in its own way. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
