import { businessDate } from '@yajin/core';
import { consoleDocument, type Console } from '@yajin/contract/console';
import { operator } from '@yajin/testing/operators';
import { finishedCamp, openOrder, pay, person, publishedCamp, unique } from '@yajin/testing/factories';
import { eventually, type TestApi } from '@yajin/testing/api';
import { createOnce } from '../../../test/once.kit.js';

/** Somebody pays 99 at the gateway for an order that asked for 120. */
async function suspended(api: TestApi): Promise<number> {
  const who = person();
  const order = await openOrder(api, await publishedCamp(api), who);
  await api.rows(
    `WITH asked AS (UPDATE pay_order SET amount_fen = 12000 WHERE id = $1)
     UPDATE pay_attempt SET amount_fen = 12000 WHERE order_id = $1`,
    [order.orderId],
  );
  await pay(api, order, who);
  const kept = await eventually(
    async () =>
      (await api.rows<{ id: number }>('SELECT id FROM pay_suspense WHERE order_id = $1', [order.orderId]))[0],
    'the suspense',
  );
  await api.quiet();
  return kept.id;
}

/** A refund that the gateway calls abnormal. */
async function abnormal(api: TestApi): Promise<number> {
  const { orders, refundIds } = await finishedCamp(api, 1);
  await api.control('POST', '/control/faults', { refundResult: { value: 'ABNORMAL', times: 1 } });
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  const failed = await eventually(
    async () =>
      (
        await api.rows<{ id: number }>(
          `SELECT id FROM pay_refund WHERE order_id = $1 AND status = 'failed'`,
          [orders[0]?.orderId],
        )
      )[0],
    'the refund to be abnormal',
  );
  await api.quiet();
  return failed.id;
}

/** Something that a bill shows and we do not have. */
async function difference(api: TestApi): Promise<number> {
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state) VALUES ('wechat-v3', '2026-10-02', 'complete') ON CONFLICT DO NOTHING`,
  );
  const [row] = await api.rows<{ id: number }>(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, theirs_fen, found_at)
     SELECT 'wechat-v3', '2026-10-02', 'payment_unknown:' || no, 'payment_unknown', no, 9900, $1 FROM gen_random_uuid() AS u, text(u) AS no RETURNING id`,
    [api.clock.now()],
  );
  if (!row) throw new Error('no difference was made');
  return row.id;
}

/** Something that left the merchant's account for the bank. */
async function withdrawal(api: TestApi): Promise<number> {
  const [row] = await api.rows<{ id: number }>(
    `INSERT INTO pay_withdrawal (gateway, flow_no, day, at, said, amount_fen) VALUES ('wechat-v3', $1, '2026-10-02', $2, '提现', 50000) RETURNING id`,
    [unique(), api.clock.now()],
  );
  if (!row) throw new Error('no withdrawal was made');
  return row.id;
}

/** An entry by hand, for an order of its own. */
async function entry(api: TestApi): Promise<Console.ProposePayEntry> {
  const { orderNo } = await openOrder(api, await publishedCamp(api), person());
  const grounds = { reason: '渠道多收', evidence: '渠道回函 2026-11' };
  return { orderNo, debit: 'clearing', credit: 'income', amount: 1, ...grounds };
}

async function postedEntry(api: TestApi): Promise<number> {
  const { data } = await api.admin<Console.PayEntry>('POST', '/api/admin/pay/entries', await entry(api));
  const { token } = await operator(api, 'finance');
  await api.call('POST', `/api/admin/pay/entries/${data.id}/confirm`, { token });
  return data.id;
}

/** The first day that can be closed. */
async function nextDay(api: TestApi): Promise<string> {
  const [row] = await api.rows<{ day: string }>(
    `SELECT coalesce(max(day) + 1, $1::date - 60) AS day FROM pay_close`,
    [businessDate(api.clock.now())],
  );
  return row?.day ?? '';
}

