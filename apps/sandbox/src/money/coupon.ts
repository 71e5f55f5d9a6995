import type { World } from '../world.js';
import type { Coupon, Trade } from './rows.js';

type Couponed = Pick<Trade, 'coupon'> | undefined;

export function couponOf(trade: Couponed): Coupon | null {
  return trade?.coupon ? (JSON.parse(trade.coupon) as Coupon) : null;
}

/** What of a payment a discount stands in for, of which the merchant gets nothing. In fen. */
export function discountFen(trade: Couponed): number {
  const coupon = couponOf(trade);
  return coupon?.kind === 'nocash' ? coupon.fen : 0;
}

/** The coupon that a fault has a payer use; null for none. */
export function couponByFault(world: World, trade: Trade): Coupon | null {
  const fault = world.faults.take('discount', { outTradeNo: trade.out_trade_no });
  if (!fault) return null;
  return { fen: Math.min(Number(fault.value), trade.amount_fen - 1), kind: 'nocash', funder: 'merchant' };
}

/** What of a trade, or a refund of it, comes to or leaves the merchant: all but a discount that nobody pays for. In fen. */
export function settledFen(trade: Couponed, amountFen: number, couponFen: number): number {
  return couponOf(trade)?.kind === 'nocash' ? amountFen - couponFen : amountFen;
}

/** What of the next refund is the coupon's: its share of the payment, so that all refunds together give back all of it. */
export function couponShare(world: World, trade: Trade, amountFen: number): number {
  const coupon = couponOf(trade);
  if (!coupon) return 0;
  const sql =
    "SELECT coalesce(sum(amount_fen), 0) AS fen FROM refund WHERE out_trade_no = ? AND state <> 'CLOSED'";
  const before = world.store.get<{ fen: number }>(sql, trade.out_trade_no)?.fen ?? 0;
  const share = (fen: number): number => Math.floor((fen * coupon.fen) / trade.amount_fen);
  return share(before + amountFen) - share(before);
}
