import { keepPreviousData } from '@tanstack/react-query';
import { isolated } from '@yajin/core';
import { DatePicker, Select, Typography } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Name } from '../../kit/name.js';
import { useWords, words } from '../../kit/text.js';
import { useClear } from '../../kit/clear.js';

const text = words(
  {
    title: '打卡记录',
    member: '按昵称找会员',
    date: '打卡日期',
    columns: {
      nickname: '星球昵称',
      date: '打卡日期',
      time: '打卡时间',
      content: '内容',
      synced: '同步时间',
    },
    unmatched: '未匹配',
    empty: '（无文字）',
    one: (id: string) => `会员 ${id}`,
  },
  {
    title: 'Check-ins',
    member: 'Find a member by nickname',
    date: 'Date',
    columns: { nickname: 'Nickname', date: 'Date', time: 'At', content: 'Content', synced: 'Read at' },
    unmatched: 'not matched',
    empty: '(no words)',
    one: (id: string) => `Member ${id}`,
  },
);

export function CheckinRecords({ campId }: { campId: number }): ReactNode {
  const t = useWords(text);
  const { list, filters, filter } = useListQuery(
    'listCheckinRecords',
    { member: '', date: '' },
    ({ member, date }) => ({
      campId,
      memberId: Number(member) > 0 ? Number(member) : undefined,
      date: date || undefined,
    }),
  );
  const { aside } = useWords(betweenWords);
  const { columns } = t;
  return (
    <List<Camp.CheckinRecord>
      {...list}
      label={t.title}
      filters={
        <>
          <MemberSelect campId={campId} value={filters.member} change={(member) => filter({ member })} />
          <DatePicker
            aria-label={t.date}
            placeholder={t.date}
            value={filters.date ? dayjs(filters.date) : null}
            onChange={(day) => filter({ date: day?.format('YYYY-MM-DD') ?? '' })}
          />
        </>
      }
      columns={[
        {
          title: columns.nickname,
          key: 'nickname',
          render: (_, { planetNickname, memberId: id }) =>
            id === null ? (
              <>
                {isolated(planetNickname)}
                <Typography.Text type="secondary">{aside(t.unmatched)}</Typography.Text>
              </>
            ) : (
              <Link to={`/members?open=${id}`}>
                <Name>{planetNickname}</Name>
              </Link>
            ),
        },
        { title: columns.date, dataIndex: 'checkinDate' },
        { title: columns.time, key: 'time', render: (_, { checkinTime }) => dateTime(checkinTime) },
        {
          title: columns.content,
          key: 'content',
          render: (_, { checkinContent }) => (
            <Typography.Text ellipsis={{ tooltip: checkinContent }} style={{ maxWidth: 'min(360px, 100%)' }}>
              {checkinContent || t.empty}
            </Typography.Text>
          ),
        },
        { title: columns.synced, key: 'synced', render: (_, { syncedAt }) => dateTime(syncedAt) },
      ]}
    />
  );
}

/** Chooses one of a camp's members by part of the nickname. */
function MemberSelect({
  campId,
  value,
  change,
}: {
  campId: number;
  value: string;
  change: (id: string) => void;
}): ReactNode {
  const clear = useClear();
  const t = useWords(text);
  const [keyword, setKeyword] = useState('');
  const { data, isFetching } = useApiQuery(
    'listMembers',
    { query: { campId, keyword, pageSize: 50 } },
    { placeholderData: keepPreviousData },
  );
  const options = (data?.list ?? []).map((member) => ({
    value: String(member.id),
    label: member.matchedPlanetNickname ?? member.filledPlanetNickname ?? t.one(String(member.id)),
  }));
  const known = value === '' || options.some((option) => option.value === value);
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setKeyword }}
      allowClear={clear}
      style={{ minWidth: 180 }}
      placeholder={t.member}
      aria-label={t.member}
      loading={isFetching}
      value={value || null}
      onChange={(id: string | null) => change(id ?? '')}
      options={known ? options : [{ value, label: t.one(value) }, ...options]}
    />
  );
}
