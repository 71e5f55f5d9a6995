import { Descriptions, Drawer, Flex, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { dateTime, money, pollWhile } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { Failure } from '../../kit/failure.js';
import { useGatewayName } from '../../kit/gateway-words.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { PersonalData } from '../members/personal-data.js';
import { RefundCase } from './cases/refund-case.js';
import { HoldAlert } from './kit/hold.js';
import { About, Payer, Person } from './kit/party.js';
import { PauseAlert } from './kit/pause.js';
import { OrderTag, underWay } from './kit/tags.js';
import { OrderTimeline } from './order-timeline.js';
import { payWords, useLineNames } from './pay-words.js';
import { useWide } from '../../kit/wide.js';

const text = words(
  {
    title: '订单',
    number: '订单号',
    subject: '业务编号',
    who: '会员或用户',
    of: '所属',
    payer: '付款人',
    about: '内容',
    gateway: '支付渠道',
    expires: '支付截止',
    paid: '支付时间',
    refunded: '已退款',
    records: '退款记录',
    timeline: '经过',
  },
  {
    title: 'Order',
    number: 'Order number',
    subject: 'Number at the line',
    who: 'Member or user',
    of: 'Part of',
    payer: 'Payer',
    about: 'For',
    gateway: 'Paid through',
    expires: 'To be paid until',
    paid: 'Paid at',
    refunded: 'Refunded',
    records: 'Refund records',
    timeline: 'What happened',
  },
);

const POLL_MS = 3_000;

/** The whole story of an order of any line; open while it is given a number. */
export function OrderDrawer({ orderNo, close }: { orderNo: string; close: () => void }): ReactNode {
  const t = useWords(text);
  const wide = useWide('md');
  const story = useApiQuery(
    'getPayOrder',
    { path: { orderNo } },
    // While money is on its way the drawer follows it.
    { enabled: orderNo !== '', refetchInterval: pollWhile(moving, POLL_MS) },
  );
  return (
    <Drawer open={orderNo !== ''} onClose={close} title={t.title} size={wide ? 560 : '100%'} destroyOnHidden>
      {story.error && !story.data ? (
        <Failure error={story.error} again={() => void story.refetch()} />
      ) : story.data ? (
        <Details story={story.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

function moving(story: Console.OrderStory): boolean {
  return story.order.status === 'pending' || [...story.refunds, ...story.transfers].some(underWay);
}

function Details({ story }: { story: Console.OrderStory }): ReactNode {
  const t = useWords(text);
  const may = useMay();
  const { order } = story;
  // A gateway is paused, not a refund: its way on is offered once.
  const pauses = new Map(
    story.refunds.flatMap(({ hold, pause }) =>
      hold === null && pause !== null ? [[pause.gateway, pause] as const] : [],
    ),
  );
  return (
    <Flex vertical gap={20}>
      <Flex justify="space-between" align="center" gap={12}>
        <Typography.Title level={2} style={{ fontSize: 20, margin: 0 }} className="number">
          {money(order.amount)}
        </Typography.Title>
        <OrderTag status={order.status} />
      </Flex>
      {story.refunds.map((refund) => (
        <RefundCase key={refund.id} refund={refund} />
      ))}
      {[...pauses.values()].map((pause) => (
        <PauseAlert key={pause.gateway} pause={pause} />
      ))}
      {[...story.refunds, ...story.transfers].map(({ id, hold, amount }) => (
        <HoldAlert key={`${id} ${amount}`} hold={hold} />
      ))}
      <Facts order={order} refunds={story.refunds} />
      <section>
        <Typography.Title level={3} style={{ fontSize: 14, margin: '0 0 12px' }}>
          {t.timeline}
        </Typography.Title>
        <OrderTimeline story={story} />
      </section>
      {order.line === 'camp' && may('system:privacy') && (
        <div>
          <PersonalData orderNo={order.orderNo} />
        </div>
      )}
    </Flex>
  );
}

/** The camps' own records of refunds. */
function recordOf({ line, source }: Console.PayRefund): string[] {
  const id = line === 'camp' ? /^camp_refund:(\d+)$/.exec(source)?.[1] : undefined;
  return id === undefined ? [] : [id];
}

function Facts({ order, refunds }: { order: Console.PayOrder; refunds: Console.PayRefund[] }): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const may = useMay();
  const lines = useLineNames();
  const gateway = useGatewayName();
  const facts: [string, ReactNode][] = [
    [
      t.number,
      <Typography.Text key="number" copyable style={{ overflowWrap: 'anywhere' }}>
        {order.orderNo}
      </Typography.Text>,
    ],
    [common.line, lines[order.line]],
    [t.who, <Person key="who" of={order} />],
    [t.of, <About key="of" of={order} otherwise={common.none} />],
    [t.payer, <Payer key="payer" of={order} />],
    [t.about, order.description],
    [t.subject, order.subject],
    [t.gateway, order.gateway === null ? common.none : gateway(order.gateway)],
    order.paidAt === null ? [t.expires, dateTime(order.expiresAt)] : [t.paid, dateTime(order.paidAt, true)],
    [t.refunded, money(order.refunded)],
  ];
  const records = may('refund:read') ? refunds.flatMap(recordOf) : [];
  if (records.length > 0) {
    const ways = records.map((id) => (
      <Link key={id} to={`/refunds/records?open=${id}`}>
        #{id}
      </Link>
    ));
    facts.push([
      t.records,
      <Flex key="records" gap={8} wrap>
        {ways}
      </Flex>,
    ]);
  }
  return (
    <Descriptions
      size="small"
      column={1}
      items={facts.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
