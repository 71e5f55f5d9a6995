import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Tag, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { roleWords } from '../../kit/role-words.js';
import { useMay, useSession } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { CreateUser } from './user-create.js';
import { EditUser } from './user-edit.js';
import { userWords } from './user-words.js';

/** What `open` says for a user who does not exist yet. */
const NEW = 'new';

/** Who may log in, and as what. */
export function Users(): ReactNode {
  const t = useWords(userWords);
  const { users } = useWords(menuWords);
  const may = useMay();
  const { list, opened: id, open, close } = useListQuery('listUsers', {}, () => ({}));
  const { data } = list.answer;
  const opened = data?.list.find((user) => String(user.id) === id);
  return (
    <Page
      title={users}
      about={t.about}
      extra={
        may('system:users') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => open(NEW)}>
            {t.create}
          </Button>
        )
      }
    >
      <List {...list} label={users} columns={useColumns()} open={(user) => open(String(user.id))} />
      {id !== '' && id !== NEW && data && !opened && (
        <Alert
          type="info"
          showIcon
          closable={{ onClose: close }}
          title={t.absent}
          style={{ marginBottom: 12 }}
        />
      )}
      <CreateUser open={id === NEW} close={close} />
      {opened && <EditUser key={opened.id} user={opened} close={close} />}
    </Page>
  );
}

function useColumns(): TableProps<Camp.User>['columns'] {
  const t = useWords(userWords);
  const roles = useWords(roleWords);
  const { userId } = useSession();
  return [
    {
      title: t.username,
      render: (_, { id, username }) => (id === userId ? username + t.you : username),
    },
    { title: t.realName, render: (_, { realName }) => realName },
    {
      title: t.role,
      render: (_, { role }) => (
        <>
          {roles[role]}
          <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
            {t.roleHints[role]}
          </Typography.Text>
        </>
      ),
    },
    {
      title: t.status,
      render: (_, { status }) => (
        <Tag color={status === 'active' ? 'green' : 'default'}>{t.statuses[status]}</Tag>
      ),
    },
    {
      title: t.totp,
      render: (_, { totp }) => <Tag color={totp ? 'green' : 'default'}>{totp ? t.totpOn : t.totpOff}</Tag>,
    },
    {
      title: t.lastLogin,
      className: 'number',
      render: (_, { lastLoginTime }) => (lastLoginTime ? dateTime(lastLoginTime) : t.never),
    },
    { title: t.createdAt, className: 'number', render: (_, { createdAt }) => dateTime(createdAt) },
  ];
}
