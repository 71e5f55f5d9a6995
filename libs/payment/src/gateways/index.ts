import { alipay } from './alipay/descriptor.js';
import { bankCard } from './bank-card/descriptor.js';
import type { GatewayDescriptor } from './descriptor.js';
import { shouqianba } from './shouqianba/descriptor.js';
import { testPay } from './test-pay/descriptor.js';
import { wechatV2 } from './wechat-v2/descriptor.js';
import { wechatV3 } from './wechat-v3/descriptor.js';

/** Every gateway there is. To add one, see docs/adding-a-gateway.md. */
export const GATEWAYS: readonly GatewayDescriptor[] = [
  wechatV3,
  wechatV2,
  alipay,
  shouqianba,
  bankCard,
  testPay,
];
