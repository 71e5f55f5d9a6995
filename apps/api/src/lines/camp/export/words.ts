import type { Camp } from '@yajin/contract';

export const CAMP_STATUS: Record<Camp.CampStatus, string> = {
  draft: '草稿',
  enrolling: '报名中',
  ongoing: '进行中',
  finished: '已结束',
};

export const MATCH_STATUS: Record<Camp.MatchStatus, string> = {
  pending: '待匹配',
  matched: '已匹配',
  failed: '匹配失败',
};

const MATCH_METHOD: Record<Camp.MatchMethod, string> = {
  dynamic_qrcode: '专属链接',
  user_fill: '用户填写',
  smart_match: '智能匹配',
  manual: '人工匹配',
};

/** @param enrolled how the order says who it is for: only a personal link is signed */
export function matchMethod(method: Camp.MatchMethod, enrolled: Camp.PaymentInfo['identity']): string {
  return method === 'dynamic_qrcode' && enrolled !== 'signed' ? '报名链接' : MATCH_METHOD[method];
}

const REFUND_STATUS: Record<Camp.RefundStatus, string> = {
  pending: '待退款',
  processing: '处理中',
  success: '已退款',
  failed: '退款失败',
  rejected: '已拒绝',
};

/** The one state of a refund: before anybody has approved it, that it waits for a review. */
export function refundStatus(audit: Camp.AuditStatus | null, status: Camp.RefundStatus): string {
  return audit === 'pending' ? '待审核' : REFUND_STATUS[status];
}

export const yesNo = (flag: boolean): string => (flag ? '是' : '否');
