import { expect, test } from '@jest/globals';
import { Role } from '../access/roles.ts';
import { ADMINISTRATOR, ANONYMOUS, viewerOf } from '../access/viewer.ts';
import { DEFAULT_RATES, rateOf } from './rates.ts';

const holding = (...roles: Role[]) =>
  viewerOf({ principal: 'account_1', grants: roles.map((role) => ({ role, of: '1' })) });

test('a principal has the points of its most generous role', () => {
  expect(rateOf(ANONYMOUS, DEFAULT_RATES)).toBe(DEFAULT_RATES.PUBLIC);
  expect(rateOf(holding(), DEFAULT_RATES)).toBe(DEFAULT_RATES.PUBLIC);
  expect(rateOf(holding(Role.PARTNER_READER), DEFAULT_RATES)).toBe(DEFAULT_RATES.PARTNER_READER);
  expect(rateOf(holding(Role.FEDERATION_ADMIN, Role.PARTNER_READER), DEFAULT_RATES)).toBe(
    DEFAULT_RATES.FEDERATION_ADMIN,
  );
  expect(rateOf(ADMINISTRATOR, DEFAULT_RATES)).toBe(Number.POSITIVE_INFINITY);
  expect(rateOf(ADMINISTRATOR, { ...DEFAULT_RATES, HUB_ADMIN: 7_000 })).toBe(7_000);
});

test('a role never has fewer points than nobody has', () => {
  for (const rate of Object.values(DEFAULT_RATES)) expect(rate).toBeGreaterThanOrEqual(DEFAULT_RATES.PUBLIC);
  const rates = { ...DEFAULT_RATES, PARTNER_READER: 5 };
  expect(rateOf(holding(Role.PARTNER_READER), rates)).toBe(DEFAULT_RATES.PUBLIC);
});
