import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { betweenWords } from '../../kit/between-words.js';
import { useWords, words } from '../../kit/text.js';
import { Timeline, type TimelineEntry } from '../../kit/timeline.js';
import { useCauses } from '../pay/cause-words.js';
import { underWay, whereabouts } from './refund-status.js';

const text = words(
  {
    listed: '列入退款名单',
    automatic: '系统自动退款',
    waiting: '等待审核',
    approved: (who: string) => `${who} 审核通过`,
    rejected: (who: string) => `${who} 拒绝`,
    system: '系统',
    comment: '备注',
    reason: '原因',
    retried: (times: number) => `已重试 ${times} 次`,
    later: '审核生效',
    processing: '处理中（系统会自动查询结果）',
    queued: '待退款（系统会自动退款）',
    failed: '退款失败',
    abnormal: '会员的支付账户收不了这笔钱',
    merchant: '钱退回了商户账户，会员没有收到',
    arrived: '已退款到账',
    notified: '已通知会员',
    quiet: '未通知会员',
    refused: (code: string) => `微信没有接受到账通知（${code}）`,
  },
  {
    listed: 'Put on the refund list',
    automatic: 'Refunded by the system',
    waiting: 'Waits for a review',
    approved: (who: string) => `Approved by ${who}`,
    rejected: (who: string) => `Rejected by ${who}`,
    system: 'the system',
    comment: 'Comment',
    reason: 'Reason',
    retried: (times: number) => `Retries: ${times}`,
    later: 'The decision takes effect',
    processing: 'Processing (the system asks for the outcome by itself)',
    queued: 'To refund (the system sends it by itself)',
    failed: 'Failed',
    abnormal: 'The member’s account cannot take it',
    merchant: 'The money went back to the merchant',
    arrived: 'Arrived',
    notified: 'The member was told',
    quiet: 'The member was not told',
    refused: (code: string) => `WeChat did not take the message (${code})`,
  },
);

/** What happened to a refund, by whom and when. */
export function RecordTimeline({ record }: { record: Camp.RefundRecord }): ReactNode {
  return <Timeline entries={useEntries(record)} />;
}

/** A message that was refused, or none at all. */
function untold({ notifyError }: Camp.RefundRecord, t: typeof text.zh): TimelineEntry {
  if (notifyError === null) return { key: 'quiet', at: null, says: t.quiet, look: 'quiet' };
  const { code, message, time: at } = notifyError;
  return { key: 'refused', at, says: t.refused(code), more: message ? [message] : [], look: 'bad' };
}

function useEntries(record: Camp.RefundRecord): TimelineEntry[] {
  const t = useWords(text);
  const { named } = useWords(betweenWords);
  const { auditStatus, refundStatus, auditor, auditTime, comment, reason, reasonCode, retryCount } = record;
  const who = auditor === 'system' || auditor === null ? t.system : auditor;
  const own = whereabouts(record);
  const causes = useCauses();
  const failure = own ? t[own] : causes.failure(record.failReasonCode, record.failReason);
  const entries: TimelineEntry[] = [
    {
      key: 'listed',
      at: record.createdAt,
      says: auditor === 'system' ? t.automatic : t.listed,
      look: 'done',
    },
  ];
  if (auditStatus === 'pending') entries.push({ key: 'waiting', at: null, says: t.waiting, look: 'quiet' });
  else {
    entries.push({
      key: 'audited',
      at: auditTime,
      says: auditStatus === 'approved' ? t.approved(who) : t.rejected(who),
      more: [
        ...(comment ? [named(t.comment, comment)] : []),
        ...(reason ? [named(t.reason, causes.reason({ reason, reasonCode }))] : []),
      ],
      look: auditStatus === 'approved' ? 'done' : 'bad',
    });
  }
  if (retryCount > 0) entries.push({ key: 'retried', at: null, says: t.retried(retryCount), look: 'open' });
  if (record.canUndo) entries.push({ key: 'later', at: record.executeAfter, says: t.later, look: 'quiet' });
  else if (underWay(record))
    entries.push({
      key: 'processing',
      at: null,
      says: refundStatus === 'pending' ? t.queued : t.processing,
      look: 'open',
    });
  if (refundStatus === 'failed') {
    entries.push({
      key: 'failed',
      at: null,
      says: t.failed,
      ...(failure === null ? {} : { more: [failure] }),
      look: 'bad',
    });
  }
  if (refundStatus === 'success') {
    entries.push({ key: 'arrived', at: record.executeTime, says: t.arrived, look: 'done' });
    entries.push(
      record.notified
        ? { key: 'notified', at: record.notifyTime, says: t.notified, look: 'done' }
        : untold(record, t),
    );
  }
  return entries;
}
