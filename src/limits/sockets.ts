import type { Viewer } from '../access/viewer.ts';
import { addressKey } from './address.ts';

/** Counts the open sockets of each principal; who has no name is known by the address. */
export class SocketLimiter {
  private readonly open = new Map<string, number>();

  constructor(
    /** Most sockets of one principal. */
    readonly most: number,
  ) {}

  /** Counts one more socket; gives what counts it no longer, or undefined when there are as many as there may be. */
  enter(viewer: Viewer, address: string | undefined): (() => void) | undefined {
    const key = viewer.principal === 'anonymous' ? addressKey(address) : viewer.principal;
    const count = this.open.get(key) ?? 0;
    if (count >= this.most) return undefined;
    this.open.set(key, count + 1);
    let isOpen = true;
    return () => {
      if (isOpen) this.leave(key);
      isOpen = false;
    };
  }

  private leave(key: string): void {
    const count = (this.open.get(key) ?? 0) - 1;
    if (count > 0) this.open.set(key, count);
    else this.open.delete(key);
  }
}
