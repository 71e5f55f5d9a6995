import { Alert, App } from 'antd';
import type { ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { money, useIdempotencyKey } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    assign: '计入订单',
    assignHint: (amount: string, order: string) =>
      `将按实际支付的 ${amount} 计入订单「${order}」，由业务线按已支付处理；业务线仍用不上的会自动退回。不能撤回。`,
    assignDo: (amount: string) => `确认计入 ${amount}`,
    assigned: '已计入订单',
    refund: '退回付款人',
    refundHint: (amount: string) => `将 ${amount} 原路退回付款人，由系统自动执行，不能撤回。`,
    refundDo: (amount: string) => `确认退回 ${amount}`,
    refunded: '已提交退款，处理中',
    note: '理由',
    noteHint: '例如与付款人核实的结果，会记入操作日志',
  },
  {
    assign: 'Count it for its order',
    assignHint: (amount: string, order: string) =>
      `${amount}, as it was paid, counts for “${order}”, and the line takes the order as paid. What the line still has no use for goes back by itself. This cannot be undone.`,
    assignDo: (amount: string) => `Count ${amount}`,
    assigned: 'Counted for its order',
    refund: 'Give it back',
    refundHint: (amount: string) =>
      `${amount} goes back the way it came. The system does it; this cannot be undone.`,
    refundDo: (amount: string) => `Give back ${amount}`,
    refunded: 'The refund is processing',
    note: 'Why',
    noteHint: 'Such as what the payer said; it goes into the audit log',
  },
);

const CHANGED: OperationName[] = ['listPaySuspense', 'getPayOrder', 'listPayRefunds', 'listPayOrders'];

export interface SuspenseDecision {
  what: 'assign' | 'refund';
  money: Console.PaySuspense;
}

/** Says what becomes of the money before it is decided. */
export function SuspenseDialog({
  decision: { what, money: kept },
  close,
}: {
  decision: SuspenseDecision;
  close: () => void;
}): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const assign = useApiMutation('assignPaySuspense', { invalidates: CHANGED });
  const refund = useApiMutation('refundPaySuspense', { invalidates: CHANGED });
  const onceKey = useIdempotencyKey();
  const amount = money(kept.left);
  const isAssign = what === 'assign';
  const act = isAssign ? assign : refund;
  const submit = ({ note }: Console.DecidePaySuspense): void => {
    const body = { note: note.trim() };
    act.mutate(
      { path: { id: kept.id }, body, idempotencyKey: onceKey(body) },
      { onSuccess: () => (close(), void message.success(isAssign ? t.assigned : t.refunded)) },
    );
  };
  return (
    <FormModal<Console.DecidePaySuspense>
      title={isAssign ? t.assign : t.refund}
      ok={isAssign ? t.assignDo(amount) : t.refundDo(amount)}
      danger={!isAssign}
      act={act}
      close={close}
      submit={submit}
    >
      <Alert
        type={isAssign ? 'info' : 'warning'}
        showIcon
        title={isAssign ? t.assignHint(amount, kept.description) : t.refundHint(amount)}
        style={{ marginBottom: 16 }}
      />
      <TextField name="note" label={t.note} extra={t.noteHint} max={500} lines={2} />
    </FormModal>
  );
}
