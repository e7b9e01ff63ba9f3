import pg from 'pg';

/** Who is told of a channel's notices. */
export interface NoticeListener {
  onNotice(payload: string): void;
  /** Notices may have been lost: the connection was gone for a while. */
  onGap(): void;
}

/** Notices of the database (NOTIFY), which come when the transaction that gives them has been committed. */
export interface Notices {
  /** Tells a listener of a channel from now on. Resolves once it is listened to, or could not be for now. */
  listen(channel: string, listener: NoticeListener): Promise<void>;
  close(): Promise<void>;
}

/** Waits between attempts to connect again, in milliseconds: twice the one before, up to the longest. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/** How often a connection is asked whether it is still there, in milliseconds: on most networks a silent one ends unsaid. */
const ASK_EVERY_MS = 30_000;
const ANSWER_WITHIN_MS = 5_000;

/**
 * Notices of a server, over one connection beside the pool: what it listens to belongs to its session. It connects
 * when somebody listens for the first time, and again when the connection is lost.
 */
export class ServerNotices implements Notices {
  private readonly listeners = new Map<string, NoticeListener>();
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wait = FIRST_WAIT_MS;
  private isClosed = false;

  constructor(
    /** A server's address, and no pooler's in transaction mode: its sessions are not the hub's. */
    private readonly url: string,
    private readonly log: { warn(message: string): void },
  ) {}

  async listen(channel: string, listener: NoticeListener): Promise<void> {
    this.listeners.set(channel, listener);
    if (this.client) {
      await this.client.query(listenTo(channel)).catch(() => listener.onGap());
      return;
    }
    await this.connect();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.connecting;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private connect(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.connecting ??= this.tryToConnect().finally(() => {
      this.connecting = undefined;
    });
    return this.connecting;
  }

  private async tryToConnect(): Promise<void> {
    clearTimeout(this.timer);
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'mutualhub notices',
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      keepAlive: true,
    });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel, payload }) => this.listeners.get(channel)?.onNotice(payload ?? ''));
    try {
      await client.connect();
      // One that comes to listen meanwhile is listened for as well.
      this.client = client;
      for (const channel of this.listeners.keys()) await client.query(listenTo(channel));
    } catch (error) {
      this.client = undefined;
      client.end().catch(() => undefined);
      this.log.warn(`The database's notices cannot be listened to: ${(error as Error).message}`);
      this.tryLater();
      return;
    }
    if (this.wait > FIRST_WAIT_MS) {
      this.log.warn("The database's notices are listened to again.");
      for (const listener of this.listeners.values()) listener.onGap();
    }
    this.wait = FIRST_WAIT_MS;
    this.askLater(client);
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    this.log.warn('The connection for the database’s notices is lost.');
    this.tryLater();
  }

  private tryLater(): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  private askLater(client: pg.Client): void {
    this.timer = setTimeout(() => {
      client.query('select').then(
        () => this.client === client && this.askLater(client),
        () => this.lost(client),
      );
    }, ASK_EVERY_MS);
    this.timer.unref();
  }
}

/** Notices of the embedded database, whose only session is the pool's: it goes on listening whoever is connected. */
export class EmbeddedNotices implements Notices {
  private readonly listeners = new Map<string, NoticeListener>();
  private readonly heard = new WeakSet<pg.PoolClient>();

  constructor(private readonly pool: () => Promise<Pick<pg.Pool, 'connect' | 'on' | 'off'>>) {}

  async listen(channel: string, listener: NoticeListener): Promise<void> {
    const isFirst = this.listeners.size === 0;
    this.listeners.set(channel, listener);
    const pool = await this.pool();
    if (isFirst) pool.on('connect', this.hear);
    const client = await pool.connect();
    try {
      this.hear(client);
      await client.query(listenTo(channel));
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    if (this.listeners.size > 0) (await this.pool()).off('connect', this.hear);
    this.listeners.clear();
  }

  private readonly hear = (client: pg.PoolClient): void => {
    if (this.heard.has(client)) return;
    this.heard.add(client);
    client.on('notification', ({ channel, payload }) => this.listeners.get(channel)?.onNotice(payload ?? ''));
  };
}

function listenTo(channel: string): string {
  return `listen ${pg.escapeIdentifier(channel)}`;
}
