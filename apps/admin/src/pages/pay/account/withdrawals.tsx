import { App, Empty, Form, Radio, Tag, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { dateTime, money, useIdempotencyKey } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { amountColumn, Noted, RowButton, timeColumn } from '../../../kit/columns.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { FormModal, TextField } from '../../../kit/form-modal.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { useMay } from '../../../kit/session.js';
import { joined, useWords, words } from '../../../kit/text.js';
import { payWords } from '../pay-words.js';
import { accountWords } from './account-words.js';

const text = words(
  {
    label: '提现到银行',
    empty: '没有提现。从商户账户提现到银行后，次日随资金账单列在这里。',
    confirm: '确认到账',
    title: (gateway: string, day: string, amount: string) => `${gateway} ${day} 提现 ${amount}`,
    about: '对照银行流水。账目不因此改动；三天无人确认会告警。',
    arrived: '银行已到账',
    missing: '查明没有到账，随即告警',
    outcome: '结果',
    note: '银行流水号或说明',
    noteHint: '到账的写银行流水号或回单号；没有到账的写查到了什么',
    ok: '确认',
    done: '已记录',
    by: '确认人',
    number: '单号',
  },
  {
    label: 'To the bank',
    empty:
      'No withdrawals. What is sent from the account to the bank is listed here with the next statement.',
    confirm: 'Confirm',
    title: (gateway: string, day: string, amount: string) => `${amount} withdrawn from ${gateway}, ${day}`,
    about:
      'Compare it with the bank. The books are not changed by it; after three days without a word there is an alert.',
    arrived: 'It is at the bank',
    missing: 'It has not arrived; people are alerted at once',
    outcome: 'Outcome',
    note: 'The bank’s reference, or what is known',
    noteHint: 'The reference of the bank where it arrived; what you found out where it did not',
    ok: 'Confirm',
    done: 'Noted',
    by: 'Confirmed by',
    number: 'Number',
  },
);

const COLORS = { waiting: 'gold', arrived: 'green', missing: 'red' } as const;

/** What left merchants' accounts for the bank: a person says of each whether it has arrived. */
export function Withdrawals(): ReactNode {
  const t = useWords(text);
  const common = useWords(accountWords);
  const { status } = useWords(payWords);
  const [confirming, setConfirming] = useState<Console.PayWithdrawal | null>(null);
  const { list, filters, filter } = useListQuery(
    'listPayWithdrawals',
    { state: '' },
    ({ state }) => ({ state: keyOf(common.withdrawal, state) }),
    ({ state }) => state !== 'arrived',
  );
  return (
    <>
      <List<Console.PayWithdrawal>
        {...list}
        label={t.label}
        filters={
          <Choice
            label={status}
            value={filters.state}
            names={common.withdrawal}
            change={(state) => filter({ state })}
          />
        }
        columns={useColumns(setConfirming)}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.empty} />}
      />
      {confirming && <ConfirmDialog withdrawal={confirming} close={() => setConfirming(null)} />}
    </>
  );
}

function useColumns(
  confirm: (withdrawal: Console.PayWithdrawal) => void,
): TableColumnsType<Console.PayWithdrawal> {
  const t = useWords(text);
  const common = useWords(accountWords);
  const { status, amount, act } = useWords(payWords);
  const name = useGatewayName();
  const may = useMay()('pay:books');
  const columns: TableColumnsType<Console.PayWithdrawal> = [
    timeColumn(common.at, 'at', ({ at }) => at),
    { title: common.gateway, key: 'gateway', render: (_, { gateway }) => name(gateway) },
    amountColumn(amount, 'amount', (row) => row.amount),
    {
      title: status,
      key: 'state',
      render: (_, { state }) => <Tag color={COLORS[state]}>{common.withdrawal[state]}</Tag>,
    },
    {
      title: t.number,
      key: 'number',
      render: (_, { gatewayNo, flowNo }) => (
        <span style={{ display: 'inline-block', maxWidth: 240, overflowWrap: 'anywhere' }}>
          {gatewayNo ?? flowNo}
        </span>
      ),
    },
    {
      title: t.by,
      key: 'by',
      render: (_, { decidedBy, decidedAt, note }) =>
        decidedBy === null ? (
          common.none
        ) : (
          <Noted note={joined([dateTime(decidedAt), ...(note === null ? [] : [note])])}>{decidedBy}</Noted>
        ),
    },
  ];
  if (may)
    columns.push({
      title: act,
      key: 'act',
      fixed: 'right',
      render: (_, withdrawal) =>
        withdrawal.state !== 'arrived' && (
          <RowButton
            label={t.confirm}
            of={withdrawal.gatewayNo ?? withdrawal.flowNo}
            act={() => confirm(withdrawal)}
          />
        ),
    });
  return columns;
}

function ConfirmDialog({
  withdrawal: { id, gateway, day, amount },
  close,
}: {
  withdrawal: Console.PayWithdrawal;
  close: () => void;
}): ReactNode {
  const t = useWords(text);
  const name = useGatewayName();
  const { message } = App.useApp();
  const confirm = useApiMutation('confirmPayWithdrawal', {
    invalidates: ['listPayWithdrawals', 'listPayAlerts'],
  });
  const onceKey = useIdempotencyKey();
  const submit = ({ arrived, note }: Console.ConfirmPayWithdrawal): void => {
    const body = { arrived, amount, note: note.trim() };
    confirm.mutate(
      { path: { id }, body, idempotencyKey: onceKey({ id, ...body }) },
      { onSuccess: () => (close(), void message.success(t.done)) },
    );
  };
  return (
    <FormModal<Console.ConfirmPayWithdrawal>
      title={t.title(name(gateway), day, money(amount))}
      about={t.about}
      ok={t.ok}
      act={confirm}
      close={close}
      submit={submit}
      initial={{ arrived: true }}
    >
      <Form.Item name="arrived" label={t.outcome}>
        <Radio.Group
          vertical
          options={[
            { value: true, label: t.arrived },
            { value: false, label: t.missing },
          ]}
        />
      </Form.Item>
      <TextField name="note" label={t.note} extra={t.noteHint} max={500} lines={2} autoFocus />
    </FormModal>
  );
}
