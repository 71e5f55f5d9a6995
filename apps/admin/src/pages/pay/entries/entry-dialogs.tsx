import { App, Form, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { money, useIdempotencyKey } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { AmountField, FormModal, TextField } from '../../../kit/form-modal.js';
import { useWords } from '../../../kit/text.js';
import { payWords, useAccount } from '../pay-words.js';
import { entryWords } from './entry-words.js';

export const ENTRY_CHANGES: OperationName[] = ['listPayEntries', 'listPayWork'];
const ACCOUNTS = ['clearing', 'deposit', 'outside', 'receivable', 'income'] as const;

export function ProposeDialog({ close }: { close: () => void }): ReactNode {
  const t = useWords(entryWords);
  const { message } = App.useApp();
  const act = useApiMutation('proposePayEntry', { invalidates: ENTRY_CHANGES });
  const onceKey = useIdempotencyKey();
  const submit = (given: Console.ProposePayEntry): void => {
    const body = { ...given, orderNo: given.orderNo.trim() };
    act.mutate(
      { body, idempotencyKey: onceKey(body) },
      { onSuccess: () => (close(), void message.success(t.created)) },
    );
  };
  return (
    <FormModal<Console.ProposePayEntry>
      title={t.create}
      about={t.createHint}
      ok={t.create}
      act={act}
      close={close}
      submit={submit}
    >
      <TextField name="orderNo" label={t.orderNo} max={64} autoFocus />
      <AccountField name="debit" label={t.debit} />
      <AccountField name="credit" label={t.credit} />
      <AmountField name="amount" label={t.amount} />
      <Grounds />
    </FormModal>
  );
}

function AccountField({ name, label }: { name: 'debit' | 'credit'; label: string }): ReactNode {
  const { needed } = useWords(payWords);
  const account = useAccount();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: needed }]}>
      <Select options={ACCOUNTS.map((value) => ({ value, label: account(value).name }))} />
    </Form.Item>
  );
}

function Grounds(): ReactNode {
  const t = useWords(entryWords);
  return (
    <>
      <TextField name="reason" label={t.why} max={500} lines={2} />
      <TextField name="evidence" label={t.evidence} extra={t.evidenceHint} max={500} lines={2} />
    </>
  );
}

interface OfEntry {
  entry: Console.PayEntry;
  close: () => void;
}

export function ReverseDialog({ entry, close }: OfEntry): ReactNode {
  const t = useWords(entryWords);
  const { message } = App.useApp();
  const act = useApiMutation('reversePayEntry', { invalidates: ENTRY_CHANGES });
  const onceKey = useIdempotencyKey();
  const submit = (body: Console.ReversePayEntry): void =>
    act.mutate(
      { path: { id: entry.id }, body, idempotencyKey: onceKey(body) },
      { onSuccess: () => (close(), void message.success(t.reversed)) },
    );
  return (
    <FormModal<Console.ReversePayEntry>
      title={t.reverse}
      about={t.reverseHint(money(entry.amount))}
      ok={t.reverse}
      danger
      act={act}
      close={close}
      submit={submit}
    >
      <Grounds />
    </FormModal>
  );
}

export function RefuseDialog({ entry, close }: OfEntry): ReactNode {
  const t = useWords(entryWords);
  const { message } = App.useApp();
  const act = useApiMutation('refusePayEntry', { invalidates: ENTRY_CHANGES });
  const submit = (body: Console.RefusePayEntry): void =>
    act.mutate(
      { path: { id: entry.id }, body },
      { onSuccess: () => (close(), void message.success(t.refused)) },
    );
  return (
    <FormModal<Console.RefusePayEntry>
      title={t.refuseTitle}
      ok={t.refuse}
      danger
      act={act}
      close={close}
      submit={submit}
    >
      <TextField name="note" label={t.why} max={500} lines={2} autoFocus />
    </FormModal>
  );
}
