import { fen } from '@yajin/core';
import type { BillRow } from '../../gateway.js';
import { shanghaiInstant, signedFen } from '../common.js';
import { Malformed } from '../json.js';
import { readTable, required, type Billed, type Line } from './alipay.table.js';

const NUMBER = '支付宝交易号';
const KIND = '业务类型';
const AMOUNT = '订单金额(元)';
const SETTLED = '商家实收(元)';
const FEE = '服务费(元)';
const REFUND_NO = ['退款批次号/请求号', '退款批次号'];

/**
 * Reads 业务明细 of a trade bill, whose last lines say how many payments and refunds it has with which sums, without which it was cut
 * off. A refund repeats its payment's numbers, has negative sums, and the time when it was done: as bills that merchants publish have it
 * (docs/gateways/alipay.md).
 * @throws Malformed
 */
export function parseBill(csv: string, billed: Billed): BillRow[] {
  const { details, tail } = readTable(csv, NUMBER, billed);
  requireTotals(details, tail);
  return details.map(readRow);
}

/** What follows the table: 结束, both totals, when it was made. */
function requireTotals(details: Line[], said: string): void {
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