createOnce(
  [{ document: consoleDocument, below: '/api/admin/pay/' }],
  {
    assignPaySuspense: {
      table: 'pay_ledger',
      request: async (api) => ({
        path: `/api/admin/pay/suspense/${await suspended(api)}/assign`,
        token: await api.adminToken(),
        body: { note: '已电话核实' },
        other: { note: '另一个理由' },
      }),
    },
    refundPaySuspense: {
      table: 'pay_refund',
      request: async (api) => ({
        path: `/api/admin/pay/suspense/${await suspended(api)}/refund`,
        token: await api.adminToken(),
        body: { note: '付错了金额' },
        other: { note: '另一个理由' },
      }),
    },
    proposeOutsideRefund: {
      table: 'pay_refund_outside',
      request: async (api) => ({
        path: `/api/admin/pay/refunds/${await abnormal(api)}/outside`,
        token: await api.adminToken(),
        body: { evidence: '网银转账，流水号 20261128001' },
        other: { evidence: '另一份凭证' },
      }),
    },
    stopPayouts: {
      table: 'pay_stop',
      request: async (api) => {
        const target = `task:${unique()}`;
        return {
          path: '/api/admin/pay/stops',
          token: await api.adminToken(),
          body: { scope: 'payee', target, reason: '先停' },
          other: { scope: 'payee', target, reason: '另一个理由' },
        };
      },
    },
    // What it makes is the entry in the log: a difference is there already.
    resolvePayDifference: {
      table: 'sys_audit_entry',
      counted: `(SELECT action FROM sys_audit_entry UNION ALL SELECT action FROM sys_audit) AS written WHERE action = 'difference.resolve'`,
      request: async (api) => ({
        path: `/api/admin/pay/differences/${await difference(api)}/resolve`,
        token: await api.adminToken(),
        body: { decision: 'not_ours', note: '同一商户号的另一套系统' },
        other: { decision: 'accepted', note: '另一个理由' },
      }),
    },
    // What it makes is the entry in the log, too.
    confirmPayWithdrawal: {
      table: 'sys_audit_entry',
      counted: `(SELECT action FROM sys_audit_entry UNION ALL SELECT action FROM sys_audit) AS written WHERE action = 'withdrawal.confirm'`,
      request: async (api) => ({
        path: `/api/admin/pay/withdrawals/${await withdrawal(api)}/confirm`,
        token: await api.adminToken(),
        body: { arrived: true, note: '银行回单 202611280317' },
        other: { arrived: false, note: '银行说没有' },
      }),
    },
    proposePayEntry: {
      table: 'pay_entry',
      request: async (api) => ({
        path: '/api/admin/pay/entries',
        token: await api.adminToken(),
        body: { ...(await entry(api)), amount: 1.5 },
        other: { ...(await entry(api)), amount: 2.5 },
      }),
    },
    reversePayEntry: {
      table: 'pay_entry',
      request: async (api) => ({
        path: `/api/admin/pay/entries/${await postedEntry(api)}/reverse`,
        token: await api.adminToken(),
        body: { reason: '记错了', evidence: '同一流水' },
        other: { reason: '另一个理由', evidence: '同一流水' },
      }),
    },
    closePayDay: {
      table: 'pay_close',
      request: async (api) => ({
        path: `/api/admin/pay/closes/${await nextDay(api)}`,
        token: await api.adminToken(),
        body: { reason: '账单未到' },
        other: { reason: '另一个理由' },
      }),
    },
  },
  [
    'releasePayStop',
    'confirmPayApproval',
    'refusePayApproval',
    'retryPayRefund',
    'goOnWithRefunds',
    'retryPayRefunds',
    'seePayAlert',
    'resolvePayAlert',
    'redirectPayRefund',
    'confirmOutsideRefund',
    'takePayDifference',
    'fetchPayBill',
    'fetchPayStatement',
    'confirmPayEntry',
    'refusePayEntry',
    'takePayWork',
    'finishPayNotification',
  ],
);
