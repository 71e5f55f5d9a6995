import { addDays, businessDate, fen, instantOf } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { post } from '@yajin/payment';
import { eventually, TestApi } from '@yajin/testing/api';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { audited, operator } from '@yajin/testing/operators';

let api: TestApi;
let accountant: string;
beforeAll(async () => {
  api = await TestApi.start({}, undefined, { dayFiles: true });
  accountant = (await operator(api, 'finance')).token;
});
afterAll(() => api.stop());

const PATH = '/api/admin/pay/closes';
const today = (): string => businessDate(api.clock.now());
const one = async (day: string) => (await api.admin<Console.PayClose>('GET', `${PATH}/${day}`)).data;
const monthOf = async (day: string) =>
  (await api.admin<Console.PayCloseMonth>('GET', `${PATH}?month=${day.slice(0, 7)}`)).data.list;
const close = (day: string, reason?: string) =>
  api.call<Console.PayClose>('POST', `${PATH}/${day}`, {
    body: reason === undefined ? {} : { reason },
    token: accountant,
  });

/** Somebody pays 99, and the next day begins. @returns the day on which they paid */
async function dayWithPayment(): Promise<{ day: string; order: Camp.CreatedPayment }> {
  const order = await member(api, await publishedCamp(api, { deposit: 99 }), person());
  await api.quiet();
  const day = today();
  await api.moveClock(`${addDays(day, 1)}T09:00:00`);
  return { day, order };
}

/** As if every bill of the day had been read, and nobody had had any trade. */
async function billsRead(day: string): Promise<void> {
  const { gateways } = await one(day);
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state) SELECT g, $1, 'none' FROM unnest($2::text[]) AS g
     ON CONFLICT (gateway, day) DO UPDATE SET state = 'none'`,
    [day, gateways.map(({ gateway }) => gateway)],
  );
}

/** What an account of a day holds, of all lines and gateways. */
const held = ({ accounts }: Console.PayClose, account: string, what: 'opening' | 'in' | 'out' | 'closing') =>
  accounts.filter((row) => row.account === account).reduce((sum, row) => sum + row[what] * 100, 0) / 100;

/** Closes every day up to yesterday, so that a test begins with a clean desk. */
async function caughtUp(): Promise<void> {
  const [last] = await api.rows<{ day: string | null }>('SELECT max(day) AS day FROM pay_close');
  for (let day = addDays(last?.day ?? addDays(today(), -2), 1); day < today(); day = addDays(day, 1))
    expect((await close(day, '补结')).status).toBe(200);
}

it('a day begins where the one before it ended, and all of them together are the books', async () => {
  await caughtUp();
  const first = await dayWithPayment();
  expect((await close(first.day, '账单未到')).data).toMatchObject({
    state: 'closed',
    reason: '账单未到',
    closedBy: expect.stringContaining('finance'),
  });
  const second = await dayWithPayment();
  await post(
    api.owner,
    [
      {
        source: 'forfeit:closes',
        debit: 'deposit',
        credit: 'income',
        amountFen: fen(1234),
        orderId: second.order.orderId,
      },
    ],
    instantOf(second.day, '20:00'),
  );
  // A day on which nothing happens is a day.
  const quiet = today();
  await api.moveClock(`${addDays(quiet, 1)}T09:00:00`);
  for (const day of [second.day, quiet]) expect((await close(day, '账单未到')).status).toBe(200);
  const [one1, two, three] = [await one(first.day), await one(second.day), await one(quiet)];
  expect(held(one1, 'clearing', 'in')).toBe(99);
  for (const account of ['clearing', 'deposit', 'income'])
    for (const [before, after] of [
      [one1, two],
      [two, three],
    ] as const)
      expect(held(after, account, 'opening')).toBe(held(before, account, 'closing'));
  expect(held(two, 'deposit', 'in')).toBe(99);
  expect(held(two, 'deposit', 'out')).toBe(12.34);
  expect(held(two, 'income', 'closing') - held(two, 'income', 'opening')).toBeCloseTo(12.34);
  expect(three.accounts.every((row) => row.in === 0 && row.out === 0)).toBe(true);
  await dayWithPayment();
  // Counted anew: what was closed last, and what has been posted since.
  const [difference] = await api.rows<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT line, account, sum(fen) AS fen FROM (
         SELECT line, split_part(debit, ':', 1) AS account, amount_fen AS fen FROM pay_ledger
         UNION ALL SELECT line, split_part(credit, ':', 1), -amount_fen FROM pay_ledger
         UNION ALL SELECT line, account, -closing_fen FROM pay_close_account WHERE day = $1
         UNION ALL SELECT line, split_part(debit, ':', 1), -amount_fen FROM pay_ledger WHERE day > $1
         UNION ALL SELECT line, split_part(credit, ':', 1), amount_fen FROM pay_ledger WHERE day > $1
       ) AS sides GROUP BY line, account HAVING sum(fen) <> 0
     ) AS wrong`,
    [quiet],
  );
  expect(difference?.count).toBe(0);
  // The month says the same of each day, closed or not.
  for (const shown of (await monthOf(quiet)).filter(({ day }) => day >= second.day)) {
    const day = await one(shown.day);
    expect(shown).toMatchObject({ state: day.state, closing: held(day, 'clearing', 'closing') });
    expect(shown.in).toBe(held(day, 'clearing', 'in'));
    expect(shown.opening).toBe(held(day, 'clearing', 'opening'));
    expect(shown.owed).toBe(held(day, 'deposit', 'closing'));
  }
  expect(await audited(api, 'pay_close', quiet)).toMatchObject([{ action: 'pay_close.close' }]);
});

