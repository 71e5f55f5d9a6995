import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { useAsk } from '../../pages/pay/kit/ask.js';
import { Choice, keyOf, Search } from '../../pages/pay/kit/filters.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { AddAppointment, AddEnrolment } from './booking-forms.js';
import { courseWords } from './course-words.js';

const ADDRESS = { keyword: '', status: '', page: '1', pageSize: '20' };
const COLORS = { unpaid: 'gold', paid: 'green', cancelled: 'default', refunded: 'default' } as const;

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
  operation: 'listEnrolments' | 'listAppointments';
  label: string;
  add: string;
  form: (close: () => void) => ReactNode;
}): ReactNode {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const [adding, setAdding] = useState(false);
  const [{ keyword, status, page, pageSize }, change] = useAddress(ADDRESS);
  const query = {
    keyword: keyword || undefined,
    status: keyOf(t.states, status),
    page: Number(page),
    pageSize: Number(pageSize),
  };
  const answer = useLook(operation, { query }, { keep: true });
  const { columns, refusal } = useColumns(operation);
  return (
    <>
      {refusal}
      <List<Console.CourseBooking>
        label={label}
        filters={
          <>
            <Search label={t.searchBooking} value={keyword} change={(typed) => change({ keyword: typed })} />
            <Choice
              label={common.status}
              value={status}
              names={t.states}
              change={(chosen) => change({ status: chosen })}
            />
            {may && (
              <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {add}
              </Button>
            )}
          </>
        }
        answer={answer}
        columns={columns}
        page={page}
        pageSize={pageSize}
        change={change}
      />
      {adding && form(() => setAdding(false))}
    </>
  );
}

function useColumns(operation: 'listEnrolments' | 'listAppointments'): {
  columns: TableColumnsType<Console.CourseBooking>;
  refusal: ReactNode;
} {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { ask, refusal } = useAsk();
  const cancel = useAct('cancelCourseBooking', { refresh: [operation] });
  const askToCancel = ({ id, title }: Console.CourseBooking): void =>
    ask({
      title: t.cancelAsk(title),
      content: t.cancelHint,
      ok: t.cancel,
      danger: true,
      act: () => cancel.mutateAsync({ path: { id } }),
      done: t.cancelled,
    });
  const columns: TableColumnsType<Console.CourseBooking> = [
    { title: t.booking, key: 'title', dataIndex: 'title' },
    { title: common.user, key: 'user', dataIndex: 'userId' },
    { title: common.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: common.status,
      key: 'status',
      render: (_, { status }) => <Tag color={COLORS[status]}>{t.states[status]}</Tag>,
    },
  ];
  if (operation === 'listAppointments') {
    columns.push({ title: t.starts, key: 'starts', render: (_, { startsAt }) => time(startsAt) });
  }
  columns.push({ title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) });
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, booking) =>
        booking.status === 'unpaid' && (
          <Button
            size="small"
            danger
            aria-label={`${t.cancel} ${booking.title}`}
            onClick={() => askToCancel(booking)}
          >
            {t.cancel}
          </Button>
        ),
    });
  }
  return { columns, refusal };
}
