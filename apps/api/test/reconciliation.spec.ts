import { addDays, businessDate, fen } from '@yajin/core';
import { GatewayError, Reconciliation, type BillRow, type Order } from '@yajin/payment';
import {
  api,
  attemptOf,
  fault,
  gatewayOf,
  pay,
  paidOrder,
  place,
  present,
  refund,
  refundIs,
  statusOf,
  useGateways,
} from './gateways.kit.js';
import { eventually } from '@yajin/testing/api';

useGateways(undefined, true);

const GATEWAY = 'wechat-v3';
/** By the clock that these tests move. */
const soon = () => ({ expiresAt: new Date(api.clock.now().getTime() + 1_800_000) });
const reconciliation = () => api.app.get(Reconciliation);
/** Bills of today are there from now on. @param byItself whether they are read without being told, too: then whoever comes first gets what `says` said */
async function tomorrow(byItself = false): Promise<string> {
  const day = businessDate(api.clock.now());
  if (!byItself) {
    await api.rows(
      `INSERT INTO pay_bill (gateway, day) VALUES ('wechat-v3', $1), ('wechat-v2', $1), ('alipay', $1) ON CONFLICT DO NOTHING`,
      [day],
    );
    await api.rows('UPDATE pay_bill SET check_at = NULL');
  }
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  return day;
}
const read = (day: string) => reconciliation().read(GATEWAY, day);
const differencesOf = (day: string) =>
  api.rows<{ kind: string; out_trade_no: string; state: string; decision: string | null }>(
    'SELECT kind, out_trade_no, state, decision FROM pay_difference WHERE day = $1 ORDER BY id',
    [day],
  );
const billOf = async (day: string) =>
  (
    await api.rows(
      'SELECT state, reason, row_count, failures FROM pay_bill WHERE gateway = $1 AND day = $2',
      [GATEWAY, day],
    )
  )[0];
const rowsOf = (day: string) =>
  api.rows('SELECT * FROM pay_bill_row WHERE gateway = $1 AND day = $2', [GATEWAY, day]);

/** What the gateway's next bill says. */
function says(bill: BillRow[] | GatewayError): void {
  const download = bill instanceof GatewayError ? Promise.reject(bill) : Promise.resolve(bill);
  jest.spyOn(gatewayOf(GATEWAY), 'downloadBill').mockReturnValueOnce(download);
}

async function billedRow(order: Order, change: Partial<BillRow> = {}): Promise<BillRow> {
  const outTradeNo = await attemptOf(order);
  const [paid] = await api.rows<{ paid_at: Date; transaction_id: string }>(
    'SELECT paid_at, transaction_id FROM pay_attempt WHERE out_trade_no = $1',
    [outTradeNo],
  );
  return {
    ...{ kind: 'payment', outTradeNo, at: paid!.paid_at, transactionId: paid!.transaction_id },
    ...{ outRefundNo: null, gatewayRefundId: null, amountFen: fen(1990), feeFen: null, ...change },
  };
}

it('a payment whose notification never came is booked by the bill, and so is a refund that somebody made by hand', async () => {
  await fault({ dropNotifications: true });
  const lost = await place(GATEWAY, soon());
  await pay(await present(lost, GATEWAY));
  await fault({ reset: true });
  const order = await paidOrder(GATEWAY, { ...soon(), subject: 'by-hand' });
  const outTradeNo = await attemptOf(order);
  await fault({ dropNotifications: true });
  await api.control('POST', '/control/refunds/by-hand', { outTradeNo, amountFen: 700 });
  await fault({ reset: true });
  await api.rows('UPDATE pay_attempt SET query_at = NULL');
  const day = await tomorrow();
  const reading = await read(day);
  expect(reading).toMatchObject({ read: true, differences: 0 });
  expect(await statusOf(lost)).toBe('paid');
  expect(
    await api.rows('SELECT source, amount_fen, status FROM pay_refund WHERE order_id = $1', [order.id]),
  ).toEqual([{ source: `returned:${outTradeNo}:700`, amount_fen: 700, status: 'success' }]);
  await read(day);
  expect(await api.rows('SELECT 1 FROM pay_refund WHERE order_id = $1', [order.id])).toHaveLength(1);
  expect(await differencesOf(day)).toEqual([]);
});

