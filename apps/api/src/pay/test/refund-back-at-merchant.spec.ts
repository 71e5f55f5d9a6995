import { expectBooksToAgree } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { operator, type MadeOperator } from '@yajin/testing/operators';
import {
  abnormal,
  confirm,
  payment,
  postings,
  propose,
  redirect,
  sentHoursAgo,
  stuck,
} from './refund-cases.kit.js';

let api: TestApi;
let second: MadeOperator;
beforeAll(async () => {
  api = await TestApi.start();
  second = await operator(api, 'manager');
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

it.each(['the notification', 'a query'])(
  'a refund that went back to the merchant, as %s says, has not reached its payer: it is owed until two people say how it was paid',
  async (teller) => {
    const made = await abnormal(api);
    if (teller === 'a query') await api.control('POST', '/control/faults', { dropNotifications: true });
    expect((await redirect(api, made.id, { to: 'merchant' })).code).toBe(200);
    await eventually(async () => {
      if (teller === 'a query') await api.hurry();
      return (await made.refund()).gatewayState === 'merchant';
    }, 'the money to be back at the merchant');
    expect(await made.gateway()).toEqual([expect.objectContaining({ state: 'SUCCESS' })]);
    expect(await made.refund()).toMatchObject({
      status: 'failed',
      failure: 'MERCHANT',
      failCode: 'MERCHANT',
      succeededAt: null,
      canRetry: false,
      canRedirect: false,
      canSettleOutside: true,
    });
    expect((await made.records())[0]).toMatchObject({ refundStatus: 'failed', failReason: 'MERCHANT' });
    expect(await payment(api, made.order)).toEqual({ refunded_fen: 0, reserved_fen: 9900 });
    // The gateway has it no more, so that no number can send it.
    const [record] = await made.records();
    const retried = await api.admin('POST', `/api/admin/refunds/${record!.id}/retry`);
    expect(retried.code).toBe(1302);
    await expectBooksToAgree(api);

    expect((await propose(api, made.id)).code).toBe(200);
    expect((await confirm(api, made.id, second.token)).code).toBe(200);
    expect((await made.refund()).status).toBe('success');
    expect(await payment(api, made.order)).toEqual({ refunded_fen: 9900, reserved_fen: 0 });
    expect(await postings(api, made.order)).toEqual([
      ['payment', 'clearing', 'deposit'],
      ['refund', 'outside', 'clearing'],
      ['outside', 'deposit', 'outside'],
    ]);
  },
);

it('a refund that was paid by other means, and that the gateway gives back to the merchant, is settled by that: nobody was paid twice', async () => {
  const made = await stuck(api);
  await sentHoursAgo(api, made.id, 25);
  await propose(api, made.id);
  expect((await confirm(api, made.id, second.token)).code).toBe(200);
  const [sent] = await made.gateway();
  const before = api.alerts.length;
  await api.control('POST', '/control/refunds/settle', {
    outRefundNo: sent?.outRefundNo,
    state: 'SUCCESS',
    toMerchant: true,
  });
  await eventually(async () => (await made.refund()).gatewayState === 'merchant', 'the gateway’s word');
  expect(await postings(api, made.order)).toEqual([
    ['payment', 'clearing', 'deposit'],
    ['outside', 'deposit', 'outside'],
    ['refund', 'outside', 'clearing'],
  ]);
  expect(await payment(api, made.order)).toEqual({ refunded_fen: 9900, reserved_fen: 0 });
  expect((await made.refund()).status).toBe('success');
  await api.quiet();
  expect(api.alerts.slice(before)).toEqual([]);
});
