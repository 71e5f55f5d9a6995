import { Tag, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Console } from '@yajin/web';
import { AddButton } from '../../kit/add-button.js';
import { useApiMutation } from '../../kit/api.js';
import { amountColumn, timeColumn } from '../../kit/columns.js';
import { useCreate } from '../../kit/create.js';
import { Search } from '../../kit/filters.js';
import { AmountField, FormModal, TextField } from '../../kit/form-modal.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useTurn } from '../../pages/pay/kit/turn.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { courseWords } from './course-words.js';

export function Courses(): ReactNode {
  const t = useWords(courseWords);
  const may = useMay()('pay:write');
  const { list, filters, filter } = useListQuery('listCourses', { keyword: '' }, ({ keyword }) => ({
    keyword: keyword || undefined,
  }));
  const navigate = useNavigate();
  const { columns, refusal } = useColumns();
  return (
    <>
      {refusal}
      <List<Console.Course>
        {...list}
        label={t.courses}
        columns={columns}
        open={({ id }) => void navigate(`/pay/course?tab=enrolments&courseId=${id}`)}
        filters={
          <>
            <Search
              label={t.searchCourse}
              value={filters.keyword}
              change={(keyword) => filter({ keyword })}
            />
            {may && <AddButton label={t.addCourse}>{(close) => <AddCourse close={close} />}</AddButton>}
          </>
        }
        {...(filters.keyword ? {} : { empty: t.noCourses })}
      />
    </>
  );
}

function useColumns(): { columns: TableColumnsType<Console.Course>; refusal: ReactNode } {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const update = useApiMutation('updateCourse', { invalidates: ['listCourses'] });
  const { turnButton, refusal } = useTurn(t, (id: string, active) =>
    update.mutateAsync({ path: { id }, body: { active } }),
  );
  const columns: TableColumnsType<Console.Course> = [
    { title: t.title, key: 'title', dataIndex: 'title' },
    amountColumn(t.price, 'price', ({ price }) => price),
    {
      title: common.status,
      key: 'status',
      render: (_, { active }) => (
        <Tag color={active ? 'green' : 'default'}>{active ? t.open : t.stopped}</Tag>
      ),
    },
    timeColumn(common.created, 'created', ({ createdAt }) => createdAt),
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, { id, title, active }) => turnButton({ id, name: title, active }),
    });
  }
  return { columns, refusal };
}

function AddCourse({ close }: { close: () => void }): ReactNode {
  const t = useWords(courseWords);
  const create = useCreate('createCourse', {
    invalidates: ['listCourses'],
    done: ({ title }) => t.courseAdded(title),
    close,
  });
  return (
    <FormModal<Console.CreateCourse> title={t.addCourse} ok={t.addCourse} {...create}>
      <TextField name="title" label={t.title} max={100} />
      <AmountField name="price" label={t.price} />
    </FormModal>
  );
}
