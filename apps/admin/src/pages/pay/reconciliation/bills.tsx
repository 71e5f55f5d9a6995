import { Empty, Flex, Skeleton, type TableColumnsType } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Console } from '@yajin/web';
import { count, dateTime, money, signedMoney } from '@yajin/ui';
import { useApiQuery } from '../../../kit/api.js';
import { amountColumn, Noted } from '../../../kit/columns.js';
import { Failure } from '../../../kit/failure.js';
import { FigureGrid } from '../../../kit/figure-grid.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { Page } from '../../../kit/page.js';
import { useMay } from '../../../kit/session.js';
import { useWords, words } from '../../../kit/text.js';
import { useUrlState } from '../../../kit/url.js';
import { menuWords } from '../../../shell/menu.js';
import { payWords } from '../pay-words.js';
import { inWords } from '../cause-words.js';
import { billWords } from './bill-words.js';
import { FetchButton } from './fetch-button.js';
import { GatewayChoice } from './gateway-choice.js';
import { Month } from './month.js';
import { BillTag } from './tags.js';

const text = words(
  {
    about:
      '渠道每天上午出前一天的账单，系统取回后与本系统的账目逐笔核对；账单有、本系统没有的先向渠道查询再入账，仍对不上的列为差异。',
    figures: '本月合计',
    late: '未取到或不可信的账单',
    lateHint: '会自动再取，已读入的内容不变',
    empty: '这个月没有账单。启用有账单的渠道后，次日上午开始对账。',
  },
  {
    about:
      'Each morning the gateways have the bill of the day before: it is fetched and compared with our books, payment by payment. What it has and we do not is asked about and booked; what still does not agree is a difference.',
    figures: 'The month',
    late: 'Bills not there or not trusted',
    lateHint: 'Fetched again by itself; what was read stays',
    empty:
      'No bills in this month. Once a gateway with bills is used, they are read from the next morning on.',
  },
);

const POLL_MS = 10_000;

/** Gateways' bills by day: a month at a glance, and the bills themselves. */
export function PayBills(): ReactNode {
  const t = useWords(text);
  const { payBills: title } = useWords(menuWords);
  const [{ month, day, gateway }, change] = useUrlState({ month: '', day: '', gateway: '' });
  const query = { ...(month ? { month } : {}), ...(gateway ? { gateway } : {}) };
  const answer = useApiQuery(
    'getPayBillMonth',
    { query },
    { placeholderData: keepPreviousData, refetchInterval: POLL_MS },
  );
  const { data, error } = answer;
  return (
    <Page title={title} about={t.about}>
      {error && !data ? (
        <Failure error={error} again={() => void answer.refetch()} />
      ) : !data ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : (
        <Flex vertical gap={16}>
          <Figures month={data} gateway={gateway} />
          <Month
            month={data.month}
            days={data.days}
            chosen={day}
            choose={(to) => change({ day: to })}
            turn={(to) => change({ month: to, day: '' })}
          />
          <BillList month={data.month} />
        </Flex>
      )}
    </Page>
  );
}

function Figures({
  month: { month, days },
  gateway,
}: {
  month: Console.PayBillMonth;
  gateway: string;
}): ReactNode {
  const t = useWords(text);
  const common = useWords(billWords);
  const sum = (of: (day: Console.PayBillDay) => number): number =>
    days.reduce((total, day) => total + Math.round(of(day) * 100), 0) / 100;
  const fees = days.some(({ fee }) => fee !== null) ? signedMoney(sum(({ fee }) => fee ?? 0)) : common.none;
  const open = sum(({ openDifferences }) => openDifferences);
  const at = `/pay/differences?state=open&startDate=${month}-01&endDate=${lastOf(month)}${gateway ? `&gateway=${encodeURIComponent(gateway)}` : ''}`;
  return (
    <FigureGrid
      label={t.figures}
      figures={[
        [common.paid, money(sum(({ paid }) => paid))],
        [common.refunded, money(sum(({ refunded }) => refunded))],
        [common.fee, fees],
        [common.open, open === 0 ? count(0) : <Link to={at}>{count(open)}</Link>],
        [t.late, count(sum(({ waiting, broken }) => waiting + broken)), t.lateHint],
      ]}
    />
  );
}

function BillList({ month }: { month: string }): ReactNode {
  const t = useWords(text);
  const common = useWords(billWords);
  const { payBills: title } = useWords(menuWords);
  const { status } = useWords(payWords);
  const navigate = useNavigate();
  const { list, filters, filter } = useListQuery(
    'listPayBills',
    { day: '', gateway: '', state: '' },
    ({ day, gateway, state }) => ({
      startDate: day || `${month}-01`,
      endDate: day || lastOf(month),
      gateway: gateway || undefined,
      state: keyOf(common.state, state),
    }),
    'always',
  );
  return (
    <List<Console.PayBill>
      {...list}
      label={title}
      rowKey={({ gateway, day }) => `${gateway} ${day}`}
      filters={
        <>
          <GatewayChoice value={filters.gateway} change={(gateway) => filter({ gateway })} />
          <Choice
            label={status}
            value={filters.state}
            names={common.state}
            change={(state) => filter({ state })}
          />
        </>
      }
      columns={useColumns()}
      open={({ gateway, day }) => void navigate(`/pay/bills/${encodeURIComponent(gateway)}/${day}`)}
      empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.empty} />}
    />
  );
}

function useColumns(): TableColumnsType<Console.PayBill> {
  const t = useWords(billWords);
  const { status, act } = useWords(payWords);
  const name = useGatewayName();
  const may = useMay()('pay:books');
  const columns: TableColumnsType<Console.PayBill> = [
    { title: t.day, key: 'day', render: (_, { day }) => day },
    { title: t.gateway, key: 'gateway', render: (_, { gateway }) => name(gateway) },
    {
      title: status,
      key: 'state',
      render: (_, { state, reason }) => (
        <Noted note={reason && <span className="bill-reason">{inWords(reason)}</span>}>
          <BillTag state={state} />
        </Noted>
      ),
    },
    { title: t.rows, key: 'rows', align: 'right', render: (_, { rows }) => count(rows) },
    amountColumn(t.paid, 'paid', ({ paid }) => paid),
    amountColumn(t.refunded, 'refunded', ({ refunded }) => refunded),
    {
      title: t.fee,
      key: 'fee',
      align: 'right',
      render: (_, { fee }) => (fee === null ? t.none : signedMoney(fee)),
    },
    { title: t.open, key: 'open', align: 'right', render: (_, { openDifferences: open }) => count(open) },
    { title: t.read, key: 'read', render: (_, { readAt }) => dateTime(readAt) },
  ];
  if (may)
    columns.push({
      title: act,
      key: 'act',
      fixed: 'right',
      render: (_, bill) => <FetchButton bill={bill} small />,
    });
  return columns;
}

/** The last day of a month `yyyy-MM`. */
function lastOf(month: string): string {
  const [year = 0, of = 0] = month.split('-').map(Number);
  return `${month}-${String(new Date(Date.UTC(year, of, 0)).getUTCDate()).padStart(2, '0')}`;
}
