import { Select, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp, Input } from '@yajin/web';
import { count, dateTime, money } from '@yajin/ui';
import { CampSelect } from '../../kit/camp-select.js';
import { DateRange } from '../../kit/date-range.js';
import { moneyWords } from '../../kit/camp-money.js';
import { FigureGrid, type Figure } from '../../kit/figure-grid.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Name } from '../../kit/name.js';
import { Page } from '../../kit/page.js';
import { RefundStatusTag, stateWords } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';
import { HoldNote } from '../pay/kit/hold.js';
import { PauseNote, Pauses } from '../pay/kit/pause.js';
import { idOf } from './pending-data.js';
import { RecordDrawer } from './record-drawer.js';
import { underWay } from './refund-status.js';
import { useClear } from '../../kit/clear.js';

const text = words(
  {
    title: '退款记录',
    summary: '汇总',
    other: '已退其他款项',
    underWay: '待退款与处理中',
    refundStatus: '退款状态',
    open: '尚未到账',
    kind: '款项',
    kinds: { deposit: '押金', other: '多付与未归属' },
    created: '创建日期',
    columns: {
      name: '会员',
      camp: '训练营',
      amount: '金额',
      status: '退款状态',
      audit: '审核',
      auditor: '审核人',
      created: '创建时间',
      executed: '到账时间',
    },
    noName: '未形成会员',
    noCamp: '未归属收款',
    system: '系统',
  },
  {
    title: 'Refund records',
    summary: 'Summary',
    other: 'Other money returned',
    underWay: 'Under way',
    refundStatus: 'Refund',
    open: 'Not arrived yet',
    kind: 'Money',
    kinds: { deposit: 'Deposits', other: 'Overpaid or unallocated' },
    created: 'Created',
    columns: {
      name: 'Member',
      camp: 'Camp',
      amount: 'Amount',
      status: 'Refund',
      audit: 'Review',
      auditor: 'By',
      created: 'Created',
      executed: 'Arrived',
    },
    noName: 'No member',
    noCamp: 'Unallocated money',
    system: 'System',
  },
);

const REFUND: Camp.RefundStatus[] = ['pending', 'processing', 'success', 'failed', 'rejected'];
const KINDS: Camp.RefundKind[] = ['deposit', 'other'];

type Query = NonNullable<Input<'listRefundRecords'>['query']>;

/** What is asked for by a state's name in the address: a record that waits for its review is not one that waits for its money. */
function stateQuery(state: string): Pick<Query, 'refundStatus' | 'auditStatus' | 'open'> {
  if (state === 'review') return { auditStatus: 'pending' };
  if (state === 'open') return { open: true };
  const refundStatus = REFUND.find((one) => one === state);
  return { refundStatus, auditStatus: refundStatus === 'pending' ? 'approved' : undefined };
}

export function RefundRecords(): ReactNode {
  const t = useWords(text);
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listRefundRecords',
    { camp: '', refund: '', kind: '', from: '', to: '' },
    ({ camp, refund, kind, from, to }) => ({
      campId: idOf(camp),
      ...stateQuery(refund),
      kind: KINDS.find((one) => one === kind),
      startDate: from || undefined,
      endDate: to || undefined,
    }),
    underWay,
  );
  const columns = useColumns();
  return (
    <Page title={t.title}>
      <Figures summary={list.answer.data?.summary} />
      <Pauses pauses={list.answer.data?.pauses} />
      <List<Camp.RefundRecord>
        {...list}
        label={t.title}
        filters={<Filters filters={filters} change={filter} />}
        columns={columns}
        open={({ id }) => open(String(id))}
      />
      <RecordDrawer
        id={idOf(opened)}
        listed={list.answer.data?.list.find(({ id }) => String(id) === opened)}
        close={close}
      />
    </Page>
  );
}

function Figures({ summary }: { summary: Camp.RefundRecordSummary | undefined }): ReactNode {
  const t = useWords(text);
  const of = useWords(moneyWords);
  const states = useWords(stateWords);
  const figures: Figure[] = [
    [of.owed, summary && money(summary.depositOwed)],
    [of.refunded, summary && money(summary.depositRefunded)],
    [t.other, summary && money(summary.otherRefunded)],
    [states.audit.pending, summary && count(summary.reviewCount)],
    [t.underWay, summary && count(summary.pendingCount - summary.reviewCount)],
    [states.refund.success, summary && count(summary.successCount)],
    [states.refund.failed, summary && count(summary.failedCount)],
  ];
  return (
    <div style={{ marginBottom: 16 }}>
      <FigureGrid label={t.summary} figures={figures} least={148} />
    </div>
  );
}

interface FiltersProps {
  filters: Record<'camp' | 'refund' | 'kind' | 'from' | 'to', string>;
  change: (to: Partial<FiltersProps['filters']>) => void;
}

function Filters({ filters, change }: FiltersProps): ReactNode {
  const clear = useClear();
  const t = useWords(text);
  const states = useWords(stateWords);
  return (
    <>
      <CampSelect value={filters.camp} change={(camp) => change({ camp })} />
      <Select
        allowClear={clear}
        aria-label={t.refundStatus}
        placeholder={t.refundStatus}
        style={{ width: 130 }}
        value={filters.refund || null}
        onChange={(refund: string | null) => change({ refund: refund ?? '' })}
        options={[
          { value: 'open', label: t.open },
          { value: 'review', label: states.audit.pending },
          ...REFUND.map((value) => ({ value, label: states.refund[value] })),
        ]}
      />
      <Select
        allowClear={clear}
        aria-label={t.kind}
        placeholder={t.kind}
        style={{ width: 150 }}
        value={filters.kind || null}
        onChange={(kind: string | null) => change({ kind: kind ?? '' })}
        options={KINDS.map((value) => ({ value, label: t.kinds[value] }))}
      />
      <DateRange
        label={t.created}
        from={filters.from}
        to={filters.to}
        change={(from, to) => change({ from, to })}
      />
    </>
  );
}

function useColumns(): NonNullable<React.ComponentProps<typeof List<Camp.RefundRecord>>['columns']> {
  const t = useWords(text);
  const states = useWords(stateWords);
  const { columns } = t;
  return [
    {
      title: columns.name,
      key: 'name',
      render: (_, { planetNickname }) =>
        planetNickname === null ? (
          <Typography.Text type="secondary">{t.noName}</Typography.Text>
        ) : (
          <Name>{planetNickname}</Name>
        ),
    },
    { title: columns.camp, key: 'camp', render: (_, { campName }) => <Name>{campName ?? t.noCamp}</Name> },
    { title: columns.amount, key: 'amount', align: 'right', render: (_, row) => money(row.refundAmount) },
    {
      title: columns.status,
      key: 'status',
      render: (_, { auditStatus, refundStatus, hold, pause }) => (
        <>
          <RefundStatusTag audit={auditStatus} status={refundStatus} /> <HoldNote hold={hold} />{' '}
          <PauseNote pause={pause} />
        </>
      ),
    },
    { title: columns.audit, key: 'audit', render: (_, { auditStatus }) => states.audit[auditStatus] },
    {
      title: columns.auditor,
      key: 'auditor',
      render: (_, { auditor }) => (auditor === 'system' ? t.system : (auditor ?? '—')),
    },
    { title: columns.created, key: 'created', render: (_, { createdAt }) => dateTime(createdAt) },
    { title: columns.executed, key: 'executed', render: (_, { executeTime }) => dateTime(executeTime) },
  ];
}
