import { App } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useWords } from '../../kit/text.js';
import { taskWords } from './task-words.js';

export interface Review {
  action: Console.ReviewTaskItem['action'];
  task: Console.TaskItem;
}

/** Says what a decision does to the task and its money before it is made. */
export function ReviewDialog({
  review: { action, task },
  close,
}: {
  review: Review;
  close: () => void;
}): ReactNode {
  const t = useWords(taskWords);
  const { message } = App.useApp();
  const review = useApiMutation('reviewTaskItem', {
    invalidates: ['listTaskItems', 'getTaskItem', 'listTaskRefunds', 'listPayOrders', 'getPayOrder'],
  });
  const approve = action === 'approve';
  const amount = money(task.publishFee);
  const submit = ({ reason }: { reason?: string }): void =>
    review.mutate(
      { path: { id: task.id }, body: { action, ...(reason?.trim() ? { reason: reason.trim() } : {}) } },
      { onSuccess: () => (close(), void message.success(approve ? t.approved : t.rejected)) },
    );
  return (
    <FormModal<{ reason?: string }>
      title={approve ? t.approveTitle(task.title) : t.rejectTitle(task.title)}
      about={approve ? t.approveHint : t.rejectHint(amount)}
      ok={approve ? t.approve : t.rejectDo(amount)}
      danger={!approve}
      act={review}
      close={close}
      submit={submit}
    >
      <TextField name="reason" label={t.reasonOptional} max={200} lines={2} optional />
    </FormModal>
  );
}
