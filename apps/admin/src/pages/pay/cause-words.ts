import type { Camp, Console } from '@yajin/web';
import { useWords, words } from '../../kit/text.js';

/** Why money goes back by itself, and why a refund failed, where the API has a code for it. */
const causeWords = words(
  {
    reasons: {
      paid_twice: '重复支付，自动退款',
      paid_late: '超时支付，自动退款',
      returned_by_gateway: '网关已自行退回',
      not_taken: '未能入账款项退回',
      ordered_twice: '重复报名，自动退款',
      not_needed: '重复支付或已取消，自动退款',
      unallocated: '未归属收款退回',
      deposit: '训练营押金退还',
      task_rejected: '任务未通过审核，自动退款',
      task_unwanted: '任务已不需支付，自动退款',
      match_changed: '匹配变更',
      project_changed: '打卡项目更正',
    },
    unsaid: '渠道没有说明原因',
    failures: {
      INSUFFICIENT: '商户余额不足，渠道到期关闭了退款，系统会换单号重发',
      ABNORMAL: '付款人的账户收不了这笔钱',
      CLOSED: '渠道关闭了这笔退款',
      MERCHANT: '钱退回了商户账户，付款人没有收到',
      EXCEEDS: '可退余额不足',
    },
  },
  {
    reasons: {
      paid_twice: 'Paid twice, refunded by the system',
      paid_late: 'Paid too late, refunded by the system',
      returned_by_gateway: 'Returned by the gateway itself',
      not_taken: 'No order could take it: given back',
      ordered_twice: 'Enrolled twice, refunded by the system',
      not_needed: 'Paid twice or cancelled, refunded by the system',
      unallocated: 'Unallocated money given back',
      deposit: 'Camp deposit given back',
      task_rejected: 'The task was rejected, refunded by the system',
      task_unwanted: 'The task needed no payment any more, refunded by the system',
      match_changed: 'The match was changed',
      project_changed: 'The check-in project was corrected',
    },
    unsaid: 'The gateway gave no reason',
    failures: {
      INSUFFICIENT:
        'The merchant balance ran out and the gateway closed the refund: the system sends it anew',
      ABNORMAL: 'The payer’s account cannot take it',
      CLOSED: 'The gateway closed it',
      MERCHANT: 'The money went back to the merchant; the payer did not get it',
      EXCEEDS: 'Less is left of the payment than this',
    },
  },
);

export interface Causes {
  reason: (refund: {
    reason: string;
    reasonCode: Console.RefundReasonCode | Camp.RefundReasonCodeOrNull;
  }) => string;
  /** @param said what the gateway said of it */
  failure: (
    code: Console.RefundFailCode | Camp.RefundRecord['failReasonCode'],
    said: string | null,
  ) => string | null;
}

/** The product's own causes in the operator's language. What people and gateways said stays as it is. */
export function useCauses(): Causes {
  const { reasons, failures, unsaid } = useWords(causeWords);
  return {
    reason: ({ reason, reasonCode }) => (reasonCode === null ? reason : reasons[reasonCode]),
    failure: (code, said) => (code === null ? said && (inWords(said) || unsaid) : failures[code]),
  };
}

/** What a gateway said, without the code in front of it that its engineers know it by; empty where there was nothing else. */
export function inWords(said: string): string {
  return said.replace(/^[A-Z][A-Z0-9]*(?:[_.][A-Z0-9]+)+(?:\s+|$)/, '');
}
