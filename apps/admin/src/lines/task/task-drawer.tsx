import { Flex, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { Facts, ObjectDrawer, Orders, useObject, useOpened } from '../../pages/pay/kit/object-drawer.js';
import { underWay } from '../../pages/pay/kit/tags.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { ReviewDialog, type Review } from './review-dialog.js';
import { taskWords } from './task-words.js';
import { Deeds, TASK_COLORS } from './tasks.js';
import { Outcome } from './transfers.js';

/** A task: who published and took it, its settlement, and what was paid for it. */
export function TaskDrawer(): ReactNode {
  const t = useWords(taskWords);
  const may = useMay()('pay:write');
  const { object: id, close } = useObject();
  const [review, setReview] = useState<Review | null>(null);
  const answer = useOpened(
    'getTaskItem',
    { id, path: { id: Number(id) } },
    ({ refunds, settlement }) =>
      refunds.some(underWay) || underWay({ status: settlement?.transferStatus ?? '' }),
    ['listTaskItems', 'listPayOrders', 'getPayOrder'],
  );
  return (
    <>
      <ObjectDrawer
        id={id}
        close={close}
        title={t.title}
        answer={answer}
        deeds={({ task }) =>
          may && task.status === 'pending_review' && <Deeds task={task} decide={setReview} />
        }
      >
        {(detail) => (
          <>
            <TaskFacts {...detail} />
            <Orders line="task" subject={String(detail.task.id)} />
          </>
        )}
      </ObjectDrawer>
      {review && <ReviewDialog review={review} close={() => setReview(null)} />}
    </>
  );
}

function TaskFacts({ task, settlement }: Console.TaskItemDetail): ReactNode {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const user = (id: number | null): ReactNode =>
    id === null ? common.none : <Link to={`/pay/task?tab=tasks&userId=${id}`}>{id}</Link>;
  return (
    <Facts
      facts={[
        [t.title, task.title],
        ...(task.description ? [[t.description, task.description] as [string, ReactNode]] : []),
        [t.publisher, user(task.publisherId)],
        [t.taker, user(task.takerId)],
        [t.publishFee, money(task.publishFee)],
        [t.takeFee, money(task.takeFee)],
        [
          common.status,
          <Tag key="status" color={TASK_COLORS[task.status]}>
            {t.states[task.status]}
          </Tag>,
        ],
        ...(task.reviewReason ? [[t.reason, task.reviewReason] as [string, ReactNode]] : []),
        ...(task.result ? [[t.result, task.result] as [string, ReactNode]] : []),
        ...(settlement ? settled(t, settlement) : []),
        [common.created, dateTime(task.createdAt)],
        [t.updated, dateTime(task.updatedAt)],
      ]}
    />
  );
}

function settled(t: (typeof taskWords)['zh'], settlement: Console.TaskSettlement): [string, ReactNode][] {
  return [
    [t.publisherAmount, money(settlement.publisherAmount)],
    [t.takerAmount, money(settlement.takerAmount)],
    [t.fee, money(settlement.platformFee)],
    [
      t.transfer,
      <Flex key="transfer" vertical>
        <Outcome settlement={settlement} />
      </Flex>,
    ],
    [t.settled, dateTime(settlement.settledAt)],
  ];
}
