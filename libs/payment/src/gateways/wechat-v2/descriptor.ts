import { given, type GatewayDescriptor } from '../descriptor.js';
import { parseCertificate, parsePrivateKey } from '../keys.js';
import { NUMBER_LENGTH, SCENES, wechatV2Gateway, type WechatV2Config } from './index.js';

export const wechatV2: GatewayDescriptor = {
  name: 'wechat-v2',
  label: '微信支付 v2',
  scenes: SCENES,
  numberLength: NUMBER_LENGTH,
  can: ['bill', 'statement'],
  variables: {
    WECHAT_V2_API_BASE: ['', 'address of WeChat Pay v2 (XML)'],
    WECHAT_V2_SECURE_BASE: ['the same', 'where refunds and statements go'],
    WECHAT_V2_APP_ID: ['', 'the account that payers meet'],
    WECHAT_V2_MCH_ID: ['', 'the merchant'],
    WECHAT_V2_KEY: ['', 'its API key; 32 characters'],
    WECHAT_V2_SIGN_TYPE: ['`MD5`', 'or `HMAC-SHA256`: how our requests are signed; both are understood'],
    WECHAT_V2_CLIENT_CERT: ['', 'the merchant’s certificate for refunds and statements, PEM or path'],
    WECHAT_V2_CLIENT_KEY: ['', 'its key, likewise'],
    WECHAT_V2_SERVER_CA: ['none', 'whose certificate to trust there, if not the public ones'],
  },

  read(reader) {
    if (!given(reader, 'WECHAT_V2_API_BASE', 'WECHAT_V2_MCH_ID', 'WECHAT_V2_KEY')) return null;
    const apiBase = reader.url('WECHAT_V2_API_BASE');
    const config: WechatV2Config = {
      apiBase,
      secureBase: reader.url('WECHAT_V2_SECURE_BASE', apiBase),
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
    return { addresses: [config.apiBase, config.secureBase], open: () => wechatV2Gateway(config) };
  },
};
