import { PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Empty, Typography, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Camp } from '@yajin/web';
import { count, dateTime, money } from '@yajin/ui';
import { campDates, useCampName } from '../../kit/camp-name.js';
import { useMoneyColumns, useMoneyFigures } from '../../kit/camp-money.js';
import { FigureGrid, type Figure } from '../../kit/figure-grid.js';
import { Choice, keyOf, Search } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { CampStatusTag, stateWords } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    title: '训练营',
    create: '新建训练营',
    keyword: '按名称查找',
    status: '全部状态',
    dates: ['开营从', '到'] as [string, string],
    datesLabel: '开营日期范围',
    ends: ['结营从', '到'] as [string, string],
    endsLabel: '结营日期范围',
    figures: '符合条件的训练营合计',
    name: '名称',
    state: '状态',
    period: '日期',
    deposit: '押金',
    required: '要求',
    requiredOf: (days: number, total: number) => `${days} / ${total} 天`,
    members: '会员',
    pendingMatch: '待匹配',
    created: '创建时间',
    none: '还没有训练营',
    noneFound: '没有符合条件的训练营',
  },
  {
    title: 'Camps',
    create: 'New camp',
    keyword: 'Find by name',
    status: 'Any state',
    dates: ['Starts from', 'to'] as [string, string],
    datesLabel: 'Range of start dates',
    ends: ['Ends from', 'to'] as [string, string],
    endsLabel: 'Range of end dates',
    figures: 'All camps that match',
    name: 'Name',
    state: 'State',
    period: 'Dates',
    deposit: 'Deposit',
    required: 'Required',
    requiredOf: (days: number, total: number) => `${days} / ${total}`,
    members: 'Members',
    pendingMatch: 'To match',
    created: 'Created',
    none: 'No camps yet',
    noneFound: 'No camp matches',
  },
);

const NONE = { keyword: '', status: '', startDate: '', endDate: '', endsFrom: '', endsTo: '' };

export function Camps(): ReactNode {
  const t = useWords(text);
  const may = useMay();
  const navigate = useNavigate();
  const states = useWords(stateWords).camp;
  const { list, filters, filter } = useListQuery('listCamps', NONE, ({ status, ...rest }) => ({
    ...rest,
    status: keyOf(states, status),
    withMoney: true,
  }));
  const filtered = Object.values(filters).some((value) => value !== '');
  const amounts = useMoneyFigures(list.answer.data?.money).map(([name, value, hint]): Figure => [
    name,
    value,
    hint,
  ]);
  const create = may('camp:write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate('/camps/new')}>
      {t.create}
    </Button>
  );
  return (
    <Page title={t.title} extra={create}>
      <div style={{ marginBottom: 16 }}>
        <FigureGrid label={t.figures} figures={amounts} />
      </div>
      <List<Camp.CampSummary>
        {...list}
        label={t.title}
        columns={useColumns()}
        open={({ id }) => void navigate(`/camps/${id}`)}
        empty={
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={filtered ? t.noneFound : t.none}>
            {!filtered && create}
          </Empty>
        }
        filters={<Filters filters={filters} change={filter} />}
      />
    </Page>
  );
}

function Filters({
  filters: { keyword, status, startDate, endDate, endsFrom, endsTo },
  change,
}: {
  filters: typeof NONE;
  change: (to: Partial<typeof NONE>) => void;
}): ReactNode {
  const t = useWords(text);
  const states = useWords(stateWords).camp;
  return (
    <>
      <Search label={t.keyword} value={keyword} width={220} change={(given) => change({ keyword: given })} />
      <Choice
        label={t.status}
        value={status}
        names={states}
        width={120}
        change={(chosen) => change({ status: chosen })}
      />
      <Dates
        label={t.datesLabel}
        placeholder={t.dates}
        value={[startDate, endDate]}
        change={([from, to]) => change({ startDate: from, endDate: to })}
      />
      <Dates
        label={t.endsLabel}
        placeholder={t.ends}
        value={[endsFrom, endsTo]}
        change={([from, to]) => change({ endsFrom: from, endsTo: to })}
      />
    </>
  );
}

/** A range of dates, either end of which may be open. */
function Dates(props: {
  label: string;
  placeholder: [string, string];
  value: [from: string, to: string];
  change: (to: [from: string, to: string]) => void;
}): ReactNode {
  const { label, placeholder, value, change } = props;
  const [from, to] = value.map((date) => (date ? dayjs(date) : null));
  return (
    <DatePicker.RangePicker
      aria-label={label}
      placeholder={placeholder}
      allowEmpty={[true, true]}
      style={{ maxWidth: 270 }}
      value={[from ?? null, to ?? null]}
      onChange={(dates) =>
        change([dates?.[0]?.format('YYYY-MM-DD') ?? '', dates?.[1]?.format('YYYY-MM-DD') ?? ''])
      }
    />
  );
}

function useColumns(): TableColumnsType<Camp.CampSummary> {
  const t = useWords(text);
  const campName = useCampName();
  return [
    {
      title: t.name,
      key: 'name',
      render: (_, camp) => (
        <Link
          to={`/camps/${camp.id}`}
          onClick={(event) => event.stopPropagation()}
          style={{ fontWeight: 500 }}
        >
          {campName(camp)}
        </Link>
      ),
    },
    {
      title: t.state,
      dataIndex: 'status',
      render: (status: Camp.CampStatus) => <CampStatusTag status={status} />,
    },
    {
      title: t.period,
      render: (_, camp) => campDates(camp) ?? '—',
    },
    {
      title: t.required,
      render: (_, { requiredDays, totalDays, missing }) =>
        missing.includes('requiredDays') ? '—' : t.requiredOf(requiredDays, totalDays),
    },
    {
      title: t.deposit,
      dataIndex: 'deposit',
      align: 'right',
      render: (yuan: number, { missing }) => (missing.includes('deposit') ? '—' : money(yuan)),
    },
    { title: t.members, dataIndex: 'memberCount', align: 'right', render: count },
    {
      title: t.pendingMatch,
      dataIndex: 'pendingMatchCount',
      align: 'right',
      render: (n: number) =>
        n > 0 ? <Typography.Text type="warning">{count(n)}</Typography.Text> : count(n),
    },
    ...useMoneyColumns(),
    {
      title: t.created,
      dataIndex: 'createdAt',
      render: (at: string) => dateTime(at).slice(0, 'yyyy-MM-dd'.length),
    },
  ];
}
