import { Deadlines } from '@yajin/server';
import { addDays, businessDate, localTime } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { expectBooksToAgree, type GatewayRefund } from '@yajin/testing/factories';
import { eventually, TestApi, type Answer } from '@yajin/testing/api';
import { atGate, waitingAt } from '@yajin/testing/gates';
import { operator } from '@yajin/testing/operators';
import { goStale } from '@yajin/testing/totp';
import { held, makeOffers, makePerson, memberOf, paidPayment, paymentOf, place } from './gym.kit.js';

const PAYMENTS = '/api/admin/gym/payments';
const DAY_MS = 86_400_000;
const PRIVATE = { type: 'private', amount: 0.07 };
const MONTH = { type: 'membership', amount: 199 };

let api: TestApi;
/** Where the clock stood before a test moved it without the gateway's. */
let before: number | null = null;
beforeAll(async () => {
  api = await TestApi.start();
  await makeOffers(api);
});
afterAll(() => api.stop());
afterEach(async () => {
  if (before !== null) api.clock.setOffset(before);
  before = null;
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

const cancel = (id: number, reason = '会员要求退款'): Promise<Answer<Console.GymPayment>> =>
  api.admin('POST', `${PAYMENTS}/${id}/refund`, { reason });

async function listed(query: string): Promise<Console.GymPayment[]> {
  return (await api.admin<Console.GymPaymentPage>('GET', `${PAYMENTS}?${query}`)).data.list;
}

function refundIs(orderNo: string, status: Console.MoneyStatus): Promise<Console.GymPayment> {
  return eventually(async () => {
    const [found] = await listed(`keyword=${orderNo}`);
    return found?.refund?.status === status && found;
  }, `the refund to be ${status}`);
}

/** What the gateway knows to have been given back, in fen, by how many refunds. */
async function givenBack(paymentId: number): Promise<number[]> {
  const numbers = await api.rows<{ number: string }>(
    `SELECT a.out_trade_no AS number FROM gym_payment p JOIN pay_attempt a ON a.order_id = p.order_id WHERE p.id = $1`,
    [paymentId],
  );
  const all = await api.control<GatewayRefund[]>('GET', '/control/refunds');
  return all
    .filter(
      ({ outTradeNo, state }) => state === 'SUCCESS' && numbers.some(({ number }) => number === outTradeNo),
    )
    .map(({ amountFen }) => amountFen);
}

/** Lets the business clock stand so long after a payment; nothing that is due has been looked for yet. */
async function daysAfter(paymentId: number, days: number, ms = 0): Promise<void> {
  const [order] = await api.rows<{ paid_at: Date }>(
    'SELECT o.paid_at FROM gym_payment p JOIN pay_order o ON o.id = p.order_id WHERE p.id = $1',
    [paymentId],
  );
  before ??= api.clock.offset;
  api.clock.setOffset(order!.paid_at.getTime() + days * DAY_MS + ms - Date.now());
}

function lookNow(): Promise<void> {
  return api.app.get(Deadlines).run({ routine: false });
}

describe('an operator who cancels a payment', () => {
  it('takes back what it gave and returns all of its money, on record', async () => {
    const who = await makePerson(api);
    const [first, second] = [await paidPayment(api, who, MONTH), await paidPayment(api, who, MONTH)];
    const today = businessDate(api.clock.now());
    expect((await memberOf(api, who)).membershipUntil).toBe(addDays(today, 59));
    const answer = await cancel(second.id);
    expect(answer).toMatchObject({
      code: 200,
      data: { id: second.id, status: 'success', refund: { reason: '会员要求退款', requestedBy: 'admin' } },
    });
    expect((await memberOf(api, who)).membershipUntil).toBe(addDays(today, 29));
    const done = await refundIs(answer.data.orderNo, 'success');
    expect(done.refund!.completedAt).not.toBeNull();
    expect(await givenBack(second.id)).toEqual([19_900]);
    expect(await held(api, second.id)).toEqual({});
    expect(await paymentOf(api, who, second.id)).toMatchObject({
      status: 'success',
      refund_status: 'success',
    });
    expect(await paymentOf(api, who, first.id)).toMatchObject({ status: 'success', refund_status: 'none' });
    expect((await cancel(first.id)).code).toBe(200);
    expect((await memberOf(api, who)).membershipUntil).toBeNull();
    const [record] = await api.auditEntries<{ before: object; after: object; username: string }>(
      `SELECT before, after, username FROM sys_audit WHERE action = 'gym.payment_refund' AND target_id = $1`,
      [String(second.id)],
    );
    expect(record).toEqual({
      username: 'admin',
      before: { membership_until: addDays(today, 59), course_lessons: 0, private_lessons: 0 },
      after: {
        membership_until: addDays(today, 29),
        course_lessons: 0,
        private_lessons: 0,
        reason: '会员要求退款',
        amount: 199,
      },
    });
  });

  it('does it once, however many do at once', async () => {
    const who = await makePerson(api);
    const { id } = await paidPayment(api, who, PRIVATE);
    await paidPayment(api, who, PRIVATE);
    const answers = await Promise.all([1, 2, 3, 4].map((n) => cancel(id, `第 ${n} 位`)));
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 409, 409, 409]);
    expect(answers.find(({ code }) => code === 409)!.message).toBe('这笔付款已经申请过退款');
    await refundIs(answers.find(({ code }) => code === 200)!.data.orderNo, 'success');
    expect((await memberOf(api, who)).privateLessons).toBe(10);
    expect(await givenBack(id)).toEqual([7]);
    expect(await api.rows('SELECT id FROM gym_refund WHERE payment_id = $1', [id])).toHaveLength(1);
  });

  it('is refused where lessons or days are used up already, and nothing changes', async () => {
    const who = await makePerson(api);
    const lessons = await paidPayment(api, who, PRIVATE);
    await api.rows('UPDATE gym_member SET private_lessons = 3 WHERE id = $1', [who.member.id]);
    expect(await cancel(lessons.id)).toMatchObject({
      code: 409,
      message: '会员只剩 3 课时私教课，少于这笔付款的 10 课时，不能整笔退款',
    });
    const month = await paidPayment(api, who, MONTH);
    await api.rows('UPDATE gym_member SET membership_until = membership_until - 2 WHERE id = $1', [
      who.member.id,
    ]);
    expect(await cancel(month.id)).toMatchObject({
      code: 409,
      message: '这笔付款的 30 天会员已用去 2 天，不能整笔退款',
    });
    expect(await memberOf(api, who)).toMatchObject({ privateLessons: 3 });
    expect(await paymentOf(api, who, month.id)).toMatchObject({ refund_status: 'none' });
    expect(
      await api.rows('SELECT id FROM gym_refund WHERE payment_id = ANY($1)', [[lessons.id, month.id]]),
    ).toEqual([]);
    expect(
      await api.auditEntries(
        `SELECT id FROM sys_audit WHERE action = 'gym.payment_refund' AND target_id = ANY($1)`,
        [[String(lessons.id), String(month.id)]],
      ),
    ).toEqual([]);
  });

  it('finds payments by their state, kind, member and number; what is unpaid or absent cannot be cancelled', async () => {
    const who = await makePerson(api);
    const open = (await place(api, who, PRIVATE)).data;
    const paid = await paidPayment(api, who, MONTH);
    const mine = `keyword=${who.user}`;
    expect((await listed(mine)).map(({ id }) => id)).toEqual([paid.id, open.id]);
    expect((await listed(`${mine}&status=pending`)).map(({ id }) => id)).toEqual([open.id]);
    expect((await listed(`${mine}&type=membership`)).map(({ id }) => id)).toEqual([paid.id]);
    expect((await listed(`${mine}&page=2&pageSize=1`)).map(({ id }) => id)).toEqual([open.id]);
    expect(await cancel(open.id)).toMatchObject({ code: 409, message: '这笔付款没有成功，不能退款' });
    expect((await cancel(987_654_321)).code).toBe(404);
    expect((await cancel(paid.id, '')).code).toBe(400);
    expect((await cancel(paid.id)).code).toBe(200);
    expect((await listed(`${mine}&refund=none`)).map(({ id }) => id)).toEqual([open.id]);
    const { token } = await operator(api, 'coach');
    expect((await api.call('GET', PAYMENTS, { token })).status).toBe(403);
    const body = { reason: '试试' };
    expect((await api.call('POST', `${PAYMENTS}/${paid.id}/refund`, { token, body })).status).toBe(403);
  });

  it('asks for a fresh proof where it is more than may be approved without, and nothing is taken back before', async () => {
    const [who, manager] = [await makePerson(api), await operator(api, 'manager')];
    await goStale(api, manager);
    const paid = await paidPayment(api, who, { type: 'membership', amount: 199 });
    const ask = () =>
      api.call('POST', `${PAYMENTS}/${paid.id}/refund`, { token: manager.token, body: { reason: '退' } });
    const limit = (value: string) =>
      api.admin('PUT', '/api/admin/config', { key: 'auth.freshApprovalFen', value });
    await limit('19899');
    try {
      expect(await ask()).toMatchObject({ status: 403, data: { reason: 'fresh_auth_required' } });
      expect((await listed(`keyword=${who.user}`))[0]?.refund).toBeNull();
      await limit('19900');
      expect((await ask()).status).toBe(200);
    } finally {
      await limit('');
    }
  });

  it('is told so where the money goes elsewhere at the same moment, and nothing is taken back', async () => {
    const who = await makePerson(api);
    const { id } = await paidPayment(api, who, PRIVATE);
    const reserve = `UPDATE pay_attempt SET reserved_fen = $2 WHERE order_id = (SELECT order_id FROM gym_payment WHERE id = $1) AND state = 'paid'`;
    const answer = await atGate(api, [reserve, id, 3], async () => {
      const begun = cancel(id);
      await waitingAt(api, 'INSERT INTO pay_refund ');
      return { begun };
    });
    await api.rows(reserve, [id, 0]);
    expect(answer.status).toBe(409);
    expect((await memberOf(api, who)).privateLessons).toBeGreaterThan(0);
    expect(await givenBack(id)).toEqual([]);
  });

  it('retries a refund that failed, on record, and what was taken back stays taken back', async () => {
    const who = await makePerson(api);
    const { id } = await paidPayment(api, who, PRIVATE);
    await api.control('POST', '/control/faults', { refundResult: 'CLOSED' });
    const { orderNo } = (await cancel(id)).data;
    const failed = await refundIs(orderNo, 'failed');
    expect(failed.refund!.failMessage).not.toBeNull();
    expect((await memberOf(api, who)).privateLessons).toBe(0);
    await api.control('POST', '/control/faults', { reset: true });
    const retry = () => api.admin('POST', `${PAYMENTS}/${id}/refund/retry`);
    const answers = await Promise.all([retry(), retry()]);
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 409]);
    await refundIs(orderNo, 'success');
    expect(await givenBack(id)).toEqual([7]);
    expect((await memberOf(api, who)).privateLessons).toBe(0);
    expect((await retry()).code).toBe(409);
    expect((await api.admin('POST', `${PAYMENTS}/987654321/refund/retry`)).code).toBe(404);
    expect(
      await api.auditEntries(
        `SELECT id FROM sys_audit WHERE action = 'gym.refund_retry' AND target_id = $1`,
        [String(id)],
      ),
    ).toHaveLength(1);
  });
});

