import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { addDays, businessDate, fen, instantOf, isBusinessDate, localTime, yuanText } from '@yajin/core';
import { issueToken, randomToken, readToken } from '../tokens.js';
import type { World } from '../world.js';
import { PayError } from './pay-error.js';
import { couponOf, settledFen } from '../money/coupon.js';
import type { ChannelName, Refund, Trade } from '../money/rows.js';
import type { Answer, Call, Route } from './server.js';

// The trade bill: https://pay.weixin.qq.com/doc/v3/merchant/4013071236. Headings, the backtick before every
// value, the summary and the way refunds repeat their payment's fields are those of real files. A refund is
// listed on the day it succeeded (the documents leave open whether acceptance or success decides).

const HEADINGS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,' +
  '应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,' +
  '手续费,费率,订单金额,申请退款金额,费率备注';
const SUMMARY =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const FEE_PER_MILLE = 6;
const DOWNLOAD_MS = 300_000;
const MONTHS_KEPT_DAYS = 92;
const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'];

type RefundLine = Refund &
  Pick<Trade, 'transaction_id' | 'trade_type' | 'openid' | 'description' | 'attach' | 'coupon'>;

export function billRoutes(world: World): Route[] {
  return [
    {
      method: 'GET',
      url: '/v3/bill/tradebill',
      endpoint: 'bill',
      handle: (call) => requestBill(world, call),
    },
    {
      method: 'GET',
      url: '/v3/billdownload/file',
      endpoint: null,
      handle: (call) => downloadBill(world, call),
    },
  ];
}

