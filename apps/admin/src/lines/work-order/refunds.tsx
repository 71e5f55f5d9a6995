import { isolated } from '@yajin/core';
import { Button, Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { joined, useWords } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { Choice, keyOf } from '../../pages/pay/kit/filters.js';
import { OrderDrawer } from '../../pages/pay/order-drawer.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { DecideDialog, type Decision } from './decide-dialog.js';
import { workOrderWords } from './work-order-words.js';

const POLL_MS = 5_000;
const COLORS = {
  pending: 'gold',
  processing: 'blue',
  refunded: 'green',
  rejected: 'default',
  failed: 'red',
} as const;

export function RefundApplications(): ReactNode {
  const t = useWords(workOrderWords);
  const common = useWords(payWords);
  const [address, change] = useAddress({ status: '', page: '1', pageSize: '20', open: '' });
  const [decision, setDecision] = useState<Decision | null>(null);
  const query = {
    status: keyOf(t.refundStates, address.status),
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const first = useLook('listWorkOrderRefunds', { query }, { keep: true });
  // While money is on its way the page follows it.
  const moving = first.data?.list.some(({ status }) => status === 'processing') ?? false;
  const answer = useLook('listWorkOrderRefunds', { query }, { keep: true, every: moving && POLL_MS });
  return (
    <>
      <List<Console.WorkOrderRefund>
        label={t.refunds}
        filters={
          <Choice
            label={common.status}
            value={address.status}
            names={t.refundStates}
            change={(status) => change({ status })}
          />
        }
        answer={answer}
        columns={useColumns(setDecision)}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
        open={({ paymentNo }) => change({ open: paymentNo }, { keepPage: true })}
      />
      <OrderDrawer orderNo={address.open} close={() => change({ open: '' }, { keepPage: true })} />
      {decision && <DecideDialog decision={decision} close={() => setDecision(null)} />}
    </>
  );
}

function useColumns(decide: (decision: Decision) => void): TableColumnsType<Console.WorkOrderRefund> {
  const t = useWords(workOrderWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const columns: TableColumnsType<Console.WorkOrderRefund> = [
    {
      title: t.payNumber,
      key: 'payment',
      render: (_, { paymentNo }) => (
        <span style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{paymentNo}</span>
      ),
    },
    { title: t.orders, key: 'order', render: (_, { orderId }) => `#${orderId}` },
    { title: t.kind, key: 'kind', render: (_, { type }) => t.kinds[type] },
    { title: common.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: common.status,
      key: 'status',
      render: (_, { status, failMessage }) => (
        <>
          <Tag color={COLORS[status]}>{t.refundStates[status]}</Tag>{' '}
          {status === 'failed' && failMessage && (
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {failMessage}
            </Typography.Text>
          )}
        </>
      ),
    },
    {
      title: t.reason,
      key: 'reason',
      render: (_, { reason, automatic }) => (automatic ? `${isolated(reason)}（${t.automatic}）` : reason),
    },
    {
      title: t.decided,
      key: 'decided',
      render: (_, { decidedBy, decidedAt, adminNotes }) =>
        decidedBy === null ? (
          common.none
        ) : (
          <>
            {decidedBy}{' '}
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {joined([time(decidedAt), ...(adminNotes ? [adminNotes] : [])])}
            </Typography.Text>
          </>
        ),
    },
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, refund) => <Deeds refund={refund} decide={decide} />,
    });
  }
  return columns;
}

/** A failed refund can be sent again; while one is processing there is nothing to do. */
function Deeds({
  refund,
  decide,
}: {
  refund: Console.WorkOrderRefund;
  decide: (decision: Decision) => void;
}): ReactNode {
  const t = useWords(workOrderWords);
  const { status, paymentNo } = refund;
  const approve = status === 'failed' ? t.again : t.approve;
  if (status !== 'pending' && status !== 'failed') return null;
  return (
    <Flex gap={8} onClick={(event) => event.stopPropagation()}>
      <Button
        size="small"
        aria-label={`${approve} ${paymentNo}`}
        onClick={() => decide({ action: 'approve', refund })}
      >
        {approve}
      </Button>
      {status === 'pending' && (
        <Button
          size="small"
          danger
          aria-label={`${t.reject} ${paymentNo}`}
          onClick={() => decide({ action: 'reject', refund })}
        >
          {t.reject}
        </Button>
      )}
    </Flex>
  );
}
