import type { Console } from '@yajin/contract/console';
import { eventually, TestApi } from '@yajin/testing/api';
import { expectBooksToAgree, finishedCamp, gatewayRefunds, records } from '@yajin/testing/factories';
import { operator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

it('refunds that a line lists are retried with all others as its own page would, by two operators at once, each once', async () => {
  const second = await operator(api, 'manager');
  const { camp, orders, refundIds } = await finishedCamp(api, 4);
  await api.control('POST', '/control/faults', { refuseRefund: true });
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  const all = async (status: string): Promise<boolean> => {
    await api.hurry();
    return (await records(api, camp)).every(({ refundStatus }) => refundStatus === status);
  };
  await eventually(() => all('failed'), 'the gateway to refuse them for good');
  await api.control('POST', '/control/faults', { reset: true });

  const listed = await api.admin<Console.PayRefundPage>('GET', '/api/admin/pay/refunds?status=failed');
  expect(listed.data.list.map(({ retriable, canRetry }) => [retriable, canRetry])).toEqual(
    Array(4).fill([true, false]),
  );
  const ids = listed.data.list.map(({ id }) => id);
  const retry = async (token: string): Promise<Console.PayRefundRetry[]> => {
    const body = { ids };
    const answer = await api.call<Console.PayRefundRetryList>('POST', '/api/admin/pay/refunds/retry', {
      token,
      body,
    });
    return answer.data.list;
  };
  const said = (await Promise.all([retry(await api.adminToken()), retry(second.token)])).flat();
  for (const id of ids)
    expect(
      said
        .filter((each) => each.id === id)
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['taken', 'under_way']);
  await eventually(() => all('success'), 'them to arrive');
  expect((await records(api, camp)).map(({ retryCount }) => retryCount)).toEqual([1, 1, 1, 1]);
  for (const order of orders)
    expect((await gatewayRefunds(api, order)).filter(({ state }) => state === 'SUCCESS')).toHaveLength(1);
  await expectBooksToAgree(api);
});
