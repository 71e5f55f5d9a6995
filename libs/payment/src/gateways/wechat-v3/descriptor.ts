import type { EnvironmentReader, GatewayDescriptor } from '../descriptor.js';
import { parsePrivateKey } from '../keys.js';
import { withWebhook } from '../webhook.js';
import { NUMBER_LENGTH, PlatformKeys, REFUNDS_PER_SECOND, SCENES, wechatV3Gateway } from './index.js';

export const wechatV3: GatewayDescriptor = {
  name: 'wechat-v3',
  label: '微信支付',
  scenes: SCENES,
  numberLength: NUMBER_LENGTH,
  can: ['bill', 'statement', 'abnormal'],
  variables: {
    WECHAT_API_BASE: ['', 'address of WeChat Pay v3'],
    WECHAT_APP_ID: [
      '',
      'the account payers meet: an official account (`wx…`) or a WeCom corporation (`ww…`)',
    ],
    WECHAT_MCH_ID: ['', 'the merchant'],
    WECHAT_MCH_SERIAL: ['', 'the serial of its certificate'],
    WECHAT_MCH_PRIVATE_KEY: ['', 'its key, PEM or path'],
    WECHAT_API_V3_KEY: ['', '32 bytes'],
    WECHAT_PLATFORM_KEYS: [
      '',
      '`serial=PEM or path`, several; or the path of a file of such entries, read again when it changes: operations.md, WeChat’s keys',
    ],
    WECHAT_REFUNDS_PER_SECOND: [
      '150',
      'refunds a second: the merchant’s quota, or this worker’s share of it where several run',
    ],
    WECHAT_SUB_MCH_ID: [
      'none',
      'a merchant behind a service provider (服务商): its number; `WECHAT_MCH_*` are then the provider’s',
    ],
    WECHAT_SP_APP_ID: ['`WECHAT_APP_ID`', 'the provider’s own account'],
    WECHAT_WEBHOOK_KEY: [
      'none',
      'lets its payments be told by the generic signed webhook, too; 32 characters',
    ],
  },

  /** The camps take their deposits by it, so it is always there. */
  read(reader) {
    const apiV3Key = reader.required('WECHAT_API_V3_KEY');
    if (apiV3Key && Buffer.byteLength(apiV3Key) !== 32)
      reader.problem('WECHAT_API_V3_KEY must have 32 bytes');
    const webhookKey = reader.optionalSecret('WECHAT_WEBHOOK_KEY', 32);
    const config = {
      apiBase: reader.url('WECHAT_API_BASE').replace(/\/+$/, ''),
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
