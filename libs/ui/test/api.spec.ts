import { pollWhile } from '../src/api.js';

const interval = pollWhile(
  ({ list }: { list: { status: string }[] }) => list.some(({ status }) => status === 'processing'),
  5_000,
);
const after = (...states: string[]): number | false =>
  interval({ state: { data: { list: states.map((status) => ({ status })) } } });

test('a list is asked for again while one of its rows is moving, and not before it is known or when all have arrived', () => {
  expect(after('success', 'processing')).toBe(5_000);
  expect(after('success', 'failed')).toBe(false);
  expect(after()).toBe(false);
  expect(interval({ state: { data: undefined } })).toBe(false);
});
