import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { GraphQLObjectType } from 'graphql';
import type { Viewer } from '../../src/access/viewer.ts';
import { clock, documentOf, fingerprint, type MutationName, newKey } from '../partners/records.ts';
import { expectedTable } from './matrix.ts';
import { type Attempts, attemptsOf } from './mutations.ts';
import { makeWorld, ROLES, type Tenant, type World } from './world.ts';

/** Last, and once: nothing of the tenant changes any more after it. */
const LAST = 'closePartner';

/** The hub's time. */
let now = clock();
let world: World;
let attempts: Attempts;
beforeAll(async () => {
  world = await makeWorld(() => now);
  attempts = attemptsOf(world);
}, 120_000);
afterAll(() => world.close());

/** Tries a mutation as somebody; what is refused must have saved nothing. */
async function outcomeOf(mutation: string, viewer: Viewer, tenant: Tenant): Promise<string> {
  const input = { idempotencyKey: newKey(), ...(await attempts[mutation]?.(tenant)) };
  const before = await fingerprint(world.hub);
  const { data, errors } = await world.hub.query(documentOf(mutation as MutationName), { input }, { viewer });
  const payload = data?.[mutation];
  const code =
    errors?.[0]?.extensions?.code ??
    payload.userErrors[0]?.code ??
    payload.results?.find((one: { error: unknown }) => one.error)?.error.code;
  if (!code) return '+';
  // Of a report each entry is refused by itself: the answer is kept for its key, and nothing else.
  const after = await fingerprint(world.hub);
  if (['reportUsage', 'importMeterReadings', 'saveTimesheets'].includes(mutation))
    for (const seen of [before, after]) delete seen.idempotency_record;
  expect([mutation, viewer.grants[0]?.role, after]).toEqual([mutation, viewer.grants[0]?.role, before]);
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return '!';
  if (code === 'NOT_FOUND') return '-';
  throw new Error(
    `${mutation} as ${viewer.grants[0]?.role ?? 'PUBLIC'} met ${code}: ${JSON.stringify(payload)}`,
  );
}

const HEADER = `# What becomes of each mutation: for the role's own tenant, then for another. + saved, - not there, ! refused; what is refused saves nothing.
# ${ROLES.map((role, index) => `${index + 1} ${role}`).join(', ')}`;

test('each role writes what the committed table says, and nothing else', async () => {
  const type = world.hub.schema.getMutationType() as GraphQLObjectType;
  const names = Object.keys(type.getFields()).sort();
  expect(Object.keys(attempts).sort()).toEqual(names);
  const lines = HEADER.split('\n');
  for (const name of [...names.filter((one) => one !== LAST), LAST]) {
    if (name === LAST) {
      // A partner that has ordered today closes tomorrow, and when its orders have ended.
      now = new Date(now.getTime() + 86_400_000);
      await world.hub.sql(
        `update purchase_order set answer_due_at = null, closed_at = now(),
           state = case when state in ('PLACED', 'OFFERED', 'CONSENT_ASKED') then 'CANCELLED' else 'CLOSED' end
         where closed_at is null`,
      );
    }
    const outcomes: string[] = [];
    for (const role of ROLES) {
      const viewer = world.viewer(role);
      // Who may close a partner does it once.
      const ofOther = await outcomeOf(name, viewer, world.other);
      if (name === LAST && outcomes.some((before) => before.startsWith('+'))) {
        outcomes.push(`.${ofOther}`);
        continue;
      }
      outcomes.push(`${await outcomeOf(name, viewer, world.own)}${ofOther}`);
    }
    lines.push(`${name}: ${outcomes.join(' ')}`);
  }
  expect(lines).toEqual(await expectedTable('mutations.txt', lines));
}, 600_000);
