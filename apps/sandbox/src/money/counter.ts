import type { Subject } from '../faults.js';
import type { World } from '../world.js';
import { acceptRefund, countRefundRequest, findRefund, RefundRefused } from './refund.js';
import { Refusal } from './refusal.js';
import type { ChannelName, Refund, Trade } from './rows.js';
import { closeTrade, findTrade, findTradeOf, insertTrade, tradeState, type NewTrade } from './trade.js';

// What every gateway does with trades and refunds once a request is understood. @throws Refusal

/** The same order asked for again is the same trade, with its newest address and deadline. */
export function openTrade(world: World, wanted: NewTrade): Trade {
  const known = findTrade(world, wanted.out_trade_no);
  if (!known) {
    world.log(`${wanted.channel} trade ${wanted.out_trade_no} created, ${wanted.amount_fen} fen`);
    return insertTrade(world, wanted);
  }
  switch (tradeState(world, known)) {
    case 'SUCCESS':
    case 'REFUND':
      throw new Refusal('paid', '该订单已支付');
    case 'CLOSED':
      throw new Refusal('closed', '该订单已关闭');
    case 'NOTPAY':
      break;
  }
  const fields = ['channel', 'trade_type', 'description', 'attach', 'amount_fen', 'payer'] as const;
  if (fields.some((field) => known[field] !== wanted[field]))
    throw new Refusal('mismatch', '商户订单号重复,请求参数与原订单不一致');
  const sql = 'UPDATE trade SET notify_url = ?, time_expire = ?, return_url = ? WHERE out_trade_no = ?';
  world.store.run(sql, wanted.notify_url, wanted.time_expire, wanted.return_url ?? null, wanted.out_trade_no);
  return findTrade(world, wanted.out_trade_no)!;
}

export function requireTrade(world: World, channel: ChannelName, outTradeNo: string): Trade {
  const trade = findTradeOf(world, channel, outTradeNo);
  if (!trade?.seen) throw new Refusal('absent', '订单不存在');
  return trade;
}

export function closeOpenTrade(world: World, trade: Trade): void {
  if (trade.state === 'SUCCESS') throw new Refusal('paid', '该订单已支付');
  if (trade.state === 'CLOSED') throw new Refusal('closed', '该订单已关闭');
  closeTrade(world, trade);
}

interface RefundOrder {
  outRefundNo: string;
  amountFen: number;
  totalFen: number;
  notifyUrl: string | null;
}

export function refundTrade(world: World, trade: Trade, order: RefundOrder): Refund {
  countRefundRequest(world, order.outRefundNo);
  const subject = { outTradeNo: trade.out_trade_no, outRefundNo: order.outRefundNo };
  if (!findRefund(world, order.outRefundNo) && world.faults.take('notEnough', subject))
    throw new Refusal('notEnough', '商户余额不足');
  if (!findRefund(world, order.outRefundNo) && world.faults.take('refuseRefund', subject))
    throw new Refusal('refused', '用户账户异常');
  try {
    return acceptRefund(world, { ...order, trade });
  } catch (error) {
    if (error instanceof RefundRefused) throw new Refusal('refused', error.message);
    throw error;
  }
}

export function requireRefund(world: World, channel: ChannelName, outRefundNo: string): Refund {
  const refund = findRefund(world, outRefundNo);
  if (!refund || !findTradeOf(world, channel, refund.out_trade_no))
    throw new Refusal('absent', '退款单不存在');
  return refund;
}

/**
 * Does a request as its faults want it.
 * @returns null when it is done and never to be answered
 */
export async function perform<Answer>(
  world: World,
  subject: Subject,
  handle: () => Answer,
): Promise<Answer | null> {
  const { faults } = world;
  if (faults.take('failBefore', subject)) throw systemError();
  if (faults.take('frequencyLimited', subject)) throw new Refusal('throttled', '请求过于频繁,请稍后重试');
  const answer = handle();
  if (faults.take('hangAfter', subject)) return null;
  if (faults.take('failAfter', subject)) throw systemError();
  const late = faults.take('delayAnswersMs', subject);
  if (late) await new Promise((resolve) => setTimeout(resolve, Number(late.value)));
  return answer;
}

function systemError(): Refusal {
  return new Refusal('system', '系统异常,请使用相同参数稍后重新调用');
}

/** Text as it came, or nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads a field of a request. @throws Refusal */
export function required(fields: Record<string, unknown>, name: string, form = /^[\s\S]{1,512}$/): string {
  const value = fields[name];
  if (typeof value !== 'string' || !form.test(value)) throw new Refusal('invalid', `参数 ${name} 有误`);
  return value;
}

export function fenIn(fields: Record<string, unknown>, name: string): number {
  return Number(required(fields, name, /^[1-9]\d{0,14}$/));
}

export function webAddressIn(fields: Record<string, unknown>, name: string): string {
  const text = required(fields, name);
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Refusal('invalid', `参数 ${name} 不是网址`);
  return text;
}
