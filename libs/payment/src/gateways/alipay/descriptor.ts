import { given, type EnvironmentReader, type GatewayDescriptor } from '../descriptor.js';
import { parseCertificate, parseCertificates, parsePrivateKey, parsePublicKey } from '../keys.js';
import { withWebhook } from '../webhook.js';
import { alipayGateway, NUMBER_LENGTH, SCENES, type AlipayConfig } from './index.js';

export const alipay: GatewayDescriptor = {
  name: 'alipay',
  label: '支付宝',
  scenes: SCENES,
  numberLength: NUMBER_LENGTH,
  can: ['bill', 'statement'],
  variables: {
    ALIPAY_GATEWAY: ['Alipay’s own', 'address of its gateway'],
    ALIPAY_APP_ID: ['', 'the application'],
    ALIPAY_SELLER_ID: ['', 'PID of the merchant (2088…)'],
    ALIPAY_PRIVATE_KEY: ['', 'our key, as PEM, path or bare base64'],
    ALIPAY_PUBLIC_KEY: ['', 'Alipay’s key (支付宝公钥), likewise; not in certificate mode'],
    ALIPAY_APP_CERT: ['none: keys', 'certificate mode: 应用公钥证书, as PEM or path'],
    ALIPAY_CERT: ['none: keys', 'certificate mode: 支付宝公钥证书'],
    ALIPAY_ROOT_CERT: ['none: keys', 'certificate mode: 支付宝根证书'],
    ALIPAY_WEBHOOK_KEY: [
      'none',
      'lets its payments be told by the generic signed webhook, too; 32 characters',
    ],
  },

  read(reader) {
    const webhookKey = reader.optionalSecret('ALIPAY_WEBHOOK_KEY', 32);
    if (!given(reader, 'ALIPAY_GATEWAY', 'ALIPAY_APP_ID', 'ALIPAY_PRIVATE_KEY')) return null;
    const config = readConfig(reader);
    return { addresses: [config.gateway], open: () => withWebhook(alipayGateway(config), webhookKey) };
  },
};

/** Either Alipay's key, or the three certificates of certificate mode, whose second has its key. */
function readConfig(reader: EnvironmentReader): AlipayConfig {
  const config = {
    gateway: reader.url('ALIPAY_GATEWAY', 'https://openapi.alipay.com/gateway.do'),
    appId: reader.required('ALIPAY_APP_ID'),
    sellerId: reader.required('ALIPAY_SELLER_ID'),
    privateKey: reader.parsed('ALIPAY_PRIVATE_KEY', parsePrivateKey),
  };
  if (!given(reader, 'ALIPAY_APP_CERT', 'ALIPAY_CERT', 'ALIPAY_ROOT_CERT'))
    return { ...config, publicKey: reader.parsed('ALIPAY_PUBLIC_KEY', parsePublicKey) };
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
