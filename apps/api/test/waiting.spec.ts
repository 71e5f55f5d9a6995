import { TradeQueries } from '@yajin/payment';
import { TestApi } from '@yajin/testing/api';
import { openOrder, person, publishedCamp, statusOf, type MadeCamp } from '@yajin/testing/factories';

let api: TestApi;
let camp: MadeCamp;
beforeAll(async () => {
  api = await TestApi.start();
  camp = await publishedCamp(api);
});
afterAll(() => api.stop());

/** Whether a page that waits has the gateway asked, of an order whose code was given so long ago, and that was asked about so long ago. */
async function asks(givenSeconds: number, askedSeconds: number): Promise<boolean> {
  const order = await openOrder(api, camp, person());
  const wall = api.clock.wall().getTime();
  const before = new Date(wall - askedSeconds * 1000);
  await api.rows('UPDATE pay_attempt SET token_at = $2, queried_at = $3 WHERE order_id = $1', [
    order.orderId,
    new Date(wall - givenSeconds * 1000),
    before,
  ]);
  expect((await statusOf(api, order)).payStatus).toBe('pending');
  const [attempt] = await api.rows<{ queried_at: Date }>(
    'SELECT queried_at FROM pay_attempt WHERE order_id = $1',
    [order.orderId],
  );
  return attempt?.queried_at.getTime() !== before.getTime();
}

it.each([
  ['at first every five seconds', 20, 3, false],
  ['at first every five seconds', 20, 60, true],
  ['after two minutes every twenty', 120, 15, false],
  ['after two minutes every twenty', 120, 60, true],
  ['however long ago every thirty', 3_000, 25, false],
  ['however long ago every thirty', 3_000, 60, true],
])(
  'a page that waits has the gateway asked %s (given %i s ago, asked %i s ago: %s)',
  async (_, given, asked, expected) => {
    expect(await asks(given, asked)).toBe(expected);
  },
);

it('all that wait at one process have the gateway asked twenty times a second together, and the others are asked about later', async () => {
  const orders: number[] = [];
  for (let n = 0; n < 25; n += 1) orders.push((await openOrder(api, camp, person())).orderId);
  api.pass(10_000);
  const queries = api.app.get(TradeQueries);
  const ask = async (): Promise<number> =>
    (await Promise.all(orders.map((id) => queries.checkWhileWaiting(id)))).filter(Boolean).length;
  const second = jest.spyOn(performance, 'now').mockReturnValue(1_000_000_000);
  try {
    expect(await ask()).toBe(20);
    expect(await ask()).toBe(0);
    second.mockReturnValue(1_000_001_000);
    // As they come to look: who need not be asked about takes nobody's turn.
    let later = 0;
    for (const id of orders) if (await queries.checkWhileWaiting(id)) later += 1;
    expect(later).toBe(5);
  } finally {
    second.mockRestore();
  }
});
