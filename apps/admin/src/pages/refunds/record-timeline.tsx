import { Timeline, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { time } from '../../kit/format.js';
import { useWords, words } from '../../kit/text.js';
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
    processing: '处理中（系统会自动查询结果）',
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
    processing: 'Processing (the system asks for the outcome by itself)',
    failed: 'Failed',
    abnormal: 'The member’s account cannot take it',
    merchant: 'The money went back to the merchant',
    arrived: 'Arrived',
    notified: 'The member was told',
    quiet: 'The member was not told',
    refused: (code: string) => `WeChat did not take the message (${code})`,
  },
);

interface Step {
  key: string;
  at: string | null;
  what: string;
  detail?: string | undefined;
  color: 'green' | 'red' | 'blue' | 'gray';
}

/** What happened to a refund, by whom and when. */
export function RecordTimeline({ record }: { record: Camp.RefundRecord }): ReactNode {
  const steps = useSteps(record);
  return (
    <Timeline
      items={steps.map(({ key, at, what, detail, color }) => ({
        key,
        color,
        content: (
          <>
            <div>{what}</div>
            {detail && <div style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{detail}</div>}
            {at && (
              <Typography.Text type="secondary" className="number" style={{ fontSize: 12 }}>
                {time(at, true)}
              </Typography.Text>
            )}
          </>
        ),
      }))}
    />
  );
}

/** A message that was refused, or none at all. */
function untold({ notifyError }: Camp.RefundRecord, t: typeof text.zh): Step {
  if (notifyError === null) return { key: 'quiet', at: null, what: t.quiet, color: 'gray' };
  const { code, message, time: at } = notifyError;
  return { key: 'refused', at, what: t.refused(code), detail: message || undefined, color: 'red' };
}

function useSteps(record: Camp.RefundRecord): Step[] {
  const t = useWords(text);
  const { auditStatus, refundStatus, auditor, auditTime, comment, reason, retryCount } = record;
  const who = auditor === 'system' || auditor === null ? t.system : auditor;
  const own = whereabouts(record);
  const steps: Step[] = [
    {
      key: 'listed',
      at: record.createdAt,
      what: auditor === 'system' ? t.automatic : t.listed,
      color: 'green',
    },
  ];
  if (auditStatus === 'pending') steps.push({ key: 'waiting', at: null, what: t.waiting, color: 'gray' });
  else {
    const said = [comment && `${t.comment}：${comment}`, reason && `${t.reason}：${reason}`].filter(Boolean);
    steps.push({
      key: 'audited',
      at: auditTime,
      what: auditStatus === 'approved' ? t.approved(who) : t.rejected(who),
      detail: said.join('　') || undefined,
      color: auditStatus === 'approved' ? 'green' : 'red',
    });
  }
  if (retryCount > 0) steps.push({ key: 'retried', at: null, what: t.retried(retryCount), color: 'blue' });
  if (underWay(record)) steps.push({ key: 'processing', at: null, what: t.processing, color: 'blue' });
  if (refundStatus === 'failed') {
    steps.push({
      key: 'failed',
      at: null,
      what: t.failed,
      detail: own ? t[own] : (record.failReason ?? undefined),
      color: 'red',
    });
  }
  if (refundStatus === 'success') {
    steps.push({ key: 'arrived', at: record.executeTime, what: t.arrived, color: 'green' });
    steps.push(
      record.notified
        ? { key: 'notified', at: record.notifyTime, what: t.notified, color: 'green' }
        : untold(record, t),
    );
  }
  return steps;
}
