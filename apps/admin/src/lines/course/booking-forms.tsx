import { keepPreviousData } from '@tanstack/react-query';
import { isolated } from '@yajin/core';
import { DatePicker, Form, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { useCreate } from '../../kit/create.js';
import { AmountField, FormModal, TextField } from '../../kit/form-modal.js';
import { useWords } from '../../kit/text.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { courseWords } from './course-words.js';

export function AddEnrolment({ close }: { close: () => void }): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const create = useCreate('createEnrolment', {
    invalidates: ['listEnrolments'],
    done: () => t.bookingAdded,
    close,
  });
  const [keyword, setKeyword] = useState('');
  const query = { keyword: keyword || undefined, pageSize: 50 };
  const { data, isFetching } = useApiQuery('listCourses', { query }, { placeholderData: keepPreviousData });
  return (
    <FormModal<Console.CreateEnrolment> title={t.addEnrolment} ok={t.addEnrolment} {...create}>
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
  const { submit, ...create } = useCreate('createAppointment', {
    invalidates: ['listAppointments'],
    done: () => t.bookingAdded,
    close,
  });
  return (
    <FormModal<AppointmentValues>
      title={t.addAppointment}
      ok={t.addAppointment}
      submit={({ startsAt, ...values }) =>
        submit({ ...values, startsAt: startsAt.format('YYYY-MM-DDTHH:mm:00') })
      }
      {...create}
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
