import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { timeColumn } from '../../kit/columns.js';
import { keyOf } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { useWords } from '../../kit/text.js';
import { useCauses } from '../../pages/pay/cause-words.js';
import { LineRefunds } from '../../pages/pay/kit/line-refunds.js';
import { useRetry } from '../../pages/pay/kit/retry.js';
import { underWay } from '../../pages/pay/kit/tags.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { courseWords } from './course-words.js';

const COLORS = { pending: 'gold', processing: 'blue', completed: 'green', failed: 'red' } as const;

export function CourseRefunds(): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const causes = useCauses();
  const refunds = useListQuery(
    'listCourseRefunds',
    { status: '' },
    ({ status }) => ({ status: keyOf(t.refundStates, status) }),
    underWay,
  );
  const { retryButton, refusal } = useRetry('retryCourseRefund', ['listCourseRefunds', 'getPayOrder'], {
    retry: t.retry,
    ask: t.retryAsk,
    hint: t.retryHint,
    done: t.retried,
  });
  return (
    <>
      {refusal}
      <LineRefunds<Console.CourseRefund, Console.CourseRefund['status']>
        label={t.refunds}
        refunds={refunds}
        states={t.refundStates}
        colors={COLORS}
        own={[
          { title: t.booking, key: 'booking', dataIndex: 'bookingTitle' },
          { title: common.user, key: 'user', dataIndex: 'userId' },
          { title: t.method, key: 'method', render: (_, { method }) => t.methodNames[method] },
        ]}
        why={[{ title: t.reason, key: 'reason', render: (_, refund) => causes.reason(refund) }]}
        arrived={timeColumn(t.arrived, 'arrived', ({ completedAt }) => completedAt)}
        // A payment of this line has the number of its order.
        orderOf={({ paymentId }) => `ord_${paymentId}`}
        act={({ id, amount, userId, bookingTitle, canRetry }) =>
          canRetry && retryButton({ id, amount, who: userId, of: bookingTitle })
        }
      />
    </>
  );
}
