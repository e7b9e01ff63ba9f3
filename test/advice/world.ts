import { Role } from '../../src/access/roles.ts';
import { ADMINISTRATOR, type Viewer } from '../../src/access/viewer.ts';
import { holder } from '../employer-group/world.ts';
import { documentOf, type MutationName, newKey, newPartner, newService } from '../partners/records.ts';
import { type Answer, startTestHub, type TestHub } from '../support/hub.ts';

interface Named {
  id: string;
}

/** When the clock of an advisory world stands: a day of the past, so that what begins at once has begun for the database. */
export const NOW = '2026-06-15T08:00:00.000Z';

/** An advisory service with a partner; the test sets the clock. */
export class AdviceWorld {
  now = new Date(NOW);
  hub!: TestHub;
  service!: Named;
  partner!: Named;
  other!: Named;

  static async open(kind: 'PREVENTION' | 'DIVERSITY' = 'DIVERSITY'): Promise<AdviceWorld> {
    const world = new AdviceWorld();
    world.hub = await startTestHub('operation', { clock: () => world.now });
    world.service = await newService(world.hub, kind);
    world.partner = await newPartner(world.hub);
    world.other = await newPartner(world.hub);
    return world;
  }

  get staff(): Viewer {
    return holder(Role.SERVICE_STAFF, this.service);
  }

  get editor(): Viewer {
    return holder(Role.PARTNER_EDITOR, this.partner);
  }

  get stranger(): Viewer {
    return holder(Role.PARTNER_EDITOR, this.other);
  }

  /** A workshop of 10 seats, an hour from now, where nothing else is said. */
  async newSession(input: object = {}): Promise<Named> {
    const { session, userErrors } = await this.as(this.staff, 'planSession', {
      service: this.service.id,
      kind: 'WORKSHOP',
      title: { fr: 'Accueil', nl: 'Onthaal' },
      startsAt: this.later(1),
      endsAt: this.later(4),
      municipality: '21004',
      capacity: 10,
      ...input,
    });
    if (!session) throw new Error(JSON.stringify(userErrors));
    return session;
  }

  /** Hours from now. */
  later(hours: number): string {
    return new Date(this.now.getTime() + hours * 3_600_000).toISOString();
  }

  /** The codes of what is wrong. */
  async wrong(viewer: Viewer, mutation: MutationName, input: object): Promise<string[]> {
    const { userErrors, refused } = await this.as(viewer, mutation, input);
    return refused ? [refused] : userErrors.map(({ code }: { code: string }) => code);
  }

  /** Sends a mutation as somebody, and gives its payload. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the payload is the test's own question
  async as(viewer: Viewer, mutation: MutationName, input: object): Promise<any> {
    const variables = { input: { idempotencyKey: newKey(), ...input } };
    const { data, errors } = await this.hub.query(documentOf(mutation), variables, { viewer });
    return errors ? { refused: errors[0]?.extensions?.code } : data[mutation];
  }

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
