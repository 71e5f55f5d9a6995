import { createHash } from 'node:crypto';
import type { World } from '../world.js';
import { couponByFault, couponOf, settledFen } from './coupon.js';
import type { ChannelName, Coupon, Trade } from './rows.js';

export type NewTrade = Pick<
  Trade,
  | 'channel'
  | 'out_trade_no'
  | 'trade_type'
  | 'description'
  | 'attach'
  | 'notify_url'
  | 'amount_fen'
  | 'payer'
  | 'time_expire'
> &
  Partial<Pick<Trade, 'return_url' | 'seen'>>;

/** Why a payer cannot pay; `status` is the HTTP status for the control API. */
export class PaymentRefused extends Error {
  constructor(
    readonly status: 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

export function findTrade(world: World, outTradeNo: string): Trade | undefined {
  return world.store.get<Trade>('SELECT * FROM trade WHERE out_trade_no = ?', outTradeNo);
}

export function insertTrade(world: World, trade: NewTrade): Trade {
  world.store.run(
    `INSERT INTO trade (channel, out_trade_no, trade_type, description, attach, notify_url, amount_fen, payer,
       time_expire, return_url, seen, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'NOTPAY', ?)`,
    trade.channel,
    trade.out_trade_no,
    trade.trade_type,
    trade.description,
    trade.attach,
    trade.notify_url,
    trade.amount_fen,
    trade.payer,
    trade.time_expire,
    trade.return_url ?? null,
    trade.seen ?? 1,
    world.clock.now().getTime(),
  );
  return findTrade(world, trade.out_trade_no)!;
}

/** `REFUND` as soon as any refund of it is under way or done, however small. */
export function tradeState(world: World, trade: Trade): Trade['state'] | 'REFUND' {
  if (trade.state !== 'SUCCESS') return trade.state;
  const sql = "SELECT 1 AS found FROM refund WHERE out_trade_no = ? AND state <> 'CLOSED' LIMIT 1";
  return world.store.get(sql, trade.out_trade_no) ? 'REFUND' : 'SUCCESS';
}

/** A stable make-believe payer for a trade that anyone may pay. */
function demoPayer(outTradeNo: string): string {
  return `oSB${createHash('sha256').update(outTradeNo).digest('base64url').slice(0, 25)}`;
}

/**
 * The payer confirms: the trade is paid and the merchant will be told.
 * @throws PaymentRefused
 */
export function payTrade(
  world: World,
  outTradeNo: string,
  openid?: string,
  paidAt = world.clock.now(),
  given: Coupon | null = null,
): Trade {
  const trade = findTrade(world, outTradeNo);
  if (!trade) throw new PaymentRefused(404, '没有这笔订单');
  const payer = openid ?? trade.payer ?? demoPayer(outTradeNo);
  refuseUnpayable(world, trade, payer, paidAt);
  const coupon = given ?? couponByFault(world, trade);
  const paid = world.store.transaction(() => {
    const channel = world.channel(trade.channel);
    world.store.run(
      "UPDATE trade SET state = 'SUCCESS', seen = 1, transaction_id = ?, openid = ?, paid_at = ?, coupon = ? WHERE out_trade_no = ?",
      channel.transactionId(paidAt),
      payer,
      paidAt.getTime(),
      coupon && JSON.stringify(coupon),
      outTradeNo,
    );
    const row = findTrade(world, outTradeNo)!;
    channel.announcePayment(row);
    return row;
  });
  world.log(`paid ${outTradeNo}, ${trade.amount_fen} fen`);
  world.wake();
  return paid;
}

function refuseUnpayable(world: World, trade: Trade, payer: string, at: Date): void {
  const subject = { outTradeNo: trade.out_trade_no };
  if (trade.state === 'SUCCESS') throw new PaymentRefused(409, '订单已支付');
  if (trade.payer && trade.payer !== payer) throw new PaymentRefused(409, '只能由下单的用户支付');
  if (trade.state === 'CLOSED' && !world.faults.take('payAfterClose', subject)) {
    throw new PaymentRefused(409, '订单已关闭');
  }
  const expired = trade.time_expire !== null && trade.time_expire <= at.getTime();
  if (expired && !world.faults.take('payAfterExpiry', subject))
    throw new PaymentRefused(409, '订单已过支付截止时间');
}

/** Whose trade it is, found by a number of the merchant's or the gateway's. */
export function findTradeOf(world: World, channel: ChannelName, outTradeNo: string): Trade | undefined {
  const trade = findTrade(world, outTradeNo);
  return trade?.channel === channel ? trade : undefined;
}

export function closeTrade(world: World, trade: Trade): void {
  world.store.run("UPDATE trade SET state = 'CLOSED' WHERE out_trade_no = ?", trade.out_trade_no);
  world.log(`trade ${trade.out_trade_no} closed`);
}

/** The payer is there: from now on its gateway knows the trade. */
export function seeTrade(world: World, outTradeNo: string): void {
  world.store.run('UPDATE trade SET seen = 1 WHERE out_trade_no = ?', outTradeNo);
}

/** The trade as the control API shows it. */
export function tradeView(world: World, trade: Trade) {
  return {
    channel: trade.channel,
    outTradeNo: trade.out_trade_no,
    transactionId: trade.transaction_id,
    amountFen: trade.amount_fen,
    settledFen: settledFen(trade, trade.amount_fen, couponOf(trade)?.fen ?? 0),
    attach: trade.attach,
    state: tradeState(world, trade),
    openid: trade.openid ?? trade.payer,
  };
}
