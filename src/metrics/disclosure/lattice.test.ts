import { describe, expect, test } from '@jest/globals';
import { LATTICE_TABLES, onLattice } from './lattice.ts';
import { datesOf, monthOf, periodsEndingWith } from './period.ts';

test('the tables of the lattice', () => {
  expect(LATTICE_TABLES.map((table) => table.join(' × '))).toEqual([
    '',
    'SECTOR',
    'SIZE_BAND',
    'REGION',
    'PROVINCE',
    'AUTHORITY',
    'SERVICE',
    'SECTOR × REGION',
    'SERVICE × SECTOR',
    'SERVICE × SIZE_BAND',
    'SERVICE × REGION',
    'SERVICE × PROVINCE',
    'SERVICE × AUTHORITY',
    'SERVICE × SECTOR × REGION',
  ]);
});

describe('a question is on the lattice', () => {
  const year = { from: '2025-01-01', to: '2026-01-01' };
  test.each<[name: string, question: Parameters<typeof onLattice>[0], granularity: string | undefined]>([
    ['as a total of a year', { groupBy: [], ...year }, 'YEAR'],
    ['of a quarter', { groupBy: ['REGION'], from: '2025-04-01', to: '2025-07-01' }, 'QUARTER'],
    ['of a month, over the new year', { groupBy: [], from: '2025-12-01', to: '2026-01-01' }, 'MONTH'],
    ['in any sequence of its dimensions', { groupBy: ['REGION', 'SERVICE', 'SECTOR'], ...year }, 'YEAR'],
    ['as a series', { groupBy: ['SECTOR'], granularity: 'MONTH', ...year }, 'MONTH'],
    ['as a series without end', { groupBy: [], granularity: 'QUARTER', from: '2025-04-01' }, 'QUARTER'],
    ['not by a finer dimension', { groupBy: ['MUNICIPALITY'], ...year }, undefined],
    ['not by two that make no table', { groupBy: ['SECTOR', 'SIZE_BAND'], ...year }, undefined],
    ['not by one that is named twice', { groupBy: ['SECTOR', 'SECTOR'], ...year }, undefined],
    ['not by days', { groupBy: [], granularity: 'DAY', ...year }, undefined],
    ['not of two quarters', { groupBy: [], from: '2025-01-01', to: '2025-07-01' }, undefined],
    [
      'not of three months that make no quarter',
      { groupBy: [], from: '2025-02-01', to: '2025-05-01' },
      undefined,
    ],
    [
      'not of twelve months that make no year',
      { groupBy: [], from: '2025-02-01', to: '2026-02-01' },
      undefined,
    ],
    ['not of a part of a month', { groupBy: [], from: '2025-02-01', to: '2025-02-28' }, undefined],
    ['not without an end', { groupBy: [], from: '2025-01-01' }, undefined],
    [
      'not as a series that begins inside a step',
      { groupBy: [], granularity: 'QUARTER', from: '2025-02-01' },
      undefined,
    ],
    [
      'not as a series that ends inside a step',
      { groupBy: [], granularity: 'YEAR', to: '2025-07-01' },
      undefined,
    ],
  ])('%s', (_, question, granularity) => {
    expect(onLattice(question)?.granularity).toBe(granularity);
  });

  test('and its table has its dimensions in the sequence that cells have', () => {
    expect(onLattice({ groupBy: ['REGION', 'SERVICE'], ...year })?.table).toEqual(['SERVICE', 'REGION']);
  });
});

test('the periods that are over with a month, the longest first', () => {
  const ending = (day: string): string[] =>
    periodsEndingWith(monthOf(day)).map(
      (period) => `${period.granularity} ${Object.values(datesOf(period)).join(' ')}`,
    );
  expect(ending('2025-02-01')).toEqual(['MONTH 2025-02-01 2025-03-01']);
  expect(ending('2025-06-30')).toEqual(['QUARTER 2025-04-01 2025-07-01', 'MONTH 2025-06-01 2025-07-01']);
  expect(ending('2025-12-01')).toEqual([
    'YEAR 2025-01-01 2026-01-01',
    'QUARTER 2025-10-01 2026-01-01',
    'MONTH 2025-12-01 2026-01-01',
  ]);
});
