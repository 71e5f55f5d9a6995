import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '../faults.js';
import {
  closeOpenTrade,
  openTrade,
  perform,
  refundTrade,
  required,
  requireRefund,
  requireTrade,
  webAddressIn,
} from '../money/counter.js';
import { Refusal, type RefusalKind } from '../money/refusal.js';
import type { Trade } from '../money/rows.js';
import type { World } from '../world.js';
import { paidFields, refundFields, signature, yuan, type Fields } from './channel.js';

const ROUTES: { url: string; endpoint: Endpoint; handle: (world: World, fields: Fields) => Fields }[] = [
  { url: '/bank-card/orders', endpoint: 'create', handle: create },
  { url: '/bank-card/orders/query', endpoint: 'query', handle: query },
  { url: '/bank-card/orders/close', endpoint: 'close', handle: close },
  { url: '/bank-card/refunds', endpoint: 'refund', handle: refund },
  { url: '/bank-card/refunds/query', endpoint: 'refundQuery', handle: queryRefund },
];

const CODES: Record<RefusalKind, string> = {
  absent: 'ORDER_NOT_FOUND',
  paid: 'ORDER_PAID',
  closed: 'ORDER_CLOSED',
  unpaid: 'ORDER_NOT_PAID',
  mismatch: 'ORDER_CONFLICT',
  refused: 'REFUND_NOT_ALLOWED',
  invalid: 'INVALID_FIELD',
  notEnough: 'BALANCE_NOT_ENOUGH',
  throttled: 'TOO_MANY_REQUESTS',
  system: 'SYSTEM_ERROR',
  signature: 'BAD_SIGNATURE',
};

export function bankCardRoutes(app: FastifyInstance, world: World): void {
  for (const route of ROUTES)
    app.post<{ Body: Fields }>(route.url, (request, reply) => answer(world, route, request, reply));
}

async function answer(
  world: World,
  route: (typeof ROUTES)[number],
  request: FastifyRequest<{ Body: Fields }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { merchant, key } = world.others.bankCard;
  const fields = request.body;
  if (fields['merchant'] !== merchant || fields['signature'] !== signature(fields, key))
    return reply.code(401).send({ error: 'BAD_SIGNATURE' });
  const { order_id: outTradeNo, refund_id: outRefundNo, nonce = '' } = fields;
  const subject = {
    outTradeNo: outTradeNo ?? null,
    outRefundNo: outRefundNo ?? null,
    endpoint: route.endpoint,
  };
  let said: Fields;
  try {
    const done = await perform(world, subject, () => route.handle(world, fields));
    if (done === null) return await reply.hijack();
    said = done;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.kind === 'system') return reply.code(500).send({ error: 'SYSTEM_ERROR' });
    said = { error: CODES[error.kind], message: error.message };
  }
  const body: Fields = { merchant, nonce, ...said };
  const forged = world.faults.take('forgedAnswer', subject) !== null;
  if (!world.faults.take('unsignedAnswer', subject)) body['signature'] = signature(body, forged ? 'x' : key);
  return reply.send(body);
}

function fenOf(fields: Fields): number {
  const [whole = '', cents = ''] = required(fields, 'amount', /^\d{1,11}\.\d\d$/).split('.');
  return Number(whole) * 100 + Number(cents);
}

function create(world: World, fields: Fields): Fields {
  const trade = openTrade(world, {
    channel: 'bank-card',
    out_trade_no: required(fields, 'order_id', /^[0-9A-Za-z_-]{1,64}$/),
    trade_type: 'PAGE',
    description: required(fields, 'description', /^[\s\S]{1,128}$/),
    attach: '',
    notify_url: webAddressIn(fields, 'notify_url'),
    amount_fen: fenOf(fields),
    payer: null,
    time_expire: Date.parse(required(fields, 'expires_at')),
    return_url: fields['return_url'] || null,
  });
  return {
    order_id: trade.out_trade_no,
    payment_url: `${world.url}/cashier/${encodeURIComponent(trade.out_trade_no)}`,
  };
}

function tradeOf(world: World, fields: Fields): Trade {
  return requireTrade(world, 'bank-card', required(fields, 'order_id'));
}

function query(world: World, fields: Fields): Fields {
  const trade = tradeOf(world, fields);
  if (trade.paid_at !== null) return paidFields(trade);
  const status = trade.state === 'CLOSED' ? 'closed' : 'pending';
  return { order_id: trade.out_trade_no, amount: yuan(trade.amount_fen), status };
}

function close(world: World, fields: Fields): Fields {
  const trade = tradeOf(world, fields);
  closeOpenTrade(world, trade);
  return { order_id: trade.out_trade_no, status: 'closed' };
}

function refund(world: World, fields: Fields): Fields {
  const trade = tradeOf(world, fields);
  const accepted = refundTrade(world, trade, {
    outRefundNo: required(fields, 'refund_id', /^[0-9A-Za-z_-]{1,64}$/),
    amountFen: fenOf(fields),
    totalFen: trade.amount_fen,
    notifyUrl: webAddressIn(fields, 'notify_url'),
  });
  return refundFields(accepted);
}

function queryRefund(world: World, fields: Fields): Fields {
  return refundFields(requireRefund(world, 'bank-card', required(fields, 'refund_id')));
}
