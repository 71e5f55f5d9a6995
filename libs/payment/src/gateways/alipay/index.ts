import type { AlipaySdk } from 'alipay-sdk';
import {
  GatewayError,
  type Gateway,
  type Presentation,
  type RefundReport,
  type RefundRequest,
  type Scene,
} from '../../gateway.js';
import { requireSame, requireScene, understood, unlessOneOf } from '../common.js';
import { textAt } from '../json.js';
import { detailsIn } from './alipay.archive.js';
import { parseBill } from './alipay.bill.js';
import { parseStatement } from './alipay.statement.js';
import type { Billed } from './alipay.table.js';
import { call, download, sdkOf, timestamp, TITLE, type ClientConfig } from './alipay.client.js';
import { readNotification } from './alipay.notification.js';
import { METHOD, refundBody, refundFrom, tradeBody, tradeFrom } from './alipay.transforms.js';

export interface AlipayConfig extends Omit<ClientConfig, 'timeoutMs' | 'now'> {
  /** For one call. Default 5000. */
  timeoutMs?: number;
  now?: () => Date;
}

/** A code lives two hours; an address is signed with its time, and cheap to make anew. */
export const SCENES = { native: 110 * 60, h5: 10 * 60, page: 10 * 60 } as const;
export const NUMBER_LENGTH = { trade: 64, refund: 64 };
/**
 * A number comes into being only when the payer scans the code or confirms on the page, so an absent one can still be paid until
 * `time_expire` (https://developer.aliyun.com/article/710933, https://yq.aliyun.com/articles/710964).
 */
const ABSENT: ReadonlySet<string> = new Set(['ACQ.TRADE_NOT_EXIST']);
/**
 * A day without trades, and one whose bill is not made yet, which is as a rule at 9 o'clock the day after: nobody can tell one from
 * the other. The document has the latter name, the gateway says the former
 * (https://opendocs.alipay.com/apis/api_15/alipay.data.dataservice.bill.downloadurl.query).
 */
const NO_BILL: ReadonlySet<string> = new Set(['isp.bill_not_exist', 'BILL_NOT_EXIST']);
/** What a close is refused with when the trade is over, be it paid or closed. */
const OVER: ReadonlySet<string> = new Set(['ACQ.TRADE_STATUS_ERROR', 'ACQ.REASON_TRADE_STATUS_INVALID']);

/** When a refund was done, and what of it the merchant gave: said only where it is asked for. */
const REFUND_DETAILS = ['gmt_refund_pay', 'refund_detail_item_list'];

/**
 * Alipay for one merchant, through its official client (https://opendocs.alipay.com/open/270). A trade of the
 * scenes h5 and page, and one whose code was made but not scanned, does not exist there until its payer comes.
 */
