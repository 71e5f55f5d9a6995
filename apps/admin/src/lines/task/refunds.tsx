import { Button, Typography, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { useAsk } from '../../pages/pay/kit/ask.js';
import { Choice, keyOf } from '../../pages/pay/kit/filters.js';
import { RefundTag, underWay } from '../../pages/pay/kit/tags.js';
import { OrderDrawer } from '../../pages/pay/order-drawer.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { taskWords } from './task-words.js';

const POLL_MS = 5_000;

export function TaskRefunds(): ReactNode {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const [address, change] = useAddress({ status: '', page: '1', pageSize: '20', open: '' });
  const query = {
    status: keyOf(common.refund, address.status),
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const first = useLook('listTaskRefunds', { query }, { keep: true });
  // While money is on its way the page follows it.
  const moving = first.data?.list.some(underWay) ?? false;
  const answer = useLook('listTaskRefunds', { query }, { keep: true, every: moving && POLL_MS });
  const { columns, refusal } = useColumns();
  return (
    <>
      {refusal}
      <List<Console.TaskRefund>
        label={t.refunds}
        filters={
          <Choice
            label={common.status}
            value={address.status}
            names={common.refund}
            change={(status) => change({ status })}
          />
        }
        answer={answer}
        columns={columns}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
        open={({ orderNo }) => change({ open: orderNo }, { keepPage: true })}
      />
      <OrderDrawer orderNo={address.open} close={() => change({ open: '' }, { keepPage: true })} />
    </>
  );
}

function useColumns(): { columns: TableColumnsType<Console.TaskRefund>; refusal: ReactNode } {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { ask, refusal } = useAsk();
  const retry = useAct('retryTaskRefund', { refresh: ['listTaskRefunds', 'getPayOrder'] });
  const askToRetry = ({ id, amount, userId }: Console.TaskRefund): void =>
    ask({
      title: t.refundAsk(money(amount), userId),
      content: t.refundHint,
      ok: t.retry,
      act: () => retry.mutateAsync({ path: { id } }),
      done: t.refundRetried,
    });
  const columns: TableColumnsType<Console.TaskRefund> = [
    { title: t.number, key: 'number', dataIndex: 'refundNo' },
    { title: t.title, key: 'task', render: (_, { taskId }) => `#${taskId}` },
    { title: common.user, key: 'user', dataIndex: 'userId' },
    { title: common.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: common.status,
      key: 'status',
      render: (_, { status, failMessage }) => (
        <>
          <RefundTag status={status} />{' '}
          {status === 'failed' && failMessage && (
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {failMessage}
            </Typography.Text>
          )}
        </>
      ),
    },
    { title: t.reason, key: 'reason', dataIndex: 'reason' },
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
    { title: t.arrived, key: 'arrived', render: (_, { refundedAt }) => time(refundedAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, refund) =>
        refund.status === 'failed' && (
          <Button
            size="small"
            aria-label={`${t.retry} ${refund.refundNo}`}
            onClick={(event) => (event.stopPropagation(), askToRetry(refund))}
          >
            {t.retry}
          </Button>
        ),
    });
  }
  return { columns, refusal };
}
