import { addDays, businessDate, instantOf } from '@yajin/core';
import { GatewayError, Reconciliation, StatementMatching, type Movement } from '@yajin/payment';
import { eventually } from '@yajin/testing/api';
import {
  api,
  attemptOf,
  fault,
  gatewayOf,
  paid,
  paidOrder,
  place,
  present,
  refund,
  refundIs,
  useGateways,
} from './gateways.kit.js';
import { accountDifferences, tomorrow } from './statements.kit.js';

useGateways(undefined, true);

const GATEWAY = 'wechat-v3';
const OPENING = 1_000_000;
const statements = () => api.app.get(StatementMatching);
const soon = () => ({ expiresAt: new Date(api.clock.now().getTime() + 1_800_000) });

/** What the gateway says of a day instead of what the sandbox has. */
const said = new Map<string, Movement[] | GatewayError>();
beforeAll(() => {
  const gateway = gatewayOf(GATEWAY);
  const download = gateway.downloadStatement!;
  gateway.downloadStatement = (day) => {
    const movements = said.get(day) ?? download(day);
    return movements instanceof GatewayError ? Promise.reject(movements) : Promise.resolve(movements);
  };
  // Everything happens by day: what happens near midnight needs the statements of both days.
  return tomorrow();
});

type Moved = Omit<Movement, 'balanceFen'>;

/** What the gateway says of a day, with the balances that follow. @param missing what the day before ended with, and this one does not begin with */
async function says(day: string, movements: Moved[], missing = 0): Promise<void> {
  const [before] = await api.rows<{ closing_fen: number }>(
    'SELECT closing_fen FROM pay_statement WHERE gateway = $1 AND day < $2 AND closing_fen IS NOT NULL ORDER BY day DESC LIMIT 1',
    [GATEWAY, day],
  );
  let balance = (before?.closing_fen ?? OPENING) - missing;
  said.set(
    day,
    movements.map((each) => ({ ...each, balanceFen: (balance += each.amountFen) })),
  );
}

interface Line {
  entry: 'payment' | 'refund';
  at: Date;
  out_trade_no: string;
  transaction_id: string;
  out_refund_no: string | null;
  gateway_refund_id: string | null;
  amount_fen: number;
  fee_fen: number | null;
}

/** What the account moved for what the day's bill has. */
async function movedBy(day: string): Promise<Moved[]> {
  await api.app.get(Reconciliation).read(GATEWAY, day);
  const lines = await api.rows<Line>(
    'SELECT * FROM pay_bill_row WHERE gateway = $1 AND day = $2 ORDER BY row_no',
    [GATEWAY, day],
  );
  return lines.flatMap((line): Moved[] => {
    const paid = line.entry === 'payment';
    const number = paid ? line.transaction_id : line.gateway_refund_id;
    const base = { at: line.at, gatewayNo: number, ourNo: paid ? line.out_trade_no : line.out_refund_no };
    const fee = Math.abs(line.fee_fen ?? 0);
    const sum = line.amount_fen;
    return [
      paid
        ? { ...base, kind: 'payment', said: '交易', flowNo: `p-${number}`, amountFen: sum }
        : { ...base, kind: 'refund', said: '退款', flowNo: `r-${number}`, amountFen: -sum },
      ...(fee === 0
        ? []
        : [
            paid
              ? ({
                  ...base,
                  kind: 'fee',
                  said: '扣除交易手续费',
                  flowNo: `f-${number}`,
                  amountFen: -fee,
                } as const)
              : ({
                  ...base,
                  kind: 'fee_returned',
                  said: '退回交易手续费',
                  flowNo: `b-${number}`,
                  amountFen: fee,
                } as const),
          ]),
    ];
  });
}

const byHand = (day: string, flowNo: string, amountFen: number, kind: Movement['kind'] = 'other'): Moved => ({
  ...{ kind, said: kind === 'withdrawal' ? '提现' : '充值', at: instantOf(day, '20:00'), flowNo },
  ...{ gatewayNo: null, ourNo: null, amountFen },
});

