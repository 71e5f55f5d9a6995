import { Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { betweenWords } from '../../kit/between-words.js';
import { amountColumn, Noted, RowButton, timeColumn } from '../../kit/columns.js';
import { Choice, keyOf, Search } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { joined, useWords } from '../../kit/text.js';
import { useObject } from '../../pages/pay/kit/object-drawer.js';
import { Narrowed } from '../../pages/pay/kit/party.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { ReviewDialog, type Review } from './review-dialog.js';
import { taskWords } from './task-words.js';

export const TASK_COLORS = {
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
  const { list, filters, filter } = useListQuery(
    'listTaskItems',
    { keyword: '', status: '', userId: '' },
    ({ keyword, status, userId }) => ({
      keyword: keyword || undefined,
      status: keyOf(t.states, status),
      userId: Number(userId) || undefined,
    }),
  );
  const { open } = useObject();
  return (
    <>
      <List<Console.TaskItem>
        {...list}
        label={t.tasks}
        filters={
          <>
            <Search label={t.search} value={filters.keyword} change={(keyword) => filter({ keyword })} />
            <Choice
              label={common.status}
              value={filters.status}
              names={t.states}
              change={(status) => filter({ status })}
            />
            {filters.userId && (
              <Narrowed says={t.onlyUser(filters.userId)} undo={() => filter({ userId: '' })} />
            )}
          </>
        }
        columns={useColumns(setReview)}
        open={({ id }) => open(id)}
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
    amountColumn(t.publishFee, 'publishFee', ({ publishFee }) => publishFee),
    amountColumn(t.takeFee, 'takeFee', ({ takeFee }) => takeFee),
    {
      title: common.status,
      key: 'status',
      render: (_, { status, reviewReason }) => (
        <Noted note={reviewReason}>
          <Tag color={TASK_COLORS[status]}>{t.states[status]}</Tag>
        </Noted>
      ),
    },
    timeColumn(t.updated, 'updated', ({ updatedAt }) => updatedAt),
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
  const { named } = useWords(betweenWords);
  const more = joined([description, ...(result ? [named(t.result, result)] : [])].filter(Boolean));
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

export function Deeds({
  task,
  decide,
}: {
  task: Console.TaskItem;
  decide: (review: Review) => void;
}): ReactNode {
  const t = useWords(taskWords);
  if (task.status !== 'pending_review') return null;
  return (
    <Flex gap={8}>
      <RowButton label={t.approve} of={task.title} act={() => decide({ action: 'approve', task })} />
      <RowButton danger label={t.reject} of={task.title} act={() => decide({ action: 'reject', task })} />
    </Flex>
  );
}
