import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '../faults.js';
import {
  fenIn,
  textOf,
  openTrade,
  perform,
  refundTrade,
  required,
  requireRefund,
  requireTrade,
  webAddressIn,
} from '../money/counter.js';
import { refundedFen } from '../money/refund.js';
import { Refusal, type RefusalKind } from '../money/refusal.js';
import { closeTrade } from '../money/trade.js';
import type { Refund, Trade } from '../money/rows.js';
import { issueToken, randomToken } from '../tokens.js';
import type { World } from '../world.js';
import { md5, signature, type Fields } from './signing.js';

// The server API and the WAP page of Shouqianba. Orders are asked about and cancelled by `client_sn`.

type Json = Record<string, unknown>;

interface Route {
  url: string;
  endpoint: (fields: Json) => Endpoint;
  handle: (world: World, fields: Json) => Json;
}

const CODE_MS = 2 * 3_600_000;

const ROUTES: Route[] = [
  { url: '/upay/v2/precreate', endpoint: () => 'create', handle: precreate },
  {
    url: '/upay/v2/query',
    endpoint: (f) => (f['refund_request_no'] ? 'refundQuery' : 'query'),
    handle: query,
  },
  { url: '/upay/v2/refund', endpoint: () => 'refund', handle: refund },
  { url: '/upay/v2/cancel', endpoint: () => 'close', handle: cancel },
];

const CODES: Record<RefusalKind, string> = {
  absent: 'UPAY_ORDER_NOT_EXISTS',
  paid: 'UPAY_ORDER_PAID',
  closed: 'UPAY_ORDER_CLOSED',
  unpaid: 'UPAY_ORDER_NOT_PAID',
  mismatch: 'UPAY_CLIENT_SN_CONFLICT',
  refused: 'UPAY_REFUND_INVALID_AMOUNT',
  invalid: 'INVALID_PARAMS',
  notEnough: 'UPAY_REFUND_BALANCE_NOT_ENOUGH',
  throttled: 'UPAY_TRADE_TOO_FREQUENT',
  system: 'UNKNOWN_SYSTEM_ERROR',
  signature: 'ILLEGAL_SIGN',
};

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
      endpoint: route.endpoint(fields),
    };
    const done = await perform(world, subject, () => route.handle(world, fields));
    if (done === null) return await reply.hijack();
    return await reply.send({ result_code: '200', biz_response: done });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const said = { error_code: CODES[error.kind], error_message: error.message };
    if (error.kind === 'system') return reply.send({ result_code: '500', ...said });
    if (error.kind === 'signature' || error.kind === 'invalid')
      return reply.send({ result_code: '400', ...said });
    return reply.send({ result_code: '200', biz_response: { result_code: 'FAIL', ...said } });
  }
}

function newTrade(world: World, fields: Json, type: 'NATIVE' | 'MWEB'): Trade {
  return openTrade(world, {
    channel: 'shouqianba',
    out_trade_no: required(fields, 'client_sn', /^[0-9A-Za-z_-]{1,32}$/),
    trade_type: type,
    description: required(fields, 'subject', /^[\s\S]{1,64}$/),
    attach: typeof fields['reflect'] === 'string' ? fields['reflect'] : '',
    notify_url: webAddressIn(fields, 'notify_url'),
    amount_fen: fenIn(fields, 'total_amount'),
    payer: null,
    time_expire: null,
    return_url: type === 'MWEB' ? webAddressIn(fields, 'return_url') : null,
  });
}

function precreate(world: World, fields: Json): Json {
  required(fields, 'payway', /^\d{1,3}$/);
  required(fields, 'operator');
  const trade = newTrade(world, fields, 'NATIVE');
  const code = `${world.url}/cashier/shouqianba?code=${randomToken(12)}`;
  issueToken(world, 'code_url', code, trade.out_trade_no, CODE_MS);
  return { result_code: 'PRECREATE_SUCCESS', data: { ...orderData(world, trade), qr_code: code } };
}

function orderData(world: World, trade: Trade): Json {
  const back = refundedFen(world, trade.out_trade_no);
  const paid = back === 0 ? 'PAID' : back === trade.amount_fen ? 'REFUNDED' : 'PARTIAL_REFUNDED';
  const status = trade.state === 'SUCCESS' ? paid : trade.state === 'CLOSED' ? 'CANCELED' : 'CREATED';
  return {
    sn: trade.transaction_id ?? `7895${trade.created_at}`,
    client_sn: trade.out_trade_no,
    order_status: status,
    payway: '3',
    total_amount: String(trade.amount_fen),
    net_amount: String(trade.amount_fen - back),
    subject: trade.description,
    reflect: trade.attach,
    // Whole seconds, as callbacks tell it too.
    ...(trade.paid_at !== null && { finish_time: wholeSecond(trade.paid_at), payer_uid: trade.openid }),
  };
}

function wholeSecond(at: number): string {
  return String(Math.floor(at / 1000) * 1000);
}

function query(world: World, fields: Json): Json {
  const trade = requireTrade(world, 'shouqianba', required(fields, 'client_sn'));
  if (!fields['refund_request_no']) return { result_code: 'SUCCESS', data: orderData(world, trade) };
  const found = requireRefund(world, 'shouqianba', required(fields, 'refund_request_no'));
  if (found.out_trade_no !== trade.out_trade_no) throw new Refusal('absent', '退款单不存在');
  return { result_code: 'SUCCESS', data: refundData(found) };
}

const REFUND_STATUS = {
  PROCESSING: 'REFUND_INPROGRESS',
  SUCCESS: 'REFUND_SUCCESS',
  CLOSED: 'REFUND_FAIL',
  ABNORMAL: 'REFUND_ERROR',
};

function refundData(refund: Refund): Json {
  return {
    client_sn: refund.out_trade_no,
    refund_request_no: refund.out_refund_no,
    refund_sn: refund.refund_id,
    refund_amount: String(refund.amount_fen),
    refund_status: REFUND_STATUS[refund.state],
    ...(refund.settled_at !== null && { finish_time: wholeSecond(refund.settled_at) }),
  };
}

function refund(world: World, fields: Json): Json {
  const trade = requireTrade(world, 'shouqianba', required(fields, 'client_sn'));
  const accepted = refundTrade(world, trade, {
    outRefundNo: required(fields, 'refund_request_no', /^[0-9A-Za-z_-]{1,20}$/),
    amountFen: fenIn(fields, 'refund_amount'),
    totalFen: trade.amount_fen,
    notifyUrl: fields['notify_url'] === undefined ? null : webAddressIn(fields, 'notify_url'),
  });
  const result = accepted.state === 'SUCCESS' ? 'REFUND_SUCCESS' : 'REFUND_INPROGRESS';
  return { result_code: result, data: refundData(accepted) };
}

/** An order that is paid is given back: a cancel is final either way. */
function cancel(world: World, fields: Json): Json {
  const trade = requireTrade(world, 'shouqianba', required(fields, 'client_sn'));
  if (trade.state === 'SUCCESS') {
    const order = {
      outRefundNo: `C${trade.created_at}`,
      amountFen: trade.amount_fen,
      totalFen: trade.amount_fen,
    };
    refundTrade(world, trade, { ...order, notifyUrl: null });
  } else if (trade.state === 'NOTPAY') closeTrade(world, trade);
  return { result_code: 'CANCEL_SUCCESS', data: { client_sn: trade.out_trade_no, order_status: 'CANCELED' } };
}
