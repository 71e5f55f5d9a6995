import { createHmac, randomBytes } from 'node:crypto';

import { fen, type Fen } from '@yajin/core';
import { InvalidNotification, type Gateway, type PaidTrade } from '../../gateway.js';
import { sameSignature } from '../common.js';

export const SCENES = { native: 24 * 3600 } as const;
export const NUMBER_LENGTH = { trade: 64, refund: 64 };
const REPLY = { contentType: 'text/plain; charset=utf-8' };

export interface TestGateway extends Gateway {
  /**
   * What a payer's confirmation amounts to: a notification for the inbox of this process.
   * @param paidAt business time
   */
  confirmation(outTradeNo: string, amountFen: Fen, paidAt: Date): Buffer;
}

export function isTestGateway(gateway: Gateway): gateway is TestGateway {
  return 'confirmation' in gateway;
}

/**
 * Pays at a confirmation, without any other side: for trying a line out. Nothing of it is kept here, so what the
 * kernel has not been told of does not exist.
 * @throws Error in production: what it takes for money is none
 */
export function testGateway({ production }: { production: boolean }): TestGateway {
  if (production) throw new Error('test payments are not for production');
  const key = randomBytes(32);
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('hex');
  return {
    name: 'test',
    scenes: SCENES,
    numberLength: NUMBER_LENGTH,
    acknowledgement: {
      accepted: { ...REPLY, status: 200, body: 'success' },
      refused: { ...REPLY, status: 401, body: 'fail' },
    },
    createTrade: (request) => Promise.resolve(`test:${request.outTradeNo}`),
    present: (_scene, token) => ({ payParams: null, qrcodeUrl: token, h5Url: null }),
    queryTrade: (outTradeNo) => Promise.resolve({ state: 'open', outTradeNo }),
    closeTrade: () => Promise.resolve('closed'),
    refund: ({ outTradeNo, outRefundNo, amountFen }) =>
      Promise.resolve({
        state: 'success',
        outTradeNo,
        outRefundNo,
        gatewayRefundId: `test-${outRefundNo}`,
        amountFen,
        succeededAt: null,
      }),
    queryRefund: ({ outRefundNo }) => Promise.resolve({ state: 'absent', outRefundNo }),

    confirmation(outTradeNo, amountFen, paidAt) {
      const text = JSON.stringify([outTradeNo, amountFen, paidAt.toISOString()]);
      return Buffer.from(JSON.stringify({ text, signature: sign(text) }));
    },

    readNotification(_headers, rawBody) {
      const { text, signature } = parse(rawBody);
      if (!sameSignature(signature, sign(text))) throw new InvalidNotification('签名不符');
      const [outTradeNo, amountFen, paidAt] = JSON.parse(text) as [string, number, string];
      const trade: PaidTrade = {
        state: 'paid',
        outTradeNo,
        transactionId: `test-${outTradeNo}`,
        amountFen: fen(amountFen),
        paidAt: new Date(paidAt),
        payerId: null,
        attach: '',
      };
      return {
        eventId: `payment:${outTradeNo}`,
        eventType: 'PAYMENT',
        payload: { outTradeNo, amountFen, paidAt },
        content: { kind: 'payment', trade, foreign: null },
      };
    },
  };
}

function parse(rawBody: Buffer): { text: string; signature: string } {
  try {
    const { text, signature } = JSON.parse(rawBody.toString('utf8')) as Record<string, unknown>;
    if (typeof text === 'string' && typeof signature === 'string') return { text, signature };
  } catch {
    // Falls through to the same refusal.
  }
  throw new InvalidNotification('不是测试支付的确认');
}
