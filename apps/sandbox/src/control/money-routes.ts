import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { plainOrderNo } from '../faults.js';
import { resend } from '../money/delivery.js';
import { refundByHand } from '../money/by-hand.js';
import { findRefund, RefundRefused, refundViews, settleRefund } from '../money/refund.js';
import type { Coupon, Trade } from '../money/rows.js';
import { findTrade, insertTrade, payTrade, tradeView } from '../money/trade.js';
import { settleTransfer, transferViews } from '../shouqianba/transfers.js';
import { announceOther } from '../wechat/notification.js';
import type { World } from '../world.js';
import {
  choiceField,
  ControlError,
  instantField,
  integerField,
  optionalTextField,
  textField,
} from './body.js';
import type { ControlBody } from './body.js';

/** What payers and the gateway do, and what the gateway believes. */
export function moneyRoutes(app: FastifyInstance, world: World): void {
  app.post<ControlBody>('/pay', (request) => {
    const { body } = request;
    const orderNo = optionalTextField(body, 'orderNo');
    const outTradeNo = orderNo === undefined ? textField(body, 'outTradeNo') : plainOrderNo(orderNo);
    const paidAt = body['paidAt'] === undefined ? undefined : new Date(instantField(body, 'paidAt'));
    const openid = optionalTextField(body, 'openid');
    return tradeView(world, payTrade(world, outTradeNo, openid, paidAt, couponIn(body)));
  });

  app.post<ControlBody>('/fixed-qr-payment', (request) => payFixedCode(world, request.body));

  app.get('/trades', () =>
    world.store.all<Trade>('SELECT * FROM trade ORDER BY rowid DESC').map((trade) => tradeView(world, trade)),
  );
  app.get('/refunds', () => refundViews(world));

  app.post<ControlBody>('/refunds/by-hand', (request) => {
    const { body } = request;
    const trade = findTrade(world, textField(body, 'outTradeNo'));
    if (!trade) throw new ControlError(404, 'no such trade');
    try {
      const refund = refundByHand(world, trade, integerField(body, 'amountFen', 1));
      return { outRefundNo: refund.out_refund_no };
    } catch (error) {
      if (error instanceof RefundRefused) throw new ControlError(409, error.message);
      throw error;
    }
  });

  app.post<ControlBody>('/refunds/settle', (request) => {
    const outRefundNo = textField(request.body, 'outRefundNo');
    const state = choiceField({ state: 'SUCCESS', ...request.body }, 'state', [
      'SUCCESS',
      'CLOSED',
      'ABNORMAL',
    ]);
    if (!findRefund(world, outRefundNo)) throw new ControlError(404, 'no such refund');
    const toMerchant = request.body['toMerchant'] === true;
    if (!settleRefund(world, outRefundNo, state, toMerchant))
      throw new ControlError(409, 'the refund is not PROCESSING');
    world.wake();
    return { outRefundNo, state };
  });

  app.get('/transfers', () => transferViews(world));
  app.post<ControlBody>('/transfers/settle', (request) => {
    const outTransferNo = textField(request.body, 'outTransferNo');
    const state = choiceField({ state: 'success', ...request.body }, 'state', ['success', 'failed']);
    if (!settleTransfer(world, outTransferNo, state))
      throw new ControlError(409, 'the transfer is not processing');
    return { outTransferNo, state };
  });

  app.get('/notifications', () =>
    world.store.all(
      `SELECT event_id AS eventId, event_type AS eventType, out_trade_no AS outTradeNo, out_refund_no AS outRefundNo,
         state, attempts, next_at AS nextAt, last_result AS lastResult FROM delivery ORDER BY id`,
    ),
  );
  app.post<ControlBody>('/notifications/other', (request) => {
    const eventType = optionalTextField(request.body, 'eventType') ?? 'COUPON.USE';
    announceOther(world, eventType, textField(request.body, 'url'));
    world.wake();
    return { eventType };
  });
  app.post<ControlBody>('/notifications/resend', (request) => {
    const { body } = request;
    const outRefundNo = optionalTextField(body, 'outRefundNo');
    const outTradeNo = optionalTextField(body, 'outTradeNo');
    if (body['all'] !== true && !outRefundNo && !outTradeNo) {
      throw new ControlError(400, 'outTradeNo, outRefundNo or all must be given');
    }
    const count = resend(world, { all: body['all'] === true, outTradeNo, outRefundNo });
    if (count === 0 && body['all'] !== true)
      throw new ControlError(404, 'nothing was ever announced about it');
    return { resent: count };
  });
}

function couponIn(body: Record<string, unknown>): Coupon | null {
  const given = body['coupon'];
  if (given === undefined) return null;
  if (typeof given !== 'object' || given === null) throw new ControlError(400, 'coupon must be an object');
  const coupon = { kind: 'nocash', funder: 'merchant', ...given };
  return {
    fen: integerField(coupon, 'fen', 1),
    kind: choiceField(coupon, 'kind', ['nocash', 'cash']),
    funder: choiceField(coupon, 'funder', ['merchant', 'wechatpay', 'other']),
  };
}

/** The longest out_trade_no that WeChat allows. */
const NUMBER_LENGTH = 32;

/** A payment by the merchant's fixed code: no order of ours stands behind it, and its attach is empty. */
function payFixedCode(world: World, body: Record<string, unknown>) {
  const prefix = `FQ${textField(body, 'campId')}_`;
  const openid = textField(body, 'openid');
  const random = randomBytes(8)
    .toString('hex')
    .slice(0, NUMBER_LENGTH - prefix.length);
  if (!/^FQ\d+_$/.test(prefix) || random.length < 8)
    throw new ControlError(400, 'campId must be at most 21 digits');
  const outTradeNo = prefix + random;
  insertTrade(world, {
    channel: 'wechat-v3',
    out_trade_no: outTradeNo,
    trade_type: 'JSAPI',
    description: '固定收款码',
    attach: '',
    notify_url: world.preferences.fixedQrNotifyUrl,
    amount_fen: integerField(body, 'amountFen', 1),
    payer: null,
    time_expire: null,
  });
  payTrade(world, outTradeNo, openid);
  return tradeView(world, findTrade(world, outTradeNo)!);
}
