import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { timeColumn } from '../../kit/columns.js';
import { keyOf } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { useWords } from '../../kit/text.js';
import { useCauses } from '../../pages/pay/cause-words.js';
import { ObjectLink } from '../../pages/pay/kit/object-drawer.js';
import { LineRefunds } from '../../pages/pay/kit/line-refunds.js';
import { useRetry } from '../../pages/pay/kit/retry.js';
import { MONEY_COLORS, underWay } from '../../pages/pay/kit/tags.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { taskWords } from './task-words.js';

export function TaskRefunds(): ReactNode {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const causes = useCauses();
  const refunds = useListQuery(
    'listTaskRefunds',
    { status: '' },
    ({ status }) => ({ status: keyOf(common.refund, status) }),
    underWay,
  );
  const { retryButton, refusal } = useRetry('retryTaskRefund', ['listTaskRefunds', 'getPayOrder'], {
    retry: t.retry,
    ask: t.refundAsk,
    hint: t.refundHint,
    done: t.refundRetried,
  });
  return (
    <>
      {refusal}
      <LineRefunds<Console.TaskRefund, Console.TaskRefund['status']>
        label={t.refunds}
        refunds={refunds}
        states={common.refund}
        colors={MONEY_COLORS}
        own={[
          { title: t.number, key: 'number', dataIndex: 'refundNo' },
          { title: t.title, key: 'task', render: (_, { taskId }) => <ObjectLink line="task" id={taskId} /> },
          { title: common.user, key: 'user', dataIndex: 'userId' },
        ]}
        why={[{ title: t.reason, key: 'reason', render: (_, refund) => causes.reason(refund) }]}
        arrived={timeColumn(t.arrived, 'arrived', ({ refundedAt }) => refundedAt)}
        orderOf={({ orderNo }) => orderNo}
        act={({ id, amount, userId, refundNo, canRetry }) =>
          canRetry && retryButton({ id, amount, who: userId, of: refundNo })
        }
      />
    </>
  );
}
