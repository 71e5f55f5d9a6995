import pg from 'pg';
import { Lag, logPosition, Replica } from './replica.js';

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

it('may be read from for five seconds from when the primary was asked, however long the answers took', async () => {
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  const nowhere = 'postgres://127.0.0.1:1/none';
  const pools = { pages: new pg.Pool(), reports: new pg.Pool() };
  const replica = new Replica({ primaryUrl: nowhere, replicaUrl: nowhere, behindMs: 1_000, pools });
  const slow = {
    ask: () =>
      Promise.resolve({ position: '0/1', database: '1 a', follows: true }).finally(() => (now += 2_000)),
    close: () => undefined,
  };
  try {
    Object.assign(replica, { primary: slow, replica: slow });
    await replica['look']();
    now = 4_999;
    expect(replica.usable).toBe(true);
    // What was changed just after the first look was asked for may be missing, and who changed it counts on no longer than this.
    now = 5_000;
    expect(replica.usable).toBe(false);
  } finally {
    await replica.stop();
    clock.mockRestore();
  }
});
