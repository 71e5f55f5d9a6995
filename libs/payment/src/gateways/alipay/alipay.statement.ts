import { businessDate } from '@yajin/core';
import type { Movement, MovementKind } from '../../gateway.js';
import { cut, shanghaiInstant, signedFen } from '../common.js';
import { Malformed } from '../json.js';
import { readTable, required, type Billed, type Line } from './alipay.table.js';

const NUMBER = '账务流水号';
const INCOME = '收入金额(+元)';
const EXPENSE = '支出金额(-元)';

/**
 * What 业务类型 says of what came in, and of what went out, as programs of merchants tell them apart (docs/gateways/alipay.md); Alipay adds
 * types, and anything else is `other`.
 */
const CAME_IN: ReadonlyMap<string, MovementKind> = new Map([
  ...['在线支付', '交易付款', '交易'].map((word) => [word, 'payment'] as const),
  ...['收费', '服务费', '退费'].map((word) => [word, 'fee_returned'] as const),
  // One that did not reach its payer.
  ...['交易退款', '退款'].map((word) => [word, 'refund'] as const),
]);
const WENT_OUT: ReadonlyMap<string, MovementKind> = new Map([
  ...['交易退款', '退款', '退款(交易退款)'].map((word) => [word, 'refund'] as const),
  ...['收费', '服务费'].map((word) => [word, 'fee'] as const),
  ['提现', 'withdrawal'] as const,
]);

/**
 * Reads 账务明细, in its order, which may be the latest first. A refund has no number of its own in it: it names its trade, by Alipay's
 * number (业务流水号) and by ours (商户订单号), and so do fees.
 * @throws Malformed where it is not whole, or has a movement of another day
 */
export function parseStatement(csv: string, billed: Billed): Movement[] {
  const { details, tail } = readTable(csv, NUMBER, billed);
  const movements = details.map((line) => readLine(line, billed.day));
  requireTotals(movements, tail);
  if (new Set(movements.map(({ flowNo }) => flowNo)).size < movements.length)
    throw new Malformed('账单中的账务流水号重复');
  return movements;
}

function requireTotals(movements: Movement[], said: string): void {
  for (const [title, sign] of [
    ['收入', 1],
    ['支出', -1],
  ] as const) {
    const [, count, sum] = new RegExp(`${title}合计:(\\d+)笔,共(-?[\\d.,]+)元`).exec(said) ?? [];
    if (count === undefined || sum === undefined) throw new Malformed(`账单不完整：缺少${title}合计`);
    const those = movements.filter(({ amountFen }) => Math.sign(amountFen) === sign);
    if (Number(count) !== those.length)
      throw new Malformed(`账单不完整：汇总为 ${count} 笔${title}，明细有 ${those.length} 笔`);
    const total = those.reduce((fen, { amountFen }) => fen + Math.abs(amountFen), 0);
    // What went out is written with a minus or without.
    if (Math.abs(signedFen(sum.replaceAll(',', ''))) !== total)
      throw new Malformed(`账单不完整：${title}合计与明细不符`);
  }
}

function readLine(line: Line, day: string): Movement {
  const at = shanghaiInstant(required(line, '发生时间').normalize('NFKC'), '发生时间');
  if (businessDate(at) !== day) throw new Malformed(`账单含 ${businessDate(at)} 的流水`);
  const [income, expense] = [sumIn(line, INCOME), sumIn(line, EXPENSE)];
  if (income !== 0 && expense !== 0) throw new Malformed('账单中的一笔流水既有收入又有支出');
  const said = required(line, '业务类型');
  const known = expense === 0 ? CAME_IN : WENT_OUT;
  return {
    kind: known.get(said.normalize('NFKC')) ?? 'other',
    said: cut(said, 64),
    at,
    flowNo: required(line, NUMBER),
    gatewayNo: numberIn(line, '业务流水号'),
    ourNo: numberIn(line, '商户订单号'),
    amountFen: expense === 0 ? income : 0 - expense,
    balanceFen: signedFen(required(line, '账户余额(元)')),
  };
}

/** With its sign or without; the other side's may be left empty. @returns fen. @throws Malformed where there is no such column */
function sumIn(line: Line, name: string): number {
  const value = line.get(name);
  if (value === undefined) throw new Malformed(`账单缺少 ${name}`);
  return value === '' ? 0 : Math.abs(signedFen(value.replace(/^\+/, '')));
}

function numberIn(line: Line, name: string): string | null {
  const value = line.get(name);
  if (value === undefined) throw new Malformed(`账单缺少 ${name}`);
  return value === '' ? null : value;
}
