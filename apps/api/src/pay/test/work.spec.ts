import { randomUUID } from 'node:crypto';
import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { fen } from '@yajin/core';
import { Refunds } from '@yajin/payment';
import { TestApi } from '@yajin/testing/api';
import { member, payByCode, person, publishedCamp, type MadeCamp } from '@yajin/testing/factories';
import { audited, operator, type MadeOperator } from '@yajin/testing/operators';

const PATH = '/api/admin/pay/work';

let api: TestApi;
let accountant: MadeOperator;
let order: Camp.CreatedPayment;
let camp: MadeCamp;
const who = person();
/** What waits, by its kind. */
const ids: Partial<Record<Console.PayWorkKind, number>> = {};

beforeAll(async () => {
  api = await TestApi.start();
  accountant = await operator(api, 'finance');
  camp = await publishedCamp(api, { deposit: 99 });
  order = await member(api, camp, who);
  await payByCode(api, { id: 987_654_321 }, person());
  await api.quiet();
  await refunds();
  await others();
});
afterAll(() => api.stop());

/** A yuan of the deposit on its way back. */
async function refund(state: string, status: string, sentDaysAgo = 0): Promise<number> {
  const wanted = { source: randomUUID(), orderId: order.orderId, amountFen: fen(100), reason: '退款' };
  const { id } = await api.db.transaction((manager) => api.app.get(Refunds).request(manager, wanted));
  await api.quiet();
  await api.rows(
    `WITH sent AS (UPDATE pay_refund_attempt SET state = $2 WHERE refund_id = $1)
     UPDATE pay_refund SET status = $3, sent_at = now() - make_interval(days => $4), check_at = now() + interval '1 day' WHERE id = $1`,
    [id, state, status, sentDaysAgo],
  );
  return id;
}

async function refunds(): Promise<void> {
  await api.control('POST', '/control/faults', { refundStuck: true });
  ids.refund_abnormal = await refund('abnormal', 'failed');
  ids.refund_merchant = await refund('merchant', 'failed');
  ids.refund_failed = await refund('created', 'failed');
  ids.refund_unclear = await refund('accepted', 'processing', 2);
  await refund('accepted', 'processing', 0);
  ids.outside = await refund('abnormal', 'failed');
  const evidence = { evidence: '网银转账 20261128001' };
  await api.admin('POST', `/api/admin/pay/refunds/${ids.outside}/outside`, evidence);
}

