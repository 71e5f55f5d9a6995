import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useWords, words } from '../../kit/text.js';

const text = words({ mismatch: '昵称不一致' }, { mismatch: 'Nickname differs' });

export function MismatchTag(): ReactNode {
  return <Tag color="gold">{useWords(text).mismatch}</Tag>;
}

/** Approved, and the money has neither arrived nor failed: worth asking again. */
export function underWay({ auditStatus, refundStatus }: Camp.RefundRecord): boolean {
  return auditStatus === 'approved' && (refundStatus === 'pending' || refundStatus === 'processing');
}

/** Where the money of a failed refund is, when the gateway has it no more to send. */
export function whereabouts({ failReason }: Camp.RefundRecord): 'abnormal' | 'merchant' | null {
  if (failReason === 'ABNORMAL') return 'abnormal';
  return failReason === 'MERCHANT' ? 'merchant' : null;
}