it('a refund whose end nobody reported is booked when the bill shows it', async () => {
  const order = await paidOrder(GATEWAY, soon());
  await fault({ dropNotifications: true });
  const { id } = await refund(order, 500);
  const outTradeNo = await attemptOf(order);
  await eventually(async () => {
    const refunds = await api.control<{ outTradeNo: string; state: string }[]>('GET', '/control/refunds');
    return refunds.some((each) => each.outTradeNo === outTradeNo && each.state === 'SUCCESS');
  }, 'the refund to arrive');
  const day = await tomorrow();
  await read(day);
  await refundIs(id, 'success');
  await fault({ reset: true });
  expect(await differencesOf(day)).toEqual([]);
});

it('what differs is found once, is resolved by a bill that explains it, and stays as a person resolved it', async () => {
  const order = await paidOrder(GATEWAY, soon());
  const row = await billedRow(order);
  const day = await tomorrow();
  const stranger: BillRow = { ...row, outTradeNo: 'somebody-elses', transactionId: '4200000000000000009' };
  const wrong = { ...row, amountFen: fen(1991) };
  says([wrong, stranger]);
  expect(await read(day)).toMatchObject({ read: true });
  const ofOurs = async () =>
    (await differencesOf(day)).filter((each) =>
      [row.outTradeNo, stranger.outTradeNo].includes(each.out_trade_no),
    );
  expect(await ofOurs()).toEqual([
    { kind: 'payment_amount', out_trade_no: row.outTradeNo, state: 'open', decision: null },
    { kind: 'payment_unknown', out_trade_no: 'somebody-elses', state: 'open', decision: null },
  ]);
  says([wrong, stranger]);
  await read(day);
  expect(await ofOurs()).toHaveLength(2);
  await api.rows(
    `UPDATE pay_difference SET state = 'resolved', decision = 'not_ours', resolved_by = 'a', resolved_at = now() WHERE kind = 'payment_unknown'`,
  );
  says([row, stranger]);
  await read(day);
  expect(await ofOurs()).toEqual([
    { kind: 'payment_amount', out_trade_no: row.outTradeNo, state: 'resolved', decision: 'explained' },
    { kind: 'payment_unknown', out_trade_no: 'somebody-elses', state: 'resolved', decision: 'not_ours' },
  ]);
  // Corrected back: what only a bill had explained is open again.
  says([wrong, stranger]);
  await read(day);
  expect((await ofOurs()).map(({ state }) => state)).toEqual(['open', 'resolved']);
  expect(api.alerts).toContain('对账发现差异，请核实');
});

it('a bill that is late, broken or another day’s changes nothing of what was read, says so, and is fetched again', async () => {
  const order = await paidOrder(GATEWAY, soon());
  const row = await billedRow(order);
  const day = await tomorrow();
  says([row]);
  await read(day);
  const before = await rowsOf(day);
  const broken = new GatewayError('unknown', 'BROKEN_BILL', '账单不完整');
  says(broken);
  expect(await read(day)).toMatchObject({ read: false });
  expect(await billOf(day)).toMatchObject({ state: 'broken', reason: 'BROKEN_BILL 账单不完整', failures: 1 });
  says([{ ...row, at: new Date(row.at.getTime() - 3 * 86_400_000) }]);
  expect(await read(day)).toMatchObject({ read: false });
  says([]);
  expect(await read(day)).toMatchObject({ read: false });
  expect(await billOf(day)).toMatchObject({ state: 'waiting', failures: 3 });
  expect(await rowsOf(day)).toEqual(before);
  expect(
    await api.rows('SELECT 1 FROM pay_bill WHERE gateway = $1 AND day = $2 AND check_at > $3', [
      GATEWAY,
      day,
      api.clock.now(),
    ]),
  ).toHaveLength(1);
  says([row]);
  expect(await read(day)).toMatchObject({ read: true });
  expect(await billOf(day)).toMatchObject({ state: 'complete', reason: null, row_count: 1, failures: 0 });
});

it('a day without transactions is a day', async () => {
  const day = addDays(businessDate(api.clock.now()), -60);
  expect(await read(day)).toMatchObject({ read: true, rows: 0, differences: 0 });
  expect(await billOf(day)).toMatchObject({ state: 'none', row_count: 0 });
});

