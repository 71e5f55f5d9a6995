import { compactTime, rfc3339 } from '../clock.js';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import { announceRefund } from './notification.js';
import { PayError } from './pay-error.js';
import type { Outcome, Refund, Trade } from './rows.js';
import { findTrade } from './trade.js';

interface RefundOrder {
  outRefundNo: string;
  trade: Trade;
  amountFen: number;
  totalFen: number;
  notifyUrl: string | null;
}

const MOST_PARTS = 50;
const REFUNDABLE_MS = 365 * 86_400_000;

export function findRefund(world: World, outRefundNo: string): Refund | undefined {
  return world.store.get<Refund>('SELECT * FROM refund WHERE out_refund_no = ?', outRefundNo);
}

/** Counts a request for a refund, whatever becomes of it. */
export function countRefundRequest(world: World, outRefundNo: string): void {
  const sql = `INSERT INTO refund_request VALUES (?, 1) ON CONFLICT DO UPDATE SET requests = requests + 1`;
  world.store.run(sql, outRefundNo);
}

/**
 * Accepts a refund, or returns the one already accepted under this number: one number pays once.
 * @throws PayError
 */
export function acceptRefund(world: World, order: RefundOrder): Refund {
  const known = findRefund(world, order.outRefundNo);
  if (known) {
    const same = known.amount_fen === order.amountFen && known.out_trade_no === order.trade.out_trade_no;
    if (same && known.total_fen === order.totalFen) return known;
    throw invalid('订单金额或退款金额与之前请求不一致,请核实后再试');
  }
  refuseUnrefundable(world, order);
  const { faults } = world;
  const subject = { outTradeNo: order.trade.out_trade_no, outRefundNo: order.outRefundNo };
  const stuck = faults.take('refundStuck', subject);
  const outcome = faults.take('refundResult', subject)?.value ?? 'SUCCESS';
  const now = world.clock.now();
  world.store.run(
    `INSERT INTO refund (out_refund_no, refund_id, out_trade_no, amount_fen, total_fen, notify_url, state, outcome,
       settle_at, created_at) VALUES (?, ?, ?, ?, ?, ?, 'PROCESSING', ?, ?, ?)`,
    order.outRefundNo,
    `50300${randomDigits(5)}${compactTime(now).slice(0, 8)}${randomDigits(11)}`,
    order.trade.out_trade_no,
    order.amountFen,
    order.totalFen,
    order.notifyUrl,
    outcome,
    stuck ? null : Date.now() + world.preferences.refundDelayMs,
    now.getTime(),
  );
  world.log(`refund ${order.outRefundNo} accepted, ${order.amountFen} fen`);
  world.wake();
  return findRefund(world, order.outRefundNo)!;
}

function refuseUnrefundable(world: World, { trade, amountFen, totalFen }: RefundOrder): void {
  if (trade.state !== 'SUCCESS' || trade.paid_at === null) throw invalid('订单未支付,不能退款');
  if (totalFen !== trade.amount_fen) throw invalid('原订单金额不一致');
  if (world.clock.now().getTime() - trade.paid_at > REFUNDABLE_MS) throw invalid('订单已超过退款期限');
  const sql =
    "SELECT count(*) AS parts, sum(amount_fen) AS fen FROM refund WHERE out_trade_no = ? AND state <> 'CLOSED'";
  const { parts, fen } = world.store.get<{ parts: number; fen: number | null }>(sql, trade.out_trade_no)!;
  if (parts >= MOST_PARTS) throw invalid('部分退款次数超过限制');
  if ((fen ?? 0) + amountFen > trade.amount_fen) throw invalid('申请退款金额大于订单剩余可退金额');
}

export function invalid(message: string): PayError {
  return new PayError(400, 'INVALID_REQUEST', message);
}

