import type { EntityManager } from '@mikro-orm/postgresql';
import { idempotently } from '../../../access/idempotency.ts';
import { allow, checkSandbox, mayEdit, mayRun } from '../../../access/rights.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { noteChange } from '../../../database/changes.ts';
import { constraintError } from '../../../database/database-error.ts';
import { newId } from '../../../database/keys.ts';
import type { Provenance } from '../../../database/properties.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyIn, keyOf } from '../../../ids.ts';
import { someOf } from '../../checks.ts';
import { Timesheet, TimesheetState } from '../placement.entity.ts';
import type {
  ApproveTimesheetsInput,
  ReturnTimesheetsInput,
  SaveTimesheetsInput,
  SubmitTimesheetsInput,
  TimesheetRowInput,
} from './timesheet.inputs.ts';
import { hoursError, type RowError, weekError } from './timesheet-rules.ts';

const MOST = 500;

/** The same placement and week with other hours in one request: which of the two would hold? */
const TWICE: RowError = {
  code: 'ROW_REPEATED',
  message: 'This placement and week stand in the request before, with other hours: give each once.',
  field: 'week',
};

/** What became of a row. */
export interface SavedTimesheet {
  status: 'ACCEPTED' | 'DUPLICATE' | 'REJECTED';
  timesheet?: string;
  error?: { code: string; message: string; field: string };
}

interface Place {
  partner: string;
  id: string;
  service: string;
  worker: string;
  provenance: Provenance;
}

/** Rules and transactions of timesheets. */
export class TimesheetService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Writes timesheets, each accepted or refused by itself, and tells what became of each. */
  async save(viewer: Viewer, input: SaveTimesheetsInput): Promise<SavedTimesheet[]> {
    const rows = someOf(input.timesheets, MOST, 'timesheets');
    const keys = rows.map(({ placement }) => keyIn(placement, 'placement'));
    const today = brusselsDay(this.clock());
    const request = { viewer, mutation: 'saveTimesheets', key: input.idempotencyKey, input };
    const { results } = await idempotently(this.unitOfWork, request, async (em) => {
      const places = await placesOf(
        em,
        viewer,
        keys.filter((key) => key !== undefined),
      );
      await lockBooks(em, [...places.values()]);
      const results: SavedTimesheet[] = [];
      const taken = new Map<string, string>();
      for (const [at, row] of rows.entries()) {
        const place = places.get(keys[at] ?? '');
        const name = `${keys[at]} ${row.week}`;
        const before = taken.get(name);
        const result = place ? await saveOne(em, place, row, { at, today, before }) : unknownPlacement(at);
        if (result.status !== 'REJECTED') taken.set(name, row.hours);
        results.push(result);
      }
      noteSaved(em, results);
      return { results };
    });
    return results;
  }

  submit(viewer: Viewer, input: SubmitTimesheetsInput): Promise<string[]> {
    return this.step(viewer, 'submitTimesheets', input, (sheet) => {
      allow(mayRun(viewer, sheet.service.id), "the group's staff does");
      mustBe(sheet, TimesheetState.DRAFT);
      sheet.state = TimesheetState.SUBMITTED;
      sheet.submittedAt = this.clock();
    });
  }

  /** The member that has the control approves; who does it for a member is one of its editors. */
  approve(viewer: Viewer, input: ApproveTimesheetsInput): Promise<string[]> {
    return this.step(viewer, 'approveTimesheets', input, (sheet) => {
      allow(mayEdit(viewer, sheet.partner.id), 'the member does');
      mustBe(sheet, TimesheetState.SUBMITTED);
      sheet.state = TimesheetState.APPROVED;
      sheet.approvedAt = this.clock();
    });
  }

  giveBack(viewer: Viewer, input: ReturnTimesheetsInput): Promise<string[]> {
    return this.step(viewer, 'returnTimesheets', input, (sheet) => {
      allow(mayEdit(viewer, sheet.partner.id), 'the member does');
      if (sheet.state !== TimesheetState.APPROVED) mustBe(sheet, TimesheetState.SUBMITTED);
      sheet.state = TimesheetState.DRAFT;
      sheet.submittedAt = null;
      sheet.approvedAt = null;
    });
  }

  private async step(
    viewer: Viewer,
    mutation: string,
    input: SubmitTimesheetsInput,
    change: (sheet: Timesheet) => void,
  ): Promise<string[]> {
    const ids = someOf(input.timesheets, MOST, 'timesheets');
    const keys = ids.map((id, at) => keyOf('timesheet', id, `timesheets.${at}`));
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      const services = await em.execute<{ service: string }[]>(
        'select distinct t.service_id as service from timesheet t where t.id = any(?::uuid[])',
        [arrayOf(keys)],
      );
      await lockGroups(em, services);
      await em.execute(
        'select t.id from timesheet t where t.id = any(?::uuid[]) order by t.partner_id, t.id for no key update',
        [arrayOf(keys)],
      );
      const sheets = new Map(
        (await em.find(Timesheet, { id: { $in: keys } })).map((sheet) => [sheet.id, sheet]),
      );
      for (const [at, key] of keys.entries()) {
        const sheet = sheets.get(key);
        if (!sheet) throw new NotFoundError('The timesheet', `timesheets.${at}`);
        checkSandbox(viewer, sheet.provenance, `timesheets.${at}`);
        change(sheet);
      }
      await em.flush();
      return {};
    });
    return keys;
  }
}

