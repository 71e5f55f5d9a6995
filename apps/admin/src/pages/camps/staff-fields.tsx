import { isolated } from '@yajin/core';
import { useQuery } from '@tanstack/react-query';
import { Col, Form, Row, Select, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { client } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { Refusal } from '../../kit/failure.js';
import { useMay } from '../../kit/session.js';
import { joined, useWords, words } from '../../kit/text.js';

const text = words(
  {
    coaches: '教练',
    volunteers: '志愿者',
    chooseCoaches: '选择教练',
    chooseVolunteers: '选择志愿者',
    hint: '他们只能看到自己负责的训练营。',
    forbidden: '教练和志愿者由超级管理员指定。',
    nobody: '暂无',
    disabled: '已停用',
  },
  {
    coaches: 'Coaches',
    volunteers: 'Volunteers',
    chooseCoaches: 'Choose coaches',
    chooseVolunteers: 'Choose volunteers',
    hint: 'They see their own camps only.',
    forbidden: 'An administrator chooses coaches and volunteers.',
    nobody: 'Nobody yet',
    disabled: 'disabled',
  },
);

const PAGE_SIZE = 100;

/** Who looks after the camp. Choosing takes the list of users, which not every operator may see. */
export function StaffFields({
  staff,
}: {
  staff: Pick<Camp.CampDetail, 'coaches' | 'volunteers'>;
}): ReactNode {
  const t = useWords(text);
  const between = useWords(betweenWords);
  const may = useMay()('system:users');
  const users = useQuery({ queryKey: ['listUsers', 'all'], queryFn: allUsers, enabled: may });
  if (!may) {
    const names = (people: Camp.StaffMember[]): string =>
      joined(
        people.map(({ name }) => name),
        between.list,
      ) || t.nobody;
    return (
      <Typography.Paragraph type="secondary">
        {between.named(t.coaches, names(staff.coaches))}
        {between.semicolon}
        {between.named(t.volunteers, names(staff.volunteers))}
        <br />
        {t.forbidden}
      </Typography.Paragraph>
    );
  }
  const options = (role: Camp.Role, assigned: Camp.StaffMember[]): object[] =>
    (users.data ?? [])
      .filter((user) => user.role === role)
      .filter(({ id, status }) => status === 'active' || assigned.some((person) => person.id === id))
      .map(({ id, realName, username, status }) => ({
        value: id,
        label: `${isolated(realName)} · ${username}${status === 'disabled' ? between.aside(t.disabled) : ''}`,
      }));
  const select = (placeholder: string, choices: object[]): ReactNode => (
    <Select
      mode="multiple"
      placeholder={placeholder}
      loading={users.isPending}
      options={choices}
      showSearch={{ optionFilterProp: 'label' }}
      maxCount={100}
    />
  );
  return (
    <>
      <Refusal error={users.error} />
      <Row gutter={16}>
        <Col xs={24} sm={12}>
          <Form.Item name="coachIds" label={t.coaches} extra={t.hint}>
            {select(t.chooseCoaches, options('coach', staff.coaches))}
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item name="volunteerIds" label={t.volunteers}>
            {select(t.chooseVolunteers, options('volunteer', staff.volunteers))}
          </Form.Item>
        </Col>
      </Row>
    </>
  );
}

async function allUsers({ signal }: { signal: AbortSignal }): Promise<Camp.User[]> {
  const found: Camp.User[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const answer = await client.call('listUsers', { query: { page, pageSize: PAGE_SIZE } }, { signal });
    found.push(...answer.list);
    pages = answer.totalPages;
  }
  return found;
}
