import { createHash } from 'node:crypto';
import { compactTime, rfc3339 } from '../clock.js';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import { announcePayment } from './notification.js';
import type { Trade } from './rows.js';

export type NewTrade = Pick<
  Trade,
  | 'out_trade_no'
  | 'trade_type'
  | 'description'
  | 'attach'
  | 'notify_url'
  | 'amount_fen'
  | 'payer'
  | 'time_expire'
>;

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
    `INSERT INTO trade (out_trade_no, trade_type, description, attach, notify_url, amount_fen, payer, time_expire,
       state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'NOTPAY', ?)`,
    trade.out_trade_no,
    trade.trade_type,
    trade.description,
    trade.attach,
    trade.notify_url,
    trade.amount_fen,
    trade.payer,
    trade.time_expire,
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
): Trade {
  const trade = findTrade(world, outTradeNo);
  if (!trade) throw new PaymentRefused(404, '没有这笔订单');
  const payer = openid ?? trade.payer ?? demoPayer(outTradeNo);
  refuseUnpayable(world, trade, payer, paidAt);
  const paid = world.store.transaction(() => {
    const transactionId = `42000${randomDigits(5)}${compactTime(paidAt).slice(0, 8)}${randomDigits(10)}`;
    world.store.run(
      "UPDATE trade SET state = 'SUCCESS', transaction_id = ?, openid = ?, paid_at = ? WHERE out_trade_no = ?",
      transactionId,
      payer,
      paidAt.getTime(),
      outTradeNo,
    );
    const row = findTrade(world, outTradeNo)!;
    announcePayment(world, row, tradeBody(world, row));
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

const STATE_TEXT = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  CLOSED: '订单已关闭',
  REFUND: '订单发生过退款,退款详情请查询退款单',
};

/** The trade as queries and notifications show it. */
export function tradeBody(world: World, trade: Trade): Record<string, unknown> {
  const { appId, mchId } = world.identity;
  const state = tradeState(world, trade);
  const common = {
    appid: appId,
    mchid: mchId,
    out_trade_no: trade.out_trade_no,
    trade_state: state,
    trade_state_desc: STATE_TEXT[state],
    attach: trade.attach,
    promotion_detail: [],
    scene_info: { device_id: '' },
  };
  const total = { total: trade.amount_fen, currency: 'CNY' };
  if (trade.paid_at === null) return { ...common, amount: total };
  return {
    ...common,
    transaction_id: trade.transaction_id,
    trade_type: trade.trade_type,
    bank_type: 'OTHERS',
    success_time: rfc3339(trade.paid_at),
    payer: { openid: trade.openid },
    amount: { ...total, payer_total: trade.amount_fen, payer_currency: 'CNY' },
  };
}

/** The trade as the control API shows it. */
export function tradeView(world: World, trade: Trade) {
  return {
    outTradeNo: trade.out_trade_no,
    transactionId: trade.transaction_id,
    amountFen: trade.amount_fen,
    state: tradeState(world, trade),
    openid: trade.openid ?? trade.payer,
  };
}
