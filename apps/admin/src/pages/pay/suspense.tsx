import { Button, Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { Choice, keyOf } from '../../kit/filters.js';
import { useGatewayName } from '../../kit/gateway-words.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { counted, useWords, words } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { LineChoice } from './kit/line-choice.js';
import { usePartyColumn } from './kit/party.js';
import { OrderDrawer } from './order-drawer.js';
import { payWords, useLineNames } from './pay-words.js';
import { SuspenseDialog, type SuspenseDecision } from './suspense-dialog.js';

const text = words(
  {
    about: '已收到、但没有订单能收下的钱：金额与订单不符，或业务线用不上。请计入订单，或原路退回。',
    order: '订单',
    paid: '实付',
    asked: (amount: string) => `应付 ${amount}`,
    left: (amount: string) => `剩余 ${amount}`,
    reason: '原因',
    reasons: { wrong_amount: '金额与订单不符', not_wanted: '业务线用不上' },
    states: { pending: '待处理', assigned: '已计入订单', refunding: '退回中', refunded: '已退回' },
    age: '挂账',
    days: (n: number) => (n === 0 ? '不到 1 天' : `${n} 天`),
    payment: '支付',
    assign: '计入订单',
    refund: '退回',
    assignOf: (order: string) => `计入订单 ${order}`,
    refundOf: (order: string) => `退回 ${order}`,
    taken: '订单已另行支付，只能退回',
    partly: '已退回一部分，其余只能退回',
  },
  {
    about:
      'Received, but no order can take it: another sum than was asked for, or its line has no use for it. Count it for its order, or give it back.',
    order: 'Order',
    paid: 'Paid',
    asked: (amount: string) => `asked ${amount}`,
    left: (amount: string) => `${amount} left`,
    reason: 'Why',
    reasons: { wrong_amount: 'Another sum than asked', not_wanted: 'The line has no use for it' },
    states: { pending: 'To decide', assigned: 'Counted', refunding: 'Going back', refunded: 'Gone back' },
    age: 'Waiting',
    days: (n: number) => (n === 0 ? 'under a day' : counted(n, 'day')),
    payment: 'Payment',
    assign: 'Count it',
    refund: 'Give back',
    assignOf: (order: string) => `Count for ${order}`,
    refundOf: (order: string) => `Give back ${order}`,
    taken: 'Its order was paid otherwise: it can only go back',
    partly: 'A part of it is back: the rest can only go back, too',
  },
);

const COLORS = { pending: 'gold', assigned: 'green', refunding: 'blue', refunded: 'green' } as const;

/** Money that no order can take, for people to decide. */
export function PaySuspense(): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const { paySuspense: title } = useWords(menuWords);
  const [decision, setDecision] = useState<SuspenseDecision | null>(null);
  const lines = useLineNames();
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listPaySuspense',
    { line: '', status: '' },
    ({ line, status }) => ({ line: keyOf(lines, line), status: keyOf(t.states, status) }),
    ({ status }) => status === 'refunding',
  );
  return (
    <Page title={title} about={t.about}>
      <List<Console.PaySuspense>
        {...list}
        label={title}
        filters={
          <>
            <LineChoice value={filters.line} change={(line) => filter({ line })} />
            <Choice
              label={common.status}
              value={filters.status}
              names={t.states}
              change={(status) => filter({ status })}
            />
          </>
        }
        columns={useColumns(setDecision)}
        open={({ orderNo }) => open(orderNo)}
      />
      <OrderDrawer orderNo={opened} close={close} />
      {decision && <SuspenseDialog decision={decision} close={() => setDecision(null)} />}
    </Page>
  );
}

function useColumns(decide: (decision: SuspenseDecision) => void): TableColumnsType<Console.PaySuspense> {
  const t = useWords(text);
  const common = useWords(payWords);
  const lines = useLineNames();
  const gateway = useGatewayName();
  const may = useMay()('refund:audit');
  const party = usePartyColumn<Console.PaySuspense>();
  const columns: TableColumnsType<Console.PaySuspense> = [
    {
      title: t.order,
      key: 'order',
      render: (_, { description, orderNo }) => <Two first={description} second={orderNo} />,
    },
    { title: common.line, key: 'line', render: (_, { line }) => lines[line] },
    party,
    {
      title: t.paid,
      key: 'paid',
      align: 'right',
      render: (_, row) => (
        <Two
          first={money(row.paid)}
          second={isPartlyBack(row) ? t.left(money(row.left)) : t.asked(money(row.asked))}
        />
      ),
    },
    {
      title: t.reason,
      key: 'reason',
      render: (_, row) =>
        row.status === 'pending' && !row.canAssign ? (
          <Two first={t.reasons[row.reason]} second={isPartlyBack(row) ? t.partly : t.taken} />
        ) : (
          t.reasons[row.reason]
        ),
    },
    {
      title: common.status,
      key: 'status',
      render: (_, row) => <Standing row={row} />,
    },
    { title: t.age, key: 'age', render: (_, { days }) => t.days(days) },
    {
      title: t.payment,
      key: 'payment',
      render: (_, { gateway: name, paidAt, transactionId, outTradeNo }) => (
        <Two first={`${gateway(name)} · ${dateTime(paidAt)}`} second={transactionId ?? outTradeNo} />
      ),
    },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      fixed: 'right',
      render: (_, row) => row.status === 'pending' && <Deeds row={row} decide={decide} />,
    });
  }
  return columns;
}

/** Whether somebody has given back a part of it at the gateway. */
function isPartlyBack({ status, paid, left }: Console.PaySuspense): boolean {
  return status === 'pending' && left < paid;
}

/** Where it stands, and who decided it why. */
function Standing({ row: { status, decidedBy, decidedAt, note } }: { row: Console.PaySuspense }): ReactNode {
  const t = useWords(text);
  return (
    <div>
      <Tag color={COLORS[status]}>{t.states[status]}</Tag>
      {decidedBy !== null && <Two first={note ?? ''} second={`${decidedBy} · ${dateTime(decidedAt)}`} />}
    </div>
  );
}

function Two({ first, second }: { first: string; second: string }): ReactNode {
  return (
    <div style={{ maxWidth: 260 }}>
      <Typography.Text ellipsis={{ tooltip: first }} style={{ maxWidth: 260 }}>
        {first}
      </Typography.Text>
      <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}>
        {second}
      </Typography.Text>
    </div>
  );
}

function Deeds({
  row,
  decide,
}: {
  row: Console.PaySuspense;
  decide: (decision: SuspenseDecision) => void;
}): ReactNode {
  const t = useWords(text);
  return (
    <Flex gap={8}>
      {row.canAssign && (
        <Button
          size="small"
          aria-label={t.assignOf(row.orderNo)}
          onClick={(event) => (event.stopPropagation(), decide({ what: 'assign', money: row }))}
        >
          {t.assign}
        </Button>
      )}
      <Button
        size="small"
        danger
        aria-label={t.refundOf(row.orderNo)}
        onClick={(event) => (event.stopPropagation(), decide({ what: 'refund', money: row }))}
      >
        {t.refund}
      </Button>
    </Flex>
  );
}
