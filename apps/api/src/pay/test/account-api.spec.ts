import { randomUUID } from 'node:crypto';
import type { Console } from '@yajin/contract/console';
import { addDays, businessDate } from '@yajin/core';
import { StatementMatching } from '@yajin/payment';
import { eventually, TestApi } from '@yajin/testing/api';
import { audited } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({}, undefined, { dayFiles: true });
});
afterAll(() => api.stop());

const STATEMENTS = '/api/admin/pay/statements';
const WITHDRAWALS = '/api/admin/pay/withdrawals';

let count = 0;
async function statement(day: string): Promise<void> {
  await api.rows(
    `INSERT INTO pay_statement (gateway, day, state, hash, row_count, opening_fen, closing_fen, in_fen, out_fen, payment_fen, fee_fen, withdrawal_fen)
     VALUES ('wechat-v3', $1, 'complete', 'h', 3, 100000, 59894, 9900, 50006, 9900, 6, -50000)`,
    [day],
  );
  await api.rows(
    `INSERT INTO pay_movement (gateway, day, row_no, kind, said, at, flow_no, gateway_no, our_no, amount_fen, balance_fen)
     SELECT 'wechat-v3', $1, m.no, m.kind, m.said, $2, m.flow, '42', 'trade-1', m.fen, m.balance FROM (VALUES (1, 'payment', '交易', 'f1', 9900, 109900),
       (2, 'fee', '扣除交易手续费', 'f2', -6, 109894), (3, 'withdrawal', '提现', 'f3', -50000, 59894)) AS m (no, kind, said, flow, fen, balance)`,
    [day, `${day}T10:00:00+08:00`],
  );
}

/** @param daysAgo when it left the account */
async function withdrawal(daysAgo = 0): Promise<number> {
  const at = new Date(api.clock.now().getTime() - daysAgo * 86_400_000);
  const [row] = await api.rows<{ id: number }>(
    `INSERT INTO pay_withdrawal (gateway, flow_no, day, at, said, amount_fen) VALUES ('wechat-v3', $1, $2, $3, '提现', 50000) RETURNING id`,
    [`w-${(count += 1)}`, businessDate(at), at],
  );
  return row!.id;
}

const confirm = async (id: number, body: unknown, headers: Record<string, string> = {}) =>
  api.call<Console.PayWithdrawal>('POST', `${WITHDRAWALS}/${id}/confirm`, {
    ...{ body, headers },
    token: await api.adminToken(),
  });

