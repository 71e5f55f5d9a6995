import { localTime } from '@yajin/core';
import { cancelOrder } from '@yajin/payment';
import { decided, expectBooksToAgree, openOrder, pay, person, publishedCamp } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

const cancel = (orderId: number): Promise<boolean> =>
  api.db.transaction((manager) => cancelOrder(manager, orderId, api.clock));
const states = (orderId: number): Promise<unknown> =>
  api.rows(
    `SELECT o.status, a.state FROM pay_order o JOIN pay_attempt a ON a.order_id = o.id WHERE o.id = $1`,
    [orderId],
  );

describe('an order cancelled before its time', () => {
  it('is closed here and at its gateway, once; money that comes later goes back by itself', async () => {
    const who = person();
    const order = await openOrder(api, await publishedCamp(api), who);
    expect(await Promise.all([cancel(order.orderId), cancel(order.orderId)])).toContain(true);
    await eventually(
      async () => JSON.stringify(await states(order.orderId)).includes('"status":"closed"'),
      'the order to be closed',
    );
    expect(await states(order.orderId)).toEqual([{ status: 'closed', state: 'closed' }]);
    expect(await cancel(order.orderId)).toBe(false);
    await expect(pay(api, order, who)).rejects.toThrow('409');
    await api.control('POST', '/control/faults', { payAfterClose: true });
    await pay(api, order, who, localTime(new Date(api.clock.now().getTime() + 2000)));
    const [refund] = await eventually(async () => {
      const found = await api.rows<{ amount_fen: number }>(
        `SELECT amount_fen FROM pay_refund WHERE order_id = $1 AND status = 'success'`,
        [order.orderId],
      );
      return found.length > 0 && found;
    }, 'the money to go back');
    expect(refund?.amount_fen).toBe(9900);
  });

  it('keeps money that was paid before, though it was not heard of', async () => {
    const who = person();
    const order = await openOrder(api, await publishedCamp(api), who);
    await api.control('POST', '/control/faults', { dropNotifications: true });
    await pay(api, order, who);
    expect(await cancel(order.orderId)).toBe(true);
    expect((await decided(api, order)).payStatus).toBe('success');
    expect(await cancel(order.orderId)).toBe(false);
    expect(await states(order.orderId)).toEqual([{ status: 'paid', state: 'paid' }]);
  });
});
