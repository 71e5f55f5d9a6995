import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useOnceKey } from '../../kit/once.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useAsk } from '../../pages/pay/kit/ask.js';
import { AmountField, FormModal, TextField } from '../../pages/pay/kit/form-modal.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { workOrderWords } from './work-order-words.js';

type ServiceType = Console.WorkOrderServiceType;
/** One that exists, or a new one. */
type Opened = ServiceType | 'new';

export function ServiceTypes(): ReactNode {
  const t = useWords(workOrderWords);
  const may = useMay()('pay:write');
  const [opened, setOpened] = useState<Opened | null>(null);
  const answer = useLook('listWorkOrderServiceTypes', {});
  const { columns, refusal } = useColumns(setOpened);
  const close = (): void => setOpened(null);
  return (
    <>
      {refusal}
      <List<ServiceType>
        label={t.types}
        filters={
          may && (
            <Button icon={<PlusOutlined />} onClick={() => setOpened('new')}>
              {t.addType}
            </Button>
          )
        }
        answer={answer}
        columns={columns}
        empty={t.noTypes}
      />
      {opened === 'new' && <AddType close={close} />}
      {opened !== null && opened !== 'new' && <EditType type={opened} close={close} />}
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
  const { ask, refusal } = useAsk();
  const update = useAct('updateWorkOrderServiceType', { refresh: ['listWorkOrderServiceTypes'] });
  const turn = ({ id, name, active }: ServiceType): void =>
    ask({
      title: active ? t.stopAsk(name) : t.resumeAsk(name),
      content: active ? t.stopHint : t.resumeHint,
      ok: active ? t.stop : t.resume,
      danger: active,
      act: () => update.mutateAsync({ path: { id }, body: { active: !active } }),
      done: active ? t.stoppedDone : t.resumedDone,
    });
  const columns: TableColumnsType<ServiceType> = [
    { title: t.type, key: 'name', dataIndex: 'name' },
    {
      title: t.typeAmount,
      key: 'amount',
      align: 'right',
      render: (_, { prepayAmount }) => money(prepayAmount),
    },
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
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, type) => (
        <Flex gap={8}>
          <Button size="small" aria-label={`${t.edit} ${type.name}`} onClick={() => edit(type)}>
            {t.edit}
          </Button>
          <Button
            size="small"
            aria-label={`${type.active ? t.stop : t.resume} ${type.name}`}
            onClick={() => turn(type)}
          >
            {type.active ? t.stop : t.resume}
          </Button>
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
  const { message } = App.useApp();
  const create = useAct('createWorkOrderServiceType', { refresh: ['listWorkOrderServiceTypes'] });
  const onceKey = useOnceKey();
  const submit = ({ note, ...values }: Values): void => {
    const body = { ...values, ...(note?.trim() ? { note: note.trim() } : {}) };
    create.mutate(
      { body, idempotencyKey: onceKey(body) },
      { onSuccess: () => (close(), void message.success(t.saved)) },
    );
  };
  return (
    <FormModal<Values> title={t.addType} ok={t.save} act={create} close={close} submit={submit}>
      <Fields />
    </FormModal>
  );
}

function EditType({ type, close }: { type: ServiceType; close: () => void }): ReactNode {
  const t = useWords(workOrderWords);
  const { message } = App.useApp();
  const update = useAct('updateWorkOrderServiceType', { refresh: ['listWorkOrderServiceTypes'] });
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
