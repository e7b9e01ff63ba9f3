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
  save,
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
    world.station = randomUUID();
    await world.hub.sql(
      `insert into weather_station (id, code, name, source) values ($1, 'UCCLE', 'Uccle', 'Made up for a test')`,
      [world.station],
    );
    return world.set();
  }

  /** Another service on the same hub, with records of its own. */
  static beside({ hub, now, station }: EnergyWorld): Promise<EnergyWorld> {
    return Object.assign(new EnergyWorld(), { hub, now, station }).set();
  }

  private async set(): Promise<EnergyWorld> {
    this.service = await newService(this.hub, 'ENERGY');
    this.member = await this.newMember();
    this.building = await this.newBuilding();
    this.meter = await this.newMeter();
    return this;
  }

  async newMember(): Promise<Named> {
    const partner = await newPartner(this.hub);
    await newEnrolment(this.hub, partner, this.service, '2015-01-01');
    return partner;
  }

  /** @param columns of it, by their names in the database or in the schema */
  newBuilding(columns: object = {}, partner: Named = this.member): Promise<Named> {
    return save(this.hub, 'createBuilding', {
      partner: partner.id,
      service: this.service.id,
      name: `Building ${randomUUID().slice(0, 8)}`,
      activity: 'OFFICE',
      floorAreaM2: '1000',
      municipality: '21004',
      followedFrom: '2015-01-01',
      ...inSchema(columns),
    });
  }

  /** A meter of the first building's partner that serves buildings: the member's first one, where nothing else is said. */
  async newMeter(columns: object = {}, buildings?: { building: Named; partner?: Named }[]): Promise<Named> {
    const { stationId = this.station, ...rest } = inSchema(columns);
    const [station] = await this.hub.sql<{ code: string }>('select code from weather_station where id = $1', [
      stationId,
    ]);
    return save(this.hub, 'createMeter', {
      buildings: (buildings ?? [{ building: this.building }]).map(({ building }) => building.id),
      reference: `M-${randomUUID().slice(0, 8)}`,
      carrier: 'GAS',
      unit: 'KWH',
      station: station?.code ?? null,
      ...rest,
    });
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

/** Columns by their names in the schema: `floor_area_m2` is `floorAreaM2`. */
function inSchema(columns: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

export function holder(role: Role, of: Named): Viewer {
  return viewerOf({ principal: `client_${randomUUID()}`, grants: [{ role, of: keyOf(of) }] });
}
