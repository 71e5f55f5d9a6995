import { randomUUID } from 'node:crypto';
import type { Console } from '@yajin/contract/console';
import { addDays, businessDate } from '@yajin/core';
import { eventually, randomAddress, TestApi } from '@yajin/testing/api';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { audited } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({}, undefined, { dayFiles: true });
});
afterAll(() => api.stop());

const PATH = '/api/admin/pay/differences';

async function difference(day: string, kind = 'payment_unknown'): Promise<number> {
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state, row_count, paid_fen, fee_fen) VALUES ('wechat-v3', $1, 'complete', 1, 9900, -5) ON CONFLICT DO NOTHING`,
    [day],
  );
  const number = randomUUID();
  const [row] = await api.rows<{ id: number }>(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, theirs_fen, found_at) VALUES ('wechat-v3', $1, $2, $3, $4, 9900, $5) RETURNING id`,
    [day, `${kind}:${number}`, kind, number, api.clock.now()],
  );
  return row?.id ?? 0;
}
const resolve = async (id: number, body: unknown, headers: Record<string, string> = {}) =>
  api.call<Console.PayDifference>('POST', `${PATH}/${id}/resolve`, {
    ...{ body, headers },
    token: await api.adminToken(),
  });

it('bills are listed with their state, their sums and how much of them is open', async () => {
  await difference('2026-10-02');
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state, reason) VALUES ('wechat-v3', '2026-10-03', 'broken', 'cut off')`,
  );
  const page = await api.admin<Console.PayBillPage>('GET', '/api/admin/pay/bills?gateway=wechat-v3');
  const october = page.data.list.filter(({ day }) => day.startsWith('2026-10'));
  expect(october).toMatchObject([
    { day: '2026-10-03', state: 'broken', reason: 'cut off', rows: 0, fee: null, openDifferences: 0 },
    { day: '2026-10-02', state: 'complete', reason: null, rows: 1, paid: 99, fee: -0.05, openDifferences: 1 },
  ]);
  const broken = await api.admin<Console.PayBillPage>('GET', '/api/admin/pay/bills?state=broken');
  expect(broken.data.list.map(({ day }) => day)).toEqual(['2026-10-03']);
  expect((await api.admin('GET', '/api/admin/pay/bills?state=odd')).status).toBe(400);
});

it('a difference is taken, resolved once with a decision and a note, and audited', async () => {
  const id = await difference('2026-10-04');
  const listed = await api.admin<Console.PayDifferencePage>(
    'GET',
    `${PATH}?state=open&kind=payment_unknown&gateway=wechat-v3`,
  );
  expect(listed.data.list.map((each) => each.id)).toContain(id);
  const taken = await api.admin<Console.PayDifference>('POST', `${PATH}/${id}/take`);
  expect(taken.data).toMatchObject({ owner: 'admin', state: 'open', ours: null, theirs: 99, days: 0 });
  const key = { 'idempotency-key': randomUUID() };
  const decided = { decision: 'not_ours', note: '同一商户号的另一套系统' };
  const [first, second] = [await resolve(id, decided, key), await resolve(id, decided, key)];
  expect(first.data).toMatchObject({ ...decided, state: 'resolved', resolvedBy: 'admin', owner: 'admin' });
  expect(second.data).toEqual(first.data);
  expect((await resolve(id, { decision: 'accepted', note: '改主意' })).status).toBe(409);
  expect((await api.admin('POST', `${PATH}/${id}/take`)).status).toBe(409);
  expect((await api.admin<Console.PayDifference>('GET', `${PATH}/${id}`)).data).toEqual(first.data);
  expect(await audited(api, 'difference', id)).toMatchObject([
    { action: 'difference.take', username: 'admin' },
    { action: 'difference.resolve', username: 'admin', after: decided },
  ]);
});

it('two people who resolve the same difference at once: one does', async () => {
  const id = await difference('2026-10-05');
  const answers = await Promise.all([
    resolve(id, { decision: 'accepted', note: '甲' }),
    resolve(id, { decision: 'corrected', note: '乙' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

it.each([
  [{ decision: 'explained', note: '只有账单能说明' }],
  [{ decision: 'accepted', note: '' }],
  [{ decision: 'accepted' }],
  [{ note: '没有决定' }],
])('is not resolved by %j', async (body) => {
  const id = await difference('2026-10-06');
  expect((await resolve(id, body)).status).toBe(400);
});

it('what is not there is 404', async () => {
  expect((await resolve(999_999, { decision: 'accepted', note: '无' })).status).toBe(404);
  expect((await api.admin('GET', `${PATH}/999999`)).status).toBe(404);
});

const idsOf = async (query: string): Promise<number[]> =>
  (await api.admin<Console.PayDifferencePage>('GET', `${PATH}?${query}`)).data.list.map(({ id }) => id);

it('differences are found by their days and by who sees to them', async () => {
  const [first, second, third] = [
    await difference('2026-09-01'),
    await difference('2026-09-02'),
    await difference('2026-09-03'),
  ];
  expect(await idsOf('startDate=2026-09-02&endDate=2026-09-03')).toEqual([third, second]);
  expect(await idsOf('startDate=2026-09-01&endDate=2026-09-01')).toEqual([first]);
  await api.admin('POST', `${PATH}/${second}/take`);
  const september = 'startDate=2026-09-01&endDate=2026-09-30';
  expect(await idsOf(`${september}&owner=admin`)).toEqual([second]);
  expect(await idsOf(`${september}&owner=nobody-of-that-name`)).toEqual([]);
  expect(await idsOf(`${september}&owned=true`)).toEqual([second]);
  expect(await idsOf(`${september}&owned=false`)).toEqual([third, first]);
  for (const bad of ['owned=perhaps', 'startDate=2026-02-30', 'endDate=yesterday'])
    expect((await api.admin('GET', `${PATH}?${bad}`)).status).toBe(400);
});

it('a month is told a day in a line, all gateways together or one of them, and a month without bills is empty', async () => {
  await difference('2026-08-01');
  await api.admin('POST', `${PATH}/${await difference('2026-08-01')}/take`);
  await resolve(await difference('2026-08-01'), { decision: 'accepted', note: '小额' });
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state, row_count, paid_fen, refunded_fen, fee_fen) VALUES ('alipay', '2026-08-01', 'complete', 2, 100, 50, 1),
       ('alipay', '2026-08-31', 'broken', 0, 0, 0, NULL), ('alipay', '2026-09-01', 'none', 0, 0, 0, NULL)`,
  );
  const month = async (query: string) =>
    (await api.admin<Console.PayBillMonth>('GET', `/api/admin/pay/bill-month${query}`)).data;
  expect(await month('?month=2026-08')).toMatchObject({
    month: '2026-08',
    days: [
      {
        ...{
          day: '2026-08-01',
          bills: 2,
          waiting: 0,
          broken: 0,
          rows: 3,
          paid: 100,
          refunded: 0.5,
          fee: -0.04,
        },
        ...{ openDifferences: 2, differences: 3 },
      },
      { day: '2026-08-31', bills: 1, broken: 1, fee: null, openDifferences: 0, differences: 0 },
    ],
  });
  const alipay = await month('?month=2026-08&gateway=alipay');
  expect(alipay.days[0]).toMatchObject({ rows: 2, paid: 1, openDifferences: 0 });
  expect(alipay.gateways).toContain('wechat-v3');
  expect((await month('?month=2001-02')).days).toEqual([]);
  const today = businessDate(api.clock.now());
  expect((await month('')).month).toBe(addDays(today, -1).slice(0, 7));
  for (const bad of ['2026-13', '2026-1', '0000-01', 'x'])
    expect((await api.admin('GET', `/api/admin/pay/bill-month?month=${bad}`)).status).toBe(400);
});

