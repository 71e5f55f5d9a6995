import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useWords, words } from './text.js';

/** What the API's states are called. */
export const stateWords = words(
  {
    camp: { draft: '草稿', enrolling: '报名中', ongoing: '进行中', finished: '已结束' },
    match: { pending: '待匹配', matched: '已匹配', failed: '匹配失败' },
    method: {
      dynamic_qrcode: '专属链接',
      open_link: '报名链接',
      user_fill: '会员填写',
      smart_match: '智能匹配',
      manual: '人工匹配',
    },
    audit: { pending: '待审核', approved: '已通过', rejected: '已拒绝' },
    refund: {
      pending: '待退款',
      processing: '处理中',
      success: '已退款',
      failed: '退款失败',
      rejected: '已拒绝',
    },
    identity: { signed: '专属链接', proved: '已验证', typed: '仅填写' },
    review: {
      contested: '星球 ID 有争议',
      displaced: '星球 ID 已被本人取走',
      rival: '两人都已验证',
      returned: '核实后已退押金',
    },
    confidence: '置信度',
    none: '—',
  },
  {
    camp: { draft: 'Draft', enrolling: 'Enrolling', ongoing: 'Running', finished: 'Finished' },
    match: { pending: 'To match', matched: 'Matched', failed: 'No match' },
    method: {
      dynamic_qrcode: 'Personal link',
      open_link: 'Enrolment link',
      user_fill: 'Filled in',
      smart_match: 'Smart match',
      manual: 'By hand',
    },
    audit: { pending: 'To review', approved: 'Approved', rejected: 'Rejected' },
    refund: {
      pending: 'To refund',
      processing: 'Processing',
      success: 'Refunded',
      failed: 'Failed',
      rejected: 'Rejected',
    },
    identity: { signed: 'Signed link', proved: 'Proved', typed: 'Typed only' },
    review: {
      contested: 'Planet id contested',
      displaced: 'Planet id proved by another',
      rival: 'Proved by two',
      returned: 'Given back after review',
    },
    confidence: 'confidence',
    none: '—',
  },
);

/** How a refund on the list is reviewed. */
export const laneWords = words(
  {
    ready: { name: '可直接通过', hint: '批量通过默认全部通过' },
    check: { name: '昵称不一致或身份未证实', hint: '批量通过默认跳过，请逐条核对' },
    low: { name: '低置信度', hint: '置信度低于 80，批量通过默认跳过，请逐条核对' },
    all: '批量通过默认只通过“可直接通过”的记录',
  },
  {
    ready: { name: 'Ready to approve', hint: 'A batch approves all of them, as it stands' },
    check: {
      name: 'Nickname differs or identity not proved',
      hint: 'A batch skips them, as it stands: look at each',
    },
    low: { name: 'Low confidence', hint: 'Below 80, a batch skips them, as it stands: look at each' },
    all: 'As it stands a batch approves those that are ready, and no others',
  },
);

const CAMP_COLORS = { draft: 'default', enrolling: 'cyan', ongoing: 'green', finished: 'default' } as const;
const MATCH_COLORS = { pending: 'gold', matched: 'green', failed: 'red' } as const;
const REFUND_COLORS = {
  pending: 'gold',
  processing: 'blue',
  success: 'green',
  failed: 'red',
  rejected: 'default',
} as const;

export function CampStatusTag({ status }: { status: Camp.CampStatus }): ReactNode {
  return <Tag color={CAMP_COLORS[status]}>{useWords(stateWords).camp[status]}</Tag>;
}

export function MatchStatusTag({ status }: { status: Camp.MatchStatus }): ReactNode {
  return <Tag color={MATCH_COLORS[status]}>{useWords(stateWords).match[status]}</Tag>;
}

const IDENTITY_COLORS = { signed: 'green', proved: 'green', typed: 'default' } as const;

/** How surely somebody is who they say, and why people have to look, if they have. */
export function IdentityTag({
  identity,
  review = null,
}: {
  identity: Camp.IdentityOrNull;
  review?: Camp.IdentityReview;
}): ReactNode {
  const t = useWords(stateWords);
  if (review) return <Tag color={review === 'returned' ? 'default' : 'red'}>{t.review[review]}</Tag>;
  return identity ? <Tag color={IDENTITY_COLORS[identity]}>{t.identity[identity]}</Tag> : t.none;
}

/** From 80 on a batch may approve it, from 50 on a person may. */
export function ConfidenceTag({ value }: { value: number }): ReactNode {
  const t = useWords(stateWords);
  return (
    <Tag color={value >= 80 ? 'green' : value >= 50 ? 'gold' : 'red'} title={t.confidence}>
      <span className="number">{value}</span>
    </Tag>
  );
}

/** The one state of a refund: before anybody has approved it, that it waits for a review. */
export function RefundStatusTag({
  audit = null,
  status,
}: {
  audit?: Camp.AuditStatus | null;
  status: Camp.RefundStatus | null;
}): ReactNode {
  const t = useWords(stateWords);
  if (audit === 'pending') return <Tag>{t.audit.pending}</Tag>;
  return status ? <Tag color={REFUND_COLORS[status]}>{t.refund[status]}</Tag> : t.none;
}

/** @param enrolled how the order says who it is for: whoever opens the enrolment link types it, only a personal link is signed */
export function methodName(
  { method, none }: (typeof stateWords)['zh'],
  by: Camp.MatchMethod | null,
  enrolled: Camp.PaymentInfo['identity'],
): string {
  if (by === null) return none;
  return by === 'dynamic_qrcode' && enrolled !== 'signed' ? method.open_link : method[by];
}
