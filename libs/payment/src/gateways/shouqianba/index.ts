import { GatewayError, type Gateway, type Presentation, type Scene } from '../../gateway.js';
import { requireSame, requireScene, understood, unlessOneOf } from '../common.js';
import { textAt, type Json } from '../json.js';
import { call, dataOf, signFields, TITLE, type ClientConfig } from './shouqianba.client.js';
import { transfersOf } from './shouqianba.contract.js';
import { readNotification } from './shouqianba.notification.js';
import {
  precreateBody,
  refundBody,
  refundedFrom,
  refundFrom,
  refusedFrom,
  tradeFrom,
  wapParams,
} from './shouqianba.transforms.js';

export interface ShouqianbaConfig extends Omit<ClientConfig, 'timeoutMs' | 'payway'> {
  /** Default 3, WeChat. */
  payway?: string;
  /** For one call, its answer included. Default 5000. */
  timeoutMs?: number;
  now?: () => Date;
}

/**
 * "All precreated orders can be paid for about 4 minutes, then they are cancelled" (…/interface/precreate.md): a code is shown for
 * three and a half. The WAP page's address is made here and lives as long as its order.
 */
export const SCENES = { native: 210, h5: 30 * 60 } as const;
export const NUMBER_LENGTH = { trade: 32, refund: 20 };
/** The WAP page's address carries no end of its own: it is watched for a day. */
const OUTLIVES = { h5: 24 * 3600 } as const;
/** The Chinese documents have the first, the English ones the second. */
const ABSENT: ReadonlySet<string> = new Set(['UPAY_ORDER_NOT_EXISTS', 'UPAY_ORDER_NOT_EXIST']);
/** What a cancel is refused with when the order is over already, one way or another. */
const OVER: ReadonlySet<string> = new Set(['UPAY_CANCEL_ORDER_NOOP', 'UPAY_CANCEL_INVALID_ORDER_STATE']);

/** Shouqianba (收钱吧) for one terminal. What it does not document is in `shouqianba.contract.ts`. */
export function shouqianbaGateway(settings: ShouqianbaConfig): Gateway {
  const config = { ...settings, payway: settings.payway ?? '3', timeoutMs: settings.timeoutMs ?? 5000 };
  const now = settings.now ?? (() => new Date());
  const contentType = 'text/plain; charset=utf-8';

  /** Null when the gateway does not know the order. */
  const orderData = async (outTradeNo: string): Promise<Json | null> => {
    const said = await unlessOneOf(ABSENT, call(config, '/upay/v2/query', { client_sn: outTradeNo }));
    if (said === null) return null;
    const data = dataOf(said);
    requireSame(
      'client_sn',
      understood(TITLE, () => textAt(data, 'client_sn')),
      outTradeNo,
    );
    return data;
  };

  const queryTrade: Gateway['queryTrade'] = async (outTradeNo) => {
    const data = await orderData(outTradeNo);
    return data === null ? { state: 'absent', outTradeNo } : understood(TITLE, () => tradeFrom(data, now()));
  };

  return {
    name: 'shouqianba',
    scenes: SCENES,
    outlives: OUTLIVES,
    registersOnce: { scenes: ['native'], conflict: 'CLIENT_SN_CONFLICT' },
    numberLength: NUMBER_LENGTH,
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
      if (trade.state === 'paid') throw new GatewayError('paid', 'TRADE_HAS_SUCCESS', '订单已支付');
      if (trade.state !== 'open') return trade.state;
      const cancelling = unlessOneOf(OVER, call(config, '/upay/v2/cancel', { client_sn: outTradeNo }));
      await unlessOneOf(ABSENT, cancelling);
      const after = await queryTrade(outTradeNo);
      if (after.state === 'paid') throw new GatewayError('paid', 'TRADE_HAS_SUCCESS', '订单在撤单前已支付');
      if (after.state === 'open') throw new GatewayError('unknown', 'CANCEL_UNCLEAR', '撤单尚无结果');
      return after.state;
    },

    async refund(request) {
      try {
        const said = await call(config, '/upay/v2/refund', refundBody(request));
        if (said['result_code'] !== 'REFUND_SUCCESS') throw unclear();
        const report = understood(TITLE, () => refundedFrom(dataOf(said), request));
        requireSame('client_sn', report.outTradeNo, request.outTradeNo);
        return report;
      } catch (error) {
        if (!(error instanceof GatewayError) || error.kind !== 'refused') throw error;
        const data = await orderData(request.outTradeNo);
        const report = data && understood(TITLE, () => refusedFrom(data, request, error.code));
        if (report) return report;
        throw error;
      }
    },

    /**
     * Asks about the order, for no query by the number of a refund is documented. An earlier operation than the last is not told
     * of: such a refund is `absent`, and sent again under its number, which the documents ask for and which never pays twice.
     */
    async queryRefund(refund) {
      const data = await orderData(refund.outTradeNo);
      const report = data && understood(TITLE, () => refundFrom(data, refund));
      if (report === 'unclear') throw unclear();
      return report ?? { state: 'absent', outRefundNo: refund.outRefundNo };
    },

    readNotification: (_headers, rawBody) => readNotification(rawBody, config),
    ...(config.transferUrl !== null && { transfers: transfersOf(config, config.transferUrl) }),
  };
}

/**
 * Never `processing`: from then on a refund is only asked about, and a later one of its order would hide it. Unclear, it is asked
 * about and sent again by its number.
 */
function unclear(): GatewayError {
  return new GatewayError('unknown', 'REFUND_UNCLEAR', '退款尚无结果');
}

function present(scene: Scene, token: string): Presentation {
  const nothing: Presentation = { payParams: null, qrcodeUrl: null, h5Url: null };
  return scene === 'native' ? { ...nothing, qrcodeUrl: token } : { ...nothing, h5Url: token };
}
