import type { WorkOrder } from '@yajin/contract/work-order';

export const LINE = 'work-order';

/** Which adapter speaks for a payment method of the contract. */
export const GATEWAYS: Readonly<Record<WorkOrder.PaymentMethod, string>> = {
  wechat: 'wechat-v2',
  test: 'test',
};

export const NOTIFY_PATH = '/api/payments/wechat/notify';
