import { yuanText } from '@yajin/core';
import {
  GatewayError,
  type Gateway,
  type Presentation,
  type Scene,
  type TransferGateway,
} from '../../gateway.js';
import { requireSame, requireScene, understood, unlessOneOf } from '../common.js';
import { textAt } from '../json.js';
import { call, callTransfers, dataOf, signFields, TITLE, type ClientConfig } from './shouqianba.client.js';
import { readNotification } from './shouqianba.notification.js';
import {
  precreateBody,
  refundBody,
  refundFrom,
  tradeFrom,
  transferFrom,
  wapParams,
} from './shouqianba.transforms.js';

export interface ShouqianbaConfig extends Omit<ClientConfig, 'timeoutMs' | 'payway'> {
  /** Default 3, WeChat. */
  payway?: string;
  /** For one call, its answer included. Default 5000. */
  timeoutMs?: number;
}

/** How long a code lives is not documented; it is asked for anew after half an hour. */
const SCENES = { native: 30 * 60, h5: 30 * 60 } as const;
/** The WAP page's address carries no end of its own: it is watched for a day. */
const OUTLIVES = { h5: 24 * 3600 } as const;
const ABSENT: ReadonlySet<string> = new Set(['UPAY_ORDER_NOT_EXISTS', 'UPAY_REFUND_NOT_EXISTS']);
const NO_TRANSFER: ReadonlySet<string> = new Set(['TRANSFER_NOT_EXISTS']);

/**
 * Shouqianba (收钱吧) for one terminal. Transfers are no part of its documented API: they go to the service that
 * the deployment names, in the form of its callbacks.
 */
export function shouqianbaGateway(settings: ShouqianbaConfig): Gateway {
  const config = { ...settings, payway: settings.payway ?? '3', timeoutMs: settings.timeoutMs ?? 5000 };
  const contentType = 'text/plain; charset=utf-8';

  const queryTrade: Gateway['queryTrade'] = async (outTradeNo) => {
    const said = await unlessOneOf(ABSENT, call(config, '/upay/v2/query', { client_sn: outTradeNo }));
    if (said === null) return { state: 'absent', outTradeNo };
    const trade = understood(TITLE, () => tradeFrom(dataOf(said)));
    requireSame('client_sn', trade.outTradeNo, outTradeNo);
    return trade;
  };

  return {
    name: 'shouqianba',
    scenes: SCENES,
    outlives: OUTLIVES,
    numberLength: { trade: 32, refund: 20 },
    acknowledgement: {
      accepted: { status: 200, contentType, body: 'success' },
      refused: { status: 401, contentType, body: 'fail' },
    },

    async createTrade(request) {
      if (requireScene(request.scene, SCENES) === 'h5') {
        const params = wapParams(request, config.terminalSn, config.returnUrl);
        const sign = signFields(params, config.terminalKey);
        return `${config.wapUrl}?${new URLSearchParams({ ...params, sign }).toString()}`;
      }
      const said = await call(config, '/upay/v2/precreate', precreateBody(request, config.payway));
      return understood(TITLE, () => {
        const data = dataOf(said);
        requireSame('client_sn', textAt(data, 'client_sn'), request.outTradeNo);
        return textAt(data, 'qr_code');
      });
    },

    present,
    queryTrade,

    /** A cancel gives the money back if somebody paid meanwhile, so a payment is looked for before and after. */
    async closeTrade(outTradeNo) {
      const trade = await queryTrade(outTradeNo);
      if (trade.state === 'paid') throw new GatewayError('paid', 'UPAY_ORDER_PAID', '订单已支付');
      if (trade.state !== 'open') return trade.state;
      const cancelled = await unlessOneOf(ABSENT, call(config, '/upay/v2/cancel', { client_sn: outTradeNo }));
      if (cancelled === null) return 'absent';
      const after = await queryTrade(outTradeNo);
      if (after.state === 'paid') throw new GatewayError('paid', 'UPAY_ORDER_PAID', '订单在撤单前已支付');
      return 'closed';
    },

    async refund(request) {
      const said = await call(config, '/upay/v2/refund', refundBody(request));
      const report = understood(TITLE, () => refundFrom(dataOf(said), request.outRefundNo));
      requireSame('client_sn', report.outTradeNo, request.outTradeNo);
      return report;
    },

    async queryRefund({ outTradeNo, outRefundNo }) {
      const fields = { client_sn: outTradeNo, refund_request_no: outRefundNo };
      const said = await unlessOneOf(ABSENT, call(config, '/upay/v2/query', fields));
      if (said === null) return { state: 'absent', outRefundNo };
      const report = understood(TITLE, () => {
        const data = dataOf(said);
        requireSame('refund_request_no', textAt(data, 'refund_request_no'), outRefundNo);
        return refundFrom(data, outRefundNo);
      });
      requireSame('client_sn', report.outTradeNo, outTradeNo);
      return report;
    },

    readNotification: (_headers, rawBody) => readNotification(rawBody, config),
    ...(config.transferUrl !== null && { transfers: transfersOf(config, config.transferUrl) }),
  };
}

function transfersOf(config: ClientConfig, url: string): TransferGateway {
  return {
    async transfer(request) {
      const said = await callTransfers(config, url, {
        transfer_no: request.outTransferNo,
        amount: yuanText(request.amountFen),
        payee: request.payeeId,
        remark: request.remark,
        notify_url: request.notifyUrl,
      });
      const report = understood(TITLE, () => transferFrom(said));
      requireSame('transfer_no', report.outTransferNo, request.outTransferNo);
      requireSame('amount', String(report.amountFen), String(request.amountFen));
      return report;
    },

    async queryTransfer(outTransferNo) {
      const asked = callTransfers(config, `${url}/query`, { transfer_no: outTransferNo });
      const said = await unlessOneOf(NO_TRANSFER, asked);
      if (said === null) return { state: 'absent', outTransferNo };
      const report = understood(TITLE, () => transferFrom(said));
      requireSame('transfer_no', report.outTransferNo, outTransferNo);
      return report;
    },
  };
}

function present(scene: Scene, token: string): Presentation {
  const nothing: Presentation = { payParams: null, qrcodeUrl: null, h5Url: null };
  return scene === 'native' ? { ...nothing, qrcodeUrl: token } : { ...nothing, h5Url: token };
}
