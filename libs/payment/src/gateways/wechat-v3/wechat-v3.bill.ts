import { fenFromYuan, parseLocalTime, type Fen } from '@yajin/core';

import type { BillRow } from '../../gateway.js';
import { Malformed } from '../json.js';

/**
 * What a refund row says once it is known that no money moved (a bill is a snapshot of its day).
 * Such a row is no movement and is left out.
 */
const FAILED_REFUND: ReadonlySet<string> = new Set(['FAIL', 'FAILED', 'CLOSED']);
/** Preferred first; merchants on the oldest format have only the last one. Yuan. */
const PAID_COLUMNS = ['订单金额', '应结订单金额', '总金额'];
/** What was asked for comes before what was left of it after coupons. Yuan. */
const REFUNDED_COLUMNS = ['申请退款金额', '退款金额'];

/**
 * Reads a trade bill (type ALL): a header line, detail lines whose every field begins with a backtick,
 * and two lines of totals. Columns are found by name, since the formats differ in their order:
 * https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-trade.html
 * @throws Malformed
 */
export function parseBill(csv: string): BillRow[] {
  const [header = '', ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = header.split(',').map((name) => name.trim());
  if (!names.includes('微信订单号')) throw new Malformed('账单缺少表头');
  const rows: BillRow[] = [];
  for (const line of lines) {
    if (!line.startsWith('`')) break; // the header of the totals
    // Only "comma, backtick" parts two fields: the text of a field may hold a comma.
    const values = line.slice(1).trimEnd().split(',`');
    if (values.length !== names.length) throw new Malformed(`账单第 ${rows.length + 2} 行的列数与表头不同`);
    const row = readRow(new Map(names.map((name, index) => [name, values[index] ?? ''])));
    if (row) rows.push(row);
  }
  return rows;
}

function readRow(row: ReadonlyMap<string, string>): BillRow | null {
  const state = row.get('交易状态');
  const base = {
    at: billTime(required(row, '交易时间')),
    outTradeNo: required(row, '商户订单号'),
    transactionId: required(row, '微信订单号'),
  };
  switch (state) {
    case 'SUCCESS':
      return {
        kind: 'payment',
        ...base,
        outRefundNo: null,
        gatewayRefundId: null,
        amountFen: amount(row, PAID_COLUMNS),
        feeFen: feeOf(row),
      };
    case 'REFUND':
    case 'REVOKED':
      if (FAILED_REFUND.has(row.get('退款状态') ?? '')) return null;
      return {
        kind: 'refund',
        ...base,
        outRefundNo: numberOrNull(row.get('商户退款单号')),
        gatewayRefundId: numberOrNull(row.get('微信退款单号')),
        amountFen: amount(row, REFUNDED_COLUMNS),
        feeFen: feeOf(row),
      };
    default:
      throw new Malformed(`账单中未知的交易状态 ${String(state)}`);
  }
}

function required(row: ReadonlyMap<string, string>, name: string): string {
  const value = row.get(name);
  if (!value) throw new Malformed(`账单缺少 ${name}`);
  return value;
}

/** A missing number is written as 0. */
function numberOrNull(value: string | undefined): string | null {
  return value === undefined || value === '' || value === '0' ? null : value;
}

function amount(row: ReadonlyMap<string, string>, columns: readonly string[]): Fen {
  const column = columns.find((name) => row.has(name));
  if (column === undefined) throw new Malformed(`账单缺少 ${columns.join(' / ')}`);
  return orMalformed(() => fenFromYuan(required(row, column)));
}

/**
 * Yuan, with more digits than money has, to the nearest fen; a refund's is what is given back, written with a minus or not. Digit by
 * digit: 1.005 is no floating number.
 * @returns fen
 */
function feeOf(row: ReadonlyMap<string, string>): number | null {
  const text = row.get('手续费')?.trim();
  if (!text) return null;
  const [, minus, yuan, digits = ''] = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text) ?? [];
  if (yuan === undefined) throw new Malformed(`账单手续费无效 ${text}`);
  const [cents, next] = [digits.padEnd(3, '0').slice(0, 2), digits.charAt(2)];
  const sum = Number(yuan) * 100 + Number(cents) + (next >= '5' ? 1 : 0);
  return minus === '-' ? -sum : sum;
}

function billTime(text: string): Date {
  return orMalformed(() => parseLocalTime(text.replace(' ', 'T')));
}

function orMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Malformed(`账单内容无效：${error instanceof Error ? error.message : String(error)}`);
  }
}
