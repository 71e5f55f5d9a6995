import { yuanText } from '@yajin/core';
import type { Gateway, Trade } from '../../gateway.js';
import { cut, requireSame, requireScene, understood, unlessOneOf } from '../common.js';
import { Malformed, textAt, type Json } from '../json.js';
import { call, TITLE, type ClientConfig } from './bank-card.client.js';
import { paidFrom, readWebhook, refundFrom, tradeNoAt } from '../webhook.js';

export interface BankCardConfig extends Omit<ClientConfig, 'timeoutMs'> {
  /** For one call, its answer included. Default 5000. */
  timeoutMs?: number;
  now?: () => Date;
}

export const SCENES = { page: 30 * 60, h5: 30 * 60 } as const;
export const NUMBER_LENGTH = { trade: 64, refund: 64 };
const MAX_DESCRIPTION = 128;
const ABSENT: ReadonlySet<string> = new Set(['ORDER_NOT_FOUND', 'REFUND_NOT_FOUND']);
const OVER: ReadonlySet<string> = new Set(['ORDER_CLOSED']);

/**
 * Bank cards, through an acquirer (or the deployment's own bridge to one) that speaks the generic signed webhook:
 * it tells of payments by it, and takes orders in the same form. Its own page is where the payer pays.
 */
export function bankCardGateway(settings: BankCardConfig): Gateway {
  const config = { ...settings, timeoutMs: settings.timeoutMs ?? 5000 };
  const now = settings.now ?? (() => new Date());
  const contentType = 'application/json; charset=utf-8';
  return {
    name: 'bank-card',
    scenes: SCENES,
    numberLength: NUMBER_LENGTH,
    acknowledgement: {
      accepted: { status: 200, contentType, body: '{"processed":true}' },
      refused: { status: 401, contentType, body: '{"processed":false}' },
    },

    async createTrade(request) {
      requireScene(request.scene, SCENES);
      const said = await call(config, '/orders', {
        order_id: request.outTradeNo,
        amount: yuanText(request.amountFen),
        description: cut(request.description, MAX_DESCRIPTION),
        expires_at: request.expiresAt.toISOString(),
        notify_url: request.notifyUrl,
        return_url: request.returnUrl ?? '',
      });
      return understood(TITLE, () => {
        requireSame('order_id', tradeNoAt(said), request.outTradeNo);
        return textAt(said, 'payment_url');
      });
    },

    present: (_scene, token) => ({ payParams: null, qrcodeUrl: null, h5Url: token }),

    async queryTrade(outTradeNo) {
      const said = await unlessOneOf(ABSENT, call(config, '/orders/query', { order_id: outTradeNo }));
      if (said === null) return { state: 'absent', outTradeNo };
      const trade = understood(TITLE, () => tradeFrom(said, now()));
      requireSame('order_id', trade.outTradeNo, outTradeNo);
      return trade;
    },

    async closeTrade(outTradeNo) {
      const closing = unlessOneOf(OVER, call(config, '/orders/close', { order_id: outTradeNo })).then(
        () => 'closed' as const,
      );
      return (await unlessOneOf(ABSENT, closing)) ?? 'absent';
    },

    async refund(request) {
      const said = await call(config, '/refunds', {
        order_id: request.outTradeNo,
        refund_id: request.outRefundNo,
        amount: yuanText(request.amountFen),
        reason: cut(request.reason, MAX_DESCRIPTION),
        notify_url: request.notifyUrl,
      });
      const report = understood(TITLE, () => refundFrom(said));
      requireSame('refund_id', report.outRefundNo, request.outRefundNo);
      requireSame('order_id', report.outTradeNo, request.outTradeNo);
      return report;
    },

    async queryRefund({ outTradeNo, outRefundNo }) {
      const fields = { order_id: outTradeNo, refund_id: outRefundNo };
      const said = await unlessOneOf(ABSENT, call(config, '/refunds/query', fields));
      if (said === null) return { state: 'absent', outRefundNo };
      const report = understood(TITLE, () => refundFrom(said));
      requireSame('refund_id', report.outRefundNo, outRefundNo);
      requireSame('order_id', report.outTradeNo, outTradeNo);
      return report;
    },

    readNotification: (_headers, rawBody) => readWebhook(rawBody, config.key, config.merchant, now()),
  };
}

function tradeFrom(said: Json, now: Date): Trade {
  const outTradeNo = tradeNoAt(said);
  const status = textAt(said, 'status');
  switch (status) {
    case 'success':
      return paidFrom(said, now);
    case 'pending':
      return { state: 'open', outTradeNo };
    case 'closed':
      return { state: 'closed', outTradeNo };
    default:
      throw new Malformed(`未知的订单状态 ${status}`);
  }
}
