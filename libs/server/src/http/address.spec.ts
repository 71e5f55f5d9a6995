import { forwardedFor, networkOf } from './address.js';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['203.0.113.7:51234', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['', 'unknown'],
  ['unknown', 'unknown'],
  ['999.1.1.1', 'unknown'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:51234, 10.0.0.1', '203.0.113.7, 10.0.0.1'],
  ['::ffff:203.0.113.7,[2001:DB8::9]:443', '203.0.113.7, 2001:db8::9'],
  ["'; DROP TABLE x, 203.0.113.7", '203.0.113.7'],
  ['203.0.113.7, unknown', null],
  ['1.1.1.1, <b>, 203.0.113.7', '203.0.113.7'],
  ['0x7f.1', null],
  ['1', null],
  ['', null],
  [
    `${'1.1.1.1,'.repeat(5000)}203.0.113.7`,
    [...Array.from({ length: 15 }, () => '1.1.1.1'), '203.0.113.7'].join(', '),
  ],
])('of X-Forwarded-For %.60s only the addresses at its right are left', (header, addresses) => {
  expect(forwardedFor(header)).toBe(addresses);
});