async function others(): Promise<void> {
  const one = async (sql: string, parameters: unknown[]) =>
    (await api.rows<{ id: number }>(sql, parameters))[0]?.id ?? 0;
  ids.unallocated = await one(`SELECT order_id AS id FROM pay_attempt WHERE held_in = 'unallocated'`, []);
  const { data: entry } = await api.admin<Console.PayEntry>('POST', '/api/admin/pay/entries', {
    orderNo: order.orderNo,
    debit: 'deposit',
    credit: 'income',
    amount: 2,
    reason: '会员放弃',
    evidence: '邮件',
  });
  ids.entry = entry.id;
  await api.rows(`INSERT INTO pay_bill (gateway, day, state) VALUES ('wechat-v3', '2026-10-02', 'complete')`);
  ids.difference = await one(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, ours_fen, theirs_fen, found_at)
     VALUES ('wechat-v3', '2026-10-02', 'payment_amount:work', 'payment_amount', 'work', 9800, 9900, $1::timestamptz - interval '3 days') RETURNING id`,
    [api.clock.now()],
  );
  const note = `INSERT INTO pay_notification (gateway, event_id, event_type, subject_no, state, reason, payload, received_at)
    VALUES ('wechat-v3', $1, 'TRANSACTION.SUCCESS', $2, 'quarantined', 'unknown trade', '{}', $3) RETURNING id`;
  ids.notification = await one(note, ['event-lost', 'nobodys', api.clock.now()]);
  const [paid] = await api.rows<{ no: string }>(
    `SELECT out_trade_no AS no FROM pay_attempt WHERE order_id = $1 AND state = 'paid'`,
    [order.orderId],
  );
  // Of a payment that the gateway has confirmed since nothing is left to be done.
  await one(note, ['event-settled', paid?.no, api.clock.now()]);
  ids.suspense = await one(
    `WITH made AS (
       INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, expires_at, created_at)
       VALUES (77, 'ord_77', 'gym', '1', 12000, '月卡', 'closed', $1, $1) RETURNING id
     ), paid AS (
       INSERT INTO pay_attempt (out_trade_no, order_id, gateway, state, amount_fen, transaction_id, paid_at, held_in, created_at)
       SELECT 't77', id, 'wechat-v3', 'paid', 9900, 'x77', $1, 'suspense', $1 FROM made RETURNING order_id
     ) INSERT INTO pay_suspense (out_trade_no, order_id, line, asked_fen, amount_fen, reason, detail, created_at)
       SELECT 't77', order_id, 'gym', 12000, 9900, 'wrong_amount', 'asked 12000 fen, paid 9900 fen', $1 FROM paid RETURNING id`,
    [api.clock.now()],
  );
}

const list = async (query = '') => (await api.admin<Console.PayWorkPage>('GET', `${PATH}?${query}`)).data;
const post = (path: string, body: unknown) =>
  api.call<Console.PayWork>('POST', PATH + path, { body, token: accountant.token });

it('everything that waits for a person is there once, what waits longest first, with its sum', async () => {
  const page = await list('pageSize=100');
  const found = Object.fromEntries(page.list.map(({ kind, id }) => [kind, id]));
  expect(found).toEqual(ids);
  expect(page.list).toHaveLength(Object.keys(ids).length);
  expect(page.total).toBe(page.list.length);
  expect(page.list[0]).toMatchObject({
    kind: 'difference',
    amount: 1,
    days: 3,
    orderNo: null,
    party: null,
    owner: null,
  });
  const sum = page.list.reduce((total, { amount }) => total + (amount ?? 0), 0);
  expect(page.amount).toBeCloseTo(sum);
  expect(page.kinds).toHaveLength(page.list.length);
  expect(page.list.find(({ kind }) => kind === 'refund_unclear')).toMatchObject({
    amount: 1,
    line: 'camp',
    orderNo: order.orderNo,
    party: { name: who.nickname, aboutId: String(camp.id) },
  });
  expect((await list('kind=outside')).list.map(({ id }) => id)).toEqual([ids.outside]);
  expect((await list('line=gym')).list.map(({ kind }) => kind)).toEqual(['suspense']);
  const second = await list('page=2&pageSize=4');
  expect(second.list).toEqual(page.list.slice(4, 8));
  for (const bad of ['kind=odd', 'mine=maybe', 'page=0'])
    expect((await api.admin('GET', `${PATH}?${bad}`)).status).toBe(400);
});

it('whoever takes something has it, and what was done with is gone', async () => {
  for (const [kind, id] of Object.entries(ids))
    expect((await post('/take', { kind, id })).data).toMatchObject({ owner: accountant.username });
  const mine = await api.call<Console.PayWorkPage>('GET', `${PATH}?mine=true`, { token: accountant.token });
  expect(mine.data.total).toBe(Object.keys(ids).length);
  expect((await list('mine=true')).total).toBe(0);
  const note = { note: '渠道确认是测试通知' };
  const answers = await Promise.all([
    post(`/notifications/${ids.notification}/finish`, note),
    post(`/notifications/${ids.notification}/finish`, note),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await post('/take', { kind: 'notification', id: ids.notification })).status).toBe(409);
  expect((await list('kind=notification')).total).toBe(0);
  await api.call('POST', `/api/admin/pay/differences/${ids.difference}/resolve`, {
    body: { decision: 'accepted', note: '差额很小' },
    token: accountant.token,
  });
  expect((await post('/take', { kind: 'difference', id: ids.difference })).status).toBe(409);
  expect((await post('/take', { kind: 'odd', id: 1 })).status).toBe(400);
  expect(
    (await audited(api, 'pay_work', `notification ${ids.notification}`)).map(({ action }) => action),
  ).toEqual(['pay_work.take', 'pay_work.finish']);
});
