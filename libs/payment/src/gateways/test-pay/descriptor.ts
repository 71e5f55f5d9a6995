import type { GatewayDescriptor } from '../descriptor.js';
import { NUMBER_LENGTH, SCENES, testGateway } from './index.js';

export const testPay: GatewayDescriptor = {
  name: 'test',
  label: '测试支付',
  scenes: SCENES,
  numberLength: NUMBER_LENGTH,
  can: [],
  variables: {},
  pretends: true,
  read: () => ({ addresses: [], open: testGateway }),
};
