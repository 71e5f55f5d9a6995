import type { Channel } from '../channel.js';
import { compactTime } from '../clock.js';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import { refundNotice, tradeBody } from './bodies.js';
import { announcePayment, announceRefund, letter, WAITS_MS } from './notification.js';

/** Both APIs of WeChat Pay number payments alike. */
export function wechatTransactionId(paidAt: Date): string {
  return `42000${randomDigits(5)}${compactTime(paidAt).slice(0, 8)}${randomDigits(10)}`;
}

/** WeChat Pay API v3. */
export function wechatV3(world: World): Channel {
  return {
    title: '微信支付',
    transactionId: wechatTransactionId,
    announcePayment: (trade) => announcePayment(world, trade, tradeBody(world, trade)),
    announceRefund: (refund) => announceRefund(world, refund, refundNotice(world, refund)),
    letter: (delivery) => letter(world, delivery),
    took: (status) => status === 200 || status === 204,
    waits: WAITS_MS,
  };
}
