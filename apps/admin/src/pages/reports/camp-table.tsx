import { keepPreviousData } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { count } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { campDates, useCampName } from '../../kit/camp-name.js';
import { useMoneyColumns } from '../../kit/camp-money.js';
import { List } from '../../kit/list.js';
import { CampStatusTag } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';
import { useUrlState } from '../../kit/url.js';

const text = words(
  {
    label: '各训练营',
    name: '训练营',
    status: '状态',
    dates: '日期',
    members: '会员',
    matched: '已匹配',
  },
  {
    label: 'Camps',
    name: 'Camp',
    status: 'Status',
    dates: 'Dates',
    members: 'Members',
    matched: 'Matched',
  },
);

/** The camps, newest first; a name opens its report. */
export function CampTable(): ReactNode {
  const t = useWords(text);
  const campName = useCampName();
  const [{ page, pageSize }, change] = useUrlState({ page: '1', pageSize: '20' });
  const query = { page: Number(page), pageSize: Number(pageSize), withMoney: true };
  const answer = useApiQuery('listCamps', { query }, { placeholderData: keepPreviousData });
  const right = { align: 'right', className: 'number' } as const;
  const columns: TableProps<Camp.CampSummary>['columns'] = [
    { title: t.name, render: (_, camp) => <Link to={`?campId=${camp.id}`}>{campName(camp)}</Link> },
    { title: t.status, render: (_, { status }) => <CampStatusTag status={status} /> },
    { title: t.dates, render: (_, camp) => campDates(camp) ?? '—' },
    { title: t.members, ...right, render: (_, { memberCount }) => count(memberCount) },
    { title: t.matched, ...right, render: (_, { matchedCount }) => count(matchedCount) },
    ...useMoneyColumns(),
  ];
  return (
    <List
      label={t.label}
      columns={columns}
      answer={answer}
      page={page}
      pageSize={pageSize}
      change={(to) => change(to)}
    />
  );
}
