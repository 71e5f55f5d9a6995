import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import { acceptRefund, settleRefund } from './refund.js';
import type { Refund, Trade } from './rows.js';

const BY_HAND = 'by-hand-';

/** The merchant gives money back in the gateway's own console, under no number of ours. @throws RefundRefused */
export function refundByHand(world: World, trade: Trade, amountFen: number): Refund {
  const outRefundNo = `${BY_HAND}${randomDigits(8)}`;
  const order = { outRefundNo, trade, amountFen, totalFen: trade.amount_fen, notifyUrl: trade.notify_url };
  const refund = acceptRefund(world, order);
  return settleRefund(world, outRefundNo, 'SUCCESS') ?? refund;
}

export function isByHand(refund: Refund): boolean {
  return refund.out_refund_no.startsWith(BY_HAND);
}
