import type { Role } from '../../src/access/roles.ts';
import type { LimitOptions } from '../../src/limits/index.ts';
import { DEFAULT_RATES } from '../../src/limits/rates.ts';
import { ADMIN_TOKEN, type TestHub } from '../support/hub.ts';

/** Limits of a test: what is not named has the hub's default. */
export function limits(rates: Partial<Record<Role, number>> = {}, sockets = 20): LimitOptions {
  return { rates: { ...DEFAULT_RATES, ...rates }, sockets };
}

/** A clock that stands still until it is moved. */
export class StandingClock {
  now = new Date('2026-03-02T10:00:00.000Z');

  readonly read = (): Date => this.now;

  pass(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }
}

export interface Sender {
  token?: boolean;
  from?: string;
  headers?: Record<string, string>;
}

/** Sends an operation over HTTP; without a token from an address. */
export async function post(
  hub: TestHub,
  query: string,
  { token, from = '192.0.2.1', headers = {} }: Sender = {},
  variables?: object,
) {
  const response = await hub.http.inject({
    method: 'POST',
    url: '/graphql',
    remoteAddress: from,
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${ADMIN_TOKEN}` } : {}),
      ...headers,
    },
    payload: JSON.stringify({ query, variables }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

/** What is left to a sender, the question paid. */
export async function remaining(hub: TestHub, as: Sender = {}): Promise<number> {
  const { body } = await post(hub, '{ rateLimit { remaining } }', as);
  return body.data.rateLimit.remaining;
}
