import { Gateways } from '@yajin/payment';
import { Audit } from '../src/system/index.js';
import { expectBooksToAgree, finishedCamp, gatewayRefunds, records } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

/** Of each refund whether all of its payment is reserved, and how many numbers it has. */
const reserved = () =>
  api.rows<{ reserved: boolean; numbers: number }>(
    `SELECT a.reserved_fen = a.amount_fen AS reserved, (SELECT count(*) FROM pay_refund_attempt k WHERE k.refund_id = r.id) AS numbers
     FROM pay_refund r JOIN pay_attempt a ON a.out_trade_no = r.out_trade_no WHERE r.source LIKE 'camp_refund:%' ORDER BY r.id`,
  );

it('approvals at the very same moment, by one and by many, have reserved their money when they are answered, and pay once whoever works then', async () => {
  const { camp, refundIds, orders } = await finishedCamp(api, 4);
  // As if nobody worked: what is due is not taken.
  const room = jest.spyOn(api.app.get(Gateways), 'room').mockReturnValue(0);
  const answers = await Promise.all([
    ...refundIds.map((id) => api.admin('POST', `/api/admin/refunds/${id}/approve`, {})),
    api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds }),
    api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds: [...refundIds].reverse() }),
  ]);
  expect(answers.slice(refundIds.length).map(({ code }) => code)).toEqual([200, 200]);
  expect(answers.every(({ code }) => code === 200 || code === 1302)).toBe(true);
  expect(await reserved()).toEqual(refundIds.map(() => ({ reserved: true, numbers: 1 })));
  for (const order of orders) expect(await gatewayRefunds(api, order)).toEqual([]);
  room.mockRestore();
  await eventually(
    async () => (await records(api, camp)).filter((each) => each.refundStatus === 'success').length === 4,
    'all refunds',
  );
  for (const order of orders)
    expect(await gatewayRefunds(api, order)).toEqual([
      expect.objectContaining({ requests: 1, state: 'SUCCESS' }),
    ]);
  await expectBooksToAgree(api);
});

it('an approval that fails afterwards, such as at its entry in the audit log, reserves nothing', async () => {
  const { camp, refundIds } = await finishedCamp(api, 2);
  const before = await reserved();
  jest.spyOn(api.app.get(Audit), 'record').mockRejectedValue(new Error('no entry'));
  expect((await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {})).code).toBe(500);
  expect((await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds })).code).toBe(500);
  jest.restoreAllMocks();
  expect(await reserved()).toEqual(before);
  expect((await records(api, camp)).map(({ auditStatus }) => auditStatus)).toEqual(['pending', 'pending']);
});
