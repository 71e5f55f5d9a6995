import { Select, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useLook } from '../../kit/api.js';
import { CampSelect } from '../../kit/camp-select.js';
import { DateRange } from '../../kit/date-range.js';
import { FigureGrid } from '../../kit/figure-grid.js';
import { count, money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { Name } from '../../kit/name.js';
import { Page } from '../../kit/page.js';
import { stateWords } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { idOf } from './pending-data.js';
import { RecordDrawer } from './record-drawer.js';
import { MoneyTag, underWay } from './refund-status.js';

const text = words(
  {
    title: '退款记录',
    summary: '汇总',
    refunded: '已退款总额',
    success: '已退款',
    failed: '失败',
    pending: '待退款与处理中',
    refundStatus: '退款状态',
    auditStatus: '审核状态',
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
    refunded: 'Refunded in all',
    success: 'Refunded',
    failed: 'Failed',
    pending: 'Under way',
    refundStatus: 'Refund',
    auditStatus: 'Review',
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

const POLL_MS = 5_000;
const REFUND: Camp.RefundStatus[] = ['pending', 'processing', 'success', 'failed', 'rejected'];
const AUDIT: Camp.AuditStatus[] = ['pending', 'approved', 'rejected'];

export function RefundRecords(): ReactNode {
  const t = useWords(text);
  const [address, change] = useAddress({
    camp: '',
    refund: '',
    audit: '',
    from: '',
    to: '',
    page: '1',
    pageSize: '20',
    open: '',
  });
  const query = {
    campId: idOf(address.camp),
    refundStatus: REFUND.find((one) => one === address.refund),
    auditStatus: AUDIT.find((one) => one === address.audit),
    startDate: address.from || undefined,
    endDate: address.to || undefined,
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const first = useLook('listRefundRecords', { query }, { keep: true });
  // While money is on its way the page follows it.
  const moving = first.data?.list.some(underWay) ?? false;
  const answer = useLook('listRefundRecords', { query }, { keep: true, every: moving && POLL_MS });
  const columns = useColumns();
  return (
    <Page title={t.title}>
      <Figures summary={answer.data?.summary} />
      <List<Camp.RefundRecord>
        label={t.title}
        filters={<Filters address={address} change={change} />}
        answer={answer}
        columns={columns}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
        open={({ id }) => change({ open: String(id) }, { keepPage: true })}
      />
      <RecordDrawer
        id={idOf(address.open)}
        listed={answer.data?.list.find(({ id }) => String(id) === address.open)}
        close={() => change({ open: '' }, { keepPage: true })}
      />
    </Page>
  );
}

function Figures({ summary }: { summary: Camp.RefundRecordSummary | undefined }): ReactNode {
  const t = useWords(text);
  const figures: [string, string | undefined][] = [
    [t.refunded, summary && money(summary.totalRefunded)],
    [t.success, summary && count(summary.successCount)],
    [t.pending, summary && count(summary.pendingCount)],
    [t.failed, summary && count(summary.failedCount)],
  ];
  return (
    <div style={{ marginBottom: 16 }}>
      <FigureGrid label={t.summary} figures={figures} />
    </div>
  );
}

interface FiltersProps {
  address: Record<'camp' | 'refund' | 'audit' | 'from' | 'to', string>;
  change: (to: Partial<Record<'camp' | 'refund' | 'audit' | 'from' | 'to', string>>) => void;
}

function Filters({ address, change }: FiltersProps): ReactNode {
  const t = useWords(text);
  const states = useWords(stateWords);
  return (
    <>
      <CampSelect value={address.camp} change={(camp) => change({ camp })} />
      <Select
        allowClear
        aria-label={t.refundStatus}
        placeholder={t.refundStatus}
        style={{ width: 130 }}
        value={address.refund || null}
        onChange={(refund: string | null) => change({ refund: refund ?? '' })}
        options={REFUND.map((value) => ({ value, label: states.refund[value] }))}
      />
      <Select
        allowClear
        aria-label={t.auditStatus}
        placeholder={t.auditStatus}
        style={{ width: 130 }}
        value={address.audit || null}
        onChange={(audit: string | null) => change({ audit: audit ?? '' })}
        options={AUDIT.map((value) => ({ value, label: states.audit[value] }))}
      />
      <DateRange
        label={t.created}
        from={address.from}
        to={address.to}
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
      render: (_, { auditStatus, refundStatus }) => <MoneyTag audit={auditStatus} refund={refundStatus} />,
    },
    { title: columns.audit, key: 'audit', render: (_, { auditStatus }) => states.audit[auditStatus] },
    {
      title: columns.auditor,
      key: 'auditor',
      render: (_, { auditor }) => (auditor === 'system' ? t.system : (auditor ?? '—')),
    },
    { title: columns.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
    { title: columns.executed, key: 'executed', render: (_, { executeTime }) => time(executeTime) },
  ];
}
