import { isolated } from '@yajin/core';
import { Alert, Button, Flex, Tooltip, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { money } from '@yajin/ui';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { LOWEST_CONFIDENCE } from './batch.rules.js';
import { Evidence } from './evidence.js';

const text = words(
  {
    approve: '通过',
    reject: '拒绝',
    low: '置信度低于 50，需先手动匹配',
    match: '去匹配',
    gone: '该退款已不在待审核列表',
    goneHint: '可能已被审核，或会员的匹配已变更。',
    record: '查看退款记录',
    first: '回到列表',
    none: '从列表中选择一条进行审核',
  },
  {
    approve: 'Approve',
    reject: 'Reject',
    low: 'Below 50: match by hand first',
    match: 'Match',
    gone: 'This refund is not pending any more',
    goneHint: 'Somebody decided about it, or the match has changed.',
    record: 'Its record',
    first: 'Back to the list',
    none: 'Choose one from the list',
  },
);

export type Decide = (kind: 'approve' | 'reject', row: Camp.PendingRefund) => void;

/** One refund to decide about, with what the decision rests on. */
export function Review({ row, children }: { row: Camp.PendingRefund; children?: ReactNode }): ReactNode {
  return (
    <>
      <Flex justify="space-between" align="start" gap={12} wrap style={{ marginBottom: 16 }}>
        <div style={{ minWidth: 0 }}>
          <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
            {isolated(row.planetNickname)} <span className="number">{money(row.refundAmount)}</span>
          </Typography.Title>
          <Typography.Text type="secondary">{row.campName}</Typography.Text>
        </div>
        {children}
      </Flex>
      <Evidence key={row.id} row={row} />
    </>
  );
}

export function Decisions({ row, decide }: { row: Camp.PendingRefund; decide: Decide }): ReactNode {
  const t = useWords(text);
  if (!useMay()('refund:audit')) return null;
  const low = row.matchConfidence < LOWEST_CONFIDENCE;
  return (
    <Flex vertical align="end" gap={4}>
      <Flex gap={8}>
        <Button danger aria-keyshortcuts="R" onClick={() => decide('reject', row)}>
          {t.reject} <kbd className="key">R</kbd>
        </Button>
        <Tooltip title={low ? t.low : undefined}>
          <Button type="primary" aria-keyshortcuts="A" disabled={low} onClick={() => decide('approve', row)}>
            {t.approve} <kbd className="key">A</kbd>
          </Button>
        </Tooltip>
      </Flex>
      {low && (
        <Typography.Text type="danger" style={{ fontSize: 13 }}>
          {t.low} · <Link to={`/members?open=${row.memberId}`}>{t.match}</Link>
        </Typography.Text>
      )}
    </Flex>
  );
}

/** An address names a refund that is not pending. */
export function Gone({ id, back }: { id: number; back: () => void }): ReactNode {
  const t = useWords(text);
  return (
    <Alert
      type="info"
      showIcon
      title={t.gone}
      description={t.goneHint}
      action={
        <Flex vertical gap={4}>
          <Link to={`/refunds/records?open=${id}`}>{t.record}</Link>
          <Button size="small" onClick={back}>
            {t.first}
          </Button>
        </Flex>
      }
    />
  );
}

export function NothingChosen(): ReactNode {
  return <Typography.Text type="secondary">{useWords(text).none}</Typography.Text>;
}
