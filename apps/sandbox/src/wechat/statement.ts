import { fen, localTime, yuanText } from '@yajin/core';
import { billForms } from '../money/bill.js';
import type { ChannelName } from '../money/rows.js';
import { accountStatement, type AccountMovement } from '../money/statement.js';
import type { World } from '../world.js';
import { formed, line } from './table.js';

// The statement of the account (资金账单): https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-fundflow.html. As in
// merchants' files, 资金流水单号 is the payment's transaction, also of what follows from it.

const HEADINGS =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const SUMMARY = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';
/** 业务名称 and 业务类型. */
const WORDS = {
  payment: ['交易', '交易'],
  fee: ['交易', '扣除交易手续费'],
  refund: ['退款', '退款'],
  refund_closed: ['退款', '退款关闭'],
  fee_returned: ['退款', '退还交易手续费'],
  withdrawal: ['充值/提现', '提现'],
} as const;

/** The file's text, the same for v3 and v2; null when nothing moved that day. */
export function statementText(world: World, date: string, channel: ChannelName): string | null {
  const { movements } = accountStatement(world, channel, date);
  const forms = billForms(world, `${channel}/statement`, date);
  if (movements.length === 0 || forms.has('empty')) return null;
  const lines = movements.map((each) => movementLine(each, world.identity.mchId));
  return formed([HEADINGS, ...lines, SUMMARY, summaryLine(movements)], forms);
}

function movementLine(movement: AccountMovement, mchId: string): string {
  const { kind, at, number, gatewayNo, flowNo, said, amountFen, balanceFen } = movement;
  return line([
    ...[localTime(new Date(at)).replace('T', ' '), gatewayNo, flowNo],
    ...(kind === 'other' ? [said, said] : WORDS[kind]),
    amountFen < 0 ? '支出' : '收入',
    ...[yuanText(fen(Math.abs(amountFen))), yuanText(fen(balanceFen))],
    ...[kind === 'refund' ? `${mchId}API` : 'system', said, number],
  ]);
}

function summaryLine(movements: AccountMovement[]): string {
  const sums = [
    movements.filter((each) => each.amountFen >= 0),
    movements.filter((each) => each.amountFen < 0),
  ];
  const parts = sums.flatMap((of) => {
    const total = of.reduce((sum, { amountFen }) => sum + Math.abs(amountFen), 0);
    return [`${of.length}.0`, yuanText(fen(total))];
  });
  return line([`${movements.length}.0`, ...parts]);
}
