import type { World } from '../world.js';
import { text } from './params.js';
import { PayError } from './pay-error.js';

// Who is paid: the merchant that signs, or one for whom it calls as a service provider (服务商):
// https://pay.weixin.qq.com/docs/partner/apis/partner-jsapi-payment/partner-jsons/partner-jsapi-prepay.html and the pages beside it.

/** Payers pay with their openid at the merchant's own account, where it has one. */
export function payeeFields({ identity }: World): Record<string, string> {
  const { appId, mchId, partner } = identity;
  if (!partner) return { appid: appId, mchid: mchId };
  const { spAppId, subMchId } = partner;
  return {
    sp_appid: spAppId,
    sp_mchid: mchId,
    ...(appId !== spAppId && { sub_appid: appId }),
    sub_mchid: subMchId,
  };
}

/** What notifications about refunds, queries and closings name. */
export function merchantFields({ identity }: World): Record<string, string> {
  const { mchId, partner } = identity;
  return partner ? { sp_mchid: mchId, sub_mchid: partner.subMchId } : { mchid: mchId };
}

export function payerFields({ identity }: World, openid: string | null): Record<string, string | null> {
  const { appId, partner } = identity;
  if (!partner) return { openid };
  // A service provider is told its own openid of the payer, too.
  return appId === partner.spAppId
    ? { sp_openid: openid }
    : { sp_openid: openid && `sp${openid}`.slice(0, 128), sub_openid: openid };
}

export function openidOf({ identity }: World, body: Record<string, unknown>): string {
  const { appId, partner } = identity;
  const field = !partner ? 'openid' : appId === partner.spAppId ? 'sp_openid' : 'sub_openid';
  return text(body, `/payer/${field}`, 1, 128);
}

/** @throws PayError when another merchant's trade is asked about, or none's */
export function requireMerchants(world: World, said: Record<string, unknown>): void {
  for (const [field, ours] of Object.entries(merchantFields(world)))
    if (said[field] !== ours)
      throw new PayError(400, 'MCH_NOT_EXISTS', `商户号不存在或与签名的商户号不一致(${field})`);
}

/** @throws PayError */
export function requirePayee(world: World, body: Record<string, unknown>): void {
  requireMerchants(world, body);
  for (const [field, ours] of Object.entries(payeeFields(world)))
    if (body[field] !== ours) throw new PayError(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配');
}

/** Refunds and bills name the merchant beside the service provider that signs. @throws PayError */
export function requireSubMerchant(world: World, said: unknown): void {
  const { partner } = world.identity;
  if (partner && said !== partner.subMchId)
    throw new PayError(400, 'PARAM_ERROR', '服务商模式下sub_mchid必填且须为其特约商户');
}
