import { expect, test } from '@jest/globals';
import { repeatedly } from './repeatedly.ts';

const soon = { first: 1, every: 1 };

test('what is done once a day is done again, also after a failure, until it is ended', async () => {
  let runs = 0;
  const failures: unknown[] = [];
  let enough: () => void;
  const thrice = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const end = repeatedly(
    async () => {
      runs += 1;
      if (runs === 1) throw new Error('once');
      if (runs === 3) enough();
    },
    (error) => failures.push(error),
    soon,
  );
  await thrice;
  await end();
  const atTheEnd = runs;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(runs).toBe(atTheEnd);
  expect(failures).toEqual([new Error('once')]);
});
