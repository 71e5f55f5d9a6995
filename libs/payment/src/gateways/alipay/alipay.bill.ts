import { fen } from '@yajin/core';
import type { BillRow } from '../../gateway.js';
import { shanghaiInstant, signedFen } from '../common.js';
import { Malformed } from '../json.js';

/** Whose bill, and of which business date, it must be. */
export interface Billed {
  /** The merchant's PID, 2088…: an account is called by it and four digits more. */
  sellerId: string;
  day: string;
}

const NUMBER = '支付宝交易号';
const KIND = '业务类型';
const AMOUNT = '订单金额(元)';
const SETTLED = '商家实收(元)';
const FEE = '服务费(元)';
const REFUND_NO = ['退款批次号/请求号', '退款批次号'];
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

type Line = ReadonlyMap<string, string>;

/**
 * Reads 业务明细 of a trade bill. Lines that begin with `#` say whose and which day's it is, where the table begins and ends, and how
 * many payments and refunds it has with which sums, without which it was cut off. Columns are found by name, those that are not known
 * are let be; values end in a tabulator that keeps spreadsheets from taking them for numbers; a refund repeats its payment's numbers,
 * has negative sums, and the time when it was done: as bills that merchants publish have it (docs/gateways/alipay.md).
 * @throws Malformed
 */
export function parseBill(csv: string, { sellerId, day }: Billed): BillRow[] {
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith(NUMBER));
  if (start < 0) throw new Malformed('账单缺少表头');
  requireOurs(lines.slice(0, start), sellerId, day);
  const names = valuesIn(lines[start] ?? '', (text) => text.normalize('NFKC'));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('#'));
  if (end < 0) throw new Malformed('账单不完整：缺少汇总');
  const details = rest
    .slice(0, end)
    .filter((line) => line !== '')
    .map((line, index) => lineOf(names, line, start + index + 2));
  requireTotals(details, rest.slice(end));
  return details.map(readRow);
}

/** Written by hand now and then: with full-width commas, brackets and digits. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

function requireOurs(head: string[], sellerId: string, day: string): void {
  const said = head.map(plain).join('\n');
  const account = /账号:\[(\d+)\]/.exec(said)?.[1];
  if (account === undefined) throw new Malformed('账单缺少账号');
  if (!account.startsWith(sellerId)) throw new Malformed('账单属于其他商户的账号');
  const from = /起始日期:\[(\d{4})年(\d\d)月(\d\d)日/.exec(said)?.slice(1).join('-');
  if (from !== undefined && from !== day) throw new Malformed(`账单是 ${from} 的`);
}

/** What follows the table: 结束, both totals, when it was made. Another table after them is the bill once more. */
function requireTotals(details: Line[], tail: string[]): void {
  if (tail.some((line) => line !== '' && !line.startsWith('#')))
    throw new Malformed('账单在汇总之后还有内容');
  const said = tail.map(plain).join('\n');
  if (!/交易合计:/.test(said)) throw new Malformed('账单不完整：缺少汇总');
  for (const [kind, pattern] of [
    ['交易', /交易合计:(\d+)笔,商家实收共(-?[\d.,]+)元/],
    ['退款', /退款合计:(\d+)笔,商家实收退款共(-?[\d.,]+)元/],
  ] as const) {
    const [, count = '0', sum = '0'] = pattern.exec(said) ?? [];
    const those = details.filter((line) => line.get(KIND) === kind);
    if (Number(count) !== those.length)
      throw new Malformed(`账单不完整：汇总为 ${count} 笔${kind}，明细有 ${those.length} 笔`);
    const settled = those.reduce((total, line) => total + signedFen(required(line, SETTLED)), 0);
    if (settled !== signedFen(sum.replaceAll(',', '')))
      throw new Malformed(`账单不完整：${kind}的汇总金额与明细不符`);
  }
}

function valuesIn(line: string, read = (text: string) => text): string[] {
  return read(line)
    .split(',')
    .map((value) => value.trim());
}

/**
 * The name of what was sold may hold commas, and so may the remark at the end: times, which stand right after the name, show which
 * commas are its own.
 */
function lineOf(names: string[], line: string, number: number): Line {
  const values = valuesIn(line);
  const [name, last] = [names.indexOf('商品名称'), names.length - 1];
  const within = values.findIndex((value, at) => at > name && TIME.test(value.normalize('NFKC'))) - name - 1;
  if (name >= 0 && within > 0 && names[name + 1] === '创建时间')
    values.splice(name, within + 1, values.slice(name, name + within + 1).join(','));
  if (values.length > names.length && names[last] === '备注')
    values.splice(last, values.length, values.slice(last).join(','));
  if (values.length !== names.length) throw new Malformed(`账单第 ${number} 行的列数与表头不同`);
  return new Map(names.map((column, index) => [column, values[index] ?? '']));
}

function readRow(line: Line): BillRow {
  const transactionId = required(line, NUMBER);
  const refund = isRefund(line);
  const refundNo = REFUND_NO.map((name) => line.get(name)).find((value) => value);
  const fee = line.get(FEE);
  // What the gateway keeps, or gives back: bills have it with a minus or without.
  const feeFen = fee ? Math.abs(signedFen(fee)) : null;
  return {
    kind: refund ? 'refund' : 'payment',
    at: shanghaiInstant(required(line, '完成时间').normalize('NFKC'), '完成时间'),
    // What was paid without an order of anybody's is called by Alipay's number.
    outTradeNo: line.get('商户订单号') || transactionId,
    transactionId,
    outRefundNo: refund ? (refundNo ?? null) : null,
    // Refunds have no number of Alipay's own.
    gatewayRefundId: null,
    amountFen: fen(Math.abs(signedFen(required(line, AMOUNT)))),
    feeFen: refund && feeFen !== null ? 0 - feeFen : feeFen,
  };
}

function isRefund(line: Line): boolean {
  const kind = line.get(KIND);
  if (kind !== '交易' && kind !== '退款') throw new Malformed(`账单中未知的业务类型 ${String(kind)}`);
  return kind === '退款';
}

function required(line: Line, name: string): string {
  const value = line.get(name);
  if (!value) throw new Malformed(`账单缺少 ${name}`);
  return value;
}
