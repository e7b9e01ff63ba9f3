import { Role } from '../access/roles.ts';
import type { Viewer } from '../access/viewer.ts';

/** Points a minute by role; Infinity where there is no limit. */
export type Rates = Readonly<Record<Role, number>>;

/**
 * Points a minute where nothing else is configured. The questions of schema/operations cost some 460 points in
 * all: a page that asks every one of them every five seconds comes to 5,500.
 */
export const DEFAULT_RATES: Rates = {
  PUBLIC: 6_000,
  PARTNER_READER: 9_000,
  PARTNER_EDITOR: 12_000,
  SUPPLIER: 12_000,
  SERVICE_STAFF: 18_000,
  FEDERATION_ANALYST: 18_000,
  AUTHORITY_READER: 18_000,
  FEDERATION_ADMIN: 24_000,
  HUB_ADMIN: Number.POSITIVE_INFINITY,
};

/** Most points a minute that can be configured: what is spent in a minute fits into an integer column. */
const MOST_POINTS = 100_000_000;

/**
 * Reads `PUBLIC=3000,HUB_ADMIN=off`: roles that are not named keep their default, `off` for a role is no limit, and
 * `off` alone no limit at all (undefined). Throws an Error that says what to write instead.
 */
export function parseRates(text: string): Rates | undefined {
  if (text.trim() === 'off') return undefined;
  const rates = { ...DEFAULT_RATES };
  const named = new Set<string>();
  for (const part of text.split(',')) {
    const [, role = '', points = ''] = /^\s*([A-Z_]+)=(off|[1-9]\d{0,8})\s*$/.exec(part) ?? [];
    const rate = points === 'off' ? Number.POSITIVE_INFINITY : Number(points);
    const isPossible = rate === Number.POSITIVE_INFINITY || (rate > 0 && rate <= MOST_POINTS);
    if (!Object.hasOwn(rates, role) || named.has(role) || !isPossible) {
      throw new Error(
        `must be "off", or roles with whole points a minute up to ${MOST_POINTS}, each once, like PUBLIC=3000,HUB_ADMIN=off; the roles are ${Object.keys(rates).join(', ')}`,
      );
    }
    named.add(role);
    rates[role as Role] = rate;
  }
  return rates;
}

/** Points a minute of a viewer: those of its most generous role. */
export function rateOf(viewer: Pick<Viewer, 'grants'>, rates: Rates): number {
  let rate = rates[Role.PUBLIC];
  for (const { role } of viewer.grants) rate = Math.max(rate, rates[role]);
  return rate;
}
