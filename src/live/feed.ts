import type { NoticeListener } from '../database/notices.ts';
import { Mailbox } from './mailbox.ts';
import { ANYTHING, type Batch, type Topic, together } from './topic.ts';

/**
 * How long notices are gathered, in milliseconds: what one client sends in a row comes as one, and a first change is
 * told while somebody still looks.
 */
const GATHER_MS = 100;

/** Shortest time between two tellings, in milliseconds: half of the second within which a change is told. */
const BETWEEN_MS = 500;

/** One topic in this process: its notices, gathered, for all who subscribe to it. */
export class Feed<Change extends object> implements NoticeListener {
  private readonly mailboxes = new Set<Mailbox<Batch<Change>>>();
  private gathered: Batch<Change> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly topic: Topic<Change, never, unknown>,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  get size(): number {
    return this.mailboxes.size;
  }

  open(): Mailbox<Batch<Change>> {
    const mailbox: Mailbox<Batch<Change>> = new Mailbox(
      (one, other) => together(this.topic, one, other),
      () => this.mailboxes.delete(mailbox),
    );
    this.mailboxes.add(mailbox);
    return mailbox;
  }

  onNotice(payload: string): void {
    if (this.size === 0) return;
    try {
      this.add(this.topic.read(payload));
    } catch (error) {
      this.onTrouble(error);
      this.add(ANYTHING);
    }
  }

  onGap(): void {
    if (this.size > 0) this.add(ANYTHING);
  }

  close(): void {
    clearTimeout(this.timer);
    for (const mailbox of [...this.mailboxes]) mailbox.close();
  }

  private add(batch: Batch<Change>): void {
    this.gathered = this.gathered === undefined ? batch : together(this.topic, this.gathered, batch);
    this.timer ??= setTimeout(
      () => this.tell(),
      Math.max(GATHER_MS, this.toldAt + BETWEEN_MS - performance.now()),
    );
  }

  private tell(): void {
    const batch = this.gathered as Batch<Change>;
    this.gathered = undefined;
    this.timer = undefined;
    this.toldAt = performance.now();
    for (const mailbox of this.mailboxes) mailbox.put(batch);
  }
}