/** Ends every refund whose time has come at `now`, in real milliseconds. */
export function settleDueRefunds(world: World, now: number): void {
  const sql = 'SELECT out_refund_no, outcome FROM refund WHERE settle_at <= ? ORDER BY settle_at';
  const due = world.store.all<Pick<Refund, 'out_refund_no' | 'outcome'>>(sql, now);
  for (const { out_refund_no, outcome } of due) settleRefund(world, out_refund_no, outcome);
}

/** Ends a refund that is under way, and tells the merchant. */
export function settleRefund(world: World, outRefundNo: string, outcome: Outcome): Refund | undefined {
  return world.store.transaction(() => {
    const sql = `UPDATE refund SET state = ?, settle_at = NULL, settled_at = ?
      WHERE out_refund_no = ? AND state = 'PROCESSING'`;
    if (world.store.run(sql, outcome, world.clock.now().getTime(), outRefundNo) === 0) return undefined;
    const refund = findRefund(world, outRefundNo)!;
    announceRefund(world, refund, refundNotice(world, refund));
    return refund;
  });
}

/** Sends an abnormal refund on to another account. @throws PayError */
export function redirectAbnormalRefund(world: World, refund: Refund): Refund {
  if (refund.state !== 'ABNORMAL') throw invalid('退款单状态不是退款异常');
  const sql =
    "UPDATE refund SET state = 'PROCESSING', outcome = 'SUCCESS', settle_at = ?, settled_at = NULL WHERE refund_id = ?";
  world.store.run(sql, Date.now() + world.preferences.refundDelayMs, refund.refund_id);
  world.wake();
  return findRefund(world, refund.out_refund_no)!;
}

const ACCOUNT = '支付用户零钱';

/** The refund as the API answers it. */
export function refundBody(world: World, refund: Refund): Record<string, unknown> {
  const { amount_fen: amount, total_fen: total } = refund;
  return {
    refund_id: refund.refund_id,
    out_refund_no: refund.out_refund_no,
    transaction_id: findTrade(world, refund.out_trade_no)?.transaction_id,
    out_trade_no: refund.out_trade_no,
    channel: 'ORIGINAL',
    user_received_account: ACCOUNT,
    ...(refund.state === 'SUCCESS' && { success_time: rfc3339(refund.settled_at ?? 0) }),
    create_time: rfc3339(refund.created_at),
    status: refund.state,
    funds_account: 'AVAILABLE',
    amount: {
      total,
      refund: amount,
      from: [],
      payer_total: total,
      payer_refund: amount,
      settlement_refund: amount,
      settlement_total: total,
      discount_refund: 0,
      currency: 'CNY',
      refund_fee: 0,
    },
    promotion_detail: [],
  };
}

/** The refund as notifications tell it: without an appid, and `status` is called `refund_status`. */
function refundNotice(world: World, refund: Refund): Record<string, unknown> {
  const { amount_fen: amount, total_fen: total } = refund;
  return {
    mchid: world.identity.mchId,
    out_trade_no: refund.out_trade_no,
    transaction_id: findTrade(world, refund.out_trade_no)?.transaction_id,
    out_refund_no: refund.out_refund_no,
    refund_id: refund.refund_id,
    refund_status: refund.state,
    ...(refund.state === 'SUCCESS' && { success_time: rfc3339(refund.settled_at ?? 0) }),
    user_received_account: ACCOUNT,
    amount: { total, refund: amount, payer_total: total, payer_refund: amount },
  };
}

/** Refunds as the control API shows them, newest first; all of them unless limited. */
export function refundViews(world: World, limit = -1) {
  return world.store.all<{
    outRefundNo: string;
    outTradeNo: string;
    amountFen: number;
    state: string;
    requests: number;
  }>(
    `SELECT r.out_refund_no AS outRefundNo, r.out_trade_no AS outTradeNo, r.amount_fen AS amountFen, r.state,
       coalesce(q.requests, 0) AS requests
     FROM refund r LEFT JOIN refund_request q USING (out_refund_no) ORDER BY r.rowid DESC LIMIT ?`,
    limit,
  );
}
