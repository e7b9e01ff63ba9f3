import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { newEnrolment, newKey, newPartner, newService, send } from '../partners/records.ts';
import type { TestHub } from '../support/hub.ts';

/** Longest that a test waits for something that must come. */
const PATIENCE_MS = 15_000;

/** What a subscription was told so far. */
export interface Told {
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the test's own question
  events: any[];
  /** Errors of events, and those that refused the subscription. */
  errors: readonly { message: string; extensions?: Record<string, unknown> }[];
  isOver: boolean;
  /** Resolves when the hub knows. */
  end(): Promise<void>;
}

/** Clients that subscribe at a hub over its WebSocket. */
export class Subscribers {
  private readonly clients: Client[] = [];
  private readonly open = new Set<Told>();

  private constructor(
    private readonly hub: TestHub,
    private readonly url: string,
  ) {}

  static async of(hub: TestHub): Promise<Subscribers> {
    await hub.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = hub.http.server.address() as AddressInfo;
    return new Subscribers(hub, `ws://127.0.0.1:${port}/graphql`);
  }

  /** A subscription that has begun, or was refused. */
  async begin(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<Told> {
    const client = createClient({
      url: this.url,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(token ? { connectionParams: { authorization: `Bearer ${token}` } } : {}),
    });
    this.clients.push(client);
    const told: Told = { events: [], errors: [], isOver: false, end: async () => undefined };
    this.open.add(told);
    const over = (): void => {
      told.isOver = true;
      this.open.delete(told);
    };
    const unsubscribe = client.subscribe<Record<string, unknown>>(
      { query, variables },
      {
        next: ({ data, errors }: FormattedExecutionResult<Record<string, unknown>>) => {
          if (errors) told.errors = [...told.errors, ...errors];
          if (data) told.events.push(Object.values(data)[0]);
        },
        error: (errors) => {
          told.errors = Array.isArray(errors) ? errors : [];
          over();
        },
        complete: over,
      },
    );
    told.end = async () => {
      over();
      unsubscribe();
      await until(() => this.hub.live.size === this.open.size);
    };
    await until(() => told.isOver || told.errors.length > 0 || this.hub.live.size === this.open.size);
    return told;
  }

  async close(): Promise<void> {
    this.open.clear();
    await Promise.all(this.clients.splice(0).map((client) => client.dispose()));
    await until(() => this.hub.live.size === 0);
  }
}

/** Waits for something that must come. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await condition()); ) {
    if (Date.now() > end) throw new Error(`This has not come about: ${condition}`);
    await setTimeout(20);
  }
}

/** A partner and a service whose use the public sees, because they are made up; gives what reports some on a day. */
export async function recordOfUse(hub: TestHub): Promise<(occurredOn: string) => Promise<unknown>> {
  const partner = await newPartner(hub, { provenance: 'SYNTHETIC' });
  const service = await newService(hub, 'OTHER', { provenance: 'SYNTHETIC' });
  await newEnrolment(hub, partner, service, '2024-01-01');
  return (occurredOn) => {
    const entry = { partner: partner.id, service: service.id, metric: 'OTHER_SERVICE_UNITS', quantity: '1' };
    const entries = [{ ...entry, occurredOn, externalReference: newKey() }];
    return send(hub, 'reportUsage', { source: 'tool', entries });
  };
}