const found = (day: string) => accountDifferences(GATEWAY, day);
const refundsMissed = async (day: string) =>
  (await found(day)).filter(({ kind }) => kind === 'account_refund_missing');
const refundNumber = async (refundId: number) =>
  (
    await api.rows<{ out_refund_no: string }>(
      'SELECT out_refund_no FROM pay_refund_attempt WHERE refund_id = $1',
      [refundId],
    )
  )[0]?.out_refund_no;
const statementOf = async (day: string) =>
  (
    await api.rows<Record<string, unknown>>('SELECT * FROM pay_statement WHERE gateway = $1 AND day = $2', [
      GATEWAY,
      day,
    ])
  )[0];

const control = (given: Record<string, unknown>) =>
  api.control('POST', '/control/statements', { channel: GATEWAY, ...given });

it('the gateway’s own statement of a day with coupons, refunds and a withdrawal agrees with its bill, and every planted difference is found', async () => {
  const [order, other] = [await paidOrder(GATEWAY, soon()), await place(GATEWAY, soon())];
  const number = await present(other, GATEWAY);
  await api.control('POST', '/control/pay', { outTradeNo: number, coupon: { fen: 90, kind: 'nocash' } });
  await paid(other);
  for (const each of [order, other]) await refundIs((await refund(each, 700)).id, 'success');
  await control({ movements: [{ kind: 'withdrawal', fen: 300 }] });
  const day = await tomorrow();
  await api.app.get(Reconciliation).read(GATEWAY, day);
  expect(await statements().read(GATEWAY, day)).toMatchObject({ read: true, movements: 9, differences: 0 });
  const outTradeNo = await attemptOf(order);
  const changes = [
    { change: 'omit', number: outTradeNo },
    { change: 'amount', number, fen: 1901 },
    { change: 'amount', number, kind: 'fee', fen: 1 },
  ];
  await control({ changes });
  await statements().read(GATEWAY, day);
  await control({ reset: true });
  expect(new Set((await found(day)).map(({ kind }) => kind))).toEqual(
    new Set(['account_fee', 'account_gap', 'account_payment_amount', 'account_payment_missing']),
  );
  await statements().read(GATEWAY, day);
  expect((await found(day)).filter(({ state }) => state === 'open')).toEqual([]);
});

it('a statement that agrees with the trade bill is kept with its balances and sums, and nothing is found', async () => {
  const order = await paidOrder(GATEWAY, soon());
  const back = await refund(order, 500);
  await refundIs(back.id, 'success');
  const day = await tomorrow();
  await says(day, [...(await movedBy(day)), byHand(day, 'w-1', -5000, 'withdrawal')]);
  expect(await statements().read(GATEWAY, day)).toMatchObject({ read: true, differences: 0 });
  expect(await found(day)).toEqual([]);
  const kept = await statementOf(day);
  expect(kept).toMatchObject({
    ...{
      state: 'complete',
      payment_fen: 1990,
      refund_fen: -500,
      withdrawal_fen: -5000,
    },
  });
  expect(kept?.closing_fen).toBe(Number(kept?.opening_fen) + 1990 - 500 - 5000 - Number(kept?.fee_fen));
  expect(await api.rows('SELECT amount_fen, state FROM pay_withdrawal WHERE flow_no = $1', ['w-1'])).toEqual([
    { amount_fen: 5000, state: 'waiting' },
  ]);
});

