import type { EnvironmentReader, GatewayDescriptor } from '../descriptor.js';
import { parsePrivateKey } from '../keys.js';
import { withWebhook } from '../webhook.js';
import { NUMBER_LENGTH, PlatformKeys, REFUNDS_PER_SECOND, SCENES, wechatV3Gateway } from './index.js';

export const wechatV3: GatewayDescriptor = {
  name: 'wechat-v3',
  label: '微信支付',
  scenes: SCENES,
  numberLength: NUMBER_LENGTH,
  can: ['bill', 'abnormal'],

  /** The camps take their deposits by it, so it is always there. */
  read(reader) {
    const apiV3Key = reader.required('WECHAT_API_V3_KEY');
    if (apiV3Key && Buffer.byteLength(apiV3Key) !== 32)
      reader.problem('WECHAT_API_V3_KEY must have 32 bytes');
    const webhookKey = reader.optionalSecret('WECHAT_WEBHOOK_KEY', 32);
    const config = {
      apiBase: reader.required('WECHAT_API_BASE').replace(/\/+$/, ''),
      appId: reader.required('WECHAT_APP_ID'),
      partner: readPartner(reader),
      mchId: reader.required('WECHAT_MCH_ID'),
      mchSerial: reader.required('WECHAT_MCH_SERIAL'),
      mchPrivateKey: reader.parsed('WECHAT_MCH_PRIVATE_KEY', parsePrivateKey),
      apiV3Key,
      platformKeys: reader.parsed('WECHAT_PLATFORM_KEYS', (text) => PlatformKeys.parse(text)),
      refundsPerSecond: reader.whole('WECHAT_REFUNDS_PER_SECOND', REFUNDS_PER_SECOND),
    };
    return {
      addresses: [config.apiBase],
      open: () => withWebhook(wechatV3Gateway(config), webhookKey),
    };
  },
};

/** A merchant that a service provider calls for: then `WECHAT_MCH_*` are the provider's. */
function readPartner(reader: EnvironmentReader): { subMchId: string; spAppId: string } | null {
  const subMchId = reader.optional('WECHAT_SUB_MCH_ID');
  if (subMchId === null) return null;
  return { subMchId, spAppId: reader.optional('WECHAT_SP_APP_ID') ?? reader.required('WECHAT_APP_ID') };
}