it('a closed day stays as it was: what happened then and is learned of later belongs to the next day', async () => {
  await caughtUp();
  const { day, order } = await dayWithPayment();
  await close(day, '账单未到');
  const closed = await one(day);
  await api.rows(
    `INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at, effective_at)
     SELECT 'late:' || id, 'clearing', 'suspense', 700, 'wechat-v3', line, subject, id, $2, $3 FROM pay_order WHERE id = $1`,
    [order.orderId, api.clock.now(), instantOf(day, '23:50')],
  );
  expect(await one(day)).toEqual(closed);
  const next = await one(today());
  expect(held(next, 'suspense', 'in')).toBe(7);
  expect(held(next, 'clearing', 'opening')).toBe(held(closed, 'clearing', 'closing'));
  for (const change of [
    'UPDATE pay_close SET reason = NULL',
    'UPDATE pay_close_account SET fee_fen = 1',
    'DELETE FROM pay_close_gateway',
    'TRUNCATE pay_fee_change',
  ])
    await expect(api.rows(change)).rejects.toThrow(/append-only/);
  // While its day is open it stands on the day on which it happened.
  const open = today();
  await api.moveClock(`${addDays(open, 1)}T09:00:00`);
  await api.rows(
    `INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at, effective_at)
     SELECT 'found:' || id, 'clearing', 'suspense', 300, 'wechat-v3', line, subject, id, $2, $3 FROM pay_order WHERE id = $1`,
    [order.orderId, api.clock.now(), instantOf(open, '23:50')],
  );
  expect(held(await one(open), 'suspense', 'in')).toBe(10);
});

it('a bill that corrects the fee of a closed day changes the next day, by what it corrects', async () => {
  await caughtUp();
  const { day, order } = await dayWithPayment();
  const feeOf = async (of: string): Promise<number> =>
    (await one(of)).accounts.reduce((sum, { fee }) => sum + fee * 100, 0) / 100;
  const fee = (sum: number) =>
    api.rows(`UPDATE pay_attempt SET fee_fen = $2, fee_from = 'bill' WHERE order_id = $1`, [
      order.orderId,
      sum,
    ]);
  await fee(59);
  expect(await feeOf(day)).toBe(0.59);
  await close(day, '账单未到');
  await fee(61);
  expect([await feeOf(day), await feeOf(today())]).toEqual([0.59, 0.02]);
  const month = await monthOf(today());
  expect(month.find((each) => each.day === today())?.fee).toBe(0.02);
});

it('days are closed one after the other, once they have ended, and each once', async () => {
  await caughtUp();
  const { day } = await dayWithPayment();
  await dayWithPayment();
  const [next, running] = [addDays(day, 1), today()];
  expect((await close(running, '早一点')).status).toBe(409);
  expect((await close(next, '跳过一天')).status).toBe(409);
  expect((await monthOf(day)).filter(({ closable }) => closable).map((each) => each.day)).toEqual([day]);
  const answers = await Promise.all([close(day, '甲'), close(day, '乙'), close(next, '丙')]);
  expect(
    answers
      .slice(0, 2)
      .map(({ status }) => status)
      .sort(),
  ).toEqual([200, 409]);
  expect((await close(day, '再来')).status).toBe(409);
  expect((await api.admin('GET', `${PATH}/${addDays(running, 1)}`)).status).toBe(404);
  for (const bad of ['2026-13-01', 'yesterday'])
    expect((await api.admin('GET', `${PATH}/${bad}`)).status).toBe(400);
  expect((await api.admin('GET', `${PATH}?month=2026-13`)).status).toBe(400);
  expect((await close(next, '')).status).toBe(400);
});

