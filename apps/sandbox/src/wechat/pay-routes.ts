import type { World } from '../world.js';
import { PayError, paramError } from './pay-error.js';
import type { Answer, Call, Route } from './server.js';
import { closeTrade as close, findTrade, insertTrade, tradeState, type NewTrade } from '../money/trade.js';
import type { Trade, TradeType } from '../money/rows.js';
import { tradeBody } from './bodies.js';
import { openidOf, requireMerchants, requirePayee } from './merchant.js';
import { payToken } from './pay-token.js';
import { integer, optionalText, text, url } from './params.js';

// Payments of API v3: https://pay.weixin.qq.com/doc/v3/merchant/4012791856 (JSAPI), 4012791877 (Native),
// 4012791834 (H5), and the pages next to them.

type WechatType = Exclude<TradeType, 'PAGE'>;
const SCENES: Record<string, WechatType> = { jsapi: 'JSAPI', native: 'NATIVE', h5: 'MWEB' };

export function payRoutes(world: World): Route[] {
  const trades = world.identity.partner ? '/v3/pay/partner/transactions' : '/v3/pay/transactions';
  const scenes = Object.entries(SCENES).map<Route>(([scene, type]) => ({
    method: 'POST',
    url: `${trades}/${scene}`,
    endpoint: 'create',
    handle: (call) => createTrade(world, type, call),
  }));
  return [
    ...scenes,
    {
      method: 'GET',
      url: `${trades}/out-trade-no/:out_trade_no`,
      endpoint: 'query',
      handle: (call) => queryTrade(world, call, findTrade(world, call.params['out_trade_no'] ?? '')),
    },
    {
      method: 'GET',
      url: `${trades}/id/:transaction_id`,
      endpoint: 'query',
      handle: (call) => {
        const sql = 'SELECT * FROM trade WHERE transaction_id = ?';
        return queryTrade(world, call, world.store.get<Trade>(sql, call.params['transaction_id'] ?? ''));
      },
    },
    {
      method: 'POST',
      url: `${trades}/out-trade-no/:out_trade_no/close`,
      endpoint: 'close',
      handle: (call) => closeTrade(world, call),
    },
  ];
}

/** Of the table of errors below JSAPI, Native and H5: all of them want somebody to act, or the payer to wait. */
const refusals = {
  NO_AUTH: new PayError(403, 'NO_AUTH', '商户号该产品权限未开通，请前往商户平台>产品中心检查后重试'),
  RULE_LIMIT: new PayError(403, 'RULE_LIMIT', '业务规则限制'),
  TRADE_ERROR: new PayError(403, 'TRADE_ERROR', '交易错误'),
};

function createTrade(world: World, type: WechatType, { body }: Call): Answer {
  const wanted = readTrade(world, type, body);
  const refused = world.faults.take('refuseCreate', { outTradeNo: wanted.out_trade_no });
  if (refused) throw refusals[refused.value as keyof typeof refusals];
  const known = findTrade(world, wanted.out_trade_no);
  if (known) refuseRepeat(world, known, wanted);
  const trade = known ?? insertTrade(world, wanted);
  if (known) {
    // The same order asked for again: a new prepay id, and the newest address and deadline count.
    const sql = 'UPDATE trade SET notify_url = ?, time_expire = ? WHERE out_trade_no = ?';
    world.store.run(sql, wanted.notify_url, wanted.time_expire, wanted.out_trade_no);
  } else {
    world.log(`${type} trade ${trade.out_trade_no} created, ${trade.amount_fen} fen`);
  }
  return { status: 200, body: payToken(world, trade) };
}

/** @throws PayError unless the repeated number comes with the same order, still payable */
function refuseRepeat(world: World, known: Trade, wanted: NewTrade): void {
  switch (tradeState(world, known)) {
    case 'SUCCESS':
    case 'REFUND':
      throw new PayError(400, 'ORDERPAID', '该订单已支付');
    case 'CLOSED':
      throw new PayError(400, 'ORDER_CLOSED', '该订单已关闭,请重新下单');
    case 'NOTPAY':
      break;
  }
  const fields = ['trade_type', 'description', 'attach', 'amount_fen', 'payer'] as const;
  if (fields.some((field) => known[field] !== wanted[field])) {
    throw new PayError(400, 'INVALID_REQUEST', '201 商户订单号重复');
  }
}

function readTrade(world: World, type: WechatType, body: Record<string, unknown>): NewTrade {
  requirePayee(world, body);
  const currency = optionalText(body, '/amount/currency', 16);
  if (currency !== null && currency !== 'CNY') throw paramError('/amount/currency', currency, '只支持CNY');
  const expiry = optionalText(body, '/time_expire', 64);
  if (expiry !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(expiry)) {
    throw paramError('/time_expire', expiry, '须为RFC3339格式');
  }
  if (type === 'MWEB') {
    text(body, '/scene_info/payer_client_ip', 1, 45);
    text(body, '/scene_info/h5_info/type', 1, 32);
  }
  return {
    channel: 'wechat-v3',
    out_trade_no: text(body, '/out_trade_no', 6, 32, /^[0-9A-Za-z_\-*]+$/),
    trade_type: type,
    description: text(body, '/description', 1, 127),
    attach: optionalText(body, '/attach', 128) ?? '',
    notify_url: url(body, '/notify_url'),
    amount_fen: integer(body, '/amount/total', 1),
    payer: type === 'JSAPI' ? openidOf(world, body) : null,
    time_expire: expiry === null ? null : Date.parse(expiry),
  };
}

function queryTrade(world: World, { query }: Call, trade: Trade | undefined): Answer {
  requireMerchants(world, query);
  if (!trade) throw orderNotExist();
  return { status: 200, body: tradeBody(world, trade) };
}

function closeTrade(world: World, { params, body }: Call): Answer {
  requireMerchants(world, body);
  const trade = findTrade(world, params['out_trade_no'] ?? '');
  if (!trade) throw orderNotExist();
  if (trade.state === 'SUCCESS') throw new PayError(400, 'ORDERPAID', '该订单已支付');
  if (trade.state === 'CLOSED') throw new PayError(400, 'ORDER_CLOSED', '该订单已关闭');
  close(world, trade);
  return { status: 204 };
}

function orderNotExist(): PayError {
  return new PayError(404, 'ORDER_NOT_EXIST', '订单不存在');
}
