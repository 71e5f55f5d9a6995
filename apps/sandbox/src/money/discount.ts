import type { World } from '../world.js';
import type { Trade } from './rows.js';

/** What of a payment the merchant's coupon paid, in fen: decided when it is paid, and kept. */
export function discountFen(world: World, trade: Trade): number {
  const key = `discount:${trade.out_trade_no}`;
  const kept = world.store.setting<number>(key);
  if (kept !== undefined) return kept;
  const fault = world.faults.take('discount', { outTradeNo: trade.out_trade_no });
  const discount = Math.min(Number(fault?.value ?? 0), trade.amount_fen - 1);
  world.store.saveSetting(key, discount);
  return discount;
}
