import { isolated } from '@yajin/core';
import { App, DatePicker, Form, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money } from '../../kit/format.js';
import { useOnceKey } from '../../kit/once.js';
import { useWords } from '../../kit/text.js';
import { AmountField, FormModal, TextField } from '../../pages/pay/kit/form-modal.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { courseWords } from './course-words.js';

export function AddEnrolment({ close }: { close: () => void }): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const { message } = App.useApp();
  const create = useAct('createEnrolment', { refresh: ['listEnrolments'] });
  const onceKey = useOnceKey();
  const [keyword, setKeyword] = useState('');
  const query = { keyword: keyword || undefined, pageSize: 50 };
  const { data, isFetching } = useLook('listCourses', { query }, { keep: true });
  return (
    <FormModal<Console.CreateEnrolment>
      title={t.addEnrolment}
      ok={t.addEnrolment}
      act={create}
      close={close}
      submit={(body) =>
        create.mutate(
          { body, idempotencyKey: onceKey(body) },
          { onSuccess: () => (close(), void message.success(t.bookingAdded)) },
        )
      }
    >
      <Form.Item name="courseId" label={t.course} rules={[{ required: true, message: common.needed }]}>
        <Select
          showSearch={{ filterOption: false, onSearch: setKeyword }}
          placeholder={t.chooseCourse}
          loading={isFetching}
          options={(data?.list ?? [])
            .filter(({ active }) => active)
            .map(({ id, title, price }) => ({ value: id, label: `${isolated(title)} · ${money(price)}` }))}
        />
      </Form.Item>
      <TextField name="userId" label={common.user} extra={common.userHint} max={64} />
    </FormModal>
  );
}

interface AppointmentValues {
  userId: string;
  title: string;
  startsAt: Dayjs;
  amount: number;
}

export function AddAppointment({ close }: { close: () => void }): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const { message } = App.useApp();
  const create = useAct('createAppointment', { refresh: ['listAppointments'] });
  const onceKey = useOnceKey();
  const submit = ({ startsAt, ...values }: AppointmentValues): void => {
    const body = { ...values, startsAt: startsAt.format('YYYY-MM-DDTHH:mm:00') };
    create.mutate(
      { body, idempotencyKey: onceKey(body) },
      { onSuccess: () => (close(), void message.success(t.bookingAdded)) },
    );
  };
  return (
    <FormModal<AppointmentValues>
      title={t.addAppointment}
      ok={t.addAppointment}
      act={create}
      close={close}
      submit={submit}
    >
      <TextField name="title" label={t.appointment} max={100} />
      <TextField name="userId" label={common.user} extra={common.userHint} max={64} />
      <Form.Item name="startsAt" label={t.starts} rules={[{ required: true, message: common.needed }]}>
        <DatePicker
          showTime={{ format: 'HH:mm', minuteStep: 5 }}
          format="YYYY-MM-DD HH:mm"
          minDate={dayjs().startOf('day')}
          style={{ width: '100%' }}
        />
      </Form.Item>
      <AmountField name="amount" label={common.amount} />
    </FormModal>
  );
}
