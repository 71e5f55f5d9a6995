import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { addDays } from '@yajin/core';
import { Formatter } from 'wechatpay-axios-plugin';
import { createSandbox } from '../src/index.js';
import { Merchant } from './merchant.js';

const DAY = '2026-03-01';

let shop: Merchant;
beforeAll(async () => {
  shop = new Merchant(await createSandbox({ dataFile: ':memory:', port: 0 }));
});
afterAll(() => shop.sandbox.close());
beforeEach(() => shop.control('POST', '/reset'));

const clock = (now: string) => shop.control('POST', '/clock', { now });
const plan = async (body: Record<string, unknown>) => {
  const { status } = await shop.control('POST', '/statements', { channel: 'wechat-v3', ...body });
  expect(status).toBe(200);
};
const ask = (date: string) =>
  shop.call('GET', `/v3/bill/fundflowbill?bill_date=${date}&account_type=BASIC&tar_type=GZIP`);

interface Said {
  rows: Record<string, string>[];
  summary: Record<string, string>;
}

/** The file of a day, read by a library that is not ours. */
async function statement(date = DAY): Promise<Said> {
  const { body } = await ask(date);
  const link = String(body['download_url']);
  const authorization = shop.signed('GET', link.slice(shop.sandbox.url.length));
  const file = await (await fetch(link, { headers: { authorization } })).arrayBuffer();
  return Formatter.castCsvBill(gunzipSync(Buffer.from(file)).toString()) as Said;
}

const fen = (yuan: string | undefined): number => Math.round(Number(yuan) * 100);
const amountOf = (row: Record<string, string>): number =>
  (row['收支类型'] === '收入' ? 1 : -1) * fen(row['收支金额(元)']);

it('a statement lists what moved the account, fees and withdrawals too, with the balance after each', async () => {
  await clock(`${DAY}T10:00:00`);
  const trade = await shop.paidTrade();
  await shop.refund(trade, 'R-1', 5000);
  await shop.settled('R-1');
  await plan({ movements: [{ kind: 'withdrawal', number: 'W-1', fen: 4000 }] });
  await plan({ movements: [{ kind: 'other', said: '分账', number: 'M-1', fen: -41 }] });
  await clock('2026-03-02T10:00:00');
  const { rows, summary } = await statement();
  expect(rows.map((row) => [row['业务类型'], amountOf(row), row['账户结余(元)'], row['业务凭证号']])).toEqual(
    [
      ['交易', 9900, '99.00', trade],
      ['扣除交易手续费', -59, '98.41', trade],
      ['退款', -5000, '48.41', 'R-1'],
      ['退还交易手续费', 30, '48.71', 'R-1'],
      ['提现', -4000, '8.71', 'W-1'],
      ['分账', -41, '8.30', 'M-1'],
    ],
  );
  expect(summary).toEqual({
    ...{ 资金流水总笔数: '6.0', 收入笔数: '2.0', 收入金额: '99.30', 支出笔数: '4.0', 支出金额: '91.00' },
  });
});

it('a refund moves the account on the day when it is accepted, and one that is closed comes back', async () => {
  await clock(`${DAY}T23:00:00`);
  await shop.fault({ refundStuck: true });
  await shop.refund(await shop.paidTrade(), 'R-2', 9900);
  await clock('2026-03-02T09:00:00');
  await shop.control('POST', '/refunds/settle', { outRefundNo: 'R-2', state: 'CLOSED' });
  await clock('2026-03-03T10:00:00');
  const types = async (date: string) => (await statement(date)).rows.map((row) => row['业务类型']);
  expect(await types(DAY)).toEqual(['交易', '扣除交易手续费', '退款', '退还交易手续费']);
  expect(await types('2026-03-02')).toEqual(['退款关闭', '扣除交易手续费']);
  expect((await statement('2026-03-02')).rows.at(-1)).toMatchObject({ '账户结余(元)': '98.41' });
});

