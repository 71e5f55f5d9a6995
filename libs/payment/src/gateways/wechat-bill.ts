import type { Fen } from '@yajin/core';

import type { BillRow } from '../gateway.js';
import { Malformed } from './json.js';
import { billTime, readTable, required, requireSum, yuan, type Row } from './wechat-table.js';

/**
 * What a refund row says once it is known that no money moved (a bill is a snapshot of its day).
 * Such a row is no movement and is left out.
 */
const FAILED_REFUND: ReadonlySet<string> = new Set(['FAIL', 'FAILED', 'CLOSED']);
/** Preferred first; merchants on the oldest format have only the last one. Yuan. */
const PAID_COLUMNS = ['订单金额', '应结订单金额', '总金额'];
/** What was asked for comes before what was left of it after coupons. Yuan. */
const REFUNDED_COLUMNS = ['申请退款金额', '退款金额'];

/** Whose bill it must be; a service provider's names the merchant beside it. */
export interface BilledMerchant {
  mchId: string;
  subMchId: string | null;
}

/** Where totals stand, and the column that they are of; formats have some of them. */
const TOTALS = [
  ['订单总金额', '订单金额'],
  ['申请退款总金额', '申请退款金额'],
] as const;

/**
 * Reads a trade bill (type ALL) of v3 or v2, which are the same:
 * https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-trade.html, https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6
 * @throws Malformed
 */
export function parseBill(csv: string, merchant?: BilledMerchant): BillRow[] {
  const { details, totals } = readTable(csv, '微信订单号', '总交易单数');
  for (const [total, column] of TOTALS) {
    if (!totals.has(total) || !details.every((row) => row.has(column))) continue;
    const sum = details.reduce((fen, row) => fen + yuan(required(row, column)), 0);
    requireSum(totals, total, sum);
  }
  if (merchant) for (const row of details) requireMerchants(row, merchant);
  return details.flatMap((row) => readRow(row) ?? []);
}

function requireMerchants(row: Row, { mchId, subMchId }: BilledMerchant): void {
  const payee = row.get('特约商户号') ?? row.get('子商户号');
  const others =
    (row.has('商户号') && row.get('商户号') !== mchId) ||
    (subMchId !== null && payee !== undefined && payee !== subMchId);
  if (others) throw new Malformed('账单含其他商户的交易');
}

function readRow(row: Row): BillRow | null {
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

/** A missing number is written as 0. */
function numberOrNull(value: string | undefined): string | null {
  return value === undefined || value === '' || value === '0' ? null : value;
}

function amount(row: Row, columns: readonly string[]): Fen {
  const column = columns.find((name) => row.has(name));
  if (column === undefined) throw new Malformed(`账单缺少 ${columns.join(' / ')}`);
  return yuan(required(row, column));
}

/**
 * Yuan, with more digits than money has, to the nearest fen; a refund's is what is given back, written with a minus or not. Digit by
 * digit: 1.005 is no floating number.
 * @returns fen
 */
function feeOf(row: Row): number | null {
  const text = row.get('手续费')?.normalize('NFKC').trim();
  if (!text) return null;
  const [, minus, yuan, digits = ''] = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text) ?? [];
  if (yuan === undefined) throw new Malformed(`账单手续费无效 ${text}`);
  const [cents, next] = [digits.padEnd(3, '0').slice(0, 2), digits.charAt(2)];
  const sum = Number(yuan) * 100 + Number(cents) + (next >= '5' ? 1 : 0);
  return minus === '-' ? -sum : sum;
}
