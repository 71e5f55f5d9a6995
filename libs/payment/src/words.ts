/** Why money goes back without anybody's asking, as the rows of the kernel say it; and what payers and operators read. */
const REASONS = {
  paid_twice: '重复支付，自动退款',
  paid_late: '超时支付，自动退款',
  returned_by_gateway: '网关已自行退回',
  not_taken: '未能入账款项退回',
  // Given by lines, as words.
  ordered_twice: '重复报名，自动退款',
  not_needed: '重复支付或已取消，自动退款',
  unallocated: '未归属收款退回',
  deposit: '训练营押金退还',
  task_rejected: '任务未通过审核，自动退款',
  task_unwanted: '任务已不需支付，自动退款',
} as const;
export type OwnReason = keyof typeof REASONS;

/** What a line gave as its reason is words already, and so is what was written before there were codes. */
export function reasonInWords(reason: string): string {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as OwnReason] : reason;
}

/** The code of a reason of the product's own, whether a row has that or its words; null of what somebody wrote. */
export function reasonCode(reason: string): OwnReason | null {
  const known = Object.entries(REASONS).find(([code, words]) => reason === code || reason === words);
  return known ? (known[0] as OwnReason) : null;
}

/** What is read beside a refund that its gateway closed because the balance never sufficed. */
export const STARVED = '商户余额不足，渠道到期关闭了退款，系统会换单号重发';

const FAILURES = ['ABNORMAL', 'CLOSED', 'MERCHANT', 'INSUFFICIENT'] as const;
export type OwnFailure = (typeof FAILURES)[number];

/** The code of why a refund failed, where no gateway's words say it; null of those. @param said as lines keep it */
export function failureCode(said: string | null): OwnFailure | null {
  return said === STARVED ? 'INSUFFICIENT' : (FAILURES.find((code) => code === said) ?? null);
}
