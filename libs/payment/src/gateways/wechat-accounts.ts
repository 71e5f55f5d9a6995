import type { RefundReport } from '../gateway.js';

/**
 * Where a refund that succeeded went instead of to its payer. 退款入账账户 is `支付用户零钱`, a bank and the end of a card, or for
 * 退还商户 `商户基本账户` or `商户结算银行账户`: `user_received_account` of https://pay.weixin.qq.com/doc/v3/merchant/4012791863 and
 * `refund_recv_accout_$n` (sic) of v2's chapter 9_5.
 */
export function backAt(
  state: RefundReport['state'],
  account: string | null | undefined,
): Pick<RefundReport, 'backAt'> {
  if (state !== 'success' || !account) return {};
  if (account.includes('商户结算银行账户')) return { backAt: 'bank' };
  return account.includes('商户基本账户') ? { backAt: 'balance' } : {};
}
