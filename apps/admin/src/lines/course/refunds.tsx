import { Button, Tag, Typography, type TableColumnsType } from 'antd';
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
import { underWay } from '../../pages/pay/kit/tags.js';
import { OrderDrawer } from '../../pages/pay/order-drawer.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { courseWords } from './course-words.js';

const POLL_MS = 5_000;
const COLORS = { pending: 'gold', processing: 'blue', completed: 'green', failed: 'red' } as const;

export function CourseRefunds(): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const [address, change] = useAddress({ status: '', page: '1', pageSize: '20', open: '' });
  const query = {
    status: keyOf(t.refundStates, address.status),
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const first = useLook('listCourseRefunds', { query }, { keep: true });
  // While money is on its way the page follows it.
  const moving = first.data?.list.some(underWay) ?? false;
  const answer = useLook('listCourseRefunds', { query }, { keep: true, every: moving && POLL_MS });
  const { columns, refusal } = useColumns();
  return (
    <>
      {refusal}
      <List<Console.CourseRefund>
        label={t.refunds}
        filters={
          <Choice
            label={common.status}
            value={address.status}
            names={t.refundStates}
            change={(status) => change({ status })}
          />
        }
        answer={answer}
        columns={columns}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
        // A payment of this line has the number of its order.
        open={({ paymentId }) => change({ open: `ord_${paymentId}` }, { keepPage: true })}
      />
      <OrderDrawer orderNo={address.open} close={() => change({ open: '' }, { keepPage: true })} />
    </>
  );
}

function useColumns(): { columns: TableColumnsType<Console.CourseRefund>; refusal: ReactNode } {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { ask, refusal } = useAsk();
  const retry = useAct('retryCourseRefund', { refresh: ['listCourseRefunds', 'getPayOrder'] });
  const askToRetry = ({ id, amount, userId }: Console.CourseRefund): void =>
    ask({
      title: t.retryAsk(money(amount), userId),
      content: t.retryHint,
      ok: t.retry,
      act: () => retry.mutateAsync({ path: { id } }),
      done: t.retried,
    });
  const columns: TableColumnsType<Console.CourseRefund> = [
    { title: t.booking, key: 'booking', dataIndex: 'bookingTitle' },
    { title: common.user, key: 'user', dataIndex: 'userId' },
    { title: t.method, key: 'method', render: (_, { method }) => t.methodNames[method] },
    { title: common.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: common.status,
      key: 'status',
      render: (_, { status, failMessage }) => (
        <>
          <Tag color={COLORS[status]}>{t.refundStates[status]}</Tag>{' '}
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
    { title: t.arrived, key: 'arrived', render: (_, { completedAt }) => time(completedAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, refund) =>
        refund.status === 'failed' && (
          <Button
            size="small"
            aria-label={`${t.retry} ${refund.bookingTitle}`}
            onClick={(event) => (event.stopPropagation(), askToRetry(refund))}
          >
            {t.retry}
          </Button>
        ),
    });
  }
  return { columns, refusal };
}
