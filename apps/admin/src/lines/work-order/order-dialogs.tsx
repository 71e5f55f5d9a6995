import { isolated } from '@yajin/core';
import { App, Form, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money } from '../../kit/format.js';
import { useOnceKey } from '../../kit/once.js';
import { useWords } from '../../kit/text.js';
import { AmountField, FormModal, TextField, WholeField } from '../../pages/pay/kit/form-modal.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { workOrderWords } from './work-order-words.js';

export interface OpenedOrder {
  what: 'accept' | 'price' | 'close';
  order: Console.WorkOrder;
}

const CHANGED: { refresh: OperationName[] } = { refresh: ['listWorkOrders'] };

interface DialogProps {
  order: Console.WorkOrder;
  close: () => void;
}

export function OrderDialog({
  opened: { what, order },
  close,
}: {
  opened: OpenedOrder;
  close: () => void;
}): ReactNode {
  switch (what) {
    case 'accept':
      return <Accept order={order} close={close} />;
    case 'price':
      return <Price order={order} close={close} />;
    case 'close':
      return <Close order={order} close={close} />;
  }
}

function Accept({ order: { id }, close }: DialogProps): ReactNode {
  const t = useWords(workOrderWords);
  const { message } = App.useApp();
  const accept = useAct('acceptWorkOrder', CHANGED);
  return (
    <FormModal<Console.AcceptWorkOrder>
      title={t.acceptTitle(id)}
      ok={t.accept}
      act={accept}
      close={close}
      submit={(body) =>
        accept.mutate(
          { path: { id }, body },
          { onSuccess: () => (close(), void message.success(t.accepted)) },
        )
      }
    >
      <WholeField name="electricianId" label={t.electricianId} extra={t.electricianHint} />
    </FormModal>
  );
}

function Price({ order: { id, finalAmount }, close }: DialogProps): ReactNode {
  const t = useWords(workOrderWords);
  const { message } = App.useApp();
  const price = useAct('priceWorkOrder', CHANGED);
  return (
    <FormModal<Console.PriceWorkOrder>
      title={t.priceTitle(id)}
      about={t.priceHint}
      ok={t.price}
      {...(finalAmount === null ? {} : { initial: { finalAmount } })}
      act={price}
      close={close}
      submit={(body) =>
        price.mutate(
          { path: { id }, body },
          { onSuccess: () => (close(), void message.success(t.priced(money(body.finalAmount)))) },
        )
      }
    >
      <AmountField name="finalAmount" label={t.repair} />
    </FormModal>
  );
}

function Close({ order: { id }, close }: DialogProps): ReactNode {
  const t = useWords(workOrderWords);
  const { message } = App.useApp();
  const shut = useAct('closeWorkOrder', CHANGED);
  return (
    <FormModal<{ reason?: string }>
      title={t.closeTitle(id)}
      about={t.closeHint}
      ok={t.close}
      danger
      act={shut}
      close={close}
      submit={({ reason }) =>
        shut.mutate(
          { path: { id }, body: reason?.trim() ? { reason: reason.trim() } : {} },
          { onSuccess: () => (close(), void message.success(t.closed)) },
        )
      }
    >
      <TextField name="reason" label={t.reasonOptional} max={200} lines={2} optional />
    </FormModal>
  );
}

interface BookingValues {
  userId: number;
  serviceTypeId: number;
  description?: string;
}

export function BookForUser({ close }: { close: () => void }): ReactNode {
  const t = useWords(workOrderWords);
  const common = useWords(payWords);
  const { message } = App.useApp();
  const create = useAct('createWorkOrder', CHANGED);
  const onceKey = useOnceKey();
  const { data, isFetching } = useLook('listWorkOrderServiceTypes', {});
  const submit = ({ description, ...values }: BookingValues): void => {
    const body = { ...values, ...(description?.trim() ? { description: description.trim() } : {}) };
    create.mutate(
      { body, idempotencyKey: onceKey(body) },
      { onSuccess: ({ id }) => (close(), void message.success(t.added(id))) },
    );
  };
  return (
    <FormModal<BookingValues> title={t.add} ok={t.add} act={create} close={close} submit={submit}>
      <WholeField name="userId" label={common.user} extra={common.userHint} />
      <Form.Item name="serviceTypeId" label={t.service} rules={[{ required: true, message: common.needed }]}>
        <Select
          placeholder={t.chooseType}
          loading={isFetching}
          options={(data?.list ?? [])
            .filter(({ active }) => active)
            .map(({ id, name, prepayAmount }) => ({
              value: id,
              label: `${isolated(name)} · ${money(prepayAmount)}`,
            }))}
        />
      </Form.Item>
      <TextField name="description" label={t.fault} max={500} lines={3} optional />
    </FormModal>
  );
}
