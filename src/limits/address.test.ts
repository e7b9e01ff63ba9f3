import { expect, test } from '@jest/globals';
import { addressKey } from './address.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['1:2:3::', '1:2:3:0::/64'],
  ['1:2:3:4::', '1:2:3:4::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['', 'local'],
])('%s is known as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test('a client without an address, on a local socket, has a name too', () => {
  expect(addressKey(undefined)).toBe('local');
});
