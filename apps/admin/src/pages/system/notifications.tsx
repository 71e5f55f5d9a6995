import { Tag, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useEventName } from '../../kit/event-words.js';
import { Choice, keyOf } from '../../kit/filters.js';
import { useGatewayName } from '../../kit/gateway-words.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';

const text = words(
  {
    about: '支付渠道发来、已通过验签的通知。重复的通知只记一次，处理结果如下。',
    status: '处理结果',
    states: {
      received: '已接收',
      applied: '已处理',
      ignored: '无需处理',
      quarantined: '已隔离',
      unreadable: '无法解析',
    },
    meanings: {
      received: '正在处理，通常几秒内完成',
      applied: '已入账或已更新退款状态',
      ignored: '与已知情况一致，或与本系统无关',
      quarantined: '金额、商户或付款人不符，没有入账，需要人工核对',
      unreadable: '验签通过但内容无法解析，没有入账，需要技术人员查看',
    },
    at: '接收时间',
    event: '通知',
    numbers: '单号',
    reason: '说明',
    order: '订单',
    trade: '商户单号',
    refund: '退款单号',
    none: '—',
  },
  {
    about:
      'What the payment gateway told us, signed by it. A repeat counts once; this is what became of each.',
    status: 'Outcome',
    states: {
      received: 'Received',
      applied: 'Applied',
      ignored: 'Nothing to do',
      quarantined: 'Quarantined',
      unreadable: 'Unreadable',
    },
    meanings: {
      received: 'Being handled, usually within seconds',
      applied: 'Booked, or the refund was updated',
      ignored: 'Known already, or none of our business',
      quarantined: 'Amount, merchant or payer do not fit: not booked, look into it',
      unreadable: 'Signed, but cannot be read: not booked, for your engineers',
    },
    at: 'Received',
    event: 'Event',
    numbers: 'Numbers',
    reason: 'Remark',
    order: 'Order',
    trade: 'Trade',
    refund: 'Refund',
    none: '—',
  },
);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const COLORS = {
  received: 'blue',
  applied: 'green',
  ignored: 'default',
  quarantined: 'red',
  unreadable: 'red',
} as const;

/** The inbox of the payment gateway. */
export function Notifications(): ReactNode {
  const t = useWords(text);
  const { notifications } = useWords(menuWords);
  const { list, filters, filter } = useListQuery('listNotifications', { status: '' }, ({ status }) => ({
    status: keyOf(t.states, status),
  }));
  return (
    <Page title={notifications} about={t.about}>
      <List
        {...list}
        label={notifications}
        filters={
          <Choice
            label={t.status}
            value={filters.status}
            names={t.states}
            width={160}
            change={(status) => filter({ status })}
          />
        }
        columns={useColumns()}
      />
    </Page>
  );
}

function useColumns(): TableProps<Camp.GatewayNotification>['columns'] {
  const t = useWords(text);
  const event = useEventName();
  const gateways = useGatewayName();
  const mayOrder = useMay()('pay:read');
  return [
    { title: t.at, className: 'number', render: (_, { receivedAt }) => dateTime(receivedAt, true) },
    {
      title: t.event,
      render: (_, { eventType, gateway }) => (
        <>
          {capitalised(event(eventType))}
          <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
            {gateways(gateway)}
          </Typography.Text>
        </>
      ),
    },
    {
      title: t.status,
      render: (_, { status }) => (
        <>
          <Tag color={COLORS[status]}>{t.states[status]}</Tag>
          <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
            {t.meanings[status]}
          </Typography.Text>
        </>
      ),
    },
    {
      title: t.numbers,
      render: (_, { orderNo, outTradeNo, outRefundNo }) => (
        <Numbers
          numbers={[
            [t.order, orderNo, mayOrder],
            [t.trade, outTradeNo],
            [t.refund, outRefundNo],
          ]}
        />
      ),
    },
    { title: t.reason, render: (_, { reason }) => reason ?? t.none },
  ];
}

/** @param numbers those that open an order have a link */
function Numbers({
  numbers,
}: {
  numbers: [name: string, value: string | null, opens?: boolean][];
}): ReactNode {
  const t = useWords(text);
  const known = numbers.filter(([, value]) => value !== null);
  if (known.length === 0) return t.none;
  return known.map(([name, value, opens]) => (
    <span key={name} style={{ display: 'block', fontSize: 12 }}>
      {name}{' '}
      <Typography.Text code copyable={{ text: value ?? '' }} style={{ wordBreak: 'break-all' }}>
        {opens ? <Link to={`/pay/orders?open=${encodeURIComponent(value ?? '')}`}>{value}</Link> : value}
      </Typography.Text>
    </span>
  ));
}