const GIVEN_BACK = ' Its member gives it back with returnTimesheets.';
const WAY_BACK: Partial<Record<TimesheetState, string>> = {
  [TimesheetState.SUBMITTED]: GIVEN_BACK,
  [TimesheetState.APPROVED]: GIVEN_BACK,
  [TimesheetState.INVOICED]: ' A credit note of its invoice opens it again.',
};

/** @throws UserError WRONG_STATE, TIMESHEET_INVOICED */
function mustBe({ state, week }: Timesheet, wanted: TimesheetState): void {
  if (state === wanted) return;
  throw new UserError(
    state === TimesheetState.INVOICED ? 'TIMESHEET_INVOICED' : 'WRONG_STATE',
    `The timesheet of the week of ${week} is ${state}, and this takes ${wanted} ones.${WAY_BACK[state as TimesheetState] ?? ''}`,
    'timesheets',
  );
}

/** Placements by their keys, as far as the viewer keeps them. @throws ForbiddenError for those of a group that it does not run */
async function placesOf(
  em: EntityManager,
  viewer: Viewer,
  keys: readonly string[],
): Promise<Map<string, Place>> {
  const places = await em.execute<Place[]>(
    `select p.partner_id as partner, p.id, p.service_id as service, p.worker_id as worker, p.provenance
     from placement p where p.id = any(?::uuid[]) order by p.worker_id`,
    [arrayOf(keys)],
  );
  for (const { service, provenance } of places) {
    allow(mayRun(viewer, service), "the group's staff does");
    checkSandbox(viewer, provenance, 'timesheets');
  }
  return new Map(places.map((place) => [place.id, place]));
}

/** A run of invoices locks the group before timesheets: so does who writes them; then the workers whose weeks are added up. */
async function lockBooks(em: EntityManager, places: readonly Place[]): Promise<void> {
  await lockGroups(em, places);
  await em.execute(
    `select w.id from shared_worker w where (w.service_id, w.reference) in
       (select o.service_id, o.reference from shared_worker o where o.id = any(?::uuid[])) order by w.id for no key update`,
    [arrayOf(places.map(({ worker }) => worker))],
  );
}

async function lockGroups(em: EntityManager, of: readonly { service: string }[]): Promise<void> {
  await em.execute(
    'select g.id from employer_group g where g.service_id = any(?::uuid[]) order by g.id for key share',
    [arrayOf(of.map(({ service }) => service))],
  );
}

async function saveOne(
  em: EntityManager,
  place: Place,
  { week, hours }: TimesheetRowInput,
  { at, today, before }: { at: number; today: string; before?: string | undefined },
): Promise<SavedTimesheet> {
  const isOther = before !== undefined && Number(before) !== Number(hours);
  const wrong = weekError(week, today) ?? hoursError(hours) ?? (isOther ? TWICE : undefined);
  if (wrong) return rejected(at, wrong);
  await em.execute('savepoint a_timesheet');
  try {
    const [known] = await em.execute<{ id: string; hours: string; state: TimesheetState }[]>(
      'select t.id, t.hours::text as hours, t.state from timesheet t where t.partner_id = ? and t.placement_id = ? and t.week = ?',
      [place.partner, place.id, week],
    );
    if (known && Number(known.hours) === Number(hours)) return { status: 'DUPLICATE', timesheet: known.id };
    if (known) {
      mustBe({ state: known.state, week } as Timesheet, TimesheetState.DRAFT);
      await em.execute(
        'update timesheet set hours = ?, version = version + 1 where partner_id = ? and id = ?',
        [hours, place.partner, known.id],
      );
      return { status: 'ACCEPTED', timesheet: known.id };
    }
    const id = newId();
    await em.execute(
      `insert into timesheet (partner_id, id, service_id, worker_id, placement_id, week, hours, state, provenance, created_at, version)
       values (?, ?, ?, ?, ?, ?, ?, 'DRAFT', ?, now(), 1)`,
      [place.partner, id, place.service, place.worker, place.id, week, hours, place.provenance],
    );
    return { status: 'ACCEPTED', timesheet: id };
  } catch (error) {
    await em.execute('rollback to savepoint a_timesheet');
    const known = error instanceof UserError ? error : constraintError(error);
    if (!(known instanceof UserError)) throw error;
    return rejected(at, {
      code: known.code,
      message: known.message,
      field: FIELDS[known.field ?? ''] ?? 'placement',
    });
  } finally {
    await em.execute('release savepoint a_timesheet');
  }
}

/** Fields of a row as an error of one sheet or of a rule names them. */
const FIELDS: Readonly<Record<string, string>> = { week: 'week', hours: 'hours', timesheets: 'week' };

const unknownPlacement = (at: number): SavedTimesheet =>
  rejected(at, {
    code: 'NOT_FOUND',
    message: 'There is no such placement, or you may not see it.',
    field: 'placement',
  });

function rejected(
  at: number,
  { code, message, field }: { code: string; message: string; field: string },
): SavedTimesheet {
  return { status: 'REJECTED', error: { code, message, field: `timesheets.${at}.${field}` } };
}

function noteSaved(em: EntityManager, results: readonly SavedTimesheet[]): void {
  const saved = results.filter(({ status }) => status === 'ACCEPTED');
  if (saved.length === 0) return;
  noteChange(em, {
    entity: 'Timesheet',
    table: 'timesheet',
    action: 'CREATED',
    after: {
      state: 'DRAFT',
      count: saved.length,
      first_id: saved[0]?.timesheet,
      last_id: saved.at(-1)?.timesheet,
    },
  });
}

const arrayOf = (keys: readonly string[]): string => `{${keys.join(',')}}`;