it('a statement is made to lack a payment, to say another sum, and to have a gap in its balance, until it is corrected', async () => {
  await clock(`${DAY}T10:00:00`);
  const trades = [await shop.paidTrade(), await shop.paidTrade(), await shop.paidTrade()];
  await clock('2026-03-02T10:00:00');
  const whole = await statement();
  await plan({
    changes: [
      { change: 'omit', number: trades[0] },
      { change: 'amount', number: trades[1], fen: 1 },
      { change: 'gap', number: trades[2], kind: 'fee', fen: -7 },
    ],
  });
  const { rows, summary } = await statement();
  expect(rows.map((row) => [amountOf(row), fen(row['账户结余(元)'])])).toEqual([
    ...[
      [-59, 9841],
      [1, 19_741],
      [-59, 19_682],
      [9900, 29_582],
      [-59, 29_516],
    ],
  ]);
  expect(summary).toMatchObject({ 资金流水总笔数: '5.0', 收入金额: '99.01', 支出金额: '1.77' });
  await plan({ reset: true });
  expect(await statement()).toEqual(whole);
});

it('a day on which nothing moved has none, nor has another account; one that is late is still being made', async () => {
  await clock('2026-03-02T12:00:00');
  expect(await ask(DAY)).toMatchObject({ status: 400, body: { code: 'NO_STATEMENT_EXIST' } });
  await plan({ movements: [{ kind: 'withdrawal', fen: 1, at: `${DAY}T12:00:00` }] });
  expect((await statement()).rows).toHaveLength(1);
  const fees = await shop.call('GET', `/v3/bill/fundflowbill?bill_date=${DAY}&account_type=FEES`);
  expect(fees).toMatchObject({ status: 400, body: { code: 'NO_STATEMENT_EXIST' } });
  const wrong = await shop.call('GET', `/v3/bill/fundflowbill?bill_date=${DAY}&account_type=ALL`);
  expect(wrong).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR' } });
  await plan({ day: DAY, forms: ['late'] });
  expect(await ask(DAY)).toMatchObject({ status: 400, body: { code: 'STATEMENT_CREATING' } });
});

/** What somebody does at a minute of one of three days. */
const step = fc.record({
  minute: fc.nat({ max: 3 * 1440 - 1 }),
  what: fc.oneof(
    fc.record({
      kind: fc.constant('pay' as const),
      fen: fc.integer({ min: 1, max: 20_000 }),
      coupon: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('refund' as const),
      share: fc.integer({ min: 1, max: 100 }),
      closed: fc.boolean(),
    }),
    fc.record({
      kind: fc.constantFrom('withdrawal' as const, 'other' as const),
      fen: fc.integer({ min: 1, max: 9000 }),
    }),
  ),
});

it('in any world the movements of a day add up to its closing less its opening balance, and each balance follows from the one before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      await shop.control('POST', '/reset');
      let left: { number: string; total: number; fen: number }[] = [];
      for (const { minute, what } of steps.toSorted((a, b) => a.minute - b.minute)) {
        await clock(`${addDays(DAY, Math.floor(minute / 1440))}T${clockText(minute % 1440)}`);
        if (what.kind === 'pay') {
          const number = await shop.trade({ amount: { total: what.fen, currency: 'CNY' } });
          const coupon = what.coupon && what.fen > 1 ? { coupon: { fen: 1 } } : {};
          await shop.control('POST', '/pay', { outTradeNo: number, ...coupon });
          left.push({ number, total: what.fen, fen: what.fen });
        } else if (what.kind === 'refund') {
          const [trade] = left;
          const fenBack = trade ? Math.ceil((trade.fen * what.share) / 100) : 0;
          if (!trade || fenBack < 1) continue;
          await shop.fault({ refundStuck: true });
          const number = `R-${trade.number.slice(0, 8)}-${minute}-${left.length}-${trade.fen}`;
          expect((await shop.refund(trade.number, number, fenBack, { total: trade.total })).status).toBe(200);
          const state = what.closed ? 'CLOSED' : 'SUCCESS';
          await shop.control('POST', '/refunds/settle', { outRefundNo: number, state });
          left = left.map((each) =>
            each === trade && !what.closed ? { ...each, fen: each.fen - fenBack } : each,
          );
        } else await plan({ movements: [{ kind: what.kind, said: '调账', fen: what.fen }] });
      }
      await clock('2026-03-05T12:00:00');
      let closing = 0;
      for (const day of [0, 1, 2].map((later) => addDays(DAY, later))) {
        const { body: told } = await shop.control('GET', `/statements?channel=wechat-v3&day=${day}`);
        expect(told).toMatchObject({ openingFen: closing });
        const rows = (await ask(day)).status === 200 ? (await statement(day)).rows : [];
        for (const row of rows) expect(fen(row['账户结余(元)'])).toBe((closing += amountOf(row)));
        expect(told).toMatchObject({ closingFen: closing });
      }
    }),
    { numRuns: 15 },
  );
});

function clockText(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;
}
