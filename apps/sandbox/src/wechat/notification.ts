import { rfc3339 } from '../clock.js';
import type { Letter } from '../channel.js';
import { record } from '../money/delivery.js';
import type { Delivery, Refund, Trade } from '../money/rows.js';
import type { World } from '../world.js';
import { chooseKey, encrypt, signatureHeaders } from './signing.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * The waits after a first, second, … send that was not accepted
 * (https://pay.weixin.qq.com/doc/v3/merchant/4012791861). After the last one the event is given up.
 */
export const WAITS_MS = [
  15 * SECOND,
  15 * SECOND,
  30 * SECOND,
  3 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
  3 * HOUR,
  3 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
];

const SUMMARY = {
  'TRANSACTION.SUCCESS': '支付成功',
  'REFUND.SUCCESS': '退款成功',
  'REFUND.ABNORMAL': '退款异常',
  'REFUND.CLOSED': '退款关闭',
} as const;

const ORIGINALS: Record<string, string> = { TRANSACTION: 'transaction', REFUND: 'refund' };

export function announcePayment(world: World, trade: Trade, body: Record<string, unknown>): void {
  const { faults } = world;
  const subject = { outTradeNo: trade.out_trade_no };
  const content = { ...body, trade_state: 'SUCCESS', trade_state_desc: SUMMARY['TRANSACTION.SUCCESS'] };
  const amount = faults.take('wrongAmount', subject);
  const wrong = {
    ...(amount && { amount: wrongAmount(trade.amount_fen, Number(amount.value)) }),
    ...(faults.take('wrongAppId', subject) && { appid: 'wx0000000000000000' }),
    ...(faults.take('wrongMchId', subject) && { mchid: '1600000000' }),
    ...(faults.take('wrongPayer', subject) && { payer: { openid: 'oSBsomebody_else_entirely_00' } }),
  };
  record(world, 'wechat-v3', 'TRANSACTION.SUCCESS', subject, { ...content, ...wrong }, trade.notify_url);
}

function wrongAmount(truth: number, said: number): Record<string, unknown> {
  const total = said === 0 ? truth + 1 : said;
  return { total, payer_total: total, currency: 'CNY', payer_currency: 'CNY' };
}

export function announceRefund(world: World, refund: Refund, body: Record<string, unknown>): void {
  if (!refund.notify_url || refund.state === 'PROCESSING') return;
  const { faults } = world;
  const subject = { outTradeNo: refund.out_trade_no, outRefundNo: refund.out_refund_no };
  const amount = faults.take('wrongAmount', subject);
  const said = amount && (Number(amount.value) || refund.amount_fen + 1);
  const wrong = {
    ...(said && {
      amount: { total: refund.total_fen, refund: said, payer_total: refund.total_fen, payer_refund: said },
    }),
    ...(faults.take('wrongMchId', subject) && { mchid: '1600000000' }),
  };
  record(world, 'wechat-v3', `REFUND.${refund.state}`, subject, { ...body, ...wrong }, refund.notify_url);
}

/** Something of another product of the merchant's, such as a coupon that was used: it has nothing to do with payments. */
export function announceOther(world: World, eventType: string, url: string): void {
  const content = {
    stock_creator_mchid: world.identity.mchId,
    stock_id: '931386000001',
    coupon_id: '109519000001',
    coupon_name: '打卡营满减券',
    status: 'USED',
    create_time: rfc3339(world.clock.now().getTime()),
    coupon_type: 'NORMAL',
    no_cash: true,
  };
  record(world, 'wechat-v3', eventType, {}, content, url);
}

/** The request body with its signature, as this send's faults want them. */
export function letter(world: World, delivery: Delivery): Letter {
  const { faults } = world;
  const subject = { outTradeNo: delivery.out_trade_no, outRefundNo: delivery.out_refund_no };
  const broken = faults.take('unparsable', subject)?.value;
  const original = ORIGINALS[delivery.event_type.split('.')[0] ?? ''] ?? 'coupon';
  const resource = encrypt(world.keys.apiV3, broken === 'content' ? 'not JSON' : delivery.resource, original);
  if (broken === 'cipher') resource.ciphertext = Buffer.alloc(64, 'x').toString('base64');
  const json = JSON.stringify({
    id: delivery.event_id,
    create_time: rfc3339(delivery.created_at),
    resource_type: 'encrypt-resource',
    event_type: delivery.event_type,
    summary: SUMMARY[delivery.event_type as keyof typeof SUMMARY] ?? '其他通知',
    resource: { original_type: original, ...resource },
  });
  const body = broken === 'body' ? json.slice(0, -2) : json;
  const stale = faults.take('staleTimestamp', subject);
  const headers = signatureHeaders(chooseKey(world), body, {
    forged: faults.take('badSignature', subject) !== null,
    probe: faults.take('signTest', subject) !== null,
    ...(stale && { timestamp: Math.floor(Date.now() / 1000) - 360 }),
  });
  return { body, headers: { 'Content-Type': 'application/json', 'User-Agent': 'Mozilla/4.0', ...headers } };
}
