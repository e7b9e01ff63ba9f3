import { expect, test } from '@jest/globals';
import { DEFAULT_RATES } from '../../src/limits/rates.ts';
import { clock } from '../partners/records.ts';
import { startTestHub } from '../support/hub.ts';
import { recordOfUse, Subscribers, until } from './support.ts';

test('a subscription and its events cost points; one that cannot be paid is an error, and the next may be', async () => {
  // Ten points to begin with, and four for an event of two lists. The clock stands still, so none come back.
  const limits = { rates: { ...DEFAULT_RATES, PUBLIC: 14 }, sockets: 5 };
  const hub = await startTestHub('demonstration', { clock, limits });
  const subscribers = await Subscribers.of(hub);
  const report = await recordOfUse(hub);
  const query = 'subscription { usageMetricsChanged { metrics { key } services { id } } }';
  const told = await subscribers.begin(query);
  await report('2025-03-10');
  await until(() => told.events.length > 0);
  expect(told.errors).toEqual([]);
  await report('2025-03-10');
  await until(() => told.errors.length > 0);
  expect(told.errors).toMatchObject([
    { extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } },
  ]);
  expect(told).toMatchObject({ isOver: false, events: { length: 1 } });

  const refused = await subscribers.begin(query);
  expect(refused.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  await subscribers.close();
  await hub.close();
});
