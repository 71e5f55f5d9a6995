import { businessDate } from '@yajin/core';

import type { Movement, MovementKind } from '../gateway.js';
import { cut, signedFen } from './common.js';
import { Malformed } from './json.js';
import { billTime, readTable, required, requireCount, requireSum, yuan, type Row } from './wechat-table.js';

const INCOME = '收入';
const EXPENSE = '支出';

/**
 * What 业务类型 and 收支类型 say together, as far as the document lists it ("will be adjusted as business develops"), 退回 as bills of
 * merchants have it beside its 退还, and withdrawals, which the document has in 业务名称: anything else moved money as well, and stays `other`.
 * A refund that was closed comes back under its number: both together are nothing.
 */
const KINDS: Readonly<Record<string, MovementKind>> = {
  交易收入: 'payment',
  退款支出: 'refund',
  退款关闭收入: 'refund',
  扣除交易手续费支出: 'fee',
  退还交易手续费收入: 'fee_returned',
  退回交易手续费收入: 'fee_returned',
  提现支出: 'withdrawal',
};

/**
 * Reads 资金账单, which v3 and v2 have alike, in its order: https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-fundflow.html,
 * https://pay.weixin.qq.com/doc/v2/merchant/4011939779. Whose it is, it does not say: v3's signed answer vouches
 * for the file, and v2's comes by TLS to who has shown the merchant's certificate.
 *
 * 资金流水单号 is not unique, whatever its name: a payment's is its transaction, and a refund's that of its payment, in files that merchants
 * publish (docs/gateways/wechat-v3.md). So a movement is called by both its numbers and its type.
 * @throws Malformed where it is not whole, or has a movement of another day
 */
export function parseStatement(csv: string, date: string): Movement[] {
  const { details, totals } = readTable(csv, '资金流水单号', '资金流水总笔数');
  const movements = details.map((row) => readRow(row, date));
  for (const direction of [INCOME, EXPENSE]) {
    const those = movements.filter((_, index) => details[index]?.get('收支类型') === direction);
    requireCount(totals, `${direction}笔数`, those.length);
    const sum = those.reduce((fen, { amountFen }) => fen + Math.abs(amountFen), 0);
    requireSum(totals, `${direction}金额`, sum);
  }
  return numbered(movements);
}

function readRow(row: Row, date: string): Movement {
  const at = billTime(required(row, '记账时间'));
  if (businessDate(at) !== date) throw new Malformed(`账单含 ${businessDate(at)} 的流水`);
  const direction = required(row, '收支类型');
  if (direction !== INCOME && direction !== EXPENSE) throw new Malformed(`账单中未知的收支类型 ${direction}`);
  const amountFen = yuan(required(row, '收支金额(元)'));
  const [business, flow] = [required(row, '微信支付业务单号'), required(row, '资金流水单号')];
  const said = required(row, '业务类型');
  return {
    kind: KINDS[said + direction] ?? 'other',
    said: cut(said, 64),
    at,
    flowNo: [...new Set([flow, business, said])].join('/'),
    gatewayNo: business,
    ourNo: ourNoOf(row),
    amountFen: direction === INCOME ? amountFen : 0 - amountFen,
    balanceFen: signedFen(required(row, '账户结余(元)')),
  };
}

/** 业务凭证号: as a rule the merchant's own. The column must be there, a number need not be. */
function ourNoOf(row: Row): string | null {
  const said = row.get('业务凭证号');
  if (said === undefined) throw new Malformed('账单缺少 业务凭证号');
  return said === '' ? null : said;
}

/** Should all numbers of two be the same, the second is called so; a file that comes twice has something after its totals. */
function numbered(movements: Movement[]): Movement[] {
  const seen = new Map<string, number>();
  return movements.map((movement) => {
    const times = (seen.get(movement.flowNo) ?? 0) + 1;
    seen.set(movement.flowNo, times);
    return times === 1 ? movement : { ...movement, flowNo: `${movement.flowNo}#${times}` };
  });
}