it('what differs from the bill is found both ways, also by two readings at once, and explained by a corrected statement; the bill explains none of it', async () => {
  await paidOrder(GATEWAY, soon());
  const day = await tomorrow();
  const right = await movedBy(day);
  const flowNo = `hand-${day}`;
  const wrong = [...right.filter(({ kind }) => kind !== 'payment'), byHand(day, flowNo, 10_000)];
  const stranger = { ...byHand(day, `stranger-${day}`, 70, 'payment'), gatewayNo: '42-stranger' };
  await says(day, [...wrong, stranger]);
  await Promise.all([statements().read(GATEWAY, day), statements().read(GATEWAY, day)]);
  const open = (kind: string) => ({ kind, state: 'open', decision: null });
  const all = ['account_other', 'account_payment_missing', 'account_payment_unknown'].map(open);
  expect(await found(day)).toEqual(all);
  await api.app.get(Reconciliation).read(GATEWAY, day);
  expect(await found(day)).toEqual(all);
  await says(day, [...right, byHand(day, flowNo, 10_000)]);
  await statements().read(GATEWAY, day);
  const explained = { state: 'resolved', decision: 'explained' };
  expect(await found(day)).toEqual([
    open('account_other'),
    { kind: 'account_payment_missing', ...explained },
    { kind: 'account_payment_unknown', ...explained },
  ]);
});

it('nothing is found while the trade bill is not read, and all that differs once it is', async () => {
  await paidOrder(GATEWAY, soon());
  const day = await tomorrow();
  await says(day, [{ ...byHand(day, `late-${day}`, 70, 'payment'), gatewayNo: '42-late' }]);
  await statements().read(GATEWAY, day);
  expect(await found(day)).toEqual([]);
  await api.app.get(Reconciliation).read(GATEWAY, day);
  expect((await found(day)).map(({ kind }) => kind)).toEqual([
    ...['account_payment_missing', 'account_payment_unknown'],
  ]);
});

it('a payment of the last second that the account moved after midnight is missing on neither day', async () => {
  const midnight = instantOf(addDays(businessDate(api.clock.now()), 1)).getTime();
  const order = await place(GATEWAY, { expiresAt: new Date(midnight + 3_600_000) });
  const outTradeNo = await present(order, GATEWAY);
  await api.control('POST', '/control/pay', { outTradeNo, paidAt: midnight - 1000 });
  await eventually(
    async () =>
      (await attemptOf(order)) !== '' &&
      (await api.rows(`SELECT FROM pay_attempt WHERE out_trade_no = $1 AND state = 'paid'`, [outTradeNo]))
        .length > 0,
    'the payment to be booked',
  );
  const day = await tomorrow();
  const moved = (await movedBy(day)).map((each): Moved => ({ ...each, at: new Date(midnight + 2000) }));
  said.set(day, []);
  // Empty beside a bill that is not: late, until the next day's is there to be looked into.
  await api.rows('UPDATE pay_statement SET failures = 7 WHERE gateway = $1 AND day = $2', [GATEWAY, day]);
  await statements().read(GATEWAY, day);
  expect(await found(day)).toEqual([]);
  const next = await tomorrow();
  await says(next, moved);
  await movedBy(next);
  await statements().read(GATEWAY, next);
  expect([...(await found(day)), ...(await found(next))]).toEqual([]);
});

it('a refund that was on its way for days is missed only where the statement of the day on which it was accepted has been read', async () => {
  const order = await paidOrder(GATEWAY, soon());
  await fault({ refundStuck: true });
  const { id } = await refund(order, 500);
  const outRefundNo = await eventually(async () => {
    const [accepted] = await api.control<{ outRefundNo: string }[]>('GET', '/control/refunds');
    return accepted && (await refundNumber(id)) === accepted.outRefundNo && accepted.outRefundNo;
  }, 'the refund to be accepted');
  const accepted = await tomorrow();
  // As where statements have been read since today only.
  await api.rows('DELETE FROM pay_statement WHERE gateway = $1 AND day <= $2', [GATEWAY, accepted]);
  await fault({ reset: true });
  await api.control('POST', '/control/refunds/settle', { outRefundNo, outcome: 'SUCCESS' });
  await refundIs(id, 'success');
  const arrived = await tomorrow();
  const [left] = await movedBy(arrived);
  await says(arrived, [byHand(arrived, `w-${arrived}`, -100, 'withdrawal')]);
  await statements().read(GATEWAY, arrived);
  expect(await found(arrived)).toEqual([]);

  const right = await movedBy(accepted);
  await says(accepted, right);
  await statements().read(GATEWAY, accepted);
  await statements().read(GATEWAY, arrived);
  const missed = (state: string, decision: string | null) => ({
    kind: 'account_refund_missing',
    ...{ state, decision },
  });
  expect(await refundsMissed(arrived)).toEqual([missed('open', null)]);
  await says(accepted, [...right, { ...left!, at: instantOf(accepted, '12:00') }]);
  await statements().read(GATEWAY, accepted);
  await statements().read(GATEWAY, arrived);
  expect(await refundsMissed(arrived)).toEqual([missed('resolved', 'explained')]);
});

