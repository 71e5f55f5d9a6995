import { compactTime } from '../clock.js';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import type { Outcome, Refund, Trade } from './rows.js';
import { couponShare, settledFen } from './coupon.js';
import { findTrade } from './trade.js';

interface RefundOrder {
  outRefundNo: string;
  trade: Trade;
  amountFen: number;
  totalFen: number;
  notifyUrl: string | null;
}

/** Why a refund is not accepted. */
export class RefundRefused extends Error {}

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
 * @throws RefundRefused
 */
export function acceptRefund(world: World, order: RefundOrder): Refund {
  const known = findRefund(world, order.outRefundNo);
  if (known) {
    const same = known.amount_fen === order.amountFen && known.out_trade_no === order.trade.out_trade_no;
    if (same && known.total_fen === order.totalFen) return known;
    throw new RefundRefused('订单金额或退款金额与之前请求不一致,请核实后再试');
  }
  refuseUnrefundable(world, order);
  const { faults } = world;
  const subject = { outTradeNo: order.trade.out_trade_no, outRefundNo: order.outRefundNo };
  const stuck = faults.take('refundStuck', subject);
  const outcome = faults.take('refundResult', subject)?.value ?? 'SUCCESS';
  const now = world.clock.now();
  world.store.run(
    `INSERT INTO refund (out_refund_no, refund_id, out_trade_no, amount_fen, total_fen, notify_url, state, outcome,
       settle_at, created_at, coupon_fen) VALUES (?, ?, ?, ?, ?, ?, 'PROCESSING', ?, ?, ?, ?)`,
    order.outRefundNo,
    `50300${randomDigits(5)}${compactTime(now).slice(0, 8)}${randomDigits(11)}`,
    order.trade.out_trade_no,
    order.amountFen,
    order.totalFen,
    order.notifyUrl,
    outcome,
    stuck ? null : Date.now() + world.preferences.refundDelayMs,
    now.getTime(),
    couponShare(world, order.trade, order.amountFen),
  );
  world.log(`refund ${order.outRefundNo} accepted, ${order.amountFen} fen`);
  world.wake();
  return findRefund(world, order.outRefundNo)!;
}

function refuseUnrefundable(world: World, { trade, amountFen, totalFen }: RefundOrder): void {
  if (trade.state !== 'SUCCESS' || trade.paid_at === null) throw new RefundRefused('订单未支付,不能退款');
  if (totalFen !== trade.amount_fen) throw new RefundRefused('原订单金额不一致');
  if (world.clock.now().getTime() - trade.paid_at > REFUNDABLE_MS)
    throw new RefundRefused('订单已超过退款期限');
  const sql =
    "SELECT count(*) AS parts, sum(amount_fen) AS fen FROM refund WHERE out_trade_no = ? AND state <> 'CLOSED'";
  const { parts, fen } = world.store.get<{ parts: number; fen: number | null }>(sql, trade.out_trade_no)!;
  if (parts >= MOST_PARTS) throw new RefundRefused('部分退款次数超过限制');
  if ((fen ?? 0) + amountFen > trade.amount_fen) throw new RefundRefused('申请退款金额大于订单剩余可退金额');
}

/** Ends every refund whose time has come at `now`, in real milliseconds. */
export function settleDueRefunds(world: World, now: number): void {
  const sql = 'SELECT out_refund_no, outcome FROM refund WHERE settle_at <= ? ORDER BY settle_at';
  const due = world.store.all<Pick<Refund, 'out_refund_no' | 'outcome'>>(sql, now);
  for (const { out_refund_no, outcome } of due) settleRefund(world, out_refund_no, outcome);
}

/**
 * Ends a refund that is under way, and tells the merchant.
 * @param toMerchant whether its money goes to the merchant's bank instead of to the payer
 */
export function settleRefund(
  world: World,
  outRefundNo: string,
  outcome: Outcome,
  toMerchant = false,
): Refund | undefined {
  return world.store.transaction(() => {
    const sql = `UPDATE refund SET state = ?, settle_at = NULL, settled_at = ?, to_merchant = max(to_merchant, ?)
      WHERE out_refund_no = ? AND state = 'PROCESSING'`;
    const now = world.clock.now().getTime();
    if (world.store.run(sql, outcome, now, Number(toMerchant), outRefundNo) === 0) return undefined;
    const refund = findRefund(world, outRefundNo)!;
    const trade = findTrade(world, refund.out_trade_no)!;
    world.channel(trade.channel).announceRefund(refund);
    return refund;
  });
}

/** 退款入账账户, as WeChat Pay names it. */
export function receivedAt(refund: Refund): string {
  return refund.to_merchant ? '商户结算银行账户' : '支付用户零钱';
}

/** Refunds as the control API shows them, newest first; all of them unless limited. */
export function refundViews(world: World, limit = -1) {
  const views = world.store.all<{
    outRefundNo: string;
    outTradeNo: string;
    amountFen: number;
    couponFen: number;
    state: string;
    requests: number;
  }>(
    `SELECT r.out_refund_no AS outRefundNo, r.out_trade_no AS outTradeNo, r.amount_fen AS amountFen,
       r.coupon_fen AS couponFen, r.state,
       coalesce(q.requests, 0) AS requests
     FROM refund r LEFT JOIN refund_request q USING (out_refund_no) ORDER BY r.rowid DESC LIMIT ?`,
    limit,
  );
  return views.map(({ couponFen, ...view }) => {
    const settled =
      couponFen > 0
        ? settledFen(findTrade(world, view.outTradeNo), view.amountFen, couponFen)
        : view.amountFen;
    return { ...view, settledFen: settled };
  });
}

/** What has come back to the payer of a trade, in fen. */
export function refundedFen(world: World, outTradeNo: string): number {
  const sql =
    "SELECT coalesce(sum(amount_fen), 0) AS fen FROM refund WHERE out_trade_no = ? AND state = 'SUCCESS'";
  return world.store.get<{ fen: number }>(sql, outTradeNo)!.fen;
}
