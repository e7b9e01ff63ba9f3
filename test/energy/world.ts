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

/** A morning of June in Brussels. */
export const MORNING = '2026-06-15T10:00:00+02:00';

/** An energy service whose clock the test sets, with a weather station and a member that has a building and a gas meter. */
export class EnergyWorld {
  now = new Date(MORNING);
  hub!: TestHub;
  service!: Named;
  member!: Named;
  building!: Named;
  meter!: Named;
  station!: string;

  static async open(): Promise<EnergyWorld> {
    const world = new EnergyWorld();
    world.hub = await startTestHub('operation', { clock: () => world.now });
    world.service = await newService(world.hub, 'ENERGY');
    world.station = randomUUID();
    await world.hub.sql(
      `insert into weather_station (id, code, name, source) values ($1, 'UCCLE', 'Uccle', 'Made up for a test')`,
      [world.station],
    );
    world.member = await world.newMember();
    world.building = await world.newBuilding();
    world.meter = await world.newMeter();
    return world;
  }

  async newMember(): Promise<Named> {
    const partner = await newPartner(this.hub);
    await newEnrolment(this.hub, partner, this.service, '2015-01-01');
    return partner;
  }

  async newBuilding(columns: object = {}, partner: Named = this.member): Promise<Named> {
    const id = randomUUID();
    await this.insert('building', {
      partner_id: keyOf(partner),
      id,
      service_id: keyOf(this.service),
      name: `Building ${id.slice(0, 8)}`,
      activity: 'OFFICE',
      floor_area_m2: '1000',
      municipality_id: await this.municipality(),
      followed_from: '2015-01-01',
      ...columns,
    });
    return { id: `building_${id}` };
  }

  /** A meter of the member's that serves buildings of its own or of others: its first one, where nothing else is said. */
  async newMeter(columns: object = {}, buildings?: { building: Named; partner?: Named }[]): Promise<Named> {
    const id = randomUUID();
    const partner = keyOf(this.member);
    const service = keyOf(this.service);
    await this.insert('meter', {
      partner_id: partner,
      id,
      service_id: service,
      reference: `M-${id.slice(0, 8)}`,
      carrier: 'GAS',
      unit: 'KWH',
      station_id: this.station,
      ...columns,
    });
    for (const served of buildings ?? [{ building: this.building }]) {
      await this.insert('meter_building', {
        partner_id: partner,
        id: randomUUID(),
        service_id: service,
        meter_id: id,
        building_partner_id: keyOf(served.partner ?? this.member),
        building_id: keyOf(served.building),
      });
    }
    return { id: `meter_${id}` };
  }

  private async insert(table: string, columns: object): Promise<void> {
    const names = Object.keys(columns);
    await this.hub.sql(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(columns),
    );
  }

  private async municipality(): Promise<string> {
    const [row] = await this.hub.sql<{ id: string }>(`select id from territory where nis_code = '21004'`);
    return (row as { id: string }).id;
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
