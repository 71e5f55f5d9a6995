import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '../faults.js';
import {
  fenIn,
  textOf,
  openTrade,
  perform,
  refundTrade,
  required,
  requireTrade,
  webAddressIn,
} from '../money/counter.js';
import { countRefundRequest, findRefund, refundedFen, settleRefund } from '../money/refund.js';
import { Refusal, type RefusalKind } from '../money/refusal.js';
import { closeTrade, findTrade } from '../money/trade.js';
import type { Refund, Trade } from '../money/rows.js';
import { issueToken, randomToken } from '../tokens.js';
import type { World } from '../world.js';
import {
  cancelNumber,
  isLapsed,
  ORDER_MS,
  orderData,
  orderHead,
  orderStatus,
  payment,
  times,
  tsnKey,
  type Json,
} from './order.js';
import { md5, signature, type Fields } from './signing.js';

// The server API and the WAP page of Shouqianba (https://github.com/WoSai/shouqianba-doc, zh-cn/api).

interface Route {
  url: string;
  endpoint: Endpoint;
  handle: (world: World, fields: Json) => Json;
}

const MAX_SUBJECT_BYTES = 64;

const ROUTES: Route[] = [
  { url: '/upay/v2/precreate', endpoint: 'create', handle: precreate },
  { url: '/upay/v2/query', endpoint: 'query', handle: query },
  { url: '/upay/v2/refund', endpoint: 'refund', handle: refund },
  { url: '/upay/v2/cancel', endpoint: 'close', handle: cancel },
];

/** …/annex/resultCode.md and responseCode.md. */
const CODES: Record<Exclude<RefusalKind, 'throttled'>, string> = {
  absent: 'UPAY_ORDER_NOT_EXISTS',
  paid: 'TRADE_HAS_SUCCESS',
  closed: 'TRADE_TIMEOUT',
  unpaid: 'UPAY_REFUND_INVALID_ORDER_STATE',
  mismatch: 'CLIENT_SN_CONFLICT',
  refused: 'REFUNDABLE_AMOUNT_NOT_ENOUGH',
  invalid: 'INVALID_PARAMS',
  notEnough: 'ACCOUNT_BALANCE_NOT_ENOUGH',
  system: 'UNKNOWN_SYSTEM_ERROR',
  signature: 'ILLEGAL_SIGN',
};

/** A refusal in words of its own. */
class Declined extends Refusal {
  constructor(
    readonly result: 'FAIL' | 'REFUND_FAIL' | 'REFUND_ERROR' | 'CANCEL_ERROR',
    readonly code: string,
    message: string,
  ) {
    super('refused', message);
  }
}

