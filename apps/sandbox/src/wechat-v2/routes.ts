import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '../faults.js';
import {
  closeOpenTrade,
  textOf,
  fenIn,
  openTrade,
  perform,
  refundTrade,
  required,
  requireRefund,
  requireTrade,
  webAddressIn,
} from '../money/counter.js';
import { Refusal, type RefusalKind } from '../money/refusal.js';
import { billForms, type Handed } from '../money/bill.js';
import { receivedAt } from '../money/refund.js';
import { tradeState } from '../money/trade.js';
import type { Refund, Trade, TradeType } from '../money/rows.js';
import { isCertified } from '../secure.js';
import { addDays, instantOf, isBusinessDate } from '@yajin/core';
import { billText } from '../wechat/bill.js';
import { statementText } from '../wechat/statement.js';
import { payToken } from '../wechat/pay-token.js';
import { randomToken } from '../tokens.js';
import type { World } from '../world.js';
import { account, couponFields, paidFields, refundStatus, refundTime, settledRefund } from './channel.js';
import { readXml, signature, writeXml, type Fields } from './xml.js';

// API v2: https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1 and the pages next to it.

interface Route {
  url: string;
  endpoint: Endpoint;
  certified?: true;
  handle: (world: World, fields: Fields) => Fields;
}

const ROUTES: Route[] = [
  { url: '/pay/unifiedorder', endpoint: 'create', handle: createTrade },
  { url: '/pay/orderquery', endpoint: 'query', handle: queryTrade },
  { url: '/pay/closeorder', endpoint: 'close', handle: closeTrade },
  { url: '/secapi/pay/refund', endpoint: 'refund', certified: true, handle: createRefund },
  { url: '/pay/refundquery', endpoint: 'refundQuery', handle: queryRefund },
];

const CODES: Record<RefusalKind, string> = {
  absent: 'ORDERNOTEXIST',
  paid: 'ORDERPAID',
  closed: 'ORDERCLOSED',
  unpaid: 'INVALID_REQUEST',
  mismatch: 'OUT_TRADE_NO_USED',
  refused: 'INVALID_REQUEST',
  invalid: 'PARAM_ERROR',
  notEnough: 'NOTENOUGH',
  throttled: 'FREQUENCY_LIMITED',
  system: 'SYSTEMERROR',
  signature: 'SIGNERROR',
};

const TYPES: readonly TradeType[] = ['JSAPI', 'NATIVE', 'MWEB'];

export function wechatV2Routes(app: FastifyInstance, world: World): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  for (const route of ROUTES) app.post(route.url, (request, reply) => answer(world, route, request, reply));
  app.post('/pay/downloadbill', (request, reply) => bill(world, request, reply));
  app.post('/pay/downloadfundflow', (request, reply) => statement(world, request, reply));
}

/** A table, or what is wrong; neither is signed: https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6 */
function bill(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.type('text/plain; charset=utf-8');
  const fields = readXml(textOf(request.body));
  const fault = faultOf(world, fields);
  if (fault !== null) return reply.send(failure(fault));
  const date = dateIn(fields);
  const type = fields['bill_type'] || 'ALL';
  if (!isBusinessDate(date) || !['ALL', 'SUCCESS', 'REFUND'].includes(type))
    return reply.send(failure('invalid bill_type'));
  if (isMade(world, 'wechat-v2', date))
    return reply.send(billText(world, date, type, 'wechat-v2') ?? failure('No Bill Exist'));
  return reply.send(failure('Bill Creating'));
}

/**
 * The account's, with a certificate and signed by HMAC only: https://pay.weixin.qq.com/doc/v2/merchant/4011939779. How it says that there is
 * none: https://developers.weixin.qq.com/community/pay/doc/0002c4d7af0268184f12b912261400
 */
