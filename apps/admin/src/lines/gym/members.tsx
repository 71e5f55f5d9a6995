import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useOnceKey } from '../../kit/once.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { Search } from '../../pages/pay/kit/filters.js';
import { FormModal, TextField } from '../../pages/pay/kit/form-modal.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { gymWords } from './gym-words.js';

export function GymMembers(): ReactNode {
  const t = useWords(gymWords);
  const may = useMay()('pay:write');
  const [adding, setAdding] = useState(false);
  const [{ keyword, page, pageSize }, change] = useAddress({ keyword: '', page: '1', pageSize: '20' });
  const query = { keyword: keyword || undefined, page: Number(page), pageSize: Number(pageSize) };
  const answer = useLook('listGymMembers', { query }, { keep: true });
  return (
    <>
      <List<Console.GymMember>
        label={t.members}
        filters={
          <>
            <Search label={t.search} value={keyword} change={(typed) => change({ keyword: typed })} />
            {may && (
              <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t.addMember}
              </Button>
            )}
          </>
        }
        answer={answer}
        columns={useColumns()}
        page={page}
        pageSize={pageSize}
        change={change}
        {...(keyword ? {} : { empty: t.noMembers })}
      />
      {adding && <AddMember close={() => setAdding(false)} />}
    </>
  );
}

function useColumns(): TableColumnsType<Console.GymMember> {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  return [
    { title: t.name, key: 'name', dataIndex: 'name' },
    { title: common.user, key: 'user', dataIndex: 'userId' },
    {
      title: t.until,
      key: 'until',
      render: (_, { membershipUntil }) =>
        membershipUntil ?? <Typography.Text type="secondary">{t.noMembership}</Typography.Text>,
    },
    {
      title: t.course,
      key: 'course',
      align: 'right',
      render: (_, { courseLessons }) => t.lessons(courseLessons),
    },
    {
      title: t.private,
      key: 'private',
      align: 'right',
      render: (_, { privateLessons }) => t.lessons(privateLessons),
    },
    { title: common.created, key: 'created', render: (_, { createdAt }) => time(createdAt) },
  ];
}

function AddMember({ close }: { close: () => void }): ReactNode {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  const { message } = App.useApp();
  const create = useAct('createGymMember', { refresh: ['listGymMembers'] });
  const onceKey = useOnceKey();
  return (
    <FormModal<Console.CreateGymMember>
      title={t.addMember}
      ok={t.addMember}
      act={create}
      close={close}
      submit={(body) =>
        create.mutate(
          { body, idempotencyKey: onceKey(body) },
          { onSuccess: ({ name }) => (close(), void message.success(t.memberAdded(name))) },
        )
      }
    >
      <TextField name="name" label={t.name} max={50} />
      <TextField name="userId" label={common.user} extra={common.userHint} max={64} />
    </FormModal>
  );
}