export function shouqianbaRoutes(app: FastifyInstance, world: World): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  for (const route of ROUTES) app.post(route.url, (request, reply) => answer(world, route, request, reply));
  /** Where a browser is sent to pay: the order exists from here on. */
  app.get<{ Querystring: Fields }>('/qr/gateway', (request, reply) => {
    const params = { ...request.query };
    const { terminalSn, terminalKey } = world.others.shouqianba;
    try {
      if (params['terminal_sn'] !== terminalSn || params['sign'] !== signature(params, terminalKey))
        throw new Refusal('signature', '签名错误');
      const trade = newTrade(world, params, 'MWEB');
      return reply.redirect(`/cashier/${encodeURIComponent(trade.out_trade_no)}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return reply.code(400).type('text/plain; charset=utf-8').send(error.message);
    }
  });
}

async function answer(
  world: World,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const text = textOf(request.body);
  const { terminalSn, terminalKey } = world.others.shouqianba;
  try {
    if (request.headers.authorization !== `${terminalSn} ${md5(text + terminalKey)}`)
      throw new Refusal('signature', '签名错误');
    const fields = JSON.parse(text) as Json;
    const subject = {
      outTradeNo: textOf(fields['client_sn']),
      outRefundNo: textOf(fields['refund_request_no']) || null,
      endpoint: route.endpoint,
    };
    const done = await perform(world, subject, () => route.handle(world, fields));
    if (done === null) return await reply.hijack();
    return await reply.send({ result_code: '200', biz_response: done });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return await refuse(reply, error);
  }
}

function refuse(reply: FastifyReply, error: Refusal): FastifyReply {
  // No document tells how calls are limited: it is the web server's word.
  if (error.kind === 'throttled') return reply.code(429).type('text/html').send('<html>429</html>');
  const [result, error_code] =
    error instanceof Declined ? [error.result, error.code] : (['FAIL', CODES[error.kind]] as const);
  const said = { error_code, error_message: error.message };
  if (error.kind === 'system') return reply.send({ result_code: '500', ...said });
  if (error.kind === 'signature' || error.kind === 'invalid')
    return reply.send({ result_code: '400', ...said });
  return reply.send({ result_code: '200', biz_response: { result_code: result, ...said } });
}

function newTrade(world: World, fields: Json, type: 'NATIVE' | 'MWEB'): Trade {
  const subject = required(fields, 'subject');
  if (Buffer.byteLength(subject) > MAX_SUBJECT_BYTES) throw new Refusal('invalid', 'subject不可超过64字节');
  return openTrade(world, {
    channel: 'shouqianba',
    out_trade_no: required(fields, 'client_sn', /^[0-9A-Za-z_-]{1,32}$/),
    trade_type: type,
    description: subject,
    attach: typeof fields['reflect'] === 'string' ? fields['reflect'] : '',
    notify_url: webAddressIn(fields, 'notify_url'),
    amount_fen: fenIn(fields, 'total_amount'),
    payer: null,
    time_expire: type === 'NATIVE' ? world.clock.now().getTime() + ORDER_MS : null,
    return_url: type === 'MWEB' ? webAddressIn(fields, 'return_url') : null,
  });
}

/** A number is good for one order, whatever became of it (…/interface/precreate.md). */
function precreate(world: World, fields: Json): Json {
  required(fields, 'payway', /^\d{1,3}$/);
  required(fields, 'operator');
  const number = required(fields, 'client_sn');
  if (findTrade(world, number)) throw new Refusal('mismatch', `client_sn ${number} 在系统中已经存在`);
  const trade = newTrade(world, fields, 'NATIVE');
  const code = `${world.url}/cashier/shouqianba?code=${randomToken(12)}`;
  issueToken(world, 'code_url', code, trade.out_trade_no, ORDER_MS);
  return { result_code: 'PRECREATE_SUCCESS', data: { ...orderHead(world, trade), qr_code: code } };
}

function query(world: World, fields: Json): Json {
  const trade = requireTrade(world, 'shouqianba', required(fields, 'client_sn'));
  return { result_code: 'SUCCESS', data: orderData(world, trade) };
}

/** A refund is done when it is answered, unless a fault holds it back. Its number is good for one. */
function refund(world: World, fields: Json): Json {
  const trade = requireTrade(world, 'shouqianba', required(fields, 'client_sn'));
  required(fields, 'operator');
  const outRefundNo = required(fields, 'refund_request_no', /^[0-9A-Za-z_-]{1,20}$/);
  const known = findRefund(world, outRefundNo);
  if (known?.state === 'SUCCESS') {
    countRefundRequest(world, outRefundNo);
    throw new Declined('FAIL', 'UPAY_REFUND_ORDER_NOOP', '无效操作，本次退款已经完成了');
  }
  if (
    known === undefined &&
    !['PAID', 'PARTIAL_REFUNDED', 'REFUND_ERROR'].includes(orderStatus(world, trade))
  )
    throw new Refusal('unpaid', '当前订单状态不可退款');
  if (typeof fields['client_tsn'] === 'string')
    world.store.saveSetting(tsnKey(outRefundNo), fields['client_tsn']);
  const accepted = refundTrade(world, trade, {
    outRefundNo,
    amountFen: fenIn(fields, 'refund_amount'),
    totalFen: trade.amount_fen,
    notifyUrl: trade.notify_url,
  });
  return refundAnswer(world, trade, done(world, accepted));
}

function done(world: World, refund: Refund): Refund {
  if (refund.settle_at === null) return refund;
  return settleRefund(world, refund.out_refund_no, refund.outcome) ?? refund;
}

function refundAnswer(world: World, trade: Trade, { state }: Refund): Json {
  if (state === 'CLOSED') throw new Declined('REFUND_FAIL', 'TRADE_FAILED', '交易失败');
  if (state === 'ABNORMAL') throw new Declined('REFUND_ERROR', 'UNEXPECTED_PROVIDER_ERROR', '退款结果未知');
  const data = { ...orderHead(world, trade), ...tradeNumber(trade), ...times(world, trade) };
  return { result_code: state === 'SUCCESS' ? 'REFUND_SUCCESS' : 'REFUND_IN_PROGRESS', data };
}

function tradeNumber(trade: Trade): Json {
  const { trade_no } = payment(trade);
  return trade_no === undefined ? {} : { trade_no };
}

/** Gives back an order that is paid, all of it and once (…/interface/revoke&cancel.md). */
function cancel(world: World, fields: Json): Json {
  const trade = requireTrade(world, 'shouqianba', required(fields, 'client_sn'));
  if (trade.state === 'CLOSED' || isLapsed(world, trade))
    throw new Declined('FAIL', 'UPAY_CANCEL_ORDER_NOOP', '无效操作，订单已经是撤单状态了');
  if (trade.state === 'NOTPAY') closeTrade(world, trade);
  else if (refundedFen(world, trade.out_trade_no) > 0)
    throw new Declined('FAIL', 'UPAY_CANCEL_INVALID_ORDER_STATE', '当前订单状态不可撤销');
  else {
    const order = {
      outRefundNo: cancelNumber(trade),
      amountFen: trade.amount_fen,
      totalFen: trade.amount_fen,
    };
    done(world, refundTrade(world, trade, { ...order, notifyUrl: null }));
  }
  const after = findTrade(world, trade.out_trade_no) ?? trade;
  const data = { ...orderHead(world, after), ...tradeNumber(after), ...times(world, after) };
  return { result_code: 'CANCEL_SUCCESS', data };
}
