import { refundedFen } from '../money/refund.js';
import type { Refund, Trade } from '../money/rows.js';
import { discountFen } from '../money/coupon.js';
import type { World } from '../world.js';
import { md5 } from './signing.js';

// An order as Shouqianba tells of it: https://github.com/WoSai/shouqianba-doc, zh-cn/api/interface and zh-cn/api/annex.

export type Json = Record<string, unknown>;

/** "All precreated orders can be paid for about 4 minutes, then they are cancelled" (…/interface/precreate.md). */
export const ORDER_MS = 4 * 60_000;
const CANCEL = 'cancel-';

/** The number of the refund by which a cancel gives a payment back. Nobody asks for it. */
export function cancelNumber(trade: Trade): string {
  return `${CANCEL}${trade.out_trade_no}`;
}

function lastRefund(world: World, outTradeNo: string): Refund | undefined {
  const sql = 'SELECT * FROM refund WHERE out_trade_no = ? ORDER BY rowid DESC LIMIT 1';
  return world.store.get<Refund>(sql, outTradeNo);
}

export function isLapsed(world: World, trade: Trade): boolean {
  const { state, time_expire: end } = trade;
  return state === 'NOTPAY' && end !== null && end <= world.clock.now().getTime();
}

export function orderStatus(world: World, trade: Trade): string {
  if (trade.state === 'CLOSED') return 'CANCELED';
  if (trade.state === 'NOTPAY') return isLapsed(world, trade) ? 'PAY_CANCELED' : 'CREATED';
  const last = lastRefund(world, trade.out_trade_no);
  if (last?.out_refund_no === cancelNumber(trade)) return 'CANCELED';
  if (last?.state === 'ABNORMAL') return 'REFUND_ERROR';
  const back = refundedFen(world, trade.out_trade_no);
  if (back === 0) return 'PAID';
  return back === trade.amount_fen ? 'REFUNDED' : 'PARTIAL_REFUNDED';
}

const REFUND_STATUS = {
  PROCESSING: 'IN_PROG',
  SUCCESS: 'SUCCESS',
  CLOSED: 'FAIL_CANCELED',
  ABNORMAL: 'REFUND_ERROR',
};

/** 流水状态: that of the last thing that was done with the order. */
function lastStatus(world: World, trade: Trade): string {
  const last = lastRefund(world, trade.out_trade_no);
  if (last) return REFUND_STATUS[last.state];
  if (trade.state === 'NOTPAY') return isLapsed(world, trade) ? 'FAIL_CANCELED' : 'IN_PROG';
  return 'SUCCESS';
}

/** The number of the last thing that was done: as it was given, or made of the order's and the refund's. */
function lastNumber(world: World, trade: Trade): string {
  const last = lastRefund(world, trade.out_trade_no);
  if (!last) return md5(trade.out_trade_no);
  const given = world.store.setting<string>(tsnKey(last.out_refund_no));
  return given ?? `${trade.out_trade_no}-${last.out_refund_no}`;
}

export function tsnKey(outRefundNo: string): string {
  return `tsn:${outRefundNo}`;
}

function sn(trade: Trade): string {
  return trade.transaction_id ?? `7895${String(trade.created_at).slice(-12)}`;
}

/** What every answer has. */
export function orderHead(world: World, trade: Trade): Json {
  return {
    sn: sn(trade),
    client_sn: trade.out_trade_no,
    status: lastStatus(world, trade),
    order_status: orderStatus(world, trade),
    payway: '3',
    sub_payway: trade.trade_type === 'NATIVE' ? '2' : '3',
    total_amount: String(trade.amount_fen),
    net_amount: String(trade.amount_fen - refundedFen(world, trade.out_trade_no)),
    subject: trade.description,
    operator: 'yajin',
    ...(trade.attach && { reflect: trade.attach }),
  };
}

/** When the last thing was done. Whole seconds, as callbacks tell it too. */
export function times(world: World, trade: Trade): Json {
  const last = lastRefund(world, trade.out_trade_no)?.settled_at ?? trade.paid_at;
  return last === null ? {} : { finish_time: wholeSecond(last), channel_finish_time: String(last) };
}

function wholeSecond(at: number): string {
  return String(Math.floor(at / 1000) * 1000);
}

/** How it was paid. */
export function payment(trade: Trade): Json {
  if (trade.paid_at === null) return {};
  const discount = discountFen(trade);
  const paid = { type: 'WALLET_WEIXIN', amount_total: String(trade.amount_fen - discount) };
  const given = { type: 'DISCOUNT_CHANNEL_MCH', amount_total: String(discount) };
  return {
    trade_no: `42000${sn(trade)}`,
    payer_uid: trade.openid,
    payment_list: discount === 0 ? [paid] : [paid, given],
  };
}

/** A query's answer. */
export function orderData(world: World, trade: Trade): Json {
  const head = orderHead(world, trade);
  const paid = head['order_status'] === 'PAID';
  const untold = paid && world.faults.take('noFinishTime', { outTradeNo: trade.out_trade_no }) !== null;
  return {
    ...head,
    client_tsn: lastNumber(world, trade),
    ctime: String(trade.created_at),
    terminal_sn: world.others.shouqianba.terminalSn,
    ...payment(trade),
    ...(!untold && times(world, trade)),
  };
}
