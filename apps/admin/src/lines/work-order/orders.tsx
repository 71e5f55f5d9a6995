import { Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { money } from '@yajin/ui';
import { AddButton } from '../../kit/add-button.js';
import { useApiMutation } from '../../kit/api.js';
import { useAsk } from '../../kit/ask.js';
import { Noted, RowButton, timeColumn } from '../../kit/columns.js';
import { Choice, keyOf, Search } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useObject } from '../../pages/pay/kit/object-drawer.js';
import { Narrowed } from '../../pages/pay/kit/party.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { BookForUser, OrderDialog, type OpenedOrder } from './order-dialogs.js';
import { workOrderWords } from './work-order-words.js';

export const WORK_COLORS = {
  pending_payment: 'gold',
  pending: 'gold',
  accepted: 'cyan',
  pending_repair_payment: 'gold',
  repairing: 'blue',
  completed: 'green',
  closed: 'default',
} as const;

export function WorkOrders(): ReactNode {
  const t = useWords(workOrderWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const [opened, setOpened] = useState<OpenedOrder | null>(null);
  const { list, filters, filter } = useListQuery(
    'listWorkOrders',
    { status: '', userId: '', serviceTypeId: '' },
    ({ status, userId, serviceTypeId }) => ({
      status: keyOf(t.states, status),
      serviceTypeId: Number(serviceTypeId) || undefined,
      userId: /^[1-9]\d{0,14}$/.test(userId) ? Number(userId) : undefined,
    }),
  );
  const { open: show } = useObject();
  const { columns, refusal } = useColumns(setOpened);
  return (
    <>
      {refusal}
      <List<Console.WorkOrder>
        {...list}
        label={t.orders}
        filters={
          <>
            <Search
              label={common.user}
              value={filters.userId}
              change={(userId) => filter({ userId: userId.replace(/\D/g, '') })}
            />
            <Choice
              label={common.status}
              value={filters.status}
              names={t.states}
              change={(status) => filter({ status })}
            />
            {filters.serviceTypeId && (
              <Narrowed says={t.onlyType} undo={() => filter({ serviceTypeId: '' })} />
            )}
            {may && <AddButton label={t.add}>{(close) => <BookForUser close={close} />}</AddButton>}
          </>
        }
        columns={columns}
        open={({ id }) => show(id)}
      />
      {opened && <OrderDialog opened={opened} close={() => setOpened(null)} />}
    </>
  );
}

function useColumns(open: (opened: OpenedOrder) => void): {
  columns: TableColumnsType<Console.WorkOrder>;
  refusal: ReactNode;
} {
  const t = useWords(workOrderWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { deedsOf, refusal } = useDeeds(open);
  const columns: TableColumnsType<Console.WorkOrder> = [
    { title: t.number, key: 'id', render: (_, { id }) => `#${id}` },
    {
      title: t.service,
      key: 'service',
      render: (_, { serviceType, description }) => (
        <>
          {serviceType}
          {description && (
            <Typography.Text
              type="secondary"
              ellipsis={{ tooltip: description }}
              style={{ display: 'block', fontSize: 12, maxWidth: 220 }}
            >
              {description}
            </Typography.Text>
          )}
        </>
      ),
    },
    { title: t.customer, key: 'user', dataIndex: 'userId' },
    {
      title: t.electrician,
      key: 'electrician',
      render: (_, { electricianId }) => electricianId ?? common.none,
    },
    {
      title: common.status,
      key: 'status',
      render: (_, { status, closedBy }) => (
        <Noted note={closedBy && t.closedBy[closedBy]}>
          <Tag color={WORK_COLORS[status]}>{t.states[status]}</Tag>
        </Noted>
      ),
    },
    {
      title: t.prepay,
      key: 'prepay',
      align: 'right',
      render: (_, { prepayAmount, prepayStatus }) => <Owed amount={prepayAmount} status={prepayStatus} />,
    },
    {
      title: t.repair,
      key: 'repair',
      align: 'right',
      render: (_, { finalAmount, repairStatus }) =>
        finalAmount === null ? (
          <Typography.Text type="secondary">{t.unpriced}</Typography.Text>
        ) : (
          <Owed amount={finalAmount} status={repairStatus} />
        ),
    },
    timeColumn(common.created, 'created', ({ createdAt }) => createdAt),
  ];
  if (may) columns.push({ title: common.act, key: 'act', render: (_, order) => deedsOf(order) });
  return { columns, refusal };
}

function Owed({
  amount,
  status,
}: {
  amount: number;
  status: Console.WorkOrderPaymentStatus | null;
}): ReactNode {
  const t = useWords(workOrderWords);
  return (
    <span>
      {money(amount)}
      <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
        {t.payment[status ?? 'pending']}
      </Typography.Text>
    </span>
  );
}

/** What an operator may do to a work order, as its state allows. */
export function useDeeds(open: (opened: OpenedOrder) => void): {
  deedsOf: (order: Console.WorkOrder) => ReactNode;
  refusal: ReactNode;
} {
  const t = useWords(workOrderWords);
  const { ask, refusal } = useAsk();
  const complete = useApiMutation('completeWorkOrder', {
    invalidates: ['listWorkOrders', 'getWorkOrder', 'listPayBalances', 'getPayOrder'],
  });
  const deedsOf = (order: Console.WorkOrder): ReactNode => {
    const { id, status } = order;
    const deed = (name: string, act: () => void, danger = false): ReactNode => (
      <RowButton label={name} of={`#${id}`} danger={danger} act={act} />
    );
    const askToComplete = (): void =>
      ask({
        title: t.completeAsk(id),
        content: t.completeHint,
        ok: t.complete,
        act: () => complete.mutateAsync({ path: { id } }),
        done: t.completed,
      });
    return (
      <Flex gap={8}>
        {status === 'pending' && deed(t.accept, () => open({ what: 'accept', order }))}
        {(status === 'accepted' || status === 'pending_repair_payment') &&
          deed(t.price, () => open({ what: 'price', order }))}
        {status === 'repairing' && deed(t.complete, askToComplete)}
        {status !== 'completed' &&
          status !== 'closed' &&
          deed(t.close, () => open({ what: 'close', order }), true)}
      </Flex>
    );
  };
  return { deedsOf, refusal };
}
