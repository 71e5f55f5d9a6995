import { isolated } from '@yajin/core';
import { dateTime } from '@yajin/ui';
import { Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { betweenWords } from '../../kit/between-words.js';
import { Noted, RowButton } from '../../kit/columns.js';
import { keyOf } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { joined, useWords } from '../../kit/text.js';
import { useCauses } from '../../pages/pay/cause-words.js';
import { ObjectLink } from '../../pages/pay/kit/object-drawer.js';
import { LineRefunds } from '../../pages/pay/kit/line-refunds.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { DecideDialog, type Decision } from './decide-dialog.js';
import { workOrderWords } from './work-order-words.js';

export const REFUND_COLORS = {
  pending: 'gold',
  processing: 'blue',
  refunded: 'green',
  rejected: 'default',
  failed: 'red',
} as const;

export function RefundApplications(): ReactNode {
  const t = useWords(workOrderWords);
  const common = useWords(payWords);
  const { aside } = useWords(betweenWords);
  const causes = useCauses();
  const [decision, setDecision] = useState<Decision | null>(null);
  const refunds = useListQuery(
    'listWorkOrderRefunds',
    { status: '' },
    ({ status }) => ({ status: keyOf(t.refundStates, status) }),
    ({ status }) => status === 'processing',
  );
  return (
    <>
      <LineRefunds<Console.WorkOrderRefund, Console.WorkOrderRefund['status']>
        label={t.refunds}
        refunds={refunds}
        states={t.refundStates}
        colors={REFUND_COLORS}
        own={[
          {
            title: t.payNumber,
            key: 'payment',
            render: (_, { paymentNo }) => (
              <span style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{paymentNo}</span>
            ),
          },
          {
            title: t.one,
            key: 'order',
            render: (_, { orderId }) => <ObjectLink line="work-order" id={orderId} />,
          },
          { title: t.kind, key: 'kind', render: (_, { type }) => t.kinds[type] },
        ]}
        why={[
          {
            title: t.reason,
            key: 'reason',
            render: (_, refund) =>
              refund.automatic ? isolated(causes.reason(refund)) + aside(t.automatic) : causes.reason(refund),
          },
          {
            title: t.decided,
            key: 'decided',
            render: (_, { decidedBy, decidedAt, adminNotes }) =>
              decidedBy === null ? (
                common.none
              ) : (
                <Noted note={joined([dateTime(decidedAt), ...(adminNotes ? [adminNotes] : [])])}>
                  {decidedBy}
                </Noted>
              ),
          },
        ]}
        orderOf={({ paymentNo }) => paymentNo}
        act={(refund) => <RefundDeeds refund={refund} decide={setDecision} />}
      />
      {decision && <DecideDialog decision={decision} close={() => setDecision(null)} />}
    </>
  );
}

/** A failed refund can be sent again; while one is processing there is nothing to do. */
export function RefundDeeds({
  refund,
  decide,
}: {
  refund: Console.WorkOrderRefund;
  decide: (decision: Decision) => void;
}): ReactNode {
  const t = useWords(workOrderWords);
  const { status, paymentNo, canRetry } = refund;
  if (status !== 'pending' && !canRetry) return null;
  return (
    <Flex gap={8}>
      <RowButton
        label={status === 'failed' ? t.again : t.approve}
        of={paymentNo}
        act={() => decide({ action: 'approve', refund })}
      />
      {status === 'pending' && (
        <RowButton danger label={t.reject} of={paymentNo} act={() => decide({ action: 'reject', refund })} />
      )}
    </Flex>
  );
}
