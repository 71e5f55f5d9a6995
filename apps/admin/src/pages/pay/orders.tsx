import { Typography, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { useGatewayName } from '../../kit/gateway-words.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useWords, words } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { menuWords } from '../../shell/menu.js';
import { Balances } from './balances.js';
import { Choice, keyOf, LineChoice, Search } from './kit/filters.js';
import { OrderTag } from './kit/tags.js';
import { OrderDrawer } from './order-drawer.js';
import { payWords, useLineNames } from './pay-words.js';

const text = words(
  {
    about: '各业务线的订单。选择一条业务线可看到它的账户余额：正数是渠道里的钱，负数是欠人的或已确认的收入。',
    search: '订单号、商户单号、退款单号或交易号',
    order: '订单',
    what: '内容',
    refunded: '已退款',
    gateway: '支付渠道',
  },
  {
    about:
      'The orders of all lines. Choose a line to see its balances: positive is money at the gateway, negative is owed or earned.',
    search: 'Order, merchant, refund or gateway number',
    order: 'Order',
    what: 'For',
    refunded: 'Refunded',
    gateway: 'Paid through',
  },
);

const ADDRESS = { line: '', status: '', keyword: '', page: '1', pageSize: '20', open: '' };

/** The orders of all lines. */
export function PayOrders(): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const { payOrders: title } = useWords(menuWords);
  const [address, change] = useAddress(ADDRESS);
  const line = keyOf(useLineNames(), address.line);
  const query = {
    line,
    status: keyOf(common.order, address.status),
    keyword: address.keyword || undefined,
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const answer = useLook('listPayOrders', { query }, { keep: true });
  return (
    <Page title={title} about={t.about}>
      {line && <Balances line={line} />}
      <List<Console.PayOrder>
        label={title}
        rowKey="orderNo"
        filters={
          <>
            <Search
              label={t.search}
              value={address.keyword}
              width={320}
              change={(keyword) => change({ keyword })}
            />
            <LineChoice value={address.line} change={(chosen) => change({ line: chosen })} />
            <Choice
              label={common.status}
              value={address.status}
              names={common.order}
              change={(status) => change({ status })}
            />
          </>
        }
        answer={answer}
        columns={useColumns()}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
        open={({ orderNo }) => change({ open: orderNo }, { keepPage: true })}
      />
      <OrderDrawer orderNo={address.open} close={() => change({ open: '' }, { keepPage: true })} />
    </Page>
  );
}

function useColumns(): TableColumnsType<Console.PayOrder> {
  const t = useWords(text);
  const common = useWords(payWords);
  const lines = useLineNames();
  const gateway = useGatewayName();
  return [
    {
      title: t.order,
      key: 'order',
      render: (_, { orderNo }) => (
        <Typography.Text style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{orderNo}</Typography.Text>
      ),
    },
    { title: common.line, key: 'line', render: (_, { line }) => lines[line] },
    {
      title: t.what,
      key: 'about',
      render: (_, { description }) => (
        <Typography.Text ellipsis={{ tooltip: description }} style={{ maxWidth: 260 }}>
          {description}
        </Typography.Text>
      ),
    },
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
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
  ];
}
