import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { brusselsDay } from '../../clock.ts';
import {
  addWorkingDays,
  addWorkingHours,
  isWorkingDay,
  publicHolidays,
  workingDayBefore,
} from './working-time.ts';

const after = (from: string, hours: number): string => addWorkingHours(new Date(from), hours).toISOString();

test('the holidays are the ten of the law, and no other day', () => {
  // Those that move with Easter, from the almanac; the others keep their date.
  const moving: Record<string, string[]> = {
    2021: ['04-05', '05-13', '05-24'],
    2024: ['04-01', '05-09', '05-20'],
    2025: ['04-21', '05-29', '06-09'],
    2026: ['04-06', '05-14', '05-25'],
    2038: ['04-26', '06-03', '06-14'],
  };
  const fixed = ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25'];
  for (const [year, days] of Object.entries(moving)) {
    expect([...publicHolidays(year)].sort()).toEqual(
      [...fixed, ...days].map((day) => `${year}-${day}`).sort(),
    );
  }
});

test('the working day before is over a weekend, and over a holiday', () => {
  expect(['2026-11-26', '2026-11-30', '2026-05-26'].map(workingDayBefore)).toEqual([
    ...['2026-11-25', '2026-11-27', '2026-05-22'],
  ]);
});

test('four working hours in an ordinary morning, over a night, and over a weekend', () => {
  expect(after('2026-11-26T09:00:00+01:00', 4)).toBe('2026-11-26T12:00:00.000Z');
  expect(after('2026-11-26T15:30:00+01:00', 4)).toBe('2026-11-27T10:30:00.000Z');
  expect(after('2026-11-27T15:00:00+01:00', 4)).toBe('2026-11-30T10:00:00.000Z');
});

test('what comes outside the hours of work begins with the next ones', () => {
  expect(after('2026-11-28T11:00:00+01:00', 4)).toBe('2026-11-30T12:00:00.000Z');
  expect(after('2026-11-26T22:00:00+01:00', 1)).toBe('2026-11-27T09:00:00.000Z');
  expect(after('2026-11-26T05:00:00+01:00', 1)).toBe('2026-11-26T09:00:00.000Z');
});

test('hours that fill a day end with it', () => {
  expect(after('2026-11-26T09:00:00+01:00', 8)).toBe('2026-11-26T16:00:00.000Z');
  expect(after('2026-11-26T09:00:00.500+01:00', 8)).toBe('2026-11-27T08:00:00.500Z');
});

test('holidays and the change to summer time are stepped over', () => {
  // Thursday before Easter at 16:00: an hour is left of it, Good Friday is worked, Easter Monday is not.
  expect(after('2026-04-02T16:00:00+02:00', 10)).toBe('2026-04-07T08:00:00.000Z');
  expect(after('2026-03-27T16:00:00+01:00', 2)).toBe('2026-03-30T08:00:00.000Z');
  expect(after('2026-10-23T16:00:00+02:00', 2)).toBe('2026-10-26T09:00:00.000Z');
});

test('seven working days over a weekend and a holiday', () => {
  expect(addWorkingDays('2026-11-26', 7)).toBe('2026-12-07');
  expect(addWorkingDays('2026-07-17', 7)).toBe('2026-07-29');
  expect(addWorkingDays('2026-12-24', 1)).toBe('2026-12-28');
});

const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime())));

test('what is due is due at work, later than its beginning, and hours add up', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (from, a, b) => {
      const due = addWorkingHours(from, a);
      expect(due > from).toBe(true);
      expect(isWorkingDay(brusselsDay(due))).toBe(true);
      expect(addWorkingHours(due, b)).toEqual(addWorkingHours(from, a + b));
    }),
  );
});

test('whoever begins earlier is not due later', () => {
  fc.assert(
    fc.property(instant, instant, fc.integer({ min: 1, max: 60 }), (one, other, hours) => {
      const [first, second] = one < other ? [one, other] : [other, one];
      expect(addWorkingHours(first, hours) <= addWorkingHours(second, hours)).toBe(true);
    }),
  );
});
