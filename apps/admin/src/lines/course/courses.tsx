import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Tag, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useOnceKey } from '../../kit/once.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { useAsk } from '../../pages/pay/kit/ask.js';
import { Search } from '../../pages/pay/kit/filters.js';
import { AmountField, FormModal, TextField } from '../../pages/pay/kit/form-modal.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { courseWords } from './course-words.js';

export function Courses(): ReactNode {
  const t = useWords(courseWords);
  const may = useMay()('pay:write');
  const [adding, setAdding] = useState(false);
  const [{ keyword, page, pageSize }, change] = useAddress({ keyword: '', page: '1', pageSize: '20' });
  const query = { keyword: keyword || undefined, page: Number(page), pageSize: Number(pageSize) };
  const answer = useLook('listCourses', { query }, { keep: true });
  const { columns, refusal } = useColumns();
  return (
    <>
      {refusal}
      <List<Console.Course>
        label={t.courses}
        filters={
          <>
            <Search label={t.searchCourse} value={keyword} change={(typed) => change({ keyword: typed })} />
            {may && (
              <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t.addCourse}
              </Button>
            )}
          </>
        }
        answer={answer}
        columns={columns}
        page={page}
        pageSize={pageSize}
        change={change}
        {...(keyword ? {} : { empty: t.noCourses })}
      />
      {adding && <AddCourse close={() => setAdding(false)} />}
    </>
  );
}

function useColumns(): { columns: TableColumnsType<Console.Course>; refusal: ReactNode } {
  const t = useWords(courseWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { ask, refusal } = useAsk();
  const update = useAct('updateCourse', { refresh: ['listCourses'] });
  const turn = ({ id, title, active }: Console.Course): void =>
    ask({
      title: active ? t.stopAsk(title) : t.resumeAsk(title),
      content: active ? t.stopHint : t.resumeHint,
      ok: active ? t.stop : t.resume,
      danger: active,
      act: () => update.mutateAsync({ path: { id }, body: { active: !active } }),
      done: active ? t.stoppedDone : t.resumedDone,
    });
  const columns: TableColumnsType<Console.Course> = [
    { title: t.title, key: 'title', dataIndex: 'title' },
    { title: t.price, key: 'price', align: 'right', render: (_, { price }) => money(price) },
    {
      title: common.status,
      key: 'status',
      render: (_, { active }) => (
        <Tag color={active ? 'green' : 'default'}>{active ? t.open : t.stopped}</Tag>
      ),
    },
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, course) => (
        <Button
          size="small"
          aria-label={`${course.active ? t.stop : t.resume} ${course.title}`}
          onClick={() => turn(course)}
        >
          {course.active ? t.stop : t.resume}
        </Button>
      ),
    });
  }
  return { columns, refusal };
}

function AddCourse({ close }: { close: () => void }): ReactNode {
  const t = useWords(courseWords);
  const { message } = App.useApp();
  const create = useAct('createCourse', { refresh: ['listCourses'] });
  const onceKey = useOnceKey();
  return (
    <FormModal<Console.CreateCourse>
      title={t.addCourse}
      ok={t.addCourse}
      act={create}
      close={close}
      submit={(body) =>
        create.mutate(
          { body, idempotencyKey: onceKey(body) },
          { onSuccess: ({ title }) => (close(), void message.success(t.courseAdded(title))) },
        )
      }
    >
      <TextField name="title" label={t.title} max={100} />
      <AmountField name="price" label={t.price} />
    </FormModal>
  );
}
