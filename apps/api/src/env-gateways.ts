import {
  parseCertificate,
  parseCertificates,
  parsePrivateKey,
  parsePublicKey,
  type AlipayConfig,
  type BankCardConfig,
  type ShouqianbaConfig,
  type WechatV2Config,
} from '@yajin/payment';

/** The gateways beside WeChat Pay v3; null for one that is not configured. */
export interface GatewaysEnv {
  wechatV2: WechatV2Config | null;
  alipay: AlipayConfig | null;
  shouqianba: ShouqianbaConfig | null;
  bankCard: BankCardConfig | null;
  /** Keys under which a gateway's payments are told by the generic signed webhook, too. */
  webhookKeys: { alipay: string | null; wechat: string | null };
}

/** The environment's reader, as far as it is needed here. */
interface Reader {
  optional(name: string): string | null;
  text(name: string, fallback: string): string;
  required(name: string): string;
  secret(name: string, length: number): string;
  optionalSecret(name: string, length: number): string | null;
  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value;
  parsed<Value>(name: string, parse: (text: string) => Value): Value;
  problem(text: string): void;
}

/** A gateway is configured by giving any of these; then all that have no default must be there. */
export function readGateways(reader: Reader, publicUrl: string): GatewaysEnv {
  const given = (...names: string[]): boolean => names.some((name) => reader.optional(name) !== null);
  return {
    wechatV2: given('WECHAT_V2_API_BASE', 'WECHAT_V2_MCH_ID', 'WECHAT_V2_KEY') ? readWechatV2(reader) : null,
    alipay: given('ALIPAY_GATEWAY', 'ALIPAY_APP_ID', 'ALIPAY_PRIVATE_KEY') ? readAlipay(reader) : null,
    shouqianba: given('SHOUQIANBA_API_BASE', 'SHOUQIANBA_TERMINAL_SN', 'SHOUQIANBA_SECRET_KEY')
      ? readShouqianba(reader, publicUrl)
      : null,
    bankCard: given('BANK_CARD_API_BASE', 'BANK_CARD_MERCHANT', 'BANK_CARD_KEY')
      ? readBankCard(reader)
      : null,
    webhookKeys: {
      alipay: reader.optionalSecret('ALIPAY_WEBHOOK_KEY', 32),
      wechat: reader.optionalSecret('WECHAT_WEBHOOK_KEY', 32),
    },
  };
}

/** Every address that money is asked for at. */
export function gatewayAddresses({ wechatV2, alipay, shouqianba, bankCard }: GatewaysEnv): string[] {
  return [
    wechatV2?.apiBase,
    wechatV2?.secureBase,
    alipay?.gateway,
    shouqianba?.apiBase,
    shouqianba?.wapUrl,
    shouqianba?.transferUrl,
    bankCard?.apiBase,
  ].filter((address) => address !== undefined && address !== null);
}

function readWechatV2(reader: Reader): WechatV2Config {
  const apiBase = reader.required('WECHAT_V2_API_BASE');
  return {
    apiBase,
    secureBase: reader.text('WECHAT_V2_SECURE_BASE', apiBase),
    appId: reader.required('WECHAT_V2_APP_ID'),
    mchId: reader.required('WECHAT_V2_MCH_ID'),
    key: reader.secret('WECHAT_V2_KEY', 32),
    signType: reader.oneOf('WECHAT_V2_SIGN_TYPE', ['MD5', 'HMAC-SHA256'], 'MD5'),
    clientCertificate: reader.parsed('WECHAT_V2_CLIENT_CERT', parseCertificate),
    clientKey: reader.parsed('WECHAT_V2_CLIENT_KEY', (text) =>
      parsePrivateKey(text).export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
    serverCa:
      reader.optional('WECHAT_V2_SERVER_CA') === null
        ? null
        : reader.parsed('WECHAT_V2_SERVER_CA', parseCertificate),
  };
}

/** Either Alipay's key, or the three certificates of certificate mode, whose second has its key. */
function readAlipay(reader: Reader): AlipayConfig {
  const certified = ['ALIPAY_APP_CERT', 'ALIPAY_CERT', 'ALIPAY_ROOT_CERT'].some(
    (name) => reader.optional(name) !== null,
  );
  const config = {
    gateway: reader.text('ALIPAY_GATEWAY', 'https://openapi.alipay.com/gateway.do'),
    appId: reader.required('ALIPAY_APP_ID'),
    sellerId: reader.required('ALIPAY_SELLER_ID'),
    privateKey: reader.parsed('ALIPAY_PRIVATE_KEY', parsePrivateKey),
  };
  if (!certified) return { ...config, publicKey: reader.parsed('ALIPAY_PUBLIC_KEY', parsePublicKey) };
  return {
    ...config,
    publicKey: reader.parsed('ALIPAY_CERT', parsePublicKey),
    certificates: {
      app: reader.parsed('ALIPAY_APP_CERT', parseCertificate),
      alipay: reader.parsed('ALIPAY_CERT', parseCertificate),
      root: reader.parsed('ALIPAY_ROOT_CERT', parseCertificates),
    },
  };
}

function readShouqianba(reader: Reader, publicUrl: string): ShouqianbaConfig {
  const apiBase = reader.text('SHOUQIANBA_API_BASE', 'https://api.shouqianba.com');
  // Its answers carry no signature: nothing but TLS tells them from anybody else's.
  if (!apiBase.startsWith('https:') && !isLoopback(apiBase))
    reader.problem('SHOUQIANBA_API_BASE must be https');
  return {
    apiBase,
    wapUrl: reader.text('SHOUQIANBA_WAP_URL', 'https://m.wosai.cn/qr/gateway'),
    terminalSn: reader.required('SHOUQIANBA_TERMINAL_SN'),
    terminalKey: reader.required('SHOUQIANBA_TERMINAL_KEY'),
    payway: reader.text('SHOUQIANBA_PAYWAY', '3'),
    appId: reader.required('SHOUQIANBA_APP_ID'),
    merchantNo: reader.required('SHOUQIANBA_MERCHANT_NO'),
    secretKey: reader.secret('SHOUQIANBA_SECRET_KEY', 16),
    transferUrl: reader.optional('SHOUQIANBA_TRANSFER_URL'),
    returnUrl: publicUrl,
  };
}

function readBankCard(reader: Reader): BankCardConfig {
  return {
    apiBase: reader.required('BANK_CARD_API_BASE'),
    merchant: reader.required('BANK_CARD_MERCHANT'),
    key: reader.secret('BANK_CARD_KEY', 32),
  };
}

export function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
