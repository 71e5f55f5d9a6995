import type { World } from './world.js';

/** The environment variables by which an API process is pointed at this sandbox. */
export type ApiSettings = Record<
  | 'WECHAT_API_BASE'
  | 'WECHAT_OAUTH_BASE'
  | 'WECHAT_APP_ID'
  | 'WECHAT_APP_SECRET'
  | 'WECHAT_AGENT_ID'
  | 'WECHAT_MCH_ID'
  | 'WECHAT_SUB_MCH_ID'
  | 'WECHAT_SP_APP_ID'
  | 'WECHAT_MCH_SERIAL'
  | 'WECHAT_MCH_PRIVATE_KEY'
  | 'WECHAT_API_V3_KEY'
  | 'WECHAT_PLATFORM_KEYS'
  | 'WECHAT_V2_API_BASE'
  | 'WECHAT_V2_SECURE_BASE'
  | 'WECHAT_V2_APP_ID'
  | 'WECHAT_V2_MCH_ID'
  | 'WECHAT_V2_KEY'
  | 'WECHAT_V2_CLIENT_CERT'
  | 'WECHAT_V2_CLIENT_KEY'
  | 'WECHAT_V2_SERVER_CA'
  | 'ALIPAY_GATEWAY'
  | 'ALIPAY_APP_ID'
  | 'ALIPAY_SELLER_ID'
  | 'ALIPAY_PRIVATE_KEY'
  | 'ALIPAY_PUBLIC_KEY'
  | 'SHOUQIANBA_API_BASE'
  | 'SHOUQIANBA_WAP_URL'
  | 'SHOUQIANBA_TERMINAL_SN'
  | 'SHOUQIANBA_TERMINAL_KEY'
  | 'SHOUQIANBA_APP_ID'
  | 'SHOUQIANBA_MERCHANT_NO'
  | 'SHOUQIANBA_SECRET_KEY'
  | 'SHOUQIANBA_TRANSFER_URL'
  | 'BANK_CARD_API_BASE'
  | 'BANK_CARD_MERCHANT'
  | 'BANK_CARD_KEY'
  | 'PLANET_API_BASE'
  | 'PLANET_GROUP_ID'
  | 'PLANET_COOKIE',
  string
>;

/** `WECHAT_PLATFORM_KEYS` holds two entries `serial=PEM`, parted by a comma: a certificate and a public key. */
export function apiSettings(world: World): ApiSettings {
  const { identity, url } = world;
  const { certificate, publicKey } = identity.platform;
  return {
    WECHAT_API_BASE: url,
    WECHAT_OAUTH_BASE: url,
    WECHAT_APP_ID: identity.appId,
    WECHAT_APP_SECRET: identity.appSecret,
    // Only a corporation has applications.
    WECHAT_AGENT_ID: identity.appId.startsWith('ww') ? world.agentId : '',
    WECHAT_MCH_ID: identity.mchId,
    // Only where a service provider calls.
    WECHAT_SUB_MCH_ID: identity.partner?.subMchId ?? '',
    WECHAT_SP_APP_ID: identity.partner?.spAppId ?? '',
    WECHAT_MCH_SERIAL: identity.mchSerial,
    WECHAT_MCH_PRIVATE_KEY: identity.mchPrivateKey,
    WECHAT_API_V3_KEY: identity.apiV3Key,
    WECHAT_PLATFORM_KEYS: [
      `${certificate.serial}=${certificate.certificate}`,
      `${publicKey.serial}=${publicKey.publicKey}`,
    ].join(','),
    ...otherSettings(world),
    PLANET_API_BASE: url,
    PLANET_GROUP_ID: identity.planetGroupId,
    PLANET_COOKIE: identity.planetCookie,
  };
}

type OtherSettings = Omit<ApiSettings, `PLANET_${string}` | WechatV3Name>;
type WechatV3Name = Exclude<Extract<keyof ApiSettings, `WECHAT_${string}`>, `WECHAT_V2_${string}`>;

function otherSettings({ identity, others, url, secureUrl }: World): OtherSettings {
  const { wechatV2, alipay, shouqianba, bankCard } = others;
  return {
    WECHAT_V2_API_BASE: url,
    WECHAT_V2_SECURE_BASE: secureUrl,
    WECHAT_V2_APP_ID: identity.appId,
    WECHAT_V2_MCH_ID: identity.mchId,
    WECHAT_V2_KEY: wechatV2.key,
    WECHAT_V2_CLIENT_CERT: wechatV2.client.certificate,
    WECHAT_V2_CLIENT_KEY: wechatV2.client.privateKey,
    WECHAT_V2_SERVER_CA: wechatV2.server.certificate,
    ALIPAY_GATEWAY: `${url}/alipay/gateway.do`,
    ALIPAY_APP_ID: alipay.appId,
    ALIPAY_SELLER_ID: alipay.sellerId,
    ALIPAY_PRIVATE_KEY: alipay.merchantPrivateKey,
    ALIPAY_PUBLIC_KEY: alipay.publicKey,
    SHOUQIANBA_API_BASE: url,
    SHOUQIANBA_WAP_URL: `${url}/qr/gateway`,
    SHOUQIANBA_TERMINAL_SN: shouqianba.terminalSn,
    SHOUQIANBA_TERMINAL_KEY: shouqianba.terminalKey,
    SHOUQIANBA_APP_ID: shouqianba.appId,
    SHOUQIANBA_MERCHANT_NO: shouqianba.merchantNo,
    SHOUQIANBA_SECRET_KEY: shouqianba.secretKey,
    SHOUQIANBA_TRANSFER_URL: `${url}/shouqianba/transfer`,
    BANK_CARD_API_BASE: `${url}/bank-card`,
    BANK_CARD_MERCHANT: bankCard.merchant,
    BANK_CARD_KEY: bankCard.key,
  };
}

export function alipayCertificates({
  others,
}: World): Record<'ALIPAY_APP_CERT' | 'ALIPAY_CERT' | 'ALIPAY_ROOT_CERT', string> {
  const { app, alipay, root } = others.alipay.certificates;
  return { ALIPAY_APP_CERT: app, ALIPAY_CERT: alipay, ALIPAY_ROOT_CERT: root };
}
