import { Lag, logPosition } from './replica.js';

describe('how far a replica is behind', () => {
  it('is nothing on a primary where nothing happens, however long ago the last change was', () => {
    const lag = new Lag();
    for (let at = 0; at < 10_000_000; at += 1_000_000) expect(lag.of(100n, 100n, at)).toBe(0);
  });

  it('is the age of the latest look of which everything has been replayed', () => {
    const lag = new Lag();
    expect(lag.of(100n, 100n, 1_000)).toBe(0);
    expect(lag.of(200n, 150n, 2_000)).toBe(1_000);
    expect(lag.of(300n, 199n, 3_000)).toBe(2_000);
    expect(lag.of(400n, 200n, 4_000)).toBe(2_000);
    expect(lag.of(400n, 400n, 5_000)).toBe(0);
  });

  it('is not known before anything that was seen has been replayed', () => {
    const lag = new Lag();
    expect(lag.of(100n, 99n, 1_000)).toBeNull();
    expect(lag.of(110n, 99n, 2_000)).toBeNull();
    expect(lag.of(120n, 105n, 3_000)).toBe(2_000);
  });
});

it('a position of the log is compared by both of its halves', () => {
  expect(logPosition('1/0')).toBe(logPosition('0/FFFFFFFF') + 1n);
  expect(logPosition('16/B374D848') > logPosition('9/FFFFFFFF')).toBe(true);
});
