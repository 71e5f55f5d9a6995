import type { Camp } from '@yajin/web';
import type { ReactNode } from 'react';
import { money, yearMonthDayTime } from '@yajin/ui';
import { Facts } from '../kit/page.js';

/** How far the money is on its way back: the state, how much, since when, under which number, and why not. */
export function RefundFacts({ refund }: { refund: Camp.MemberRefund }): ReactNode {
  const { reason, wechatRefundId } = refund;
  const { state, when, at } = stateOf(refund);
  return (
    <Facts
      facts={[
        ['退款', state],
        ['金额', money(refund.amount)],
        ...(at === null ? [] : ([[when, yearMonthDayTime(at)]] satisfies [string, string][])),
        ...(reason === null ? [] : ([['原因', reason]] satisfies [string, string][])),
        wechatRefundId === null ? ['退款编号', String(refund.id)] : ['微信退款单号', wechatRefundId],
      ]}
    />
  );
}

function stateOf(refund: Camp.MemberRefund): { state: string; when: string; at: string | null } {
  const audited = { when: '审核时间', at: refund.auditTime };
  switch (refund.refundStatus) {
    case 'pending':
      return refund.auditStatus === 'approved'
        ? { state: '审核已通过，准备退回', ...audited }
        : { state: '等待审核', when: '提交时间', at: refund.createdAt };
    case 'processing':
      return { state: '正在退回', ...audited };
    case 'success':
      return { state: '已退回', when: '到账时间', at: refund.executeTime };
    case 'failed':
      return { state: '遇到问题，正在处理', ...audited };
    case 'rejected':
      return { state: '没有通过', ...audited };
  }
}
