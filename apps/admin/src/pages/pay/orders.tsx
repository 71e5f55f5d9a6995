import { Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { Choice, keyOf, Search } from '../../kit/filters.js';
import { useGatewayName } from '../../kit/gateway-words.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useWords, words } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { Balances, useBalances } from './balances.js';
import { LineChoice } from './kit/line-choice.js';
import { Narrowed, SamePayer, TooMany, usePartyColumn } from './kit/party.js';
import { OrderTag } from './kit/tags.js';
import { OrderDrawer } from './order-drawer.js';
import { payWords, useLineNames } from './pay-words.js';

const text = words(
  {
    about: '各业务线的订单。选择一条业务线可看到它的账户余额：正数是渠道里的钱，负数是欠人的或已确认的收入。',
    search: '昵称、用户 ID，或完整的单号',
    order: '订单',
    ofOne: (number: string) => `只看业务编号 ${number}`,
    refunded: '已退款',
    gateway: '支付渠道',
  },
  {
    about:
      'The orders of all lines. Choose a line to see its balances: positive is money at the gateway, negative is owed or earned.',
    search: 'Nickname, user id or a whole number',
    order: 'Order',
    ofOne: (number: string) => `Only number ${number} of the line`,
    refunded: 'Refunded',
    gateway: 'Paid through',
  },
);

/** The orders of all lines. */
export function PayOrders(): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const { payOrders: title } = useWords(menuWords);
  const lines = useLineNames();
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listPayOrders',
    { line: '', status: '', keyword: '', payerOf: '', subject: '' },
    ({ line, status, keyword, payerOf, subject }) => ({
      line: keyOf(lines, line),
      status: keyOf(common.order, status),
      keyword: keyword || undefined,
      payerOf: payerOf || undefined,
      subject: subject || undefined,
    }),
  );
  const line = keyOf(lines, filters.line);
  // What stands above the list is there before it, the first time; later on the list must not go away.
  const { isLoading } = useBalances(line);
  const [begun, setBegun] = useState(!isLoading);
  if (!begun && !isLoading) setBegun(true);
  return (
    <Page title={title} about={t.about} waits={!begun}>
      {line && <Balances line={line} />}
      <TooMany more={list.answer.data?.more} />
      <List<Console.PayOrder>
        {...list}
        label={title}
        rowKey="orderNo"
        filters={
          <>
            <Search
              label={t.search}
              value={filters.keyword}
              width={320}
              change={(keyword) => filter({ keyword })}
            />
            <LineChoice value={filters.line} change={(chosen) => filter({ line: chosen })} />
            <Choice
              label={common.status}
              value={filters.status}
              names={common.order}
              change={(status) => filter({ status })}
            />
            {filters.subject && (
              <Narrowed says={t.ofOne(filters.subject)} undo={() => filter({ subject: '' })} />
            )}
            <SamePayer orderNo={filters.payerOf} undo={() => filter({ payerOf: '' })} />
          </>
        }
        columns={useColumns()}
        open={({ orderNo }) => open(orderNo)}
      />
      <OrderDrawer orderNo={opened} close={close} />
    </Page>
  );
}

function useColumns(): TableColumnsType<Console.PayOrder> {
  const t = useWords(text);
  const common = useWords(payWords);
  const lines = useLineNames();
  const gateway = useGatewayName();
  const party = usePartyColumn<Console.PayOrder>(({ description }) => description);
  return [
    {
      title: t.order,
      key: 'order',
      render: (_, { orderNo }) => (
        <Typography.Text style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{orderNo}</Typography.Text>
      ),
    },
    { title: common.line, key: 'line', render: (_, { line }) => lines[line] },
    party,
    { title: common.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: t.refunded,
      key: 'refunded',
      align: 'right',
      render: (_, { refunded }) => (refunded > 0 ? money(refunded) : common.none),
    },
    { title: common.status, key: 'status', render: (_, { status }) => <OrderTag status={status} /> },
    {
      title: t.gateway,
      key: 'gateway',
      render: (_, order) => (order.gateway === null ? common.none : gateway(order.gateway)),
    },
    { title: common.created, key: 'created', render: (_, { createdAt }) => dateTime(createdAt) },
  ];
}
