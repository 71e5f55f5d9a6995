import { createSecretKey } from 'node:crypto';

import {
  GatewayError,
  type AbsentRefund,
  type Gateway,
  type Presentation,
  type RefundRedirection,
  type RefundReport,
  type Scene,
  type Trade,
} from '../../gateway.js';
import { requireScene, requireSame } from '../common.js';
import { addCertificates } from './wechat-v3.certificates.js';
import { downloadBill, downloadStatement } from './wechat-v3.bills.js';
import { brokenAnswer, call, type ClientConfig } from './wechat-v3.client.js';
import { encryptFor, newNonce, signLines, unixSeconds } from './wechat-v3.crypto.js';
import { Malformed, textAt, type Json } from '../json.js';
import {
  foreignReason,
  merchants,
  payee,
  subMerchant,
  tradesPath,
  type Account,
} from './wechat-v3.merchant.js';
import { readNotification } from './wechat-v3.notification.js';
import { refundBody, refundFrom, TOKEN_FIELD, tradeBody, tradeFrom } from './wechat-v3.transforms.js';

export { PlatformKeys } from './wechat-v3.keys.js';

export interface WechatV3Config extends Omit<ClientConfig, 'timeoutMs' | 'now'>, Account {
  /** 32 bytes. */
  apiV3Key: Buffer | string;
  /** The merchant's quota of refunds, or this deployment's share of it. Default `REFUNDS_PER_SECOND`. */
  refundsPerSecond?: number;
  /** For one call, its body included. Default 5000. */
  timeoutMs?: number;
  /** Real time, also where business time is shifted: signatures live by it. */
  now?: () => Date;
}

/** An H5 page lives about five minutes, a prepay id and a code two hours: ask for new ones well before. */
export const SCENES = { jsapi: 110 * 60, native: 110 * 60, h5: 4 * 60 } as const;
export const NUMBER_LENGTH = { trade: 32, refund: 64 };
/** https://pay.weixin.qq.com/docs/partner/apis/combine-payment/refunds/create-abnormal-refund.html: of refunds asked for, good ones. */
export const REFUNDS_PER_SECOND = 150;
const ACKNOWLEDGEMENT = {
  accepted: {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: '{"code":"SUCCESS","message":"成功"}',
  },
  refused: {
    status: 401,
    contentType: 'application/json; charset=utf-8',
    body: '{"code":"FAIL","message":"签名验证失败"}',
  },
};

/** Old and new spellings of "there is no such order or refund". */
const ABSENT: ReadonlySet<string> = new Set([
  'ORDER_NOT_EXIST',
  'ORDERNOTEXIST',
  'RESOURCE_NOT_EXISTS',
  'RESOURCE_NOT_EXIST',
]);
/** What makes a close unnecessary. */
const CLOSED: ReadonlySet<string> = new Set(['ORDER_CLOSED', 'ORDERCLOSED']);

/**
 * WeChat Pay API v3 for one merchant, by itself or through its service provider, as https://pay.weixin.qq.com/doc/v3/merchant/ describes it
 * (query 4013070356, close 4013070360).
 * @throws RangeError when the APIv3 key is not 32 bytes.
 */
