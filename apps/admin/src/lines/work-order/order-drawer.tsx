import { Flex, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { Noted } from '../../kit/columns.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useCauses } from '../../pages/pay/cause-words.js';
import { Facts, ObjectDrawer, Orders, useObject, useOpened } from '../../pages/pay/kit/object-drawer.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { DecideDialog, type Decision } from './decide-dialog.js';
import { OrderDialog, type OpenedOrder } from './order-dialogs.js';
import { useDeeds, WORK_COLORS } from './orders.js';
import { REFUND_COLORS, RefundDeeds } from './refunds.js';
import { workOrderWords } from './work-order-words.js';

/** A work order: whose it is, who repairs, what was paid for it, and what is to be done. */
export function WorkOrderDrawer(): ReactNode {
  const t = useWords(workOrderWords);
  const may = useMay()('pay:write');
  const { object: id, close } = useObject();
  const [opened, setOpened] = useState<OpenedOrder | null>(null);
  const { deedsOf, refusal } = useDeeds(setOpened);
  const answer = useOpened(
    'getWorkOrder',
    { id, path: { id: Number(id) } },
    // One that is pending waits for a person.
    ({ refunds }) => refunds.some(({ status }) => status === 'processing'),
    ['listWorkOrders', 'listPayOrders', 'getPayOrder'],
  );
  return (
    <>
      <ObjectDrawer
        id={id}
        close={close}
        title={t.order(id)}
        answer={answer}
        deeds={({ order }) => may && !['completed', 'closed'].includes(order.status) && deedsOf(order)}
      >
        {({ order, refunds }) => (
          <>
            {refusal}
            <OrderFacts order={order} />
            <Applications refunds={refunds} />
            <Orders line="work-order" subject={String(order.id)} />
          </>
        )}
      </ObjectDrawer>
      {opened && <OrderDialog opened={opened} close={() => setOpened(null)} />}
    </>
  );
}

function OrderFacts({ order }: { order: Console.WorkOrder }): ReactNode {
  const t = useWords(workOrderWords);
  const common = useWords(payWords);
  const { status, closedBy, userId, electricianId, prepayStatus, repairStatus, finalAmount } = order;
  const owed = (amount: number, how: Console.WorkOrderPaymentStatus | null): string =>
    `${money(amount)} · ${t.payment[how ?? 'pending']}`;
  return (
    <Facts
      facts={[
        [
          t.service,
          <Link key="service" to={`/pay/work-order?tab=orders&serviceTypeId=${order.serviceTypeId}`}>
            {order.serviceType}
          </Link>,
        ],
        ...(order.description ? [[t.faultSaid, order.description] as [string, ReactNode]] : []),
        [
          t.customer,
          <Link key="user" to={`/pay/work-order?tab=orders&userId=${userId}`}>
            {userId}
          </Link>,
        ],
        [t.electrician, electricianId ?? common.none],
        [
          common.status,
          <Noted key="status" note={closedBy && t.closedBy[closedBy]}>
            <Tag color={WORK_COLORS[status]}>{t.states[status]}</Tag>
          </Noted>,
        ],
        [t.prepay, owed(order.prepayAmount, prepayStatus)],
        [t.repair, finalAmount === null ? t.unpriced : owed(finalAmount, repairStatus)],
        [common.created, dateTime(order.createdAt)],
      ]}
    />
  );
}

function Applications({ refunds }: { refunds: Console.WorkOrderRefund[] }): ReactNode {
  const t = useWords(workOrderWords);
  const may = useMay()('pay:write');
  const causes = useCauses();
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <>
      {refunds.length > 0 && (
        <Facts
          facts={refunds.map((refund) => [
            `${t.refunds} #${refund.id}`,
            <Flex key={refund.id} vertical gap={6}>
              <span>
                {t.kinds[refund.type]} {money(refund.amount)}{' '}
                <Tag color={REFUND_COLORS[refund.status]}>{t.refundStates[refund.status]}</Tag>
              </span>
              <Typography.Text type="secondary">{causes.reason(refund)}</Typography.Text>
              {may && <RefundDeeds refund={refund} decide={setDecision} />}
            </Flex>,
          ])}
        />
      )}
      {decision && <DecideDialog decision={decision} close={() => setDecision(null)} />}
    </>
  );
}
