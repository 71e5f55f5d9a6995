import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Endpoint, Subject } from '../faults.js';
import { closeOpenTrade, openTrade, perform, refundTrade, required, requireTrade } from '../money/counter.js';
import { settledFen } from '../money/coupon.js';
import { findRefund, refundedFen, settleRefund } from '../money/refund.js';
import { Refusal, type RefusalKind } from '../money/refusal.js';
import type { Refund, Trade, TradeType } from '../money/rows.js';
import { issueToken, randomToken } from '../tokens.js';
import type { World } from '../world.js';
import { billAddress, sendBill } from './bill.js';
import { fundBills, paidParts, time, yuan } from './channel.js';
import { certificateSn, isMerchants, signText, type Params } from './signing.js';

// https://opendocs.alipay.com/open/270 and the pages next to it.

type Json = Record<string, unknown>;

interface Call {
  params: Params;
  biz: Json;
}

const CODE_MS = 2 * 3_600_000;

const METHODS: Record<string, { endpoint: Endpoint; handle: (world: World, call: Call) => Json }> = {
  'alipay.trade.precreate': { endpoint: 'create', handle: precreate },
  'alipay.trade.query': { endpoint: 'query', handle: query },
  'alipay.trade.close': { endpoint: 'close', handle: close },
  'alipay.trade.refund': { endpoint: 'refund', handle: refund },
  'alipay.trade.fastpay.refund.query': { endpoint: 'refundQuery', handle: queryRefund },
  'alipay.data.dataservice.bill.downloadurl.query': {
    endpoint: 'bill',
    handle: (world, { biz }) => ({ bill_download_url: billAddress(world, biz) }),
  },
};

const PAGES: Record<string, TradeType> = { 'alipay.trade.page.pay': 'PAGE', 'alipay.trade.wap.pay': 'MWEB' };

