import type { World } from './world.js';

/** The environment variables by which an API process is pointed at this sandbox. */
export type ApiSettings = Record<
  | 'WECHAT_API_BASE'
  | 'WECHAT_OAUTH_BASE'
  | 'WECHAT_APP_ID'
  | 'WECHAT_APP_SECRET'
  | 'WECHAT_MCH_ID'
  | 'WECHAT_MCH_SERIAL'
  | 'WECHAT_MCH_PRIVATE_KEY'
  | 'WECHAT_API_V3_KEY'
  | 'WECHAT_PLATFORM_KEYS'
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
    WECHAT_MCH_ID: identity.mchId,
    WECHAT_MCH_SERIAL: identity.mchSerial,
    WECHAT_MCH_PRIVATE_KEY: identity.mchPrivateKey,
    WECHAT_API_V3_KEY: identity.apiV3Key,
    WECHAT_PLATFORM_KEYS: [
      `${certificate.serial}=${certificate.certificate}`,
      `${publicKey.serial}=${publicKey.publicKey}`,
    ].join(','),
    PLANET_API_BASE: url,
    PLANET_GROUP_ID: identity.planetGroupId,
    PLANET_COOKIE: identity.planetCookie,
  };
}