function statement(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.type('text/plain; charset=utf-8');
  const fields = readXml(textOf(request.body));
  if (!isCertified(request.raw.socket)) return reply.send(failure('证书未提供或有误'));
  const fault = faultOf(world, fields);
  if (fault !== null) return reply.send(failure(fault));
  const [date, type] = [dateIn(fields), fields['account_type'] ?? ''];
  const ofAccount = ['Basic', 'Operation', 'Fees'].includes(type) && fields['sign_type'] === 'HMAC-SHA256';
  if (!isBusinessDate(date) || !ofAccount) return reply.send(failure('Param Error'));
  const refused = (err_code: string, err_code_des: string): string =>
    writeXml({ return_code: 'SUCCESS', return_msg: 'OK', result_code: 'FAIL', err_code, err_code_des });
  if (!isMade(world, 'wechat-v2/statement', date)) return reply.send(refused('BILL_CREATING', '账单未生成'));
  const text = type === 'Basic' ? statementText(world, date, 'wechat-v2') : null;
  return reply.send(text ?? refused('NO_BILL_EXIST', '流水账单不存在'));
}

/** Why the caller is not who they should be; null where they are. */
function faultOf({ identity, others }: World, fields: Fields): string | null {
  if (fields['appid'] !== identity.appId || fields['mch_id'] !== identity.mchId) return 'appid和mch_id不匹配';
  return fields['sign'] === signature(fields, others.wechatV2.key, fields['sign_type'] || 'MD5')
    ? null
    : '签名错误';
}

