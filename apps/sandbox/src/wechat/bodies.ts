import { rfc3339 } from '../clock.js';
import { findTrade, tradeState } from '../money/trade.js';
import type { Refund, Trade } from '../money/rows.js';
import type { World } from '../world.js';

// Trades and refunds as API v3 writes them.

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

const ACCOUNT = '支付用户零钱';

/** The refund as the API answers it. */
export function refundBody(world: World, refund: Refund): Record<string, unknown> {
  const { amount_fen: amount, total_fen: total } = refund;
  return {
    refund_id: refund.refund_id,
    out_refund_no: refund.out_refund_no,
    transaction_id: findTrade(world, refund.out_trade_no)?.transaction_id,
    out_trade_no: refund.out_trade_no,
    channel: 'ORIGINAL',
    user_received_account: ACCOUNT,
    ...(refund.state === 'SUCCESS' && { success_time: rfc3339(refund.settled_at ?? 0) }),
    create_time: rfc3339(refund.created_at),
    status: refund.state,
    funds_account: 'AVAILABLE',
    amount: {
      total,
      refund: amount,
      from: [],
      payer_total: total,
      payer_refund: amount,
      settlement_refund: amount,
      settlement_total: total,
      discount_refund: 0,
      currency: 'CNY',
      refund_fee: 0,
    },
    promotion_detail: [],
  };
}

/** The refund as notifications tell it: without an appid, and `status` is called `refund_status`. */
export function refundNotice(world: World, refund: Refund): Record<string, unknown> {
  const { amount_fen: amount, total_fen: total } = refund;
  return {
    mchid: world.identity.mchId,
    out_trade_no: refund.out_trade_no,
    transaction_id: findTrade(world, refund.out_trade_no)?.transaction_id,
    out_refund_no: refund.out_refund_no,
    refund_id: refund.refund_id,
    refund_status: refund.state,
    ...(refund.state === 'SUCCESS' && { success_time: rfc3339(refund.settled_at ?? 0) }),
    user_received_account: ACCOUNT,
    amount: { total, refund: amount, payer_total: total, payer_refund: amount },
  };
}
