import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { addDays, businessDate, fen, instantOf, isBusinessDate, localTime, yuanText } from '@yajin/core';
import { issueToken, randomToken, readToken } from '../tokens.js';
import type { World } from '../world.js';
import { PayError } from './pay-error.js';
import { billEntries, billForms, type BillEntry } from '../money/bill.js';
import { couponOf, settledFen } from '../money/coupon.js';
import type { ChannelName } from '../money/rows.js';
import type { Answer, Call, Route } from './server.js';
import { statementText } from './statement.js';
import { formed, line, type Values } from './table.js';

// The trade bill: https://pay.weixin.qq.com/doc/v3/merchant/4013071236. Headings, the backtick before every
// value, the summary and the way refunds repeat their payment's fields are those of real files. A refund is
// listed on the day it succeeded (the documents leave open whether acceptance or success decides).

const HEADINGS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,' +
  '应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,' +
  '手续费,费率,订单金额,申请退款金额,费率备注';
const SUMMARY =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const DOWNLOAD_MS = 300_000;
const MONTHS_KEPT_DAYS = 92;

/** What can be asked for, as bill_type or as account_type. */
const TABLES = {
  trade: { which: 'bill_type', types: ['ALL', 'SUCCESS', 'REFUND'], handed: 'wechat-v3' },
  fund: { which: 'account_type', types: ['BASIC', 'OPERATION', 'FEES'], handed: 'wechat-v3/statement' },
} as const;

interface Asked {
  table: keyof typeof TABLES;
  date: string;
  type: string;
  packing: string | undefined;
}

export function billRoutes(world: World): Route[] {
  return [
    {
      method: 'GET',
      url: '/v3/bill/tradebill',
      endpoint: 'bill',
      handle: (call) => requestBill(world, 'trade', call),
    },
    {
      method: 'GET',
      url: '/v3/bill/fundflowbill',
      endpoint: 'statement',
      handle: (call) => requestBill(world, 'fund', call),
    },
    {
      method: 'GET',
      url: '/v3/billdownload/file',
      endpoint: null,
      handle: (call) => downloadBill(world, call),
    },
  ];
}

function requestBill(world: World, table: Asked['table'], { query }: Call): Answer {
  const { which, types, handed } = TABLES[table];
  const { bill_date: date = '', [which]: type = types[0], tar_type: packing } = query;
  const known = types.some((each) => each === type);
  if (!isBusinessDate(date) || !known || (packing !== undefined && packing !== 'GZIP')) {
    throw new PayError(400, 'PARAM_ERROR', '账单日期、账单类型或压缩类型有误');
  }
  const now = world.clock.now();
  if (date < addDays(businessDate(now), -MONTHS_KEPT_DAYS))
    throw new PayError(400, 'INVALID_REQUEST', '仅支持三个月内的账单');
  const asked: Asked = { table, date, type, packing };
  const text = now < instantOf(addDays(date, 1), '10:00') ? null : textOf(world, asked);
  if (billForms(world, handed, date).has('late')) throw new PayError(400, 'STATEMENT_CREATING', '账单生成中');
  if (text === null) throw new PayError(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
  const token = issueToken(world, 'bill', randomToken(32), JSON.stringify(asked), DOWNLOAD_MS);
  const body = {
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(text).digest('hex'),
    download_url: `${world.url}/v3/billdownload/file?token=${token}`,
  };
  return { status: 200, body };
}

function textOf(world: World, { table, date, type }: Asked): string | null {
  if (table === 'trade') return billText(world, date, type);
  return type === 'BASIC' ? statementText(world, date, 'wechat-v3') : null;
}

function downloadBill(world: World, { query }: Call): Answer {
  const token = readToken(world, 'bill', query['token'] ?? '');
  if (!token) throw new PayError(401, 'SIGN_ERROR', '下载地址已失效');
  const asked = JSON.parse(token.payload) as Asked;
  const file = Buffer.from(textOf(world, asked) ?? '');
  return { status: 200, file: asked.packing === 'GZIP' ? gzipSync(file) : file };
}

/** The file's text, the same for v3 and v2; null when nothing happened that day. */
export function billText(
  world: World,
  date: string,
  type: string,
  channel: ChannelName = 'wechat-v3',
): string | null {
  const entries = billEntries(world, channel, date).filter(
    ({ refund }) => type === 'ALL' || (type === 'REFUND') === (refund !== null),
  );
  const forms = billForms(world, channel, date);
  if (entries.length === 0 || forms.has('empty')) return null;
  const mchId = forms.has('otherMerchant') ? '1900000109' : world.identity.mchId;
  const lines = entries.map((entry) => (entry.refund ? refundLine : paymentLine)(world, entry, mchId));
  return formed([HEADINGS, ...lines, SUMMARY, summaryLine(entries)], forms);
}

function yuan(amountFen: number): string {
  return amountFen < 0 ? `-${yuanText(fen(-amountFen))}` : yuanText(fen(amountFen));
}

/** What the lines of both kinds begin with. */
function beginning({ identity }: World, { at, trade, refund }: BillEntry, mchId: string): Values {
  return [
    localTime(new Date(at)).replace('T', ' '),
    identity.partner?.spAppId ?? identity.appId,
    mchId,
    identity.partner?.subMchId ?? 0,
    ...['', trade.transaction_id, trade.out_trade_no, trade.openid, trade.trade_type],
    ...[refund ? 'REFUND' : 'SUCCESS', 'OTHERS', 'CNY'],
  ];
}

function paymentLine(world: World, entry: BillEntry, mchId: string): string {
  const { trade, amountFen, couponFen, feeFen } = entry;
  return line([
    ...beginning(world, entry, mchId),
    ...[yuan(dueOf(entry)), yuan(couponFen), 0, 0, '0.00', '0.00', '', '', trade.description, trade.attach],
    ...[`${yuan(feeFen)}000`, '0.60%', yuan(amountFen), '0.00', ''],
  ]);
}

function refundLine(world: World, entry: BillEntry, mchId: string): string {
  const { trade, refund, amountFen, feeFen } = entry;
  return line([
    ...beginning(world, entry, mchId),
    ...['0.00', '0.00', refund?.refund_id ?? 0, refund?.out_refund_no ?? 0],
    ...[yuan(dueOf(entry)), yuan(chargedOf(entry)), 'ORIGINAL', 'SUCCESS', trade.description, trade.attach],
    ...[`-${yuan(feeFen)}000`, '0.60%', '0.00', yuan(amountFen), ''],
  ]);
}

/** What the merchant gets, or gives. */
function dueOf({ trade, amountFen, couponFen }: BillEntry): number {
  return settledFen(trade, amountFen, couponFen);
}

/** 充值券退款. */
function chargedOf({ trade, couponFen }: BillEntry): number {
  return couponOf(trade)?.kind === 'cash' ? couponFen : 0;
}

function summaryLine(entries: BillEntry[]): string {
  const [paid, returned] = [entries.filter((each) => !each.refund), entries.filter((each) => each.refund)];
  const sum = (of: BillEntry[], value: (entry: BillEntry) => number): number =>
    of.reduce((total, entry) => total + value(entry), 0);
  const amount = ({ amountFen }: BillEntry): number => amountFen;
  const fee = ({ feeFen }: BillEntry): number => feeFen;
  return line([
    ...[entries.length, yuan(sum(paid, dueOf)), yuan(sum(returned, dueOf)), yuan(sum(returned, chargedOf))],
    ...[
      `${yuan(sum(paid, fee) - sum(returned, fee))}000`,
      yuan(sum(paid, amount)),
      yuan(sum(returned, amount)),
    ],
  ]);
}