export function wechatV3Gateway(settings: WechatV3Config): Gateway {
  const config = {
    ...settings,
    timeoutMs: settings.timeoutMs ?? 5000,
    now: settings.now ?? (() => new Date()),
  };
  const { appId, mchId, partner } = config;
  const resourceKey = createSecretKey(Buffer.from(config.apiV3Key));
  if (resourceKey.symmetricKeySize !== 32) throw new RangeError('the APIv3 key is not 32 bytes');
  const notificationKeys = { appId, mchId, partner, platformKeys: config.platformKeys, resourceKey };

  return {
    name: 'wechat-v3',
    scenes: SCENES,
    refundsPerSecond: settings.refundsPerSecond ?? REFUNDS_PER_SECOND,
    numberLength: NUMBER_LENGTH,
    acknowledgement: ACKNOWLEDGEMENT,

    async createTrade(request) {
      const scene = requireScene(request.scene, SCENES);
      const body = tradeBody(request, config);
      const json = await call(config, 'POST', `${tradesPath(config)}/${scene}`, body);
      return understood(json, (answer) => textAt(answer, TOKEN_FIELD[scene]));
    },

    present: (scene, token) => present(config, scene, token),

    async queryTrade(outTradeNo): Promise<Trade> {
      const trade = await queryBy(config, `out-trade-no/${encodeURIComponent(outTradeNo)}`);
      if (trade === 'absent') return { state: 'absent', outTradeNo };
      requireSame('out_trade_no', trade.outTradeNo, outTradeNo);
      return trade;
    },

    /** https://pay.weixin.qq.com/docs/merchant/apis/jsapi-payment/query-by-wx-trade-no.html: paid orders only. */
    async queryTransaction(transactionId): Promise<Trade> {
      const trade = await queryBy(config, `id/${encodeURIComponent(transactionId)}`);
      if (trade === 'absent') return { state: 'absent', outTradeNo: '' };
      if (trade.state === 'paid') requireSame('transaction_id', trade.transactionId, transactionId);
      return trade;
    },

    async closeTrade(outTradeNo) {
      const path = `${tradesPath(config)}/out-trade-no/${encodeURIComponent(outTradeNo)}/close`;
      try {
        const json = await call(config, 'POST', path, merchants(config));
        if (json !== null) throw new GatewayError('unknown', 'BROKEN_ANSWER', '关闭订单的应答不是 204');
        return 'closed';
      } catch (error) {
        if (isRefusal(error, ABSENT)) return 'absent';
        if (isRefusal(error, CLOSED)) return 'closed';
        throw error;
      }
    },

    async refund(request): Promise<RefundReport> {
      const json = await call(config, 'POST', '/v3/refund/domestic/refunds', refundBody(request, config));
      const report = understood(json, (answer) => refundFrom(answer, 'status'));
      requireSame('out_refund_no', report.outRefundNo, request.outRefundNo);
      requireSame('out_trade_no', report.outTradeNo, request.outTradeNo);
      return report;
    },

    async queryRefund({ outRefundNo }): Promise<RefundReport | AbsentRefund> {
      const query = new URLSearchParams(subMerchant(config)).toString();
      const path = `/v3/refund/domestic/refunds/${encodeURIComponent(outRefundNo)}${query && `?${query}`}`;
      const json = await unlessAbsent(call(config, 'GET', path));
      if (json === 'absent') return { state: 'absent', outRefundNo };
      const report = understood(json, (answer) => refundFrom(answer, 'status'));
      requireSame('out_refund_no', report.outRefundNo, outRefundNo);
      return report;
    },

    /**
     * https://pay.weixin.qq.com/docs/merchant/apis/refund/refunds/create-abnormal-refund.html: names and numbers of cards travel
     * encrypted.
     */
    async redirectRefund({ outRefundNo, gatewayRefundId, to }): Promise<RefundReport> {
      const path = `/v3/refund/domestic/refunds/${encodeURIComponent(gatewayRefundId)}/apply-abnormal-refund`;
      const json = await call(config, 'POST', path, redirectionBody(config, outRefundNo, to));
      const report = understood(json, (answer) => refundFrom(answer, 'status'));
      requireSame('out_refund_no', report.outRefundNo, outRefundNo);
      return report;
    },

    keys: () => ({ known: config.platformKeys.known(), problem: config.platformKeys.problem }),

    refreshKeys: () => addCertificates(config, resourceKey),

    readNotification: (headers, rawBody) =>
      readNotification(headers, rawBody, notificationKeys, config.now()),

    downloadBill: (date) => downloadBill(config, date),
    // A service provider's account is not the merchant's.
    ...(partner ? {} : { downloadStatement: (date: string) => downloadStatement(config, date) }),
  };
}

async function queryBy(config: ClientConfig & Account, by: string): Promise<Trade | 'absent'> {
  const query = new URLSearchParams(merchants(config)).toString();
  const path = `${tradesPath(config)}/${by}?${query}`;
  const json = await unlessAbsent(call(config, 'GET', path));
  if (json === 'absent') return 'absent';
  const trade = understood(json, tradeFrom);
  const foreign = foreignReason(json ?? {}, payee(config));
  if (foreign !== null) throw new GatewayError('unknown', 'FOREIGN', foreign);
  return trade;
}

function redirectionBody(
  config: ClientConfig & Account,
  outRefundNo: string,
  to: RefundRedirection['to'],
): Json {
  const refund = { out_refund_no: outRefundNo, ...subMerchant(config) };
  if (to.kind === 'merchant') return { ...refund, type: 'MERCHANT_BANK_CARD' };
  // With the key that the request names in `Wechatpay-Serial`: the last of ours is the newest.
  const key = config.platformKeys.newest()?.key;
  if (!key) throw new Error('there is no key of the platform');
  return {
    ...refund,
    type: 'USER_BANK_CARD',
    bank_type: to.bankType,
    bank_account: encryptFor(key, to.account),
    real_name: encryptFor(key, to.name),
  };
}

function present(config: ClientConfig & Account, scene: Scene, token: string): Presentation {
  const nothing: Presentation = { payParams: null, qrcodeUrl: null, h5Url: null };
  switch (scene) {
    case 'jsapi':
      return { ...nothing, payParams: jsapiParams(config, token) };
    case 'native':
      return { ...nothing, qrcodeUrl: token };
    case 'h5':
    case 'page':
      return { ...nothing, h5Url: token };
  }
}

/** What `WeixinJSBridge` and `wx.chooseWXPay` take. `timeStamp` is a string of unix seconds. */
function jsapiParams(config: ClientConfig & Account, prepayId: string): Record<string, string> {
  const timeStamp = unixSeconds(config.now());
  const nonceStr = newNonce();
  const packed = `prepay_id=${prepayId}`;
  return {
    appId: config.appId,
    timeStamp,
    nonceStr,
    package: packed,
    signType: 'RSA',
    paySign: signLines([config.appId, timeStamp, nonceStr, packed], config.mchPrivateKey),
  };
}

async function unlessAbsent(answer: Promise<Json | null>): Promise<Json | null | 'absent'> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error, ABSENT)) return 'absent';
    throw error;
  }
}

function isRefusal(error: unknown, codes: ReadonlySet<string>): boolean {
  return error instanceof GatewayError && error.kind === 'refused' && codes.has(error.code);
}

function understood<T>(json: Json | null, read: (json: Json) => T): T {
  return orBroken(() => {
    if (json === null) throw new Malformed('应答为空');
    return read(json);
  });
}

function orBroken<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) throw brokenAnswer(error);
    throw error;
  }
}
