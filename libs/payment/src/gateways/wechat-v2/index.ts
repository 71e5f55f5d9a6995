import { randomBytes } from 'node:crypto';

import type { Gateway, Presentation, Scene } from '../../gateway.js';
import { requireSame, requireScene, understood, unlessOneOf } from '../common.js';
import { call, download, secureAgent, type ClientConfig } from './wechat-v2.client.js';
import { parseBill } from '../wechat-bill.js';
import { parseStatement } from '../wechat-statement.js';
import { sign } from './wechat-v2.crypto.js';
import { readNotification } from './wechat-v2.notification.js';
import {
  field,
  fenField,
  refundFields,
  refundFrom,
  TOKEN_FIELD,
  tradeFields,
  tradeFrom,
} from './wechat-v2.transforms.js';
import { toXml } from './wechat-v2.xml.js';

export interface WechatV2Config extends Omit<ClientConfig, 'timeoutMs'> {
  /** For one call, its answer included. Default 5000. */
  timeoutMs?: number;
  now?: () => Date;
}

/** An H5 page lives about five minutes, a prepay id and a code two hours. */
export const SCENES = { jsapi: 110 * 60, native: 110 * 60, h5: 4 * 60 } as const;
export const NUMBER_LENGTH = { trade: 32, refund: 64 };
const CONTENT_TYPE = 'text/xml; charset=utf-8';
const ACCEPTED = toXml({ return_code: 'SUCCESS', return_msg: 'OK', result_code: 'SUCCESS' });
const REFUSED = toXml({ return_code: 'FAIL', return_msg: '签名验证失败' });
const ABSENT: ReadonlySet<string> = new Set(['ORDERNOTEXIST', 'REFUNDNOTEXIST']);
const CLOSED: ReadonlySet<string> = new Set(['ORDERCLOSED']);

/** WeChat Pay API v2 (XML) for one merchant: https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1. */
export function wechatV2Gateway(settings: WechatV2Config): Gateway {
  const config = { ...settings, timeoutMs: settings.timeoutMs ?? 5000 };
  const now = settings.now ?? (() => new Date());
  const agent = secureAgent(config);
  const title = '微信支付';
  return {
    name: 'wechat-v2',
    scenes: SCENES,
    numberLength: NUMBER_LENGTH,
    acknowledgement: {
      accepted: { status: 200, contentType: CONTENT_TYPE, body: ACCEPTED },
      refused: { status: 401, contentType: CONTENT_TYPE, body: REFUSED },
    },

    async createTrade(request) {
      const scene = requireScene(request.scene, SCENES);
      const said = await call(config, '/pay/unifiedorder', tradeFields(request, scene));
      return understood(title, () => field(said, TOKEN_FIELD[scene]));
    },

    present: (scene, token) => present(config, scene, token, now()),

    async queryTrade(outTradeNo) {
      const said = await unlessOneOf(ABSENT, call(config, '/pay/orderquery', { out_trade_no: outTradeNo }));
      if (said === null) return { state: 'absent', outTradeNo };
      const trade = understood(title, () => tradeFrom(said));
      requireSame('out_trade_no', trade.outTradeNo, outTradeNo);
      return trade;
    },

    async closeTrade(outTradeNo) {
      const closing = unlessOneOf(CLOSED, call(config, '/pay/closeorder', { out_trade_no: outTradeNo })).then(
        () => 'closed' as const,
      );
      return (await unlessOneOf(ABSENT, closing)) ?? 'absent';
    },

    async refund(request) {
      const said = await call(config, '/secapi/pay/refund', refundFields(request), agent);
      return understood(title, () => {
        requireSame('out_refund_no', field(said, 'out_refund_no'), request.outRefundNo);
        requireSame('out_trade_no', field(said, 'out_trade_no'), request.outTradeNo);
        return {
          // The answer means that it was accepted; what became of it is asked for.
          state: 'processing',
          outRefundNo: request.outRefundNo,
          outTradeNo: request.outTradeNo,
          gatewayRefundId: field(said, 'refund_id'),
          amountFen: fenField(said, 'refund_fee'),
          succeededAt: null,
        };
      });
    },

    async queryRefund({ outTradeNo, outRefundNo }) {
      const said = await unlessOneOf(
        ABSENT,
        call(config, '/pay/refundquery', { out_refund_no: outRefundNo }),
      );
      if (said === null) return { state: 'absent', outRefundNo };
      const report = understood(title, () => refundFrom(said, outRefundNo));
      requireSame('out_trade_no', report.outTradeNo, outTradeNo);
      return report;
    },

    async downloadBill(date) {
      const which = { bill_date: date.replaceAll('-', ''), bill_type: 'ALL' };
      const table = await download(config, '/pay/downloadbill', which);
      if (table === null) return [];
      return understood(title, () => parseBill(table, { mchId: config.mchId, subMchId: null }));
    },

    /** https://pay.weixin.qq.com/doc/v2/merchant/4011939779: with the certificate, and signed so, whatever else is signed how. */
    async downloadStatement(date) {
      const day = { bill_date: date.replaceAll('-', ''), account_type: 'Basic' };
      const which = { ...day, sign_type: 'HMAC-SHA256' };
      const table = await download(config, '/pay/downloadfundflow', which, agent);
      return table === null ? [] : understood(title, () => parseStatement(table, date));
    },

    readNotification: (_headers, rawBody) => readNotification(rawBody, config),
  };
}

function present(config: ClientConfig, scene: Scene, token: string, now: Date): Presentation {
  const nothing: Presentation = { payParams: null, qrcodeUrl: null, h5Url: null };
  switch (scene) {
    case 'jsapi':
      return { ...nothing, payParams: jsapiParams(config, token, now) };
    case 'native':
      return { ...nothing, qrcodeUrl: token };
    case 'h5':
    case 'page':
      return { ...nothing, h5Url: token };
  }
}

/** What `wx.requestPayment` and `WeixinJSBridge` take. `timeStamp` is a string of unix seconds. */
function jsapiParams(config: ClientConfig, prepayId: string, now: Date): Record<string, string> {
  const params = {
    appId: config.appId,
    timeStamp: String(Math.floor(now.getTime() / 1000)),
    nonceStr: randomBytes(16).toString('hex'),
    package: `prepay_id=${prepayId}`,
    signType: config.signType,
  };
  return { ...params, paySign: sign(params, config.key, config.signType) };
}
