import type { WorkOrder } from '@yajin/contract/work-order';
import {
  api,
  apply,
  booked,
  call,
  decide,
  done,
  expectBooksToAgree,
  held,
  operate,
  order,
  paymentIs,
  prepaid,
  priced,
  repairPaid,
  useApi,
  user,
  workRefunds,
} from './work-order.kit.js';

useApi();

describe('what is earned', () => {
  it('is what was paid, once the work is done', async () => {
    const { id } = await done();
    expect(await held(id)).toEqual({ clearing: 17_000, income: -17_000 });
    const { id: open } = await priced();
    expect(await held(open)).toEqual({ clearing: 5000, deposit: -5000 });
  });

  it('is owed again when its refund is approved, and the finished order stays finished', async () => {
    const { id, prepay } = await done();
    await apply(prepay);
    await decide(prepay, 'approve');
    await workRefunds();
    await paymentIs(prepay, 'refunded');
    expect(await held(id)).toEqual({ clearing: 12_000, income: -12_000 });
    expect((await order(id)).status).toBe('completed');
  });

  it('is not what is asked back, until that is rejected', async () => {
    const { id, prepay } = await repairPaid();
    expect((await call('PUT', `/api/orders/${id}/start`, undefined, user())).status).toBe(403);
    await apply(prepay);
    await api.rows(`UPDATE work_order SET status = 'repairing' WHERE id = $1`, [id]);
    await operate('POST', `orders/${id}/complete`);
    expect(await held(id)).toEqual({ clearing: 17_000, deposit: -5000, income: -12_000 });
    await decide(prepay, 'reject');
    expect(await held(id)).toEqual({ clearing: 17_000, income: -17_000 });
  });

  it('is what an order keeps that was closed, once its refund was rejected', async () => {
    const { id, prepay } = await prepaid();
    await operate('POST', `orders/${id}/close`);
    expect(await held(id)).toEqual({ clearing: 5000, deposit: -5000 });
    await apply(prepay);
    await decide(prepay, 'reject');
    expect(await held(id)).toEqual({ clearing: 5000, income: -5000 });
  });
});

it('a test payment goes back as well', async () => {
  const { id } = await booked();
  const { data } = await call<WorkOrder.CreatedPayment>('POST', '/api/payments', {
    order_id: id,
    payment_method: 'test',
  });
  const number = data.payment_no;
  await call('POST', '/api/payments/test/confirm', { payment_no: number });
  await apply(number);
  await decide(number, 'approve');
  await paymentIs(number, 'refunded');
  expect(await held(id)).toEqual({});
});

it('the books agree with WeChat', async () => {
  await expectBooksToAgree();
});
