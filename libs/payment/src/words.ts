/** Why the kernel gives money back by itself, as its rows say it; and what payers and operators read. */
const REASONS = {
  paid_twice: '重复支付，自动退款',
  paid_late: '超时支付，自动退款',
  returned_by_gateway: '网关已自行退回',
  not_taken: '未能入账款项退回',
} as const;
export type OwnReason = keyof typeof REASONS;

/** What a line gave as its reason is words already, and so is what was written before there were codes. */
export function reasonInWords(reason: string): string {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as OwnReason] : reason;
}

/** What is read beside a refund that its gateway closed because the balance never sufficed. */
export const STARVED = '商户余额不足，渠道到期关闭了退款，系统会换单号重发';