/** Bills as they come over the wire. */
const forms = (channel: string, day: string, ...given: string[]) =>
  api.control('POST', '/control/bills', { channel, day, forms: given });

it.each(['wechat-v3', 'wechat-v2', 'alipay'])(
  'a bill of %s that cannot be right changes nothing, is said to be so, and is read when it comes as it should; odd ones are read as they are',
  async (gateway) => {
    const order = await paidOrder(gateway, soon());
    const outTradeNo = await attemptOf(order);
    await forms(gateway, businessDate(api.clock.now()), 'late');
    const day = await tomorrow(true);
    const kept = async () => {
      const [bill] = await api.rows<{ state: string; reason: string | null }>(
        'SELECT state, reason FROM pay_bill WHERE gateway = $1 AND day = $2',
        [gateway, day],
      );
      const lines = await api.rows(
        'SELECT entry, out_trade_no, amount_fen, fee_fen FROM pay_bill_row WHERE gateway = $1 AND day = $2 ORDER BY row_no',
        [gateway, day],
      );
      return { ...bill, lines };
    };
    const again = () => reconciliation().read(gateway, day);
    await eventually(async () => (await kept()).reason, 'the bill to be asked for by itself');
    for (const [form, state, reason] of [
      // Alipay does not tell one that is late from none.
      ['late', 'waiting', /STATEMENT_CREATING|Bill Creating|empty/],
      ['empty', 'waiting', /empty/],
      ['cutOff', 'broken', /账单/],
      ['repeated', 'broken', /汇总之后/],
      ['otherMerchant', 'broken', /其他商户/],
    ] as const) {
      await forms(gateway, day, form);
      expect({ form, read: (await again()).read }).toEqual({ form, read: false });
      expect(await kept()).toEqual({ state, reason: expect.stringMatching(reason), lines: [] });
    }
    await forms(gateway, day);
    expect(await again()).toMatchObject({ read: true });
    const whole = await kept();
    expect(whole.lines).toContainEqual(
      expect.objectContaining({ out_trade_no: outTradeNo, amount_fen: 1990 }),
    );
    await forms(gateway, day, 'cutOff');
    expect(await again()).toMatchObject({ read: false });
    expect((await kept()).lines).toEqual(whole.lines);
    for (const odd of [
      ['unknownColumn'],
      ['noBom', 'lf'],
      ['bom'],
      ['fullWidth'],
      ['unknownColumn', 'fullWidth', 'lf'],
    ]) {
      await forms(gateway, day, ...odd);
      expect({ odd, read: (await again()).read }).toEqual({ odd, read: true });
      expect(await kept()).toEqual(whole);
    }
    expect(await differencesOf(day)).toEqual([]);
  },
);

it.each([
  [
    'pay_attempt_paid',
    `pay_attempt WHERE gateway = 'wechat-v3' AND state = 'paid' AND paid_at >= now() - interval '1 day' AND paid_at < now()`,
  ],
  [
    'pay_refund_arrived',
    `pay_refund WHERE gateway = 'wechat-v3' AND status = 'success' AND succeeded_at >= now() - interval '1 day' AND succeeded_at < now()`,
  ],
])('a day is looked up by %s, however many days there are', async (index, from) => {
  const plan = await api.owner.transaction(async (manager) => {
    await manager.query('SET LOCAL enable_seqscan = off');
    return JSON.stringify(await manager.query(`EXPLAIN SELECT out_trade_no FROM ${from}`));
  });
  expect(plan).toContain(index);
});

it.each([
  { channel: 'bank-card' },
  { channel: 'wechat-v3', changes: [{ change: 'lose', number: 'x' }] },
  { channel: 'wechat-v3', changes: [{ change: 'amount', number: 'x' }] },
  { channel: 'wechat-v3', forms: ['late'] },
  { channel: 'wechat-v3', day: '2026-11-20', forms: ['torn'] },
])('the sandbox refuses to make bills of %j, and changes none', async (given) => {
  await expect(api.control('POST', '/control/bills', given)).rejects.toThrow(/: 400 /);
});
