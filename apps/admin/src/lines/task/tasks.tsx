import { Button, Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { joined, useWords } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { Choice, keyOf, Search } from '../../pages/pay/kit/filters.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { ReviewDialog, type Review } from './review-dialog.js';
import { taskWords } from './task-words.js';

const ADDRESS = { keyword: '', status: '', page: '1', pageSize: '20' };
const COLORS = {
  pending_payment: 'gold',
  pending_review: 'gold',
  open: 'cyan',
  in_progress: 'blue',
  submitted: 'blue',
  accepted: 'green',
  completed: 'green',
  rejected: 'default',
  cancelled: 'default',
} as const;

export function Tasks(): ReactNode {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const [review, setReview] = useState<Review | null>(null);
  const [address, change] = useAddress(ADDRESS);
  const query = {
    keyword: address.keyword || undefined,
    status: keyOf(t.states, address.status),
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const answer = useLook('listTaskItems', { query }, { keep: true });
  return (
    <>
      <List<Console.TaskItem>
        label={t.tasks}
        filters={
          <>
            <Search label={t.search} value={address.keyword} change={(keyword) => change({ keyword })} />
            <Choice
              label={common.status}
              value={address.status}
              names={t.states}
              change={(status) => change({ status })}
            />
          </>
        }
        answer={answer}
        columns={useColumns(setReview)}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
      />
      {review && <ReviewDialog review={review} close={() => setReview(null)} />}
    </>
  );
}

function useColumns(decide: (review: Review) => void): TableColumnsType<Console.TaskItem> {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const columns: TableColumnsType<Console.TaskItem> = [
    { title: t.title, key: 'title', render: (_, task) => <Described task={task} /> },
    { title: t.publisher, key: 'publisher', dataIndex: 'publisherId' },
    { title: t.taker, key: 'taker', render: (_, { takerId }) => takerId ?? common.none },
    {
      title: t.publishFee,
      key: 'publishFee',
      align: 'right',
      render: (_, { publishFee }) => money(publishFee),
    },
    { title: t.takeFee, key: 'takeFee', align: 'right', render: (_, { takeFee }) => money(takeFee) },
    {
      title: common.status,
      key: 'status',
      render: (_, { status, reviewReason }) => (
        <>
          <Tag color={COLORS[status]}>{t.states[status]}</Tag>{' '}
          {reviewReason && (
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {reviewReason}
            </Typography.Text>
          )}
        </>
      ),
    },
    { title: t.updated, key: 'updated', render: (_, { updatedAt }) => time(updatedAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, task) => <Deeds task={task} decide={decide} />,
    });
  }
  return columns;
}

function Described({ task: { title, description, result } }: { task: Console.TaskItem }): ReactNode {
  const t = useWords(taskWords);
  const more = joined([description, ...(result ? [`${t.result}：${result}`] : [])].filter(Boolean));
  return (
    <>
      {title}
      {more && (
        <Typography.Text
          type="secondary"
          ellipsis={{ tooltip: more }}
          style={{ display: 'block', fontSize: 12, maxWidth: 300 }}
        >
          {more}
        </Typography.Text>
      )}
    </>
  );
}

function Deeds({ task, decide }: { task: Console.TaskItem; decide: (review: Review) => void }): ReactNode {
  const t = useWords(taskWords);
  if (task.status !== 'pending_review') return null;
  return (
    <Flex gap={8}>
      <Button
        size="small"
        aria-label={`${t.approve} ${task.title}`}
        onClick={() => decide({ action: 'approve', task })}
      >
        {t.approve}
      </Button>
      <Button
        size="small"
        danger
        aria-label={`${t.reject} ${task.title}`}
        onClick={() => decide({ action: 'reject', task })}
      >
        {t.reject}
      </Button>
    </Flex>
  );
}