function requestBill(world: World, { query }: Call): Answer {
  const { bill_date: date = '', bill_type: type = 'ALL', tar_type: packing } = query;
  if (!isBusinessDate(date) || !BILL_TYPES.includes(type) || (packing !== undefined && packing !== 'GZIP')) {
    throw new PayError(400, 'PARAM_ERROR', '账单日期、账单类型或压缩类型有误');
  }
  const now = world.clock.now();
  if (date < addDays(businessDate(now), -MONTHS_KEPT_DAYS))
    throw new PayError(400, 'INVALID_REQUEST', '仅支持三个月内的账单');
  const text = now < instantOf(addDays(date, 1), '10:00') ? null : billText(world, date, type);
  if (text === null) throw new PayError(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
  const token = issueToken(
    world,
    'bill',
    randomToken(32),
    JSON.stringify({ date, type, packing }),
    DOWNLOAD_MS,
  );
  const body = {
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(text).digest('hex'),
    download_url: `${world.url}/v3/billdownload/file?token=${token}`,
  };
  return { status: 200, body };
}

function downloadBill(world: World, { query }: Call): Answer {
  const token = readToken(world, 'bill', query['token'] ?? '');
  if (!token) throw new PayError(401, 'SIGN_ERROR', '下载地址已失效');
  const { date, type, packing } = JSON.parse(token.payload) as {
    date: string;
    type: string;
    packing?: string;
  };
  const file = Buffer.from(billText(world, date, type) ?? '');
  return { status: 200, file: packing === 'GZIP' ? gzipSync(file) : file };
}

/** The file's text, the same for v3 and v2; null when nothing happened that day. */
export function billText(
  world: World,
  date: string,
  type: string,
  channel: ChannelName = 'wechat-v3',
): string | null {
  const from = instantOf(date).getTime();
  const until = instantOf(addDays(date, 1)).getTime();
  const payments = world.store.all<Trade>(
    'SELECT * FROM trade WHERE channel = ? AND paid_at >= ? AND paid_at < ? ORDER BY paid_at',
    channel,
    from,
    until,
  );
  const refunds = world.store.all<RefundLine>(
    `SELECT r.*, t.transaction_id, t.trade_type, t.openid, t.description, t.attach, t.coupon
     FROM refund r JOIN trade t USING (out_trade_no)
     WHERE t.channel = ? AND r.state = 'SUCCESS' AND r.settled_at >= ? AND r.settled_at < ? ORDER BY r.settled_at`,
    channel,
    from,
    until,
  );
  const lines = [
    ...(type === 'REFUND' ? [] : payments.map((trade) => paymentLine(world, trade))),
    ...(type === 'SUCCESS' ? [] : refunds.map((refund) => refundLine(world, refund))),
  ];
  if (lines.length === 0) return null;
  return `\uFEFF${[HEADINGS, ...lines, SUMMARY, summaryLine(lines.length, type, payments, refunds)].join('\r\n')}\r\n`;
}

/** A fee, rounded half up to the fen and written with five decimals. */
function feeFen(amountFen: number): number {
  return Math.floor((amountFen * FEE_PER_MILLE + 500) / 1000);
}

function yuan(amountFen: number): string {
  return yuanText(fen(amountFen));
}

function line(values: (string | number | null)[]): string {
  return values.map((value) => `\`${String(value ?? '').replace(/[\r\n]+/g, ' ')}`).join(',');
}

function paymentLine(world: World, trade: Trade): string {
  const { mchId, partner } = world.identity;
  const appId = partner?.spAppId ?? world.identity.appId;
  const coupon = couponOf(trade)?.fen ?? 0;
  const settled = settledFen(trade, trade.amount_fen, coupon);
  return line([
    localTime(new Date(trade.paid_at ?? 0)).replace('T', ' '),
    ...[
      appId,
      mchId,
      partner?.subMchId ?? 0,
      '',
      trade.transaction_id,
      trade.out_trade_no,
      trade.openid,
      trade.trade_type,
      'SUCCESS',
    ],
    ...[
      'OTHERS',
      'CNY',
      yuan(settled),
      yuan(coupon),
      0,
      0,
      '0.00',
      '0.00',
      '',
      '',
      trade.description,
      trade.attach,
    ],
    ...[`${yuan(feeFen(settled))}000`, '0.60%', yuan(trade.amount_fen), '0.00', ''],
  ]);
}

function refundLine(world: World, refund: RefundLine): string {
  const { mchId, partner } = world.identity;
  const appId = partner?.spAppId ?? world.identity.appId;
  const settled = settledFen(refund, refund.amount_fen, refund.coupon_fen);
  const charged = couponOf(refund)?.kind === 'cash' ? refund.coupon_fen : 0;
  return line([
    localTime(new Date(refund.settled_at ?? 0)).replace('T', ' '),
    ...[
      appId,
      mchId,
      partner?.subMchId ?? 0,
      '',
      refund.transaction_id,
      refund.out_trade_no,
      refund.openid,
      refund.trade_type,
      'REFUND',
    ],
    ...[
      'OTHERS',
      'CNY',
      '0.00',
      '0.00',
      refund.refund_id,
      refund.out_refund_no,
      yuan(settled),
      yuan(charged),
      'ORIGINAL',
      'SUCCESS',
    ],
    ...[
      refund.description,
      refund.attach,
      `-${yuan(feeFen(settled))}000`,
      '0.60%',
      '0.00',
      yuan(refund.amount_fen),
      '',
    ],
  ]);
}

function summaryLine(count: number, type: string, payments: Trade[], refunds: RefundLine[]): string {
  const sum = (rows: number[]) => rows.reduce((total, each) => total + each, 0);
  const paid = type === 'REFUND' ? [] : payments;
  const returned = type === 'SUCCESS' ? [] : refunds;
  const due = paid.map((trade) => settledFen(trade, trade.amount_fen, couponOf(trade)?.fen ?? 0));
  const undone = returned.map((refund) => settledFen(refund, refund.amount_fen, refund.coupon_fen));
  const charged = returned.map((refund) => (couponOf(refund)?.kind === 'cash' ? refund.coupon_fen : 0));
  const whole = (rows: { amount_fen: number }[]) => yuan(sum(rows.map((row) => row.amount_fen)));
  return line([
    ...[count, yuan(sum(due)), yuan(sum(undone)), yuan(sum(charged))],
    ...[`${yuan(sum(due.map(feeFen)) - sum(undone.map(feeFen)))}000`, whole(paid), whole(returned)],
  ]);
}
