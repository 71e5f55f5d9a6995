import { Tag, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { AddButton } from '../../kit/add-button.js';
import { amountColumn, RowButton, timeColumn } from '../../kit/columns.js';
import { Choice, keyOf, Search } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useObject } from '../../pages/pay/kit/object-drawer.js';
import { Narrowed } from '../../pages/pay/kit/party.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { BOOKING_COLORS, useCancel } from './booking.js';
import { AddAppointment, AddEnrolment } from './booking-forms.js';
import { courseWords } from './course-words.js';

type Operation = 'listEnrolments' | 'listAppointments';

export function Enrolments(): ReactNode {
  const t = useWords(courseWords);
  return (
    <Bookings
      operation="listEnrolments"
      label={t.enrolments}
      add={t.addEnrolment}
      form={(close) => <AddEnrolment close={close} />}
    />
  );
}

export function Appointments(): ReactNode {
  const t = useWords(courseWords);
  return (
    <Bookings
      operation="listAppointments"
      label={t.appointments}
      add={t.addAppointment}
      form={(close) => <AddAppointment close={close} />}
    />
  );
}

function Bookings({
  operation,
  label,
  add,
  form,
}: {
  operation: Operation;
  label: string;
  add: string;
  form: (close: () => void) => ReactNode;
}): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { list, filters, filter } = useListQuery(
    operation,
    { keyword: '', status: '', courseId: '' },
    ({ keyword, status, courseId }) => ({
      keyword: keyword || undefined,
      status: keyOf(t.states, status),
      ...(operation === 'listEnrolments' ? { courseId: courseId || undefined } : {}),
    }),
  );
  const { open } = useObject();
  const { columns, refusal } = useColumns(operation);
  return (
    <>
      {refusal}
      <List<Console.CourseBooking>
        {...list}
        label={label}
        columns={columns}
        open={({ id }) => open(id)}
        filters={
          <>
            <Search
              label={t.searchBooking}
              value={filters.keyword}
              change={(keyword) => filter({ keyword })}
            />
            <Choice
              label={common.status}
              value={filters.status}
              names={t.states}
              change={(status) => filter({ status })}
            />
            {filters.courseId && <Narrowed says={t.onlyCourse} undo={() => filter({ courseId: '' })} />}
            {may && <AddButton label={add}>{form}</AddButton>}
          </>
        }
      />
    </>
  );
}

function useColumns(operation: Operation): {
  columns: TableColumnsType<Console.CourseBooking>;
  refusal: ReactNode;
} {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { askToCancel, refusal } = useCancel();
  const columns: TableColumnsType<Console.CourseBooking> = [
    { title: t.booking, key: 'title', dataIndex: 'title' },
    { title: common.user, key: 'user', dataIndex: 'userId' },
    amountColumn(common.amount, 'amount', ({ amount }) => amount),
    {
      title: common.status,
      key: 'status',
      render: (_, { status }) => <Tag color={BOOKING_COLORS[status]}>{t.states[status]}</Tag>,
    },
  ];
  if (operation === 'listAppointments')
    columns.push(timeColumn(t.starts, 'starts', ({ startsAt }) => startsAt));
  columns.push(timeColumn(common.created, 'created', ({ createdAt }) => createdAt));
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, booking) =>
        booking.status === 'unpaid' && (
          <RowButton danger label={t.cancel} of={booking.title} act={() => askToCancel(booking)} />
        ),
    });
  }
  return { columns, refusal };
}
