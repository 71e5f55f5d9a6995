import type { Camp } from '@yajin/contract';
import { openOrder, person, publishedCamp } from '@yajin/testing/factories';
import { api, gatewayOf, paid, pay, place, present, useGateways } from './gateways.kit.js';
import { randomAddress } from '@yajin/testing/api';

useGateways();

/** As anybody may send it: the platform signs its own notifications with nothing that can be checked. */
async function hint(number: string): Promise<number> {
  const { status } = await fetch(`${api.url}/api/webhook/plain/shouqianba`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_sn: number, order_status: 'PAID' }),
  });
  return status;
}

describe('hints that prove nothing', () => {
  it('ask the gateway once a minute about an order, however many come and by whichever of its numbers', async () => {
    const order = await place('shouqianba');
    const number = await present(order, 'shouqianba');
    const asked = jest.spyOn(gatewayOf('shouqianba'), 'queryTrade');
    const statuses = await Promise.all(Array.from({ length: 30 }, () => hint(number)));
    expect(asked).toHaveBeenCalledTimes(1);
    // Whoever has real news tries again.
    expect(statuses.filter((status) => status === 503)).toHaveLength(29);
    await api.rows(`UPDATE pay_order SET hinted_at = hinted_at - interval '61 seconds' WHERE id = $1`, [
      order.id,
    ]);
    expect(await hint(number)).toBe(401);
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
  });

  it('do not keep a payment from being found', async () => {
    const order = await place('shouqianba');
    const number = await present(order, 'shouqianba');
    await hint(number);
    await hint(number);
    await pay(number);
    await paid(order);
  });

  it('ask nothing about numbers that are made up, whatever other gateway they are made up for', async () => {
    const asked = jest.spyOn(gatewayOf('shouqianba'), 'queryTrade');
    const statuses = await Promise.all(['FQ1_1', 'FQ1_2', 'SQ1', '1'].map(hint));
    expect(statuses).toEqual([401, 401, 401, 401]);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });
});

describe('what an order needs to be paid', () => {
  const params = (order: Camp.CreatedPayment, scene: string, ticket?: string, from = randomAddress()) =>
    api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=${scene}`, {
      headers: { 'x-forwarded-for': from },
      ...(ticket ? { ticket } : {}),
    });
  const scenes = ['h5', 'native', 'h5', 'native', 'h5', 'native'];

  it('is asked for ten times a minute by one address, while others and other orders are served', async () => {
    const camp = await publishedCamp(api);
    const [order, other] = [await openOrder(api, camp, person()), await openOrder(api, camp, person())];
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1)
      statuses.push((await params(order, 'native', undefined, '203.0.113.5')).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    expect((await params(other, 'native', undefined, '203.0.113.5')).status).toBe(200);
    expect((await params(order, 'native')).status).toBe(200);
  });

  it('changes a few times for strangers, who spend no more numbers then, and goes on for whoever has its ticket', async () => {
    const order = await openOrder(api, await publishedCamp(api), person());
    const codes: number[] = [];
    for (const scene of scenes) codes.push((await params(order, scene)).code);
    expect(codes).toEqual([200, 200, 200, 429, 200, 429]);
    const [{ made } = { made: 0 }] = await api.rows<{ made: number }>(
      'SELECT count(*) AS made FROM pay_attempt WHERE order_id = $1',
      [order.orderId],
    );
    expect(made).toBe(4);
    expect((await params(order, 'h5', order.accessToken)).code).toBe(200);
    expect((await params(order, 'native', order.accessToken)).code).toBe(200);
  });

  it('is not changed by the ticket of another order, or by one that was made up', async () => {
    const camp = await publishedCamp(api);
    const [order, other] = [await openOrder(api, camp, person()), await openOrder(api, camp, person())];
    for (const scene of scenes.slice(0, 3)) await params(order, scene);
    expect((await params(order, 'native', other.accessToken)).code).toBe(429);
    expect((await params(order, 'native', `tk_${'0'.repeat(36)}`)).code).toBe(429);
  });
});