it('bills are narrowed to days, one is shown with its lines as they were read, and of ours with the order', async () => {
  const order = await member(api, await publishedCamp(api), person());
  const [paid] = await api.rows<{ out_trade_no: string }>(
    'SELECT out_trade_no FROM pay_attempt WHERE order_id = $1',
    [order.orderId],
  );
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state, row_count) VALUES ('wechat-v3', '2026-07-15', 'complete', 2)`,
  );
  await api.rows(
    `INSERT INTO pay_bill_row (gateway, day, row_no, entry, at, out_trade_no, transaction_id, out_refund_no, amount_fen, fee_fen) VALUES
       ('wechat-v3', '2026-07-15', 1, 'payment', '2026-07-15T01:02:03Z', $1, '42000001', NULL, 9900, 59),
       ('wechat-v3', '2026-07-15', 2, 'refund', '2026-07-15T04:00:00Z', 'theirs', '42000002', 'r-1', 500, 3)`,
    [paid?.out_trade_no],
  );
  const july = await api.admin<Console.PayBillPage>(
    'GET',
    '/api/admin/pay/bills?startDate=2026-07-01&endDate=2026-07-31',
  );
  expect(july.data.list.map(({ day }) => day)).toEqual(['2026-07-15']);
  const at = '/api/admin/pay/bills/wechat-v3/2026-07-15';
  expect((await api.admin<Console.PayBill>('GET', at)).data).toEqual(july.data.list[0]);
  const lines = await api.admin<Console.PayBillRowPage>('GET', `${at}/rows`);
  expect(lines.data).toMatchObject({
    total: 2,
    list: [
      { no: 1, entry: 'payment', at: '2026-07-15T09:02:03', amount: 99, fee: 0.59, orderNo: order.orderNo },
      { no: 2, entry: 'refund', outRefundNo: 'r-1', amount: 5, fee: -0.03, orderNo: null },
    ],
  });
  const refunds = await api.admin<Console.PayBillRowPage>('GET', `${at}/rows?entry=refund&pageSize=1`);
  expect(refunds.data).toMatchObject({ total: 1, list: [{ no: 2 }] });
  for (const path of ['alipay/2026-07-15', 'wechat-v3/2026-07-16', 'no-gateway/2026-07-15'])
    for (const rest of ['', '/rows'])
      expect((await api.admin('GET', `/api/admin/pay/bills/${path}${rest}`)).status).toBe(404);
  expect((await api.admin('GET', '/api/admin/pay/bills/wechat-v3/2026-02-30')).status).toBe(400);
});

it('a difference is told with our side, the bill’s lines of it, and who did what about it', async () => {
  const order = await member(api, await publishedCamp(api), person());
  const [paid] = await api.rows<{ out_trade_no: string; transaction_id: string }>(
    'SELECT out_trade_no, transaction_id FROM pay_attempt WHERE order_id = $1',
    [order.orderId],
  );
  const number = paid?.out_trade_no ?? '';
  const tell = async (id: number) =>
    (await api.admin<Console.PayDifferenceStory>('GET', `${PATH}/${id}/story`)).data;
  const id = await difference('2026-06-02', 'payment_amount');
  const stranger = await tell(id);
  expect(stranger).toMatchObject({ ours: null, theirs: [], deeds: [] });
  await api.rows(
    'UPDATE pay_difference SET out_trade_no = $2, ours_fen = 9900, theirs_fen = 9901 WHERE id = $1',
    [id, number],
  );
  await api.rows(
    `INSERT INTO pay_bill_row (gateway, day, row_no, entry, at, out_trade_no, transaction_id, out_refund_no, amount_fen) VALUES
       ('wechat-v3', '2026-06-02', 1, 'payment', now(), $1, '42000003', NULL, 9901), ('wechat-v3', '2026-06-02', 2, 'refund', now(), $1, '42000003', 'r-2', 9),
       ('wechat-v3', '2026-06-02', 3, 'refund', now(), $1, '42000003', NULL, 10)`,
    [number],
  );
  await api.admin('POST', `${PATH}/${id}/take`);
  await resolve(id, { decision: 'corrected', note: '渠道已更正' });
  expect(await tell(id)).toMatchObject({
    difference: { id, orderNo: order.orderNo, decision: 'corrected' },
    ours: { state: 'paid', amount: 99, transactionId: paid?.transaction_id },
    theirs: [{ no: 1, entry: 'payment', amount: 99.01, orderNo: order.orderNo }],
    deeds: [
      { action: 'take', by: 'admin' },
      { action: 'resolve', by: 'admin' },
    ],
  });
  const refund = await difference('2026-06-02', 'refund_unknown');
  await api.rows(`UPDATE pay_difference SET out_trade_no = $2, out_refund_no = 'r-2' WHERE id = $1`, [
    refund,
    number,
  ]);
  expect(await tell(refund)).toMatchObject({ ours: null, theirs: [{ no: 2 }, { no: 3 }] });
  expect((await api.admin('GET', `${PATH}/999999/story`)).status).toBe(404);
});

it('a bill is fetched again at an operator’s word: once for however many clicks, audited, and of days of which there can be one', async () => {
  const day = addDays(businessDate(api.clock.now()), -5);
  const fetchOf = (date: string, gateway = 'wechat-v3') =>
    api.admin<Console.PayBill>('POST', `/api/admin/pay/bills/${gateway}/${date}/fetch`);
  const [first, second] = [await fetchOf(day), await fetchOf(day)];
  expect(first.data).toMatchObject({ gateway: 'wechat-v3', day, state: 'waiting', rows: 0 });
  expect([first.status, second.status]).toEqual([200, 200]);
  const read = await eventually(async () => {
    const { data } = await api.admin<Console.PayBill>('GET', `/api/admin/pay/bills/wechat-v3/${day}`);
    return data.readAt !== null && data;
  }, 'the bill to be read');
  expect(read.state).toBe('none');
  const done = await audited(api, 'bill', `wechat-v3 ${day}`);
  expect(done.map(({ action, username }) => `${action} ${username}`)).toEqual(['bill.fetch admin']);
  const today = businessDate(api.clock.now());
  for (const bad of [today, addDays(today, 1), addDays(today, -367)])
    expect((await fetchOf(bad)).status).toBe(400);
  expect((await fetchOf(day, 'no-gateway')).status).toBe(404);
});

it('bills are fetched again at most ten times a minute from one network', async () => {
  const day = addDays(businessDate(api.clock.now()), -6);
  const headers = { 'x-forwarded-for': randomAddress() };
  const token = await api.adminToken();
  const statuses: number[] = [];
  for (let time = 0; time < 11; time += 1)
    statuses.push(
      (await api.call('POST', `/api/admin/pay/bills/wechat-v3/${day}/fetch`, { token, headers })).status,
    );
  expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
});
