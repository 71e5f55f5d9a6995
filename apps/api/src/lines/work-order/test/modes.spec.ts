import { randomUUID } from 'node:crypto';
import type { Console } from '@yajin/contract/console';
import type { WorkOrder } from '@yajin/contract/work-order';
import { eventually, TestApi } from '@yajin/testing/api';
import { OPENID, user, USER } from './work-order.kit.js';

async function withApi(env: Record<string, string>, work: (api: TestApi) => Promise<void>): Promise<void> {
  const api = await TestApi.start(env);
  try {
    await work(api);
  } finally {
    await api.stop();
  }
}

async function booked(api: TestApi): Promise<number> {
  const type = { name: '换插座', prepayAmount: 50 };
  const { data } = await api.admin<Console.WorkOrderServiceType>(
    'POST',
    '/api/admin/work-order/service-types',
    type,
  );
  const body = { userId: USER, serviceTypeId: data.id };
  return (await api.admin<Console.WorkOrder>('POST', '/api/admin/work-order/orders', body)).data.id;
}

const create = (api: TestApi, body: object) =>
  api.call<WorkOrder.CreatedPayment>('POST', '/api/payments', { token: user(), body });

const paid = (api: TestApi, number: string) =>
  eventually(async () => {
    const path = `/api/payments/${number}`;
    const { data } = await api.call<WorkOrder.PaymentAnswer>('GET', path, { token: user() });
    return data.payment.status === 'success';
  }, 'the payment');

it('production has no test payments, and WeChat’s go on', async () => {
  await withApi({ APP_MODE: 'production', ADMIN_PASSWORD: randomUUID() }, async (api) => {
    const id = await booked(api);
    const refused = await create(api, { order_id: id, payment_method: 'test' });
    expect([refused.status, refused.message]).toEqual([403, '测试支付仅限测试环境']);
    const { data } = await create(api, { order_id: id, openid: OPENID });
    const body = { payment_no: data.payment_no };
    const confirmed = await api.call('POST', '/api/payments/test/confirm', { token: user(), body });
    expect(confirmed.status).toBe(404);
    await api.control('POST', '/control/pay', { outTradeNo: data.payment_no, openid: OPENID });
    await paid(api, data.payment_no);
  });
});

it('a merchant whose signatures are HMAC-SHA256 is paid as well', async () => {
  await withApi({ WECHAT_V2_SIGN_TYPE: 'HMAC-SHA256' }, async (api) => {
    const { data } = await create(api, { order_id: await booked(api), openid: OPENID });
    expect([data.sign_type, data.sign?.length]).toEqual(['HMAC-SHA256', 64]);
    await api.control('POST', '/control/pay', { outTradeNo: data.payment_no, openid: OPENID });
    await paid(api, data.payment_no);
  });
});

it('without a key of its platform the line is not there', async () => {
  await withApi({ WORK_ORDER_TOKEN_KEY: '' }, async (api) => {
    expect((await fetch(`${api.url}/api/payments`)).status).toBe(404);
    expect((await fetch(`${api.url}/api/admin/work-order/orders`)).status).toBe(404);
  });
});
