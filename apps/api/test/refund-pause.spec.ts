import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import {
  expectBooksToAgree,
  finishedCamp,
  gatewayRefunds,
  records,
  type MadeCamp,
} from '@yajin/testing/factories';
import { operator } from '@yajin/testing/operators';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const page = async (camp: MadeCamp): Promise<Camp.RefundRecordPage> =>
  (await api.admin<Camp.RefundRecordPage>('GET', `/api/admin/refunds/records?campId=${camp.id}`)).data;

it('a refund that waits for the balance says until when, and goes on at once when somebody says that there is money', async () => {
  const { camp, orders, refundIds } = await finishedCamp(api, 3);
  await api.control('POST', '/control/faults', { notEnough: true });
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  await eventually(async () => (await page(camp)).pauses.length === 1, 'the pause');
  await api.quiet();
  const [pause] = (await page(camp)).pauses;
  expect(pause).toEqual({ gateway: 'wechat-v3', until: expect.any(String) });
  const waiting = await records(api, camp);
  expect(waiting.map((record) => record.pause)).toEqual([pause, pause, pause]);
  const atPay = await api.admin<Console.PayRefundPage>('GET', '/api/admin/pay/refunds?line=camp&pageSize=3');
  expect(atPay.data.pauses).toEqual([pause]);
  expect(atPay.data.list.map((refund) => refund.pause)).toEqual([pause, pause, pause]);

  const goOn = (gateway: string) => api.admin('POST', '/api/admin/pay/refunds/go-on', { gateway });
  // While there is none, another try ends as the first: none has failed, and the pause is a new one.
  expect((await goOn('wechat-v3')).code).toBe(200);
  await eventually(async () => {
    const [again] = (await page(camp)).pauses;
    return again !== undefined && Date.parse(again.until) > Date.parse(pause!.until) - 60_000;
  }, 'the try in vain');
  await api.quiet();
  await api.control('POST', '/control/faults', { reset: true });
  expect((await goOn('wechat-v3')).code).toBe(200);
  await eventually(
    async () => (await records(api, camp)).every(({ refundStatus }) => refundStatus === 'success'),
    'all to arrive',
  );
  expect((await page(camp)).pauses).toEqual([]);
  expect(await goOn('wechat-v3')).toMatchObject({
    status: 409,
    message: '这个渠道的退款没有暂停，或已经继续',
  });
  for (const order of orders) expect(await gatewayRefunds(api, order)).toHaveLength(1);
  expect(
    await api.auditEntries(
      `SELECT DISTINCT username, target_id FROM sys_audit WHERE action = 'refund_pause.go_on'`,
    ),
  ).toEqual([{ username: 'admin', target_id: 'wechat-v3' }]);
  const { token } = await operator(api, 'finance');
  const refused = await api.call('POST', '/api/admin/pay/refunds/go-on', {
    token,
    body: { gateway: 'alipay' },
  });
  expect(refused.status).toBe(403);
  await expectBooksToAgree(api);
});
