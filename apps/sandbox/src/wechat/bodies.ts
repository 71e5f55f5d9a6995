import { rfc3339 } from '../clock.js';
import { findTrade, tradeState } from '../money/trade.js';
import { couponOf, settledFen } from '../money/coupon.js';
import { receivedAt } from '../money/refund.js';
import type { Coupon, Refund, Trade } from '../money/rows.js';
import type { World } from '../world.js';
import { merchantFields, payeeFields, payerFields } from './merchant.js';

// Trades and refunds as API v3 writes them.

const STATE_TEXT = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  CLOSED: '订单已关闭',
  REFUND: '订单发生过退款,退款详情请查询退款单',
};

/** The trade as queries and notifications show it. */
export function tradeBody(world: World, trade: Trade): Record<string, unknown> {
  const state = tradeState(world, trade);
  const common = {
    ...payeeFields(world),
    out_trade_no: trade.out_trade_no,
    trade_state: state,
    trade_state_desc: STATE_TEXT[state],
    scene_info: { device_id: '' },
  };
  const total = { total: trade.amount_fen, currency: 'CNY' };
  // What goes along comes back once it is paid, not before (minibear2021/wechatpayv3 #60).
  if (trade.paid_at === null) return { ...common, promotion_detail: [], amount: total };
  const coupon = couponOf(trade);
  return {
    ...common,
    attach: trade.attach,
    promotion_detail: coupon ? [promotion(coupon)] : [],
    transaction_id: trade.transaction_id,
    trade_type: trade.trade_type,
    bank_type: 'OTHERS',
    success_time: rfc3339(trade.paid_at),
    payer: payerFields(world, trade.openid),
    amount: { ...total, payer_total: trade.amount_fen - (coupon?.fen ?? 0), payer_currency: 'CNY' },
  };
}

/** https://pay.weixin.qq.com/doc/v3/merchant/4012791861: `CASH` is charged up and reaches the merchant, `NOCASH` does not. */
function promotion({ fen, kind, funder }: Coupon): Record<string, unknown> {
  return {
    coupon_id: '109519000001',
    name: '打卡营满减券',
    scope: 'GLOBAL',
    type: kind === 'cash' ? 'CASH' : 'NOCASH',
    amount: fen,
    stock_id: '931386000001',
    wechatpay_contribute: funder === 'wechatpay' ? fen : 0,
    merchant_contribute: funder === 'merchant' ? fen : 0,
    other_contribute: funder === 'other' ? fen : 0,
    currency: 'CNY',
    goods_detail: [],
  };
}

/** The refund as the API answers it. */
export function refundBody(world: World, refund: Refund): Record<string, unknown> {
  const { amount_fen: amount, total_fen: total, coupon_fen: discount } = refund;
  const trade = findTrade(world, refund.out_trade_no);
  const coupon = couponOf(trade);
  return {
    refund_id: refund.refund_id,
    out_refund_no: refund.out_refund_no,
    transaction_id: trade?.transaction_id,
    out_trade_no: refund.out_trade_no,
    channel: 'ORIGINAL',
    user_received_account: receivedAt(refund),
    ...(refund.state === 'SUCCESS' && { success_time: rfc3339(refund.settled_at ?? 0) }),
    create_time: rfc3339(refund.created_at),
    status: refund.state,
    funds_account: 'AVAILABLE',
    amount: {
      total,
      refund: amount,
      from: [],
      payer_total: total - (coupon?.fen ?? 0),
      payer_refund: amount - discount,
      settlement_refund: settledFen(trade, amount, discount),
      settlement_total: settledFen(trade, total, coupon?.fen ?? 0),
      discount_refund: discount,
      currency: 'CNY',
      refund_fee: 0,
    },
    promotion_detail: coupon ? [refundedPromotion(coupon, discount)] : [],
  };
}

function refundedPromotion({ fen, kind }: Coupon, discount: number): Record<string, unknown> {
  return {
    promotion_id: '109519000001',
    scope: 'GLOBAL',
    // Refunds have words of their own for the same two kinds.
    type: kind === 'cash' ? 'COUPON' : 'DISCOUNT',
    amount: fen,
    refund_amount: discount,
    goods_detail: [],
  };
}

/** The refund as notifications tell it: without an appid, and `status` is called `refund_status`. */
export function refundNotice(world: World, refund: Refund): Record<string, unknown> {
  const { amount_fen: amount, total_fen: total, coupon_fen: discount } = refund;
  const trade = findTrade(world, refund.out_trade_no);
  return {
    ...merchantFields(world),
    out_trade_no: refund.out_trade_no,
    transaction_id: trade?.transaction_id,
    out_refund_no: refund.out_refund_no,
    refund_id: refund.refund_id,
    refund_status: refund.state,
    ...(refund.state === 'SUCCESS' && { success_time: rfc3339(refund.settled_at ?? 0) }),
    user_received_account: receivedAt(refund),
    amount: {
      total,
      refund: amount,
      payer_total: total - (couponOf(trade)?.fen ?? 0),
      payer_refund: amount - discount,
    },
  };
}
