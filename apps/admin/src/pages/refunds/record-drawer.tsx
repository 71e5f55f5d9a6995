import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Descriptions, Drawer, Empty, Flex, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { money } from '@yajin/ui';
import { Failure } from '../../kit/failure.js';
import { useMay } from '../../kit/session.js';
import { RefundStatusTag } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';
import { recordsOf } from './pending-data.js';
import { RecordState } from './record-state.js';
import { RecordTimeline } from './record-timeline.js';
import { underWay } from './refund-status.js';
import { useWide } from '../../kit/wide.js';

const text = words(
  {
    title: '退款详情',
    missing: '没有这条退款记录',
    member: '会员',
    camp: '训练营',
    order: '订单',
    id: '退款编号',
    gatewayId: '微信退款单号',
    retries: '重试次数',
    timeline: '时间线',
  },
  {
    title: 'Refund',
    missing: 'There is no such refund',
    member: 'Member',
    camp: 'Camp',
    order: 'Order',
    id: 'Refund',
    gatewayId: 'WeChat refund id',
    retries: 'Retries',
    timeline: 'Timeline',
  },
);

const POLL_MS = 3_000;

interface RecordDrawerProps {
  id: number | undefined;
  /** As the list behind has it. */
  listed: Camp.RefundRecord | undefined;
  close: () => void;
}

/** One refund, from its listing to the member's account. */
export function RecordDrawer({ id, listed, close }: RecordDrawerProps): ReactNode {
  const t = useWords(text);
  const wide = useWide('md');
  const record = useRecord(id, listed);
  return (
    <Drawer
      open={id !== undefined}
      onClose={close}
      title={t.title}
      size={wide ? 520 : '100%'}
      destroyOnHidden
    >
      {record.error && !record.data ? (
        <Failure error={record.error} again={() => void record.refetch()} />
      ) : record.data ? (
        <Record record={record.data} />
      ) : record.data === null ? (
        <Empty description={t.missing} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

/** Found wherever it is: a filter on the list behind does not hide what the address names. */
function useRecord(
  id: number | undefined,
  listed: Camp.RefundRecord | undefined,
): UseQueryResult<Camp.RefundRecord | null> {
  return useQuery({
    queryKey: ['listRefundRecords', 'one', id],
    queryFn: async ({ signal }) => {
      const wanted = id ?? 0;
      return (await recordsOf([wanted], signal)).get(wanted) ?? null;
    },
    enabled: id !== undefined,
    refetchInterval: ({ state }) =>
      state.data && (underWay(state.data) || state.data.canUndo) ? POLL_MS : false,
    ...(listed ? { placeholderData: listed } : {}),
  });
}

function Record({ record }: { record: Camp.RefundRecord }): ReactNode {
  const t = useWords(text);
  const may = useMay();
  return (
    <Flex vertical gap={20}>
      <Flex justify="space-between" align="center" gap={12}>
        <Typography.Title level={2} style={{ fontSize: 20, margin: 0 }} className="number">
          {money(record.refundAmount)}
        </Typography.Title>
        <RefundStatusTag audit={record.auditStatus} status={record.refundStatus} />
      </Flex>
      <RecordState record={record} />
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: 'member',
            label: t.member,
            children:
              record.memberId === null ? (
                (record.planetNickname ?? '—')
              ) : (
                <Link to={`/members?open=${record.memberId}`}>{record.planetNickname}</Link>
              ),
          },
          {
            key: 'camp',
            label: t.camp,
            children:
              record.campId !== null && may('camp:read') ? (
                <Link to={`/camps/${record.campId}`}>{record.campName}</Link>
              ) : (
                (record.campName ?? '—')
              ),
          },
          {
            key: 'order',
            label: t.order,
            children: may('pay:read') ? (
              <Link to={`/pay/orders?open=${record.orderNo}`} style={{ overflowWrap: 'anywhere' }}>
                {record.orderNo}
              </Link>
            ) : (
              record.orderNo
            ),
          },
          { key: 'id', label: t.id, children: record.id },
          {
            key: 'gateway',
            label: t.gatewayId,
            children: record.wechatRefundId ? (
              <Typography.Text copyable style={{ overflowWrap: 'anywhere' }}>
                {record.wechatRefundId}
              </Typography.Text>
            ) : (
              '—'
            ),
          },
          { key: 'retries', label: t.retries, children: record.retryCount },
        ]}
      />
      <section>
        <Typography.Title level={3} style={{ fontSize: 14, marginTop: 0 }}>
          {t.timeline}
        </Typography.Title>
        <RecordTimeline record={record} />
      </section>
    </Flex>
  );
}
