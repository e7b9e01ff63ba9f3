import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from './support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

test('the hub answers', async () => {
  const { data, errors, statements } = await hub.query(
    '{ partners(first: 2) { totalCount nodes { name } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.partners.totalCount).toBe(977);
  expect(statements).toHaveLength(1);
});
