import { Typography, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { AddButton } from '../../kit/add-button.js';
import { timeColumn } from '../../kit/columns.js';
import { useCreate } from '../../kit/create.js';
import { Search } from '../../kit/filters.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { useObject } from '../../pages/pay/kit/object-drawer.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { gymWords } from './gym-words.js';

export function GymMembers(): ReactNode {
  const t = useWords(gymWords);
  const may = useMay()('pay:write');
  const { list, filters, filter } = useListQuery('listGymMembers', { keyword: '' }, ({ keyword }) => ({
    keyword: keyword || undefined,
  }));
  const { open } = useObject();
  return (
    <List<Console.GymMember>
      {...list}
      label={t.members}
      open={({ id }) => open(id)}
      columns={useColumns()}
      filters={
        <>
          <Search label={t.search} value={filters.keyword} change={(keyword) => filter({ keyword })} />
          {may && <AddButton label={t.addMember}>{(close) => <AddMember close={close} />}</AddButton>}
        </>
      }
      {...(filters.keyword ? {} : { empty: t.noMembers })}
    />
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
    timeColumn(common.created, 'created', ({ createdAt }) => createdAt),
  ];
}

function AddMember({ close }: { close: () => void }): ReactNode {
  const t = useWords(gymWords);
  const common = useWords(payWords);
  const create = useCreate('createGymMember', {
    invalidates: ['listGymMembers'],
    done: ({ name }) => t.memberAdded(name),
    close,
  });
  return (
    <FormModal<Console.CreateGymMember> title={t.addMember} ok={t.addMember} {...create}>
      <TextField name="name" label={t.name} max={50} />
      <TextField name="userId" label={common.user} extra={common.userHint} max={64} />
    </FormModal>
  );
}
