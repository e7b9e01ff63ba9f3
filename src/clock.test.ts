import { expect, test } from '@jest/globals';
import { brusselsDay } from './clock.ts';

test.each([
  ['winter, one hour before midnight UTC', '2026-01-31T23:00:00Z', '2026-02-01'],
  ['winter, a moment earlier', '2026-01-31T22:59:59.999Z', '2026-01-31'],
  ['summer, two hours before midnight UTC', '2026-06-30T22:00:00Z', '2026-07-01'],
  ['summer, a moment earlier', '2026-06-30T21:59:59.999Z', '2026-06-30'],
  ['the night on which summer time begins', '2026-03-28T23:30:00Z', '2026-03-29'],
  ['the night on which summer time ends', '2026-10-25T22:59:59Z', '2026-10-25'],
  ['the hour after it', '2026-10-25T23:00:00Z', '2026-10-26'],
  ['New Year', '2025-12-31T23:00:00Z', '2026-01-01'],
])('the day in Belgium: %s', (_, instant, day) => {
  expect(brusselsDay(new Date(instant))).toBe(day);
});
