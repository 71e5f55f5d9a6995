import { isLoopback } from '@yajin/server';
import { given, type GatewayDescriptor } from '../descriptor.js';
import { NUMBER_LENGTH, SCENES, shouqianbaGateway } from './index.js';

export const shouqianba: GatewayDescriptor = {
  name: 'shouqianba',
  label: '收钱吧',
  scenes: SCENES,
  numberLength: NUMBER_LENGTH,
  can: ['transfer'],
  variables: {
    SHOUQIANBA_API_BASE: ['its own', 'its address; must be https, for its answers are not signed'],
    SHOUQIANBA_WAP_URL: ['its own', 'where payers are sent'],
    SHOUQIANBA_TERMINAL_SN: ['', 'the activated terminal'],
    SHOUQIANBA_TERMINAL_KEY: ['', 'its key'],
    SHOUQIANBA_PAYWAY: ['3 (WeChat)', 'which wallet'],
    SHOUQIANBA_APP_ID: ['', 'what its callbacks are signed for'],
    SHOUQIANBA_MERCHANT_NO: ['', 'the merchant'],
    SHOUQIANBA_SECRET_KEY: ['', 'what its callbacks are signed with; 16 characters'],
    SHOUQIANBA_TRANSFER_URL: ['none: no transfers', 'where transfers are asked for (`…` and `…/query`)'],
  },

  read(reader, publicUrl) {
    if (!given(reader, 'SHOUQIANBA_API_BASE', 'SHOUQIANBA_TERMINAL_SN', 'SHOUQIANBA_SECRET_KEY')) return null;
    const apiBase = reader.url('SHOUQIANBA_API_BASE', 'https://api.shouqianba.com');
    // Its answers carry no signature: nothing but TLS tells them from anybody else's.
    if (!apiBase.startsWith('https:') && !isLoopback(apiBase))
      reader.problem('SHOUQIANBA_API_BASE must be https');
    const config = {
      apiBase,
      wapUrl: reader.url('SHOUQIANBA_WAP_URL', 'https://m.wosai.cn/qr/gateway'),
      terminalSn: reader.required('SHOUQIANBA_TERMINAL_SN'),
      terminalKey: reader.required('SHOUQIANBA_TERMINAL_KEY'),
      payway: reader.text('SHOUQIANBA_PAYWAY', '3'),
      appId: reader.required('SHOUQIANBA_APP_ID'),
      merchantNo: reader.required('SHOUQIANBA_MERCHANT_NO'),
      secretKey: reader.secret('SHOUQIANBA_SECRET_KEY', 16),
      transferUrl: reader.optionalUrl('SHOUQIANBA_TRANSFER_URL'),
      returnUrl: publicUrl,
    };
    const addresses = [config.apiBase, config.wapUrl, config.transferUrl].filter(
      (address) => address !== null,
    );
    return { addresses, open: () => shouqianbaGateway(config) };
  },
};
