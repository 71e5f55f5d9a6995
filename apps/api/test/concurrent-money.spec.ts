import { fen } from '@yajin/core';
import { BalanceTooLow, Payments, post, RefundExceedsPayment, Refunds } from '@yajin/payment';
import { PayoutApi } from './transfers.kit.js';

let payout: PayoutApi;
beforeAll(async () => {
  payout = await PayoutApi.start();
});
afterAll(() => payout.api.stop());
afterEach(async () => {
  await payout.api.control('POST', '/control/faults', { reset: true });
});

const leftOf = async (account: string, orderId: number): Promise<number> => {
  const [row] = await payout.api.rows<{ fen: string | null }>(
    `SELECT sum(CASE WHEN credit = $1 THEN amount_fen ELSE -amount_fen END) AS fen FROM pay_ledger
     WHERE order_id = $2 AND $1 IN (debit, credit)`,
    [account, orderId],
  );
  return Number(row?.fen ?? 0);
};

it('a transfer from several orders is paid out of each order exactly what was frozen of it', async () => {
  const [first, second] = [await payout.paidOrder(300), await payout.paidOrder(500)];
  const sent = await payout.ask({
    source: 'two orders',
    orderId: first,
    owner: 'both',
    from: [
      { account: 'deposit', orderId: first, amountFen: fen(300) },
      { account: 'deposit', orderId: second, amountFen: fen(120) },
    ],
  });
  await payout.reaches(sent.id, 'success');
  for (const orderId of [first, second]) expect(await leftOf('frozen:both', orderId)).toBe(0);
  expect([await leftOf('deposit', first), await leftOf('deposit', second)]).toEqual([0, 380]);
  await payout.expectBooksToAgree();
});

it('one that fails gives each order’s share back, and its retry freezes and pays the same shares', async () => {
  const [first, second] = [await payout.paidOrder(200), await payout.paidOrder(100)];
  await payout.api.control('POST', '/control/faults', { refundResult: { value: 'CLOSED', times: 1 } });
  const sent = await payout.ask({
    source: 'two orders, again',
    orderId: first,
    owner: 'again',
    from: [
      { account: 'deposit', orderId: first, amountFen: fen(200) },
      { account: 'deposit', orderId: second, amountFen: fen(100) },
    ],
  });
  await payout.reaches(sent.id, 'failed');
  expect([await leftOf('balance:again', first), await leftOf('balance:again', second)]).toEqual([200, 100]);
  await payout.retry(sent.id);
  await payout.reaches(sent.id, 'success');
  for (const orderId of [first, second])
    for (const account of ['frozen:again', 'balance:again']) expect(await leftOf(account, orderId)).toBe(0);
  await payout.expectBooksToAgree();
});

it('nobody’s account can be overdrawn, whoever forgets to ask first: the database refuses', async () => {
  const orderId = await payout.paidOrder(100);
  const overdraw = payout.api.db.transaction((manager) =>
    post(
      manager,
      [{ source: 'overdraw', debit: 'balance:nobody', credit: 'income', amountFen: fen(1), orderId }],
      new Date(),
    ),
  );
  await expect(overdraw).rejects.toThrow('pay_account_not_overdrawn');
});

it('a deposit is earned, paid out and refunded no further than it reaches, however many are at it at once', async () => {
  const orderId = await payout.paidOrder(100);
  const refunds = payout.api.app.get(Refunds);
  const take = [
    ...Array.from(
      { length: 4 },
      (_, n) => (): Promise<unknown> =>
        payout.api.db.transaction((manager) =>
          post(
            manager,
            [
              {
                source: `earn:${orderId}:${n}`,
                debit: 'deposit',
                credit: 'income',
                amountFen: fen(40),
                orderId,
              },
            ],
            new Date(),
          ),
        ),
    ),
    ...Array.from(
      { length: 4 },
      (_, n) => (): Promise<unknown> =>
        payout.api.db.transaction((manager) =>
          refunds.request(manager, {
            source: `part:${orderId}:${n}`,
            orderId,
            amountFen: fen(40),
            reason: '部分退款',
          }),
        ),
    ),
  ];
  const answers = await Promise.allSettled(take.map((each) => each()));
  const taken = answers.filter(({ status }) => status === 'fulfilled').length;
  expect(taken).toBe(2);
  for (const answer of answers)
    if (answer.status === 'rejected')
      expect(
        answer.reason instanceof RefundExceedsPayment ||
          (answer.reason as Error).message.includes('pay_attempt_not_overdrawn'),
      ).toBe(true);
  await payout.api.quiet();
  expect(await refunds.remainder(payout.api.db, orderId)).toBe(20);
  expect(await leftOf('deposit', orderId)).toBe(20);
});

it('payments settled, allocated, refunded and told at the same moment never wait for each other in a circle', async () => {
  const payments = payout.api.app.get(Payments);
  const refunds = payout.api.app.get(Refunds);
  const orders = await Promise.all([1, 2, 3, 4, 5, 6].map(() => payout.paidOrder(60)));
  const [before] = await payout.api.rows<{ deadlocks: number }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  for (let round = 0; round < 6; round += 1) {
    const steps = orders.flatMap((orderId) => [
      payout.api.db.transaction((manager) => payments.allocate(manager, orderId, '1')),
      payout.api.db.transaction((manager) =>
        refunds.request(manager, {
          source: `r:${orderId}:${round}`,
          orderId,
          amountFen: fen(5),
          reason: '退',
        }),
      ),
      payout.api.db.transaction((manager) =>
        post(
          manager,
          orders.map((each) => ({
            source: `e:${orderId}:${each}:${round}`,
            debit: 'deposit' as const,
            credit: 'income' as const,
            amountFen: fen(1),
            orderId: each,
          })),
          new Date(),
        ),
      ),
      payout.api.rows('UPDATE pay_order SET deliver_at = now() WHERE id = $1', [orderId]),
    ]);
    const answers = await Promise.allSettled(steps);
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(
          answer.reason instanceof RefundExceedsPayment ||
            answer.reason instanceof BalanceTooLow ||
            (answer.reason as Error).message.includes('not_overdrawn'),
        ).toBe(true);
  }
  await payout.api.quiet();
  const [after] = await payout.api.rows<{ deadlocks: number }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  expect(after?.deadlocks).toBe(before?.deadlocks);
});
