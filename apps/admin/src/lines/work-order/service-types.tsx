import { App, Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Console } from '@yajin/web';
import { AddButton } from '../../kit/add-button.js';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { amountColumn, RowButton, timeColumn } from '../../kit/columns.js';
import { useCreate } from '../../kit/create.js';
import { AmountField, FormModal, TextField } from '../../kit/form-modal.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useTurn } from '../../pages/pay/kit/turn.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { workOrderWords } from './work-order-words.js';

type ServiceType = Console.WorkOrderServiceType;

export function ServiceTypes(): ReactNode {
  const t = useWords(workOrderWords);
  const may = useMay()('pay:write');
  const [edited, setEdited] = useState<ServiceType | null>(null);
  const answer = useApiQuery('listWorkOrderServiceTypes', {});
  const navigate = useNavigate();
  const { columns, refusal } = useColumns(setEdited);
  return (
    <>
      {refusal}
      <List<ServiceType>
        label={t.types}
        filters={may && <AddButton label={t.addType}>{(close) => <AddType close={close} />}</AddButton>}
        answer={answer}
        columns={columns}
        open={({ id }) => void navigate(`/pay/work-order?tab=orders&serviceTypeId=${id}`)}
        empty={t.noTypes}
      />
      {edited && <EditType type={edited} close={() => setEdited(null)} />}
    </>
  );
}

function useColumns(edit: (type: ServiceType) => void): {
  columns: TableColumnsType<ServiceType>;
  refusal: ReactNode;
} {
  const t = useWords(workOrderWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const update = useApiMutation('updateWorkOrderServiceType', { invalidates: ['listWorkOrderServiceTypes'] });
  const { turnButton, refusal } = useTurn(t, (id: number, active) =>
    update.mutateAsync({ path: { id }, body: { active } }),
  );
  const columns: TableColumnsType<ServiceType> = [
    { title: t.type, key: 'name', dataIndex: 'name' },
    amountColumn(t.typeAmount, 'amount', ({ prepayAmount }) => prepayAmount),
    {
      title: t.note,
      key: 'note',
      render: (_, { note }) => (
        <Typography.Text ellipsis={{ tooltip: note }} style={{ maxWidth: 320 }}>
          {note || common.none}
        </Typography.Text>
      ),
    },
    {
      title: common.status,
      key: 'status',
      render: (_, { active }) => (
        <Tag color={active ? 'green' : 'default'}>{active ? t.active : t.stopped}</Tag>
      ),
    },
    timeColumn(common.created, 'created', ({ createdAt }) => createdAt),
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, type) => (
        <Flex gap={8}>
          <RowButton label={t.edit} of={type.name} act={() => edit(type)} />
          {turnButton(type)}
        </Flex>
      ),
    });
  }
  return { columns, refusal };
}

interface Values {
  name: string;
  prepayAmount: number;
  note?: string;
}

function AddType({ close }: { close: () => void }): ReactNode {
  const t = useWords(workOrderWords);
  const { submit, ...create } = useCreate('createWorkOrderServiceType', {
    invalidates: ['listWorkOrderServiceTypes'],
    done: () => t.saved,
    close,
  });
  return (
    <FormModal<Values>
      title={t.addType}
      ok={t.save}
      submit={({ note, ...values }) => submit({ ...values, ...(note?.trim() ? { note: note.trim() } : {}) })}
      {...create}
    >
      <Fields />
    </FormModal>
  );
}

function EditType({ type, close }: { type: ServiceType; close: () => void }): ReactNode {
  const t = useWords(workOrderWords);
  const { message } = App.useApp();
  const update = useApiMutation('updateWorkOrderServiceType', { invalidates: ['listWorkOrderServiceTypes'] });
  const { id, name, prepayAmount, note } = type;
  return (
    <FormModal<Values>
      title={t.editType}
      about={t.editHint}
      ok={t.save}
      initial={{ name, prepayAmount, note }}
      act={update}
      close={close}
      submit={(values) =>
        update.mutate(
          { path: { id }, body: { ...values, note: values.note?.trim() ?? '' } },
          { onSuccess: () => (close(), void message.success(t.saved)) },
        )
      }
    >
      <Fields />
    </FormModal>
  );
}

function Fields(): ReactNode {
  const t = useWords(workOrderWords);
  return (
    <>
      <TextField name="name" label={t.type} max={50} />
      <AmountField name="prepayAmount" label={t.typeAmount} />
      <TextField name="note" label={t.noteOptional} max={200} lines={2} optional />
    </>
  );
}
