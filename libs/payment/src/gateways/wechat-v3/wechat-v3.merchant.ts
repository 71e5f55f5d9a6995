/**
 * Whose trades they are: a merchant's own, or those of a merchant for whom a service provider (服务商) calls. Pure.
 * Paths and fields: https://pay.weixin.qq.com/docs/partner/apis/partner-jsapi-payment/partner-jsons/partner-jsapi-prepay.html,
 * https://wechatpay.im/openapi/v3/pay/partner/transactions/jsapi and the pages beside them.
 */
import { optionalObject, optionalText, type Json } from '../json.js';

export interface Account {
  /** Of the account that payers meet: it is their openid there that pays. */
  appId: string;
  /** Who signs: the merchant, or its service provider. */
  mchId: string;
  partner?: Partner | null;
}

export interface Partner {
  /** The service provider's own account; equal to `appId` where payers meet that one. */
  spAppId: string;
  subMchId: string;
}

export function tradesPath({ partner }: Account): string {
  return partner ? '/v3/pay/partner/transactions' : '/v3/pay/transactions';
}

/** Who is paid, as trades name it; also what their answers and notifications must say. */
export function payee({ appId, mchId, partner }: Account): Record<string, string> {
  if (!partner) return { appid: appId, mchid: mchId };
  const { spAppId, subMchId } = partner;
  return {
    sp_appid: spAppId,
    sp_mchid: mchId,
    ...(appId !== spAppId && { sub_appid: appId }),
    sub_mchid: subMchId,
  };
}

/** The same without accounts: in queries, closings and notifications about refunds. */
export function merchants({ mchId, partner }: Account): Record<string, string> {
  return partner ? { sp_mchid: mchId, sub_mchid: partner.subMchId } : { mchid: mchId };
}

/** What refunds and bills name besides the signing merchant. */
export function subMerchant({ partner }: Account): Record<string, string> {
  return partner ? { sub_mchid: partner.subMchId } : {};
}

export function payer({ appId, partner }: Account, openid: string): Json {
  if (!partner) return { openid };
  return appId === partner.spAppId ? { sp_openid: openid } : { sub_openid: openid };
}

/** A service provider's own openid comes along with the one of the account that payers meet. */
export function openidIn(trade: Json): string | null {
  const said = optionalObject(trade, 'payer');
  return optionalText(said, 'openid') ?? optionalText(said, 'sub_openid') ?? optionalText(said, 'sp_openid');
}

/** Says how `json` is addressed to somebody else, or null. */
export function foreignReason(json: Json, expected: Record<string, string>): string | null {
  for (const [field, ours] of Object.entries(expected)) {
    if (json[field] !== ours) return `${field} 不符：收到 ${JSON.stringify(json[field])}，应为 ${ours}`;
  }
  return null;
}