it('a day with an unread bill or an open difference is closed with a reason only', async () => {
  await caughtUp();
  const { day } = await dayWithPayment();
  expect((await close(day)).message).toContain('说明理由');
  await billsRead(day);
  const [{ id } = { id: 0 }] = await api.rows<{ id: number }>(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, theirs_fen, found_at)
     VALUES ('wechat-v3', $1, 'payment_unknown:closes', 'payment_unknown', 'closes', 9900, $2) RETURNING id`,
    [day, api.clock.now()],
  );
  expect((await one(day)).gateways.find(({ gateway }) => gateway === 'wechat-v3')).toEqual({
    gateway: 'wechat-v3',
    bill: 'none',
    differences: 1,
    openDifferences: 1,
    difference: 99,
    held: null,
  });
  expect((await close(day)).status).toBe(409);
  const decided = { decision: 'not_ours', note: '同一商户号的另一套系统' };
  const resolve = { body: decided, token: accountant };
  expect((await api.call('POST', `/api/admin/pay/differences/${id}/resolve`, resolve)).status).toBe(200);
  expect((await close(day)).data).toMatchObject({ state: 'closed', seenTo: true, reason: null });
  // What is resolved, or opened, later does not change what was true then.
  await api.rows(`UPDATE pay_bill SET state = 'broken' WHERE day = $1`, [day]);
  expect((await one(day)).seenTo).toBe(true);
});

it('a day whose bill was read, and not yet held against the books, is closed with a reason only', async () => {
  await caughtUp();
  const { day } = await dayWithPayment();
  await billsRead(day);
  await api.rows(`UPDATE pay_bill SET state = 'complete', hash = 'read' WHERE day = $1`, [day]);
  expect((await close(day)).status).toBe(409);
  await api.rows('UPDATE pay_bill SET matched_at = $2 WHERE day = $1', [day, api.clock.now()]);
  expect((await close(day)).data).toMatchObject({ state: 'closed', seenTo: true });
});

it('a posting that is under way when its day is closed is counted once: on that day, or on the next', async () => {
  await caughtUp();
  const { day, order } = await dayWithPayment();
  const posting = (source: string) =>
    [{ source, debit: 'deposit', credit: 'income', amountFen: fen(100), orderId: order.orderId }] as const;
  let closing: ReturnType<typeof close> | null = null;
  await api.db.transaction(async (manager) => {
    await post(manager, [...posting('race:before')], instantOf(day, '23:59'));
    closing = close(day, '与入账同时');
    // It waits for this transaction, whichever of them came first.
    const done = await Promise.race([
      closing.then(() => true),
      new Promise((r) => setTimeout(r, 300, false)),
    ]);
    expect(done).toBe(false);
  });
  expect((await closing!).status).toBe(200);
  expect(held(await one(day), 'income', 'in')).toBe(1);
  await api.db.transaction((manager) => post(manager, [...posting('race:after')], instantOf(day, '23:59')));
  expect(held(await one(day), 'income', 'in')).toBe(1);
  expect(held(await one(today()), 'income', 'in')).toBe(1);
});

it('a month is had as rows, by day, line, gateway and account, that say what each day says by itself', async () => {
  await caughtUp();
  const { day } = await dayWithPayment();
  await billsRead(day);
  expect((await close(day)).status).toBe(200);
  const month = day.slice(0, 7);
  const path = '/api/admin/pay/close-accounts';
  const { data } = await api.admin<Console.PayCloseAccountMonth>('GET', `${path}?month=${month}`);
  expect(data.month).toBe(month);
  const days = [...new Set(data.list.map((row) => row.day))];
  expect(days).toEqual(days.toSorted());
  for (const each of days) {
    const { state, accounts } = await one(each);
    const stated = accounts.map((account) => ({ day: each, state, ...account }));
    expect(data.list.filter((row) => row.day === each)).toEqual(stated);
  }
  expect(data.list.filter((row) => row.day === day).map(({ state }) => state)).toContain('closed');
  expect((await api.admin('GET', path)).status).toBe(400);
  expect((await api.admin('GET', `${path}?month=2026-13`)).status).toBe(400);
  expect((await api.admin('GET', `${path}?month=2099-01`)).data).toEqual({ month: '2099-01', list: [] });
});

it('a day says what each merchant account held when it ended, as the statements say it, also where nothing moved since', async () => {
  const { day } = await dayWithPayment();
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  const statement = async (of: string) =>
    eventually(async () => {
      const [row] = await api.rows<{ closing_fen: number | null; state: string }>(
        `SELECT closing_fen, state FROM pay_statement WHERE gateway = 'wechat-v3' AND day = $1 AND hash IS NOT NULL`,
        [of],
      );
      return row;
    }, 'the statement to be read');
  const closing = (await statement(day)).closing_fen!;
  expect(closing).toBeGreaterThan(0);
  await api.moveClock(`${addDays(day, 2)}T11:00:00`);
  expect(await statement(addDays(day, 1))).toEqual({ closing_fen: null, state: 'none' });
  const heldOn = async (of: string) =>
    Object.fromEntries((await one(of)).gateways.map(({ gateway, held: sum }) => [gateway, sum]));
  expect(await heldOn(day)).toEqual({ 'wechat-v3': closing / 100, 'wechat-v2': null, alipay: null });
  expect(await heldOn(addDays(day, 1))).toEqual(await heldOn(day));
  // Nobody knows what has moved today.
  expect(await heldOn(today())).toEqual({ 'wechat-v3': null, 'wechat-v2': null, alipay: null });
});
