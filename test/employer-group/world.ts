import { randomUUID } from 'node:crypto';
import { Role } from '../../src/access/roles.ts';
import { ADMINISTRATOR, type Viewer, viewerOf } from '../../src/access/viewer.ts';
import {
  documentOf,
  keyOf,
  type MutationName,
  newEnrolment,
  newKey,
  newPartner,
  newService,
} from '../partners/records.ts';
import { type Answer, startTestHub, type TestHub } from '../support/hub.ts';

interface Named {
  id: string;
}

/** A Monday morning of June in Brussels. */
export const MORNING = '2026-06-15T10:00:00+02:00';
/** That Monday. */
export const MONDAY = '2026-06-15';

/** Hours that a week's days share from Monday to Friday, in minutes. */
export function weekOf(hours: number): number[] {
  const quarters = hours * 4;
  const days = [0, 1, 2, 3, 4].map((day) => Math.floor(quarters / 5) + (day < quarters % 5 ? 1 : 0));
  return [...days.map((quarter) => quarter * 15), 0, 0];
}

/** An employer group whose clock the test sets, with a member, and a worker of 38 hours. */
export class GroupWorld {
  now = new Date(MORNING);
  hub!: TestHub;
  service!: Named;
  operator!: Named;
  member!: Named;
  worker!: Named;
  private workers = 0;

  static async open(): Promise<GroupWorld> {
    const world = new GroupWorld();
    world.hub = await startTestHub('operation', { clock: () => world.now });
    return world.set();
  }

  /** Another group on the same hub, with records of its own. */
  static beside({ hub, now }: GroupWorld): Promise<GroupWorld> {
    return Object.assign(new GroupWorld(), { hub, now }).set();
  }

  private async set(): Promise<GroupWorld> {
    this.service = await newService(this.hub, 'EMPLOYER_GROUP');
    this.operator = await newPartner(this.hub);
    await this.hub.sql(
      `insert into employer_group (id, service_id, partner_id, legal_form, joint_committee, authorised_from, full_time_hours)
       values ($1, $2, $3, 'NON_PROFIT_ASSOCIATION', '329.02', '2013-01-01', 38)`,
      [randomUUID(), keyOf(this.service), keyOf(this.operator)],
    );
    this.member = await this.newMember();
    this.worker = await this.newWorker();
    return this;
  }

  /** A member since 2015, or since another day. */
  async newMember(activeFrom = '2015-01-01'): Promise<Named> {
    const partner = await newPartner(this.hub);
    await newEnrolment(this.hub, partner, this.service, activeFrom);
    return partner;
  }

  /** @param columns of it, by their names in the database */
  newWorker(columns: Record<string, unknown> = {}): Promise<Named> {
    this.workers += 1;
    return this.insert('shared_worker', {
      service_id: keyOf(this.service),
      reference: `W-${this.workers}`,
      job_function: 'ACCOUNTANT',
      contract_hours: 38,
      employed_from: '2020-01-01',
      ...columns,
    });
  }

  /** A placement that the member agreed to: of the first worker with the first member, where nothing else is said. */
  newPlacement({
    worker = this.worker,
    member = this.member,
    hours = 19,
    ...columns
  }: { worker?: Named; member?: Named; hours?: number } & Record<string, unknown> = {}): Promise<Named> {
    return this.insert('placement', {
      partner_id: keyOf(member),
      service_id: keyOf(this.service),
      worker_id: keyOf(worker),
      weekly_hours: hours,
      minutes_by_weekday: weekOf(hours),
      starts_on: '2026-01-05',
      municipality_id: this.territory(),
      state: 'AGREED',
      proposed_on: '2026-01-02',
      decided_on: '2026-01-03',
      calendar_key: randomUUID(),
      ...columns,
    });
  }

  /** An approved timesheet of a placement. */
  newTimesheet({
    placement,
    week,
    hours,
    worker = this.worker,
    member = this.member,
    ...columns
  }: { placement: Named; week: string; hours: number; worker?: Named; member?: Named } & Record<
    string,
    unknown
  >): Promise<Named> {
    return this.insert('timesheet', {
      partner_id: keyOf(member),
      service_id: keyOf(this.service),
      worker_id: keyOf(worker),
      placement_id: keyOf(placement),
      week,
      hours,
      state: 'APPROVED',
      submitted_at: '2026-01-01T00:00:00Z',
      approved_at: '2026-01-01T00:00:00Z',
      ...columns,
    });
  }

  private async territory(): Promise<string> {
    const [row] = await this.hub.sql<{ id: string }>(`select id from territory where nis_code = '21004'`);
    return (row as { id: string }).id;
  }

  private async insert(table: string, columns: Record<string, unknown>): Promise<Named> {
    const id = randomUUID();
    const row: Record<string, unknown> = { id };
    for (const [name, value] of Object.entries(columns)) row[name] = await value;
    const names = Object.keys(row);
    await this.hub.sql(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    );
    return { id: `${table}_${id}` };
  }

  get editor(): Viewer {
    return holder(Role.PARTNER_EDITOR, this.member);
  }

  get staff(): Viewer {
    return holder(Role.SERVICE_STAFF, this.service);
  }

  readonly administrator = ADMINISTRATOR;

  /** Sends a mutation as somebody, and gives its payload. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the payload is the test's own question
  async as(viewer: Viewer, mutation: MutationName, input: object): Promise<any> {
    const variables = { input: { idempotencyKey: newKey(), ...input } };
    const { data, errors } = await this.hub.query(documentOf(mutation), variables, { viewer });
    return errors ? { refused: errors[0]?.extensions?.code } : data[mutation];
  }

  /** Asks a question as somebody. */
  ask(
    question: string,
    variables: Record<string, unknown> = {},
    viewer: Viewer = ADMINISTRATOR,
  ): Promise<Answer> {
    return this.hub.query(question, variables, { viewer });
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}

export function holder(role: Role, of: Named): Viewer {
  return viewerOf({ principal: `client_${randomUUID()}`, grants: [{ role, of: keyOf(of) }] });
}
