import { describe, expect, test } from '@jest/globals';
import { Budget } from './budget.ts';
import { mutationPoints } from './cost.ts';

describe('a query', () => {
  test('costs a point, and one for each table and each 100 rows begun', () => {
    const budget = new Budget();
    expect(budget.points).toBe(1);
    budget.source(1);
    expect(budget.points).toBe(3);
    budget.source(99);
    expect(budget.points).toBe(4);
    budget.source(101, 3);
    expect(budget.points).toBe(9);
  });
});

describe('a mutation', () => {
  const field = {} as never;
  const taking = (args: Record<string, unknown>) => ({ field, args: () => args });

  test('costs ten points, and one for each ten items of its lists begun, at whatever depth', () => {
    expect(mutationPoints([taking({ input: { name: 'x', tags: [] } })], {})).toBe(10);
    expect(mutationPoints([taking({ input: { entries: [{}] } })], {})).toBe(11);
    expect(mutationPoints([taking({ input: { entries: Array(1000).fill({ a: null }) } })], {})).toBe(110);
    expect(mutationPoints([taking({ input: { sites: [{ recognitions: Array(10).fill('x') }] } })], {})).toBe(
      12,
    );
  });

  test('is paid as often as it is asked for', () => {
    expect(mutationPoints([taking({}), taking({}), taking({})], {})).toBe(30);
    expect(mutationPoints([{ field: undefined, args: () => ({}) }], {})).toBe(0);
  });

  test('with arguments that are refused costs no more', () => {
    const refused = {
      field,
      args: () => {
        throw new Error('no such value');
      },
    };
    expect(mutationPoints([refused], {})).toBe(10);
  });
});
