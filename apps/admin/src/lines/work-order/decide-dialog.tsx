import { App } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useWords } from '../../kit/text.js';
import { workOrderWords } from './work-order-words.js';

export interface Decision {
  action: Console.DecideWorkOrderRefund['action'];
  refund: Console.WorkOrderRefund;
}

/** Says what a decision does to the money before it is made. */
export function DecideDialog({
  decision: { action, refund },
  close,
}: {
  decision: Decision;
  close: () => void;
}): ReactNode {
  const t = useWords(workOrderWords);
  const { message } = App.useApp();
  const decide = useApiMutation('decideWorkOrderRefund', {
    invalidates: ['listWorkOrderRefunds', 'listWorkOrders', 'getWorkOrder', 'getPayOrder'],
  });
  const amount = money(refund.amount);
  const approve = action === 'approve';
  const submit = ({ adminNotes }: { adminNotes?: string }): void =>
    decide.mutate(
      {
        path: { id: refund.id },
        body: { action, ...(adminNotes?.trim() ? { adminNotes: adminNotes.trim() } : {}) },
      },
      { onSuccess: () => (close(), void message.success(approve ? t.approved : t.rejected)) },
    );
  return (
    <FormModal<{ adminNotes?: string }>
      title={approve ? t.approveTitle(amount) : t.rejectTitle}
      about={
        approve ? (
          <>
            {t.approveHint} {refund.type === 'prepay' && t.approvePrepay}
          </>
        ) : (
          t.rejectHint(amount)
        )
      }
      ok={approve ? t.approveDo(amount) : t.reject}
      danger={!approve}
      act={decide}
      close={close}
      submit={submit}
    >
      <TextField name="adminNotes" label={t.notesOptional} max={500} lines={2} optional />
    </FormModal>
  );
}