it('a balance that does not begin where the day before ended is a gap', async () => {
  const first = await tomorrow();
  await says(first, [byHand(first, `gap-${first}`, -100, 'withdrawal')]);
  await statements().read(GATEWAY, first);
  const second = await tomorrow();
  await says(second, [byHand(second, `gap-${second}`, -100, 'withdrawal')], 100);
  await statements().read(GATEWAY, second);
  expect(
    await api.rows(
      'SELECT kind, ours_fen - theirs_fen AS fen FROM pay_difference WHERE gateway = $1 AND day = $2',
      [GATEWAY, second],
    ),
  ).toEqual([{ kind: 'account_gap', fen: 100 }]);
});

it('a statement that is late or cannot be right changes nothing of what was read, says so, and is fetched again by itself', async () => {
  const day = await tomorrow();
  await says(day, [byHand(day, `kept-${day}`, -100, 'withdrawal')]);
  const right = said.get(day) as Movement[];
  await statements().read(GATEWAY, day);
  await api.rows(
    `UPDATE pay_withdrawal SET state = 'arrived', note = 'ref', decided_by = 'a', decided_at = now() WHERE flow_no = $1`,
    [`kept-${day}`],
  );
  const rows = () => api.rows('SELECT * FROM pay_movement WHERE gateway = $1 AND day = $2', [GATEWAY, day]);
  const before = await rows();
  const another = { ...right[0]!, at: new Date(right[0]!.at.getTime() - 86_400_000) };
  for (const [wrong, state, reason] of [
    [new GatewayError('refused', 'NO_STATEMENT_YET', 'later'), 'waiting', /later/],
    [new GatewayError('unknown', 'BILL_HASH', 'torn'), 'broken', /torn/],
    [[another], 'broken', /另一日/],
    [[right[0]!, right[0]!], 'broken', /重复/],
  ] as const) {
    said.set(day, wrong instanceof GatewayError ? wrong : [...wrong]);
    expect(await statements().read(GATEWAY, day)).toMatchObject({ read: false });
    expect(await statementOf(day)).toMatchObject({ state, reason: expect.stringMatching(reason) });
    expect(await rows()).toEqual(before);
  }
  expect(await statementOf(day)).toMatchObject({ failures: 4, check_at: expect.any(Date) });
  expect(api.alerts).toContain('商户账户的资金账单无法读取');
  said.set(day, right);
  await api.rows('UPDATE pay_statement SET check_at = $2 WHERE gateway = $1 AND day = $3', [
    GATEWAY,
    api.clock.now(),
    day,
  ]);
  await statements().tick();
  await eventually(
    async () => (await statementOf(day))?.state === 'complete',
    'the statement to be read by its job',
  );
  expect(await statementOf(day)).toMatchObject({ reason: null, failures: 0 });
  expect(
    await api.rows('SELECT state, note FROM pay_withdrawal WHERE flow_no = $1', [`kept-${day}`]),
  ).toEqual([{ state: 'arrived', note: 'ref' }]);
});
