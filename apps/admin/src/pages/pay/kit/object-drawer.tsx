import { Collapse, Descriptions, Drawer, Empty, Flex, Skeleton, Typography } from 'antd';
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Console, Input, OperationName, Output } from '@yajin/web';
import { dateTime, money, pollWhile } from '@yajin/ui';
import { useApiQuery } from '../../../kit/api.js';
import { Failure } from '../../../kit/failure.js';
import { useWords, words } from '../../../kit/text.js';
import { useUrlState } from '../../../kit/url.js';
import { OrderTimeline } from '../order-timeline.js';
import { Payer } from './party.js';
import { OrderTag, underWay } from './tags.js';
import { useWide } from '../../../kit/wide.js';

const text = words(
  {
    orders: '付款经过',
    none: '还没有付款',
    whole: '打开订单',
    payer: '付款人',
    more: (n: number) => `只显示最近 ${n} 笔`,
    all: '全部订单',
  },
  {
    orders: 'What was paid, and what came of it',
    none: 'No payment yet',
    whole: 'Open the order',
    payer: 'Payer',
    more: (n: number) => `The newest ${n} only`,
    all: 'All orders',
  },
);

const POLL_MS = 3_000;
const SHOWN = 20;

/** What is open of a line, in the address: a booking, a member, a task, a work order. */
export function useObject(): { object: string; open: (id: string | number) => void; close: () => void } {
  const [{ object }, change] = useUrlState({ object: '' });
  const turn = (to: string): void => change({ object: to }, { keepPage: true });
  return { object, open: (id) => turn(String(id)), close: () => turn('') };
}

/**
 * What is open, followed while money of it is on its way.
 * @param id empty while nothing is open
 * @param moving whether something of it still changes by itself
 * @param lists what shows it, too, and is asked for anew once that has come to rest
 */
export function useOpened<Name extends OperationName>(
  operation: Name,
  { id, path }: { id: string; path: Input<Name>['path'] },
  moving: (data: Output<Name>) => boolean,
  lists: OperationName[],
): UseQueryResult<Output<Name>> {
  const answer = useApiQuery(
    operation,
    { path },
    {
      enabled: id !== '',
      refetchInterval: pollWhile(moving, POLL_MS),
    },
  );
  const cache = useQueryClient();
  const moves = answer.data !== undefined && moving(answer.data);
  const before = useRef(false);
  useEffect(() => {
    if (before.current && !moves)
      for (const list of lists) void cache.invalidateQueries({ queryKey: [list] });
    before.current = moves;
  });
  return answer;
}

/** An object, by its number or as it is called, in a row that opens something else; the list behind stays. */
export function ObjectLink({
  line,
  id,
  children = `#${id}`,
}: {
  line: Console.Line;
  id: number;
  children?: ReactNode;
}): ReactNode {
  const [search] = useSearchParams();
  const to = new URLSearchParams(search);
  to.set('object', String(id));
  return (
    <Link to={`/pay/${line}?${to.toString()}`} onClick={(event) => event.stopPropagation()}>
      {children}
    </Link>
  );
}

interface Answer<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface ObjectDrawerProps<Data> {
  /** Empty while nothing is open. */
  id: string;
  close: () => void;
  title: string;
  answer: Answer<Data>;
  /** What there is to do about it. */
  deeds?: (data: Data) => ReactNode;
  children: (data: Data) => ReactNode;
}

/** One object of a line, whatever list it was opened from. */
export function ObjectDrawer<Data>(props: ObjectDrawerProps<Data>): ReactNode {
  const { id, close, title, answer, deeds, children } = props;
  const wide = useWide('md');
  const data = id === '' ? undefined : answer.data;
  const footer = data === undefined ? null : deeds?.(data);
  return (
    <Drawer
      open={id !== ''}
      onClose={close}
      title={title}
      size={wide ? 600 : '100%'}
      destroyOnHidden
      footer={footer}
    >
      {data !== undefined ? (
        <Flex vertical gap={20}>
          {children(data)}
        </Flex>
      ) : answer.error ? (
        <Failure error={answer.error} again={() => void answer.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

export function Facts({ facts }: { facts: [label: string, value: ReactNode][] }): ReactNode {
  return (
    <Descriptions
      size="small"
      column={1}
      styles={{ content: { overflowWrap: 'anywhere', minWidth: 0 } }}
      items={facts.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

/** The orders of an object with the story of each, the newest one open. */
export function Orders({ line, subject }: { line: Console.Line; subject: string }): ReactNode {
  const t = useWords(text);
  const orders = useApiQuery('listPayOrders', { query: { line, subject, pageSize: SHOWN } });
  const { data } = orders;
  return (
    <section>
      <Typography.Title level={3} style={{ fontSize: 14, margin: '0 0 12px' }}>
        {t.orders}
      </Typography.Title>
      {data === undefined ? (
        orders.error ? (
          <Failure error={orders.error} again={() => void orders.refetch()} />
        ) : (
          <Skeleton active paragraph={{ rows: 3 }} />
        )
      ) : data.list.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />
      ) : (
        <Collapse
          size="small"
          defaultActiveKey={data.list[0]?.orderNo ?? ''}
          items={data.list.map((order) => ({
            key: order.orderNo,
            label: <Head order={order} />,
            children: <Story order={order} />,
          }))}
        />
      )}
      {data && data.total > SHOWN && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {t.more(SHOWN)} <Link to={`/pay/orders?line=${line}&subject=${subject}`}>{t.all}</Link>
        </Typography.Text>
      )}
    </section>
  );
}

function Head({ order }: { order: Console.PayOrder }): ReactNode {
  return (
    <Flex gap="0 8px" wrap justify="space-between">
      <span style={{ overflowWrap: 'anywhere' }}>
        {order.description} · <span className="number">{money(order.amount)}</span>
      </span>
      <span>
        <Typography.Text type="secondary" style={{ fontSize: 12, marginInlineEnd: 8 }}>
          {dateTime(order.createdAt)}
        </Typography.Text>
        <OrderTag status={order.status} />
      </span>
    </Flex>
  );
}

function Story({ order }: { order: Console.PayOrder }): ReactNode {
  const t = useWords(text);
  const story = useApiQuery(
    'getPayOrder',
    { path: { orderNo: order.orderNo } },
    // While money is on its way the story follows it.
    {
      refetchInterval: pollWhile(
        ({ refunds, transfers }: Console.OrderStory) => [...refunds, ...transfers].some(underWay),
        POLL_MS,
      ),
    },
  );
  if (story.error && !story.data) return <Failure error={story.error} again={() => void story.refetch()} />;
  if (!story.data) return <Skeleton active paragraph={{ rows: 4 }} />;
  return (
    <>
      <Flex gap="4px 16px" wrap style={{ marginBottom: 16 }}>
        <Link to={`/pay/orders?open=${order.orderNo}`}>{t.whole}</Link>
        <span>
          {t.payer} <Payer of={order} />
        </span>
      </Flex>
      <OrderTimeline story={story.data} />
    </>
  );
}