it('statements are listed by day with what the account held, what moved it, and what of it is open', async () => {
  await statement('2026-10-02');
  await api.rows(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, flow_no, theirs_fen, found_at) VALUES
       ('wechat-v3', '2026-10-02', 'account_other:x', 'account_other', '', 'f9', -700, $1), ('wechat-v3', '2026-10-02', 'payment_unknown:y', 'payment_unknown', 'y', NULL, 1, $1)`,
    [api.clock.now()],
  );
  const october = 'startDate=2026-10-01&endDate=2026-10-31';
  const { data } = await api.admin<Console.PayStatementPage>(
    'GET',
    `${STATEMENTS}?gateway=wechat-v3&${october}`,
  );
  expect(data.gateways).toContain('wechat-v3');
  const { gateways: _, ...page } = data;
  expect(page).toMatchObject({ total: 1, page: 1 });
  const whole = {
    ...{
      gateway: 'wechat-v3',
      day: '2026-10-02',
      state: 'complete',
      rows: 3,
      opening: 1000,
      closing: 598.94,
    },
    ...{
      in: 99,
      out: 500.06,
      paid: 99,
      refunded: 0,
      fee: 0.06,
      withdrawn: -500,
      other: 0,
      openDifferences: 1,
    },
  };
  expect(data.list).toMatchObject([whole]);
  const one = await api.admin<Console.PayStatement>('GET', `${STATEMENTS}/wechat-v3/2026-10-02`);
  expect(one.data).toEqual(data.list[0]);
  const open = await api.admin<Console.PayDifferencePage>(
    'GET',
    '/api/admin/pay/differences?kind=account_other',
  );
  expect(open.data.list).toMatchObject([
    { outTradeNo: '', flowNo: 'f9', ours: null, theirs: -7, orderNo: null },
  ]);
  const story = await api.admin<Console.PayDifferenceStory>(
    'GET',
    `/api/admin/pay/differences/${open.data.list[0]!.id}/story`,
  );
  expect(story.data).toMatchObject({ ours: null, theirs: [] });
});

it('a day’s movements are listed in the statement’s order, all or of a kind; what is not there is 404', async () => {
  await statement('2026-10-03');
  const of = (query: string) =>
    api.admin<Console.PayMovementPage>('GET', `${STATEMENTS}/wechat-v3/2026-10-03/movements${query}`);
  const all = (await of('')).data.list;
  expect(all.map(({ no, kind, amount, balance }) => [no, kind, amount, balance])).toEqual([
    [1, 'payment', 99, 1099],
    [2, 'fee', -0.06, 1098.94],
    [3, 'withdrawal', -500, 598.94],
  ]);
  expect((await of('?kind=fee')).data.list).toEqual([all[1]]);
  expect((await of('?kind=odd')).status).toBe(400);
  expect((await api.admin('GET', `${STATEMENTS}/wechat-v3/2001-01-01`)).status).toBe(404);
  expect((await api.admin('GET', `${STATEMENTS}/wechat-v3/2001-01-01/movements`)).status).toBe(404);
});

it('a statement is fetched again at an operator’s word, audited, and of days and gateways of which there can be one', async () => {
  const day = addDays(businessDate(api.clock.now()), -1);
  const fetched = await api.admin<Console.PayStatement>('POST', `${STATEMENTS}/wechat-v3/${day}/fetch`);
  expect(fetched.data).toMatchObject({ gateway: 'wechat-v3', day });
  expect(await audited(api, 'statement', `wechat-v3 ${day}`)).toMatchObject([{ action: 'statement.fetch' }]);
  expect((await api.admin('POST', `${STATEMENTS}/shouqianba/${day}/fetch`)).status).toBe(404);
  expect((await api.admin('POST', `${STATEMENTS}/wechat-v3/${addDays(day, 1)}/fetch`)).status).toBe(400);
});

it('a withdrawal is said to have arrived once, by one of two people at once, and audited', async () => {
  const id = await withdrawal();
  const listed = await api.admin<Console.PayWithdrawalPage>(
    'GET',
    `${WITHDRAWALS}?state=waiting&gateway=wechat-v3`,
  );
  expect(listed.data.list).toContainEqual(
    expect.objectContaining({ id, amount: 500, state: 'waiting', note: null }),
  );
  const answers = await Promise.all([
    confirm(id, { arrived: true, note: '回单 1' }),
    confirm(id, { arrived: true, note: '回单 2' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const key = { 'idempotency-key': randomUUID() };
  const other = await withdrawal();
  const decided = { arrived: true, note: '回单 3' };
  const [first, second] = [await confirm(other, decided, key), await confirm(other, decided, key)];
  expect(first.data).toMatchObject({ state: 'arrived', note: '回单 3', decidedBy: 'admin' });
  expect(second.data).toEqual(first.data);
  expect(await audited(api, 'withdrawal', other)).toMatchObject([
    { action: 'withdrawal.confirm', username: 'admin', after: { ...decided, amount: 500 } },
  ]);
  expect((await confirm(999_999, decided)).status).toBe(404);
  for (const bad of [{ arrived: true, note: '' }, { arrived: 'yes', note: 'x' }, { note: 'x' }])
    expect((await confirm(id, bad)).status).toBe(400);
});

it('one that a corrected statement says to be another sum is not confirmed as what was seen, and nothing is noted of it', async () => {
  const id = await withdrawal();
  await api.rows('UPDATE pay_withdrawal SET amount_fen = 40000 WHERE id = $1', [id]);
  for (const arrived of [true, false])
    expect(await confirm(id, { arrived, amount: 500, note: '回单 4' })).toMatchObject({
      status: 409,
      message: '账单已更正，该提现现为 400.00 元，请重新核对',
    });
  expect(
    (await api.admin<Console.PayWithdrawalPage>('GET', `${WITHDRAWALS}?state=waiting`)).data.list,
  ).toContainEqual(expect.objectContaining({ id, amount: 400, note: null, decidedBy: null }));
  expect(await alertsOf(id)).toEqual([]);
  expect(await audited(api, 'withdrawal', id)).toEqual([]);
  expect((await confirm(id, { arrived: true, amount: 400, note: '回单 4' })).data).toMatchObject({
    state: 'arrived',
  });
});

const alertsOf = (id: number) =>
  api.rows<{ times: number; over: boolean }>(
    `SELECT times, resolved_at IS NOT NULL AS over FROM sys_alert WHERE kind = 'withdrawal-unconfirmed' AND (key = $1 OR key IS NULL) ORDER BY id`,
    [`withdrawal:${id}`],
  );

it('people are told once of a withdrawal that nobody has confirmed for three days, and no more once it is', async () => {
  const [late, fresh] = [await withdrawal(4), await withdrawal(2)];
  const { tick } = api.app.get(StatementMatching);
  await Promise.all([0, 1].map(() => tick.call(api.app.get(StatementMatching))));
  await eventually(async () => (await alertsOf(late)).length === 1, 'the alert');
  expect(await alertsOf(late)).toEqual([{ times: 1, over: false }]);
  expect(await alertsOf(fresh)).toEqual([]);
  await confirm(late, { arrived: true, note: '回单' });
  expect(await alertsOf(late)).toEqual([{ times: 1, over: true }]);
});

it('one that did not arrive is told of at once and only then, and can be said to have arrived later', async () => {
  const id = await withdrawal(4);
  const missing = await confirm(id, { arrived: false, note: '银行查无此笔' });
  expect(missing.data).toMatchObject({ state: 'missing', note: '银行查无此笔' });
  // Somebody has seen to it: that three days are over is no news.
  await api.app.get(StatementMatching).tick();
  expect(await api.rows('SELECT times FROM sys_alert WHERE key = $1', [`withdrawal:${id}`])).toEqual([
    { times: 1 },
  ]);
  expect((await confirm(id, { arrived: true, note: '次日到账' })).data).toMatchObject({ state: 'arrived' });
  expect(await api.rows('SELECT times FROM sys_alert WHERE key = $1', [`withdrawal:${id}`])).toEqual([]);
});