function dateIn(fields: Fields): string {
  return (fields['bill_date'] ?? '').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

function isMade(world: World, handed: Handed, date: string): boolean {
  const early = world.clock.now() < instantOf(addDays(date, 1), '10:00');
  return !early && !billForms(world, handed, date).has('late');
}

async function answer(
  world: World,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.type('text/xml; charset=utf-8');
  const fields = readXml(textOf(request.body));
  const { out_trade_no, out_refund_no } = fields;
  const type = fields['sign_type'] || 'MD5';
  const { key } = world.others.wechatV2;
  if (route.certified && !isCertified(request.raw.socket)) return reply.send(failure('证书未提供或有误'));
  const fault = faultOf(world, fields);
  if (fault !== null) return reply.send(failure(fault));
  const subject = {
    outTradeNo: out_trade_no ?? null,
    outRefundNo: out_refund_no ?? null,
    endpoint: route.endpoint,
  };
  let said: Fields;
  try {
    const done = await perform(world, subject, () => route.handle(world, fields));
    if (done === null) return await reply.hijack();
    said = { result_code: 'SUCCESS', ...done };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const missing = error.kind === 'absent' && route.endpoint === 'refundQuery';
    const err_code = missing ? 'REFUNDNOTEXIST' : CODES[error.kind];
    said = { result_code: 'FAIL', err_code, err_code_des: error.message };
  }
  const body: Fields = { return_code: 'SUCCESS', return_msg: 'OK', ...account(world), ...said };
  const forged = world.faults.take('forgedAnswer', subject) !== null;
  if (!world.faults.take('unsignedAnswer', subject)) body['sign'] = signature(body, forged ? 'x' : key, type);
  return reply.send(writeXml(body));
}

/** A failure of the talk itself is not signed. */
function failure(message: string): string {
  return writeXml({ return_code: 'FAIL', return_msg: message });
}

function createTrade(world: World, fields: Fields): Fields {
  const type = TYPES.find((known) => known === fields['trade_type']);
  if (!type) throw new Refusal('invalid', 'trade_type 有误');
  required(fields, 'spbill_create_ip');
  const expiry = fields['time_expire'] ? required(fields, 'time_expire', /^\d{14}$/) : null;
  const trade = openTrade(world, {
    channel: 'wechat-v2',
    out_trade_no: required(fields, 'out_trade_no', /^[0-9A-Za-z_\-|*@]{1,32}$/),
    trade_type: type,
    description: limited(fields, 'body', 128),
    attach: fields['attach'] ? limited(fields, 'attach', 127) : '',
    notify_url: webAddressIn(fields, 'notify_url'),
    amount_fen: fenIn(fields, 'total_fee'),
    payer: type === 'JSAPI' ? required(fields, 'openid') : null,
    time_expire: expiry === null ? null : expiryOf(expiry),
  });
  world.store.saveSetting(`signType:${trade.out_trade_no}`, fields['sign_type'] || 'MD5');
  const { h5_url, ...tokens } = payToken(world, trade);
  const prepay_id = `wx${randomToken(18)}`;
  return { trade_type: type, prepay_id, ...tokens, ...(h5_url !== undefined && { mweb_url: h5_url }) };
}

/** Lengths count in bytes (https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1, String(n)). */
function limited(fields: Fields, name: string, bytes: number): string {
  const text = required(fields, name);
  if (Buffer.byteLength(text) > bytes) throw new Refusal('invalid', `参数 ${name} 长度超过 ${bytes} 字节`);
  return text;
}

function expiryOf(compact: string): number {
  const iso = compact.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6+08:00');
  return Date.parse(iso);
}

function queryTrade(world: World, fields: Fields): Fields {
  const trade = requireTrade(world, 'wechat-v2', required(fields, 'out_trade_no'));
  const state = { trade_state: tradeState(world, trade), trade_state_desc: '订单状态' };
  if (trade.paid_at === null)
    return { out_trade_no: trade.out_trade_no, total_fee: String(trade.amount_fen), ...state };
  return { ...paidFields(trade), ...state };
}

function closeTrade(world: World, fields: Fields): Fields {
  closeOpenTrade(world, requireTrade(world, 'wechat-v2', required(fields, 'out_trade_no')));
  return { result_msg: 'OK' };
}

function createRefund(world: World, fields: Fields): Fields {
  const trade = requireTrade(world, 'wechat-v2', required(fields, 'out_trade_no'));
  const refund = refundTrade(world, trade, {
    outRefundNo: required(fields, 'out_refund_no', /^[0-9A-Za-z_\-|*@]{1,64}$/),
    amountFen: fenIn(fields, 'refund_fee'),
    totalFen: fenIn(fields, 'total_fee'),
    notifyUrl: fields['notify_url'] ? webAddressIn(fields, 'notify_url') : null,
  });
  return {
    ...refundHead(trade),
    ...refundParts(refund, ''),
    cash_refund_fee: String(refund.amount_fen),
  };
}

function queryRefund(world: World, fields: Fields): Fields {
  const refund = requireRefund(world, 'wechat-v2', required(fields, 'out_refund_no'));
  const trade = requireTrade(world, 'wechat-v2', refund.out_trade_no);
  return {
    ...refundHead(trade),
    refund_count: '1',
    ...refundParts(refund, '_0'),
    ...(settledRefund(world, refund) !== refund.amount_fen && {
      settlement_refund_fee_0: String(settledRefund(world, refund)),
    }),
    refund_status_0: refundStatus(refund),
    refund_recv_accout_0: receivedAt(refund),
    ...(refund.state === 'SUCCESS' && { refund_success_time_0: refundTime(refund) }),
  };
}

function refundHead(trade: Trade): Fields {
  const { settlement_total_fee, cash_fee } = couponFields(trade);
  return {
    transaction_id: trade.transaction_id ?? '',
    out_trade_no: trade.out_trade_no,
    total_fee: String(trade.amount_fen),
    fee_type: 'CNY',
    cash_fee: cash_fee ?? String(trade.amount_fen),
    ...(settlement_total_fee !== undefined && { settlement_total_fee }),
  };
}

function refundParts(refund: Refund, index: string): Fields {
  return {
    [`out_refund_no${index}`]: refund.out_refund_no,
    [`refund_id${index}`]: refund.refund_id,
    [`refund_fee${index}`]: String(refund.amount_fen),
    [`refund_channel${index}`]: 'ORIGINAL',
  };
}