describe('what a member paid', () => {
  it('is income from seven days after the payment on, and not a moment before, once however often it is looked for', async () => {
    const { id } = await paidPayment(api, await makePerson(api), PRIVATE);
    await daysAfter(id, 7, -60_000);
    await lookNow();
    expect(await held(api, id)).toEqual({ clearing: 7, deposit: -7 });
    await daysAfter(id, 7);
    await Promise.all([1, 2, 3].map(lookNow));
    await lookNow();
    expect(await held(api, id)).toEqual({ clearing: 7, income: -7 });
    expect(
      await api.rows(`SELECT id FROM pay_ledger WHERE source = 'earn:gym:' || $1::text`, [id]),
    ).toHaveLength(1);
  });

  it('is income also when the demo’s clock jumps over the day, and never when it was given back before', async () => {
    const [kept, back] = [
      await paidPayment(api, await makePerson(api), PRIVATE),
      await paidPayment(api, await makePerson(api), PRIVATE),
    ];
    await refundIs((await cancel(back.id)).data.orderNo, 'success');
    await api.moveClock(localTime(new Date(api.clock.now().getTime() + 8 * DAY_MS)));
    expect(await held(api, kept.id)).toEqual({ clearing: 7, income: -7 });
    expect(await held(api, back.id)).toEqual({});
  });

  it('is owed again when it is cancelled after it was income, and goes back', async () => {
    const who = await makePerson(api);
    const { id } = await paidPayment(api, who, PRIVATE);
    await daysAfter(id, 9);
    await lookNow();
    const answer = await cancel(id);
    expect(answer.code).toBe(200);
    await refundIs(answer.data.orderNo, 'success');
    await lookNow();
    expect(await held(api, id)).toEqual({});
    expect(await givenBack(id)).toEqual([7]);
  });

  it('is never both income and on its way back, when it is cancelled just as it is earned', async () => {
    const who = await makePerson(api);
    const ids: number[] = [];
    for (let n = 0; n < 6; n += 1) ids.push((await paidPayment(api, who, PRIVATE)).id);
    await daysAfter(ids.at(-1)!, 7, 1000);
    const answers = await Promise.all([
      ...ids.map((id) => cancel(id)),
      ...[1, 2, 3].map(async () => {
        await lookNow();
        return null;
      }),
    ]);
    for (const answer of answers) if (answer) expect(answer.code).toBe(200);
    for (const answer of answers) if (answer) await refundIs(answer.data.orderNo, 'success');
    await lookNow();
    for (const id of ids) expect(await held(api, id)).toEqual({});
    expect((await memberOf(api, who)).privateLessons).toBe(0);
  });
});
