import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { minutesOf } from '../../checks.ts';
import { Weekday } from '../placement.entity.ts';
import { hoursOfShare, scheduleOf, spreadOverWeek } from './schedule.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
    return 'fine';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('The schedule of a placement', () => {
  test('spreads a week over five days, and comes to its hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (quarters) => {
        const days = spreadOverWeek(quarters * 15);
        expect(days.reduce((sum, minutes) => sum + minutes, 0)).toBe(quarters * 15);
        expect(Math.max(...days.slice(0, 5)) - Math.min(...days.slice(0, 5))).toBeLessThanOrEqual(15);
        expect(days.slice(5)).toEqual([0, 0]);
      }),
    );
  });

  test('takes the days that are given, where they come to the week', () => {
    const days = [
      { weekday: Weekday.TUESDAY, hours: '4' },
      { weekday: Weekday.SATURDAY, hours: '3.5' },
    ];
    expect(scheduleOf(450, days)).toEqual([0, 240, 0, 0, 0, 210, 0]);
    expect(codeOf(() => scheduleOf(465, days))).toBe('SCHEDULE_DOES_NOT_ADD_UP');
    expect(codeOf(() => scheduleOf(450, [...days, ...days]))).toBe('WEEKDAY_TWICE');
    expect(codeOf(() => scheduleOf(690, [{ weekday: Weekday.MONDAY, hours: '11.5' }]))).toBe('INVALID_HOURS');
    expect(codeOf(() => scheduleOf(50 * 60 + 15, null))).toBe('INVALID_HOURS');
  });

  test.each(['0', '-1', '7.1', '1e2', '', '0.3'])('knows no hours %j', (hours) => {
    expect(codeOf(() => minutesOf(hours, 'weeklyHours'))).toBe('INVALID_HOURS');
  });

  test('a part of a contract is rounded down to a quarter', () => {
    expect(hoursOfShare('38', '0.5')).toBe('19');
    expect(hoursOfShare('30.4', '0.333')).toBe('10');
    expect(hoursOfShare('38.00', '1')).toBe('38');
  });
});
