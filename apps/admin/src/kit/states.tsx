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

export function RefundStatusTag({ status }: { status: Camp.RefundStatus | null }): ReactNode {
  const t = useWords(stateWords);
  return status ? <Tag color={REFUND_COLORS[status]}>{t.refund[status]}</Tag> : t.none;
}
