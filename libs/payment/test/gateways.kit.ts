import type { ApiSettings, Sandbox } from '@yajin/sandbox';
import {
  alipayGateway,
  bankCardGateway,
  parseCertificate,
  parsePrivateKey,
  parsePublicKey,
  PlatformKeys,
  shouqianbaGateway,
  wechatV2Gateway,
  wechatV3Gateway,
  type Gateway,
  type WechatV2Config,
} from '../src/index.js';
import { wechatV3Call, wechatV3Noticed, wechatV3Said } from './wechat-v3.told.js';
import { openHarness, type SandboxHarness, type Traits } from './sandbox.kit.js';

/** Longer than a slow machine takes, so that only silence ends in it. Milliseconds. */
const PATIENT = 20_000;
/** For silence, which is waited for to its end. Milliseconds. */
export const HASTY = 1500;

export function wechatV2Config(settings: ApiSettings, timeoutMs = PATIENT): WechatV2Config {
  return {
    apiBase: settings.WECHAT_V2_API_BASE,
    secureBase: settings.WECHAT_V2_SECURE_BASE,
    appId: settings.WECHAT_V2_APP_ID,
    mchId: settings.WECHAT_V2_MCH_ID,
    key: settings.WECHAT_V2_KEY,
    signType: 'MD5',
    clientCertificate: parseCertificate(settings.WECHAT_V2_CLIENT_CERT),
    clientKey: settings.WECHAT_V2_CLIENT_KEY,
    serverCa: parseCertificate(settings.WECHAT_V2_SERVER_CA),
    timeoutMs,
  };
}

function wechatV3(settings: ApiSettings, _: Sandbox, timeoutMs: number): Gateway {
  const { WECHAT_SUB_MCH_ID: subMchId, WECHAT_SP_APP_ID: spAppId } = settings;
  return wechatV3Gateway({
    apiBase: settings.WECHAT_API_BASE,
    appId: settings.WECHAT_APP_ID,
    mchId: settings.WECHAT_MCH_ID,
    partner: subMchId ? { subMchId, spAppId } : null,
    mchSerial: settings.WECHAT_MCH_SERIAL,
    mchPrivateKey: parsePrivateKey(settings.WECHAT_MCH_PRIVATE_KEY),
    apiV3Key: settings.WECHAT_API_V3_KEY,
    platformKeys: PlatformKeys.parse(settings.WECHAT_PLATFORM_KEYS),
    timeoutMs,
  });
}

type Maker = (settings: ApiSettings, sandbox: Sandbox, timeoutMs: number) => Gateway;

const make: Record<string, Maker> = {
  'wechat-v3': wechatV3,
  'wechat-v3-partner': wechatV3,
  'wechat-v3-provider': wechatV3,
  'wechat-v2': (settings, _, timeoutMs) => wechatV2Gateway(wechatV2Config(settings, timeoutMs)),
  'wechat-v2-hmac': (settings, _, timeoutMs) =>
    wechatV2Gateway({ ...wechatV2Config(settings, timeoutMs), signType: 'HMAC-SHA256' }),
  alipay: (settings, _, timeoutMs) =>
    alipayGateway({
      gateway: settings.ALIPAY_GATEWAY,
      appId: settings.ALIPAY_APP_ID,
      sellerId: settings.ALIPAY_SELLER_ID,
      privateKey: parsePrivateKey(settings.ALIPAY_PRIVATE_KEY),
      publicKey: parsePublicKey(settings.ALIPAY_PUBLIC_KEY),
      timeoutMs,
    }),
  'alipay-certificates': (settings, { alipayCertificates: given }, timeoutMs) =>
    alipayGateway({
      gateway: settings.ALIPAY_GATEWAY,
      appId: settings.ALIPAY_APP_ID,
      sellerId: settings.ALIPAY_SELLER_ID,
      privateKey: parsePrivateKey(settings.ALIPAY_PRIVATE_KEY),
      publicKey: parsePublicKey(given.ALIPAY_CERT),
      certificates: { app: given.ALIPAY_APP_CERT, alipay: given.ALIPAY_CERT, root: given.ALIPAY_ROOT_CERT },
      timeoutMs,
    }),
  shouqianba: (settings, _, timeoutMs) =>
    shouqianbaGateway({
      apiBase: settings.SHOUQIANBA_API_BASE,
      wapUrl: settings.SHOUQIANBA_WAP_URL,
      terminalSn: settings.SHOUQIANBA_TERMINAL_SN,
      terminalKey: settings.SHOUQIANBA_TERMINAL_KEY,
      appId: settings.SHOUQIANBA_APP_ID,
      merchantNo: settings.SHOUQIANBA_MERCHANT_NO,
      secretKey: settings.SHOUQIANBA_SECRET_KEY,
      transferUrl: settings.SHOUQIANBA_TRANSFER_URL,
      returnUrl: 'http://127.0.0.1:9/',
      timeoutMs,
    }),
  'bank-card': (settings, _, timeoutMs) =>
    bankCardGateway({
      apiBase: settings.BANK_CARD_API_BASE,
      merchant: settings.BANK_CARD_MERCHANT,
      key: settings.BANK_CARD_KEY,
      timeoutMs,
    }),
};

const TRAITS: Record<string, Traits> = {
  'wechat-v3': {
    scenes: ['native', 'jsapi', 'h5'],
    told: { book: 'wechat-v3', call: wechatV3Call, said: wechatV3Said, noticed: wechatV3Noticed },
  },
  'wechat-v3-partner': { scenes: ['native', 'jsapi', 'h5'], played: { partner: 'merchant' } },
  'wechat-v3-provider': { scenes: ['jsapi', 'native', 'h5'], played: { partner: 'provider' } },
  'wechat-v2': { scenes: ['native', 'jsapi', 'h5'] },
  'wechat-v2-hmac': { scenes: ['native', 'jsapi', 'h5'] },
  alipay: { scenes: ['native', 'h5', 'page'], registersLate: true },
  'alipay-certificates': { scenes: ['native', 'h5', 'page'], registersLate: true },
  // Its answers carry no signature at all.
  shouqianba: { scenes: ['native', 'h5'], cannot: ['answers unsigned'] },
  'bank-card': { scenes: ['page', 'h5'] },
};

/** Every gateway that talks to a server. */
export const GATEWAYS = Object.keys(make);

/** A gateway by these settings, which may lead elsewhere than to the sandbox. */
export function gatewayOn(
  name: string,
  settings: ApiSettings,
  sandbox: Sandbox,
  timeoutMs = PATIENT,
): Gateway {
  const maker = make[name];
  if (!maker) throw new Error(`no gateway ${name}`);
  return maker(settings, sandbox, timeoutMs);
}

export function openGateway(name: string): Promise<SandboxHarness> {
  const [maker, traits] = [make[name], TRAITS[name]];
  if (!maker || !traits) throw new Error(`no gateway ${name}`);
  const within = (timeoutMs: number) => (settings: ApiSettings, sandbox: Sandbox) =>
    maker(settings, sandbox, timeoutMs);
  return openHarness(within(PATIENT), within(HASTY), traits);
}
