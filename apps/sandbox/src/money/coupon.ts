import type { World } from '../world.js';
import type { Coupon, Trade } from './rows.js';

type Couponed = Pick<Trade, 'coupon'> | undefined;

export function couponOf(trade: Couponed): Coupon | null {
  return trade?.coupon ? (JSON.parse(trade.coupon) as Coupon) : null;
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
