/** Holds one thing for who takes it: what comes before it was taken is merged into what waits, so that it never grows. */
export class Mailbox<T> {
  private waiting: T | undefined;
  private taker: ((item: T | undefined) => void) | undefined;
  private isClosed = false;

  constructor(
    private readonly merge: (one: T, other: T) => T,
    private readonly onClose: () => void = () => undefined,
  ) {}

  put(item: T): void {
    if (this.isClosed) return;
    const { taker } = this;
    if (taker) {
      this.taker = undefined;
      taker(item);
    } else this.waiting = this.waiting === undefined ? item : this.merge(this.waiting, item);
  }

  /** The thing, once there is one; undefined when the mailbox is closed. One may wait at a time. */
  take(): Promise<T | undefined> {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting !== undefined || this.isClosed) return Promise.resolve(waiting);
    return new Promise((resolve) => {
      this.taker = resolve;
    });
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.waiting = undefined;
    this.taker?.(undefined);
    this.onClose();
  }
}
