import { isolated } from '@yajin/core';
import { App, Form, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { useCreate } from '../../kit/create.js';
import { AmountField, FormModal, TextField, WholeField } from '../../kit/form-modal.js';
import { useWords } from '../../kit/text.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { workOrderWords } from './work-order-words.js';

export interface OpenedOrder {
  what: 'accept' | 'price' | 'close';
  order: Console.WorkOrder;
}

const CHANGED: { invalidates: OperationName[] } = {
  invalidates: ['listWorkOrders', 'getWorkOrder', 'listPayOrders', 'getPayOrder'],
};

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
  const accept = useApiMutation('acceptWorkOrder', CHANGED);
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
  const price = useApiMutation('priceWorkOrder', CHANGED);
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
  const shut = useApiMutation('closeWorkOrder', CHANGED);
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
  const { submit, ...create } = useCreate('createWorkOrder', {
    ...CHANGED,
    done: ({ id }) => t.added(id),
    close,
  });
  const { data, isFetching } = useApiQuery('listWorkOrderServiceTypes', {});
  return (
    <FormModal<BookingValues>
      title={t.add}
      ok={t.add}
      submit={({ description, ...values }) =>
        submit({ ...values, ...(description?.trim() ? { description: description.trim() } : {}) })
      }
      {...create}
    >
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
