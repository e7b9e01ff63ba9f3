import type { EventEmitter } from 'node:events';
import { CloseCode } from 'graphql-ws';
import type { Viewer } from '../access/viewer.ts';
import { UnauthenticatedError } from '../errors.ts';

/** A socket that can be closed. */
export type Closable = EventEmitter & { readyState: number; close(code: number, reason: string): void };

/** State of a socket that is open; higher ones are of sockets that close or are closed (WebSocket API). */
export const OPEN = 1;

/**
 * How often a socket's credential is looked at again, in milliseconds. With the time that the hub remembers a
 * credential it is less than a minute until a token that was revoked elsewhere ends its sockets.
 */
const LOOK_AGAIN_MS = 20_000;

/** So that a clock that runs behind this one makes no loop. */
const SHORTEST_WAIT_MS = 100;

/** Closes a socket when the credential ends that opened it; one without an end is not watched. */
export function endWithCredential(
  socket: Closable,
  opener: Pick<Viewer, 'expiresAt'>,
  again: () => Promise<Pick<Viewer, 'expiresAt'>>,
): void {
  // One that closed while its token was looked up says so no more.
  if (opener.expiresAt === undefined || socket.readyState > OPEN) return;
  let timer: NodeJS.Timeout | undefined;
  let isOpen = true;
  const wait = (expiresAt: number | undefined): void => {
    if (!isOpen) return;
    const left = expiresAt === undefined ? LOOK_AGAIN_MS : expiresAt - Date.now();
    timer = setTimeout(look, Math.max(SHORTEST_WAIT_MS, Math.min(left, LOOK_AGAIN_MS)));
    timer.unref();
  };
  const look = (): void => {
    again().then(
      (viewer) => wait(viewer.expiresAt),
      (error: unknown) => {
        if (error instanceof UnauthenticatedError) socket.close(CloseCode.Forbidden, 'Forbidden');
        // A database that does not answer says nothing of the token.
        else wait(undefined);
      },
    );
  };
  socket.once('close', () => {
    isOpen = false;
    clearTimeout(timer);
  });
  wait(opener.expiresAt);
}