const CODES: Record<RefusalKind, [code: string, detail: string]> = {
  absent: ['40004', 'ACQ.TRADE_NOT_EXIST'],
  paid: ['40004', 'ACQ.TRADE_HAS_SUCCESS'],
  closed: ['40004', 'ACQ.TRADE_HAS_CLOSE'],
  unpaid: ['40004', 'ACQ.TRADE_STATUS_ERROR'],
  mismatch: ['40004', 'ACQ.CONTEXT_INCONSISTENT'],
  refused: ['40004', 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL'],
  invalid: ['40004', 'ACQ.INVALID_PARAMETER'],
  notEnough: ['40004', 'ACQ.SELLER_BALANCE_NOT_ENOUGH'],
  throttled: ['40005', 'isv.app-call-limited'],
  system: ['20000', 'isp.unknow-error'],
  signature: ['40002', 'isv.invalid-signature'],
};
/** Which parameters are invalid, and what is absent, bills call by names of their own. */
const BILL_CODES: Partial<typeof CODES> = {
  absent: ['40004', 'isp.bill_not_exist'],
  invalid: ['40004', 'isv.invalid_arguments'],
};

type Requested = { Querystring: Params; Body: Params | undefined };

export async function alipayRoutes(app: FastifyInstance, world: World): Promise<void> {
  await app.register(formbody);
  app.post<Requested>('/alipay/gateway.do', (request, reply) =>
    answer(world, { ...request.query, ...request.body }, reply),
  );
  app.get<Requested>('/alipay/downloadBillFile.resource', (request, reply) =>
    sendBill(world, request.query['token'] ?? '', reply),
  );
  /** Where a browser is sent to pay. */
  app.get<Requested>('/alipay/gateway.do', (request, reply) => {
    const params = { ...request.query };
    try {
      const type = PAGES[params['method'] ?? ''];
      if (!type) throw new Refusal('invalid', 'method 有误');
      const trade = newTrade(world, readCall(world, params), type, 1);
      return reply.redirect(`/cashier/${encodeURIComponent(trade.out_trade_no)}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return reply.code(400).type('text/plain; charset=utf-8').send(error.message);
    }
  });
}

async function answer(world: World, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const name = params['method'] ?? '';
  const method = METHODS[name];
  const subject = { ...subjectOf(params), ...(method && { endpoint: method.endpoint }) };
  let said: Json;
  try {
    if (!method) throw new Refusal('invalid', 'method 有误');
    const call = readCall(world, params);
    const done = await perform(world, subject, () => method.handle(world, call));
    if (done === null) return await reply.hijack();
    said = { code: '10000', msg: 'Success', ...done };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const over = error.kind === 'paid' || error.kind === 'closed';
    const codes = method?.endpoint === 'bill' ? { ...CODES, ...BILL_CODES } : CODES;
    const [code, detail] = over && name === 'alipay.trade.close' ? CODES.unpaid : codes[error.kind];
    said = { code, msg: 'Business Failed', sub_code: detail, sub_msg: error.message };
  }
  const text = JSON.stringify(said);
  const forged = world.faults.take('forgedAnswer', subject) !== null;
  const signed = world.faults.take('unsignedAnswer', subject) === null;
  const sn = params['app_cert_sn'] ? `,"alipay_cert_sn":"${answeringSn(world, subject)}"` : '';
  const sign = signed ? `${sn},"sign":"${signText(world, forged ? `${text} ` : text)}"` : '';
  const key = `${name.replaceAll('.', '_')}_response`;
  return reply.type('text/html; charset=utf-8').send(`{"${key}":${text}${sign}}`);
}

/** In certificate mode an answer says which certificate it is signed with. */
function answeringSn(world: World, subject: Subject): string {
  const known = certificateSn(world.others.alipay.certificates.alipay);
  return world.faults.take('otherCertificate', subject) === null ? known : known.replace(/^./, 'x');
}

function subjectOf(params: Params): { outTradeNo: string | null; outRefundNo: string | null } {
  const field = (name: string) =>
    new RegExp(`"${name}":"([^"]*)"`).exec(params['biz_content'] ?? '')?.[1] ?? null;
  return { outTradeNo: field('out_trade_no'), outRefundNo: field('out_request_no') };
}

function readCall(world: World, params: Params): Call {
  if (params['app_id'] !== world.others.alipay.appId) throw new Refusal('signature', '无效的AppID参数');
  if (params['sign_type'] !== 'RSA2' || !isMerchants(world, params))
    throw new Refusal('signature', '验签出错');
  requireCertificates(world, params);
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(params['timestamp'] ?? ''))
    throw new Refusal('invalid', '非法的时间戳参数');
  const biz: unknown = JSON.parse(params['biz_content'] ?? '{}');
  return { params, biz: typeof biz === 'object' && biz !== null ? { ...biz } : {} };
}

/** Who works with certificates names both of them. */
function requireCertificates(world: World, params: Params): void {
  const { app, root } = world.others.alipay.certificates;
  if (params['app_cert_sn'] === undefined && params['alipay_root_cert_sn'] === undefined) return;
  if (params['app_cert_sn'] !== certificateSn(app) || params['alipay_root_cert_sn'] !== certificateSn(root))
    throw new Refusal('signature', '应用公钥证书或根证书序列号不符');
}

const MAX_SUBJECT_BYTES = 256;

function fenOf(biz: Json, name: string): number {
  const [whole = '', cents = ''] = required(biz, name, /^\d{1,11}(\.\d{1,2})?$/).split('.');
  return Number(whole) * 100 + Number(cents.padEnd(2, '0'));
}

function newTrade(world: World, { params, biz }: Call, type: TradeType, seen: 0 | 1): Trade {
  if (Buffer.byteLength(required(biz, 'subject')) > MAX_SUBJECT_BYTES)
    throw new Refusal('invalid', 'subject 过长');
  const expiry = biz['time_expire'] === undefined ? null : required(biz, 'time_expire', /^[\d: -]{19}$/);
  return openTrade(world, {
    channel: 'alipay',
    out_trade_no: required(biz, 'out_trade_no', /^[0-9A-Za-z_-]{1,64}$/),
    trade_type: type,
    description: required(biz, 'subject', /^[^/=&]{1,256}$/),
    attach: typeof biz['passback_params'] === 'string' ? biz['passback_params'] : '',
    notify_url: required(params, 'notify_url', /^https?:\/\/.{1,250}$/),
    amount_fen: fenOf(biz, 'total_amount'),
    payer: null,
    time_expire: expiry === null ? null : Date.parse(`${expiry.replace(' ', 'T')}+08:00`),
    return_url: params['return_url'] ?? null,
    seen,
  });
}

/** The trade itself is not there before somebody scans the code. */
function precreate(world: World, call: Call): Json {
  const trade = newTrade(world, call, 'NATIVE', 0);
  const code = `${world.url}/cashier/alipay?code=${randomToken(12)}`;
  issueToken(world, 'code_url', code, trade.out_trade_no, CODE_MS);
  return { out_trade_no: trade.out_trade_no, qr_code: code };
}

function tradeOf(world: World, { biz }: Call): Trade {
  return requireTrade(world, 'alipay', required(biz, 'out_trade_no'));
}

function query(world: World, call: Call): Json {
  const trade = tradeOf(world, call);
  const common = { out_trade_no: trade.out_trade_no, total_amount: yuan(trade.amount_fen) };
  if (trade.paid_at === null) {
    const status = trade.state === 'CLOSED' ? 'TRADE_CLOSED' : 'WAIT_BUYER_PAY';
    return { ...common, trade_no: `2088${trade.created_at}`, trade_status: status };
  }
  const all = refundedFen(world, trade.out_trade_no) === trade.amount_fen;
  return {
    ...common,
    trade_no: trade.transaction_id,
    trade_status: all
      ? 'TRADE_CLOSED'
      : isFinished(world, trade.paid_at)
        ? 'TRADE_FINISHED'
        : 'TRADE_SUCCESS',
    buyer_user_id: trade.openid,
    buyer_logon_id: '159****0000',
    send_pay_date: time(trade.paid_at),
    ...paidParts(trade),
    fund_bill_list: fundBills(trade, 'fund_channel'),
  };
}

/** Nothing can be refunded any more. */
function isFinished(world: World, paidAt: number): boolean {
  return world.clock.now().getTime() - paidAt > 365 * 86_400_000;
}

function close(world: World, call: Call): Json {
  const trade = tradeOf(world, call);
  closeOpenTrade(world, trade);
  return { out_trade_no: trade.out_trade_no, trade_no: `2088${trade.created_at}` };
}

/** A refund is done when it is answered, unless a fault holds it back. */
function refund(world: World, call: Call): Json {
  const trade = tradeOf(world, call);
  const outRefundNo = required(call.biz, 'out_request_no', /^[0-9A-Za-z_-]{1,64}$/);
  const known = findRefund(world, outRefundNo) !== undefined;
  const order = { outRefundNo, amountFen: fenOf(call.biz, 'refund_amount'), totalFen: trade.amount_fen };
  const accepted = refundTrade(world, trade, { ...order, notifyUrl: trade.notify_url });
  if (accepted.settle_at !== null && accepted.outcome === 'SUCCESS')
    settleRefund(world, outRefundNo, 'SUCCESS');
  const done = findRefund(world, outRefundNo)?.state === 'SUCCESS';
  return {
    out_trade_no: trade.out_trade_no,
    trade_no: trade.transaction_id,
    buyer_user_id: trade.openid,
    buyer_logon_id: '159****0000',
    fund_change: done && !known ? 'Y' : 'N',
    refund_fee: yuan(refundedFen(world, trade.out_trade_no)),
  };
}

function queryRefund(world: World, call: Call): Json {
  const trade = tradeOf(world, call);
  const found = findRefund(world, required(call.biz, 'out_request_no'));
  if (found?.out_trade_no !== trade.out_trade_no || found.state !== 'SUCCESS') return {};
  return {
    out_trade_no: trade.out_trade_no,
    trade_no: trade.transaction_id,
    out_request_no: found.out_refund_no,
    total_amount: yuan(trade.amount_fen),
    refund_amount: yuan(found.amount_fen),
    refund_status: 'REFUND_SUCCESS',
    ...refundDetails(call, trade, found),
  };
}

/** Said only where they are asked for. */
function refundDetails({ biz }: Call, trade: Trade, refund: Refund): Json {
  const options: unknown[] = Array.isArray(biz['query_options']) ? biz['query_options'] : [];
  const back = yuan(settledFen(trade, refund.amount_fen, refund.coupon_fen));
  return {
    ...(options.includes('gmt_refund_pay') && { gmt_refund_pay: time(refund.settled_at ?? 0) }),
    ...(options.includes('refund_detail_item_list') && {
      send_back_fee: back,
      refund_detail_item_list: [{ fund_channel: 'ALIPAYACCOUNT', amount: back }],
    }),
  };
}
