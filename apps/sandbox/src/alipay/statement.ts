import { createHash } from 'node:crypto';
import type { BillForm } from '../money/bill.js';
import type { AccountMovement } from '../money/statement.js';
import { time, yuan } from './channel.js';
import { madeAt, shaped } from './table.js';

// The bill of the account (账务账单, signcustomer). Headings, comments and the latest movement first are those of files that merchants
// publish. A refund has no number of its own: like its fee it names its trade.

const HEADINGS =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注';
const SUMMARY_HEADINGS = '类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）';
/** 业务类型. */
const WORDS = {
  payment: '在线支付',
  fee: '收费',
  refund: '交易退款',
  refund_closed: '交易退款',
  fee_returned: '收费',
  withdrawal: '提现',
} as const;

export function statementDetails(
  movements: AccountMovement[],
  day: string,
  begin: string[],
  forms: ReadonlySet<BillForm>,
): string[] {
  const [income, expense] = parted(movements);
  return [
    ...begin,
    ...shaped([HEADINGS, ...movements.toReversed().map(line)], forms),
    '#----------------------------------------账务明细列表结束-------------------------------------',
    `#支出合计：${expense.length}笔，共${yuan(sumOf(expense))}元`,
    `#收入合计：${income.length}笔，共${yuan(sumOf(income))}元`,
    madeAt(day),
  ];
}

export function statementSummary(movements: AccountMovement[], begin: string[]): string[] {
  const [income, expense] = parted(movements);
  const sums = [income.length, yuan(sumOf(income)), expense.length, yuan(sumOf(expense))];
  return [
    ...begin,
    SUMMARY_HEADINGS,
    `合计,${sums.join(',')},${yuan(sumOf(movements))}`,
    '#----------------------------------------账务汇总列表结束-------------------------------------',
  ];
}

function line(movement: AccountMovement): string {
  const { kind, at, number, flowNo, outTradeNo, said, amountFen, balanceFen } = movement;
  return [
    ...[`${flowNumber(movement)}\t`, `${flowNo}\t`, `${outTradeNo ?? number}\t`, '押金', time(at)],
    ...['*某(159****0000)\t', yuan(Math.max(amountFen, 0)), yuan(Math.min(amountFen, 0)), yuan(balanceFen)],
    ...['支付宝', kind === 'other' ? said : WORDS[kind], said],
  ].join(',');
}

/** The same whenever the statement is asked for. */
function flowNumber({ kind, number, at }: AccountMovement): string {
  const digest = createHash('sha1').update(`${kind} ${number} ${at}`).digest();
  return `5463${digest.readBigUInt64BE() % 100_000_000_000_000n}`;
}

function parted(movements: AccountMovement[]): [income: AccountMovement[], expense: AccountMovement[]] {
  return [movements.filter((each) => each.amountFen > 0), movements.filter((each) => each.amountFen < 0)];
}

function sumOf(movements: AccountMovement[]): number {
  return movements.reduce((sum, { amountFen }) => sum + amountFen, 0);
}
