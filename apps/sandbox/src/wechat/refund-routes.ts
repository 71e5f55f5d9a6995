import type { World } from '../world.js';
import { integer, optionalText, text, url } from './params.js';
import { PayError, paramError } from './pay-error.js';
import { acceptRefund, countRefundRequest, findRefund, RefundRefused } from '../money/refund.js';
import type { Refund, Trade } from '../money/rows.js';
import { findTrade } from '../money/trade.js';
import { refundBody } from './bodies.js';
import { requireSubMerchant } from './merchant.js';
import type { Answer, Call, Route } from './server.js';
import { decryptField } from './signing.js';

// Refunds of API v3: https://pay.weixin.qq.com/doc/v3/merchant/4012791862 and the pages next to it.

/** Only debit cards of these take an abnormal refund. */
const BANKS = 'CMB COMM ABC CCB ICBC BOC PAB SPDB CITIC CEB CMBC CIB GDB PSBC NBCB'.split(' ');
const REFUND_NO = /^[0-9A-Za-z_\-|*@]+$/;

export function refundRoutes(world: World): Route[] {
  const refunds = '/v3/refund/domestic/refunds';
  return [
    { method: 'POST', url: refunds, endpoint: 'refund', handle: (call) => createRefund(world, call) },
    {
      method: 'GET',
      url: `${refunds}/:out_refund_no`,
      endpoint: 'refundQuery',
      handle: (call) => queryRefund(world, call),
    },
    {
      method: 'POST',
      url: `${refunds}/:refund_id/apply-abnormal-refund`,
      endpoint: 'redirect',
      handle: (call) => applyAbnormalRefund(world, call),
    },
  ];
}

function createRefund(world: World, { body }: Call): Answer {
  requireSubMerchant(world, body['sub_mchid']);
  const outRefundNo = text(body, '/out_refund_no', 1, 64, REFUND_NO);
  countRefundRequest(world, outRefundNo);
  const amountFen = integer(body, '/amount/refund', 1);
  const totalFen = integer(body, '/amount/total', 1);
  if (text(body, '/amount/currency', 1, 16) !== 'CNY')
    throw paramError('/amount/currency', null, '只支持CNY');
  if (amountFen > totalFen) throw paramError('/amount/refund', amountFen, '退款金额大于原订单金额');
  optionalText(body, '/reason', 80);
  const trade = refundedTrade(world, body);
  const subject = { outTradeNo: trade.out_trade_no, outRefundNo };
  if (!findRefund(world, outRefundNo) && world.faults.take('notEnough', subject)) {
    throw new PayError(403, 'NOT_ENOUGH', '基本账户余额不足,请充值后重新发起');
  }
  if (!findRefund(world, outRefundNo) && world.faults.take('refuseRefund', subject)) {
    throw new PayError(403, 'USER_ACCOUNT_ABNORMAL', '用户账户异常');
  }
  const notifyUrl = body['notify_url'] === undefined ? null : url(body, '/notify_url');
  try {
    const refund = acceptRefund(world, { outRefundNo, trade, amountFen, totalFen, notifyUrl });
    return { status: 200, body: refundBody(world, refund) };
  } catch (error) {
    if (error instanceof RefundRefused) throw invalid(error.message);
    throw error;
  }
}

function invalid(message: string): PayError {
  return new PayError(400, 'INVALID_REQUEST', message);
}

function refundedTrade(world: World, body: Record<string, unknown>): Trade {
  const transactionId = optionalText(body, '/transaction_id', 32);
  const outTradeNo = optionalText(body, '/out_trade_no', 32);
  if (!transactionId && !outTradeNo) throw paramError('/out_trade_no', null, '与transaction_id二选一必填');
  const sql = 'SELECT * FROM trade WHERE transaction_id = ?';
  const trade = transactionId
    ? world.store.get<Trade>(sql, transactionId)
    : findTrade(world, outTradeNo ?? '');
  if (!trade) throw new PayError(404, 'RESOURCE_NOT_EXISTS', '订单不存在');
  return trade;
}

function queryRefund(world: World, { params, query }: Call): Answer {
  requireSubMerchant(world, query['sub_mchid']);
  const refund = findRefund(world, params['out_refund_no'] ?? '');
  if (!refund) throw new PayError(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
  return { status: 200, body: refundBody(world, refund) };
}

/** 「发起异常退款」: to a bank card of the payer's, or to the merchant's own account. */
function applyAbnormalRefund(world: World, { params, body, serial }: Call): Answer {
  requireSubMerchant(world, body['sub_mchid']);
  const sql = 'SELECT * FROM refund WHERE refund_id = ?';
  const refund = world.store.get<Refund>(sql, params['refund_id'] ?? '');
  if (!refund) throw new PayError(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
  if (text(body, '/out_refund_no', 1, 64) !== refund.out_refund_no)
    throw invalid('商户退款单号与退款单不一致');
  const type = text(body, '/type', 1, 32);
  if (type === 'USER_BANK_CARD') requireCard(world, body, serial);
  else if (type !== 'MERCHANT_BANK_CARD')
    throw paramError('/type', type, '须为USER_BANK_CARD或MERCHANT_BANK_CARD');
  return {
    status: 200,
    body: refundBody(world, redirectAbnormalRefund(world, refund, type === 'MERCHANT_BANK_CARD')),
  };
}

/** Whose card it is must be readable; nothing of it is kept. */
function requireCard(world: World, body: Record<string, unknown>, serial: string | null): void {
  const bank = text(body, '/bank_type', 1, 16);
  if (!BANKS.some((code) => bank === `${code}_DEBIT`)) throw paramError('/bank_type', bank, '不支持的银行');
  const [account, name] = ['/bank_account', '/real_name'].map((pointer) =>
    decryptField(world, serial, pointer, text(body, pointer, 1, 1024)),
  );
  if (!/^\d{8,32}$/.test(account ?? '')) throw paramError('/bank_account', null, '不是银行卡号');
  if (!name) throw paramError('/real_name', null, '姓名为空');
}

/** Sends an abnormal refund on to another account. @throws PayError */
function redirectAbnormalRefund(world: World, refund: Refund, toMerchant: boolean): Refund {
  if (refund.state !== 'ABNORMAL') throw invalid('退款单状态不是退款异常');
  const sql =
    "UPDATE refund SET state = 'PROCESSING', outcome = 'SUCCESS', to_merchant = ?, settle_at = ?, settled_at = NULL WHERE refund_id = ?";
  world.store.run(sql, Number(toMerchant), Date.now() + world.preferences.refundDelayMs, refund.refund_id);
  world.wake();
  return findRefund(world, refund.out_refund_no)!;
}
