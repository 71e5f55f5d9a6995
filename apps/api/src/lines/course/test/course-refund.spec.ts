import type { Console } from '@yajin/contract/console';
import type { Course } from '@yajin/contract/course';
import { expectBooksToAgree } from '@yajin/testing/factories';
import { eventually, hostToken, TestApi } from '@yajin/testing/api';
import { askRefund, bookingNow, makePerson, paidBooking, refundUntil } from './course.kit.js';

const METHODS = ['alipay', 'wechat', 'bank_card'] as const;
const NOBODY = '00000000-0000-4000-8000-000000000000';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

/** Whatever waits for later is due now. */
async function workNow(): Promise<void> {
  await api.rows(`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()`);
  await api.quiet();
}

describe.each(METHODS)('money paid by %s', (method) => {
  it('goes back in parts, and never more than was paid; all of it ends the enrolment', async () => {
    const who = makePerson();
    const { booking, payment } = await paidBooking(api, who, 19.9, method);
    const { data, message } = await askRefund(api, who, payment.payment_id, 10.05);
    expect(message).toBe('退款申请提交成功');
    expect(data.status).toBe('pending');
    const asked = await refundUntil(api, who, data.refund_id, 'completed');
    expect(asked).toMatchObject({
      payment_id: payment.payment_id,
      amount: 10.05,
      reason: '课程内容不符合预期',
    });
    expect(asked.completed_at).not.toBeNull();
    expect(asked.refund_transaction_id).not.toBeNull();
    expect(Date.parse(data.estimated_completion_time) - Date.parse(asked.created_at)).toBe(2 * 86_400_000);
    expect(await bookingNow(api, booking)).toBe('paid');
    expect(await askRefund(api, who, payment.payment_id, 9.86)).toMatchObject({
      code: 422,
      message: '数据验证失败',
      data: { errors: [{ field: 'amount', message: '超过可退金额 9.85 元' }] },
    });
    const rest = await askRefund(api, who, payment.payment_id, 9.85);
    await refundUntil(api, who, rest.data.refund_id, 'completed');
    await eventually(async () => (await bookingNow(api, booking)) === 'refunded', 'the enrolment to end');
    expect((await askRefund(api, who, payment.payment_id, 0.01)).code).toBe(422);
  });

  it('of which everything is asked for twice at once goes back once', async () => {
    const who = makePerson();
    const { payment } = await paidBooking(api, who, 8, method);
    const answers = await Promise.all([1, 2, 3].map(() => askRefund(api, who, payment.payment_id, 8)));
    expect(answers.map(({ code }) => code).sort()).toEqual([0, 422, 422]);
    const given = answers.find(({ code }) => code === 0);
    await refundUntil(api, who, given?.data.refund_id ?? '', 'completed');
  });

  it('goes back once where the gateway did it and gave no answer', async () => {
    const who = makePerson();
    const { payment } = await paidBooking(api, who, 8, method);
    await api.control('POST', '/control/faults', { failAfter: { endpoints: ['refund'], times: 1 } });
    const { data } = await askRefund(api, who, payment.payment_id, 8);
    await api.quiet();
    await workNow();
    await refundUntil(api, who, data.refund_id, 'completed');
  });
});

it('a refund that failed is retried by operators, on record, and then arrives', async () => {
  const who = makePerson();
  const { payment } = await paidBooking(api, who, 299, 'wechat');
  await api.control('POST', '/control/faults', { refundResult: 'CLOSED' });
  const { data } = await askRefund(api, who, payment.payment_id, 299);
  await refundUntil(api, who, data.refund_id, 'failed');
  const list = await api.admin<Console.CourseRefundPage>('GET', '/api/admin/course/refunds?status=failed');
  expect(list.data.list).toEqual([
    expect.objectContaining({ id: data.refund_id, userId: who.user, amount: 299, failMessage: 'CLOSED' }),
  ]);
  expect((await askRefund(api, who, payment.payment_id, 1)).code).toBe(422);
  await api.control('POST', '/control/faults', { reset: true });
  const at = `/api/admin/course/refunds/${data.refund_id}/retry`;
  const answers = await Promise.all([api.admin('POST', at), api.admin('POST', at)]);
  expect(answers.map(({ code }) => code).sort()).toEqual([200, 409]);
  await refundUntil(api, who, data.refund_id, 'completed');
  expect((await api.admin('POST', at)).code).toBe(409);
  expect((await api.admin('POST', `/api/admin/course/refunds/${NOBODY}/retry`)).code).toBe(404);
  expect(
    await api.auditEntries(
      `SELECT action FROM sys_audit WHERE target_type = 'course_refund' AND target_id = $1`,
      [data.refund_id],
    ),
  ).toEqual([{ action: 'course.refund_retry' }]);
});

it('that is refused is tried three times, then fails, and goes on when a person retries', async () => {
  const who = makePerson();
  const { payment } = await paidBooking(api, who, 5, 'bank_card');
  await api.control('POST', '/control/faults', { refuseRefund: true });
  const { data } = await askRefund(api, who, payment.payment_id, 5);
  for (let round = 0; round < 3; round += 1) await api.hurry();
  await refundUntil(api, who, data.refund_id, 'failed');
  await api.control('POST', '/control/faults', { reset: true });
  expect((await api.admin('POST', `/api/admin/course/refunds/${data.refund_id}/retry`)).code).toBe(200);
  await refundUntil(api, who, data.refund_id, 'completed');
});

it('is for one’s own completed payment, within 15 days', async () => {
  const [who, other] = [makePerson(), makePerson()];
  const { payment } = await paidBooking(api, who);
  expect(await askRefund(api, other, payment.payment_id, 1)).toMatchObject({
    code: 404,
    message: '订单不存在',
  });
  expect((await askRefund(api, who, NOBODY, 1)).code).toBe(404);
  for (const amount of [0, -1, 1.001, 100_000.01])
    expect((await askRefund(api, who, payment.payment_id, amount)).code).toBe(400);
  const { data } = await askRefund(api, who, payment.payment_id, 1);
  const at = `/payments/refunds/${data.refund_id}/status`;
  expect(await api.call('GET', at, { token: other.token })).toMatchObject({
    code: 404,
    message: '退款不存在',
  });
  const admin = hostToken('course', 'boss', 'admin');
  expect((await api.call<Course.RefundState>('GET', at, { token: admin })).data.amount).toBe(1);
  await refundUntil(api, who, data.refund_id, 'completed');
  await api.moveClock(
    new Date(api.clock.now().getTime() + 15 * 86_400_000 + 8 * 3_600_000 + 60_000).toISOString().slice(0, 19),
  );
  expect(await askRefund(api, who, payment.payment_id, 1)).toMatchObject({
    code: 409,
    message: '订单状态不允许操作：支付已超过 15 天',
  });
});

it('asked for twice under one key is one refund', async () => {
  const who = makePerson();
  const { payment } = await paidBooking(api, who);
  const headers = { 'idempotency-key': '1d3f8f6e-5b0a-4d8e-9c55-0a9a1f9f7c11' };
  const body = { payment_id: payment.payment_id, amount: 1, reason: '退一元' };
  const ask = (changed = {}): Promise<{ code: number; data: Course.RequestedRefund }> =>
    api.call('POST', '/payments/refunds', { token: who.token, headers, body: { ...body, ...changed } });
  const [first, second] = [await ask(), await ask()];
  expect(second.data).toEqual(first.data);
  expect((await ask({ amount: 2 })).code).toBe(409);
  await refundUntil(api, who, first.data.refund_id, 'completed');
});