export function alipayGateway(settings: AlipayConfig): Gateway {
  const config = {
    ...settings,
    timeoutMs: settings.timeoutMs ?? 5000,
    now: settings.now ?? (() => new Date()),
  };
  const sdk = sdkOf(config);
  const contentType = 'text/plain; charset=utf-8';

  const queryTrade: Gateway['queryTrade'] = async (outTradeNo) => {
    const said = await unlessOneOf(
      ABSENT,
      call(sdk, config, 'alipay.trade.query', { out_trade_no: outTradeNo }),
    );
    if (said === null) return { state: 'absent', outTradeNo };
    const trade = understood(TITLE, () => tradeFrom(said));
    requireSame('out_trade_no', trade.outTradeNo, outTradeNo);
    return trade;
  };

  const queryRefund: Gateway['queryRefund'] = async ({ outTradeNo, outRefundNo }) => {
    const biz = { out_trade_no: outTradeNo, out_request_no: outRefundNo, query_options: REFUND_DETAILS };
    const said = await unlessOneOf(ABSENT, call(sdk, config, 'alipay.trade.fastpay.refund.query', biz));
    const report = said && understood(TITLE, () => refundFrom(said));
    if (report === null) return { state: 'absent', outRefundNo };
    requireSame('out_request_no', report.outRefundNo, outRefundNo);
    requireSame('out_trade_no', report.outTradeNo, outTradeNo);
    return report;
  };

  return {
    name: 'alipay',
    scenes: SCENES,
    numberLength: NUMBER_LENGTH,
    acknowledgement: {
      accepted: { status: 200, contentType, body: 'success' },
      refused: { status: 401, contentType, body: 'fail' },
    },

    async createTrade(request) {
      const scene = requireScene(request.scene, SCENES);
      const bizContent = tradeBody(request, scene, config.sellerId);
      const { notifyUrl, returnUrl } = request;
      if (scene !== 'native') {
        const params = { timestamp: timestamp(config.now()), bizContent, notifyUrl };
        return sdk.pageExecute(METHOD[scene], 'GET', returnUrl === null ? params : { ...params, returnUrl });
      }
      const said = await call(sdk, config, METHOD[scene], bizContent, notifyUrl);
      return understood(TITLE, () => {
        requireSame('out_trade_no', textAt(said, 'out_trade_no'), request.outTradeNo);
        return textAt(said, 'qr_code');
      });
    },

    present,
    queryTrade,

    async closeTrade(outTradeNo) {
      try {
        await call(sdk, config, 'alipay.trade.close', { out_trade_no: outTradeNo });
        return 'closed';
      } catch (error) {
        if (!(error instanceof GatewayError) || error.kind !== 'refused') throw error;
        if (ABSENT.has(error.code)) return 'absent';
        if (!OVER.has(error.code)) throw error;
        const trade = await queryTrade(outTradeNo);
        if (trade.state === 'closed') return 'closed';
        throw trade.state === 'paid' ? new GatewayError('paid', error.code, error.message) : error;
      }
    },

    refund: (request) => refund(sdk, config, request, queryRefund),
    queryRefund,
    downloadBill: (date) => fetchDetails(sdk, config, ['trade', '业务明细'], date, parseBill),
    downloadStatement: (date) =>
      fetchDetails(sdk, config, ['signcustomer', '账务明细'], date, parseStatement),
    readNotification: (_headers, rawBody) => readNotification(rawBody, config),
  };
}

/** The answer names the sum of all refunds of its trade, so what became of this one is asked for. */
async function refund(
  sdk: AlipaySdk,
  config: ClientConfig,
  request: RefundRequest,
  queryRefund: Gateway['queryRefund'],
): Promise<RefundReport> {
  const said = await call(sdk, config, 'alipay.trade.refund', refundBody(request));
  understood(TITLE, () => requireSame('out_trade_no', textAt(said, 'out_trade_no'), request.outTradeNo));
  const report = await queryRefund(request);
  if (report.state !== 'absent') return report;
  throw new GatewayError(
    'unknown',
    'REFUND_UNCLEAR',
    `支付宝已受理退款（${String(said['fund_change'])}），结果未明`,
  );
}

/**
 * The bill of trades, or that of the account (账务账单), alike: an address, signed, of an archive that is not.
 * https://opendocs.alipay.com/apis/api_15/alipay.data.dataservice.bill.downloadurl.query
 */
async function fetchDetails<T>(
  sdk: AlipaySdk,
  config: ClientConfig,
  [type, called]: ['trade', '业务明细'] | ['signcustomer', '账务明细'],
  day: string,
  parse: (csv: string, billed: Billed) => T[],
): Promise<T[]> {
  const which = { bill_type: type, bill_date: day };
  try {
    const said = await call(sdk, config, 'alipay.data.dataservice.bill.downloadurl.query', which);
    const archive = await download(
      config,
      understood(TITLE, () => textAt(said, 'bill_download_url')),
    );
    return understood(TITLE, () => parse(detailsIn(archive, called), { sellerId: config.sellerId, day }));
  } catch (error) {
    if (error instanceof GatewayError && NO_BILL.has(error.code)) return [];
    throw error;
  }
}

function present(scene: Scene, token: string): Presentation {
  const nothing: Presentation = { payParams: null, qrcodeUrl: null, h5Url: null };
  return scene === 'native' ? { ...nothing, qrcodeUrl: token } : { ...nothing, h5Url: token };
}
