import { Empty, Tabs, Tag, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { Console } from '@yajin/web';
import { count, signedMoney } from '@yajin/ui';
import { amountColumn, Noted } from '../../../kit/columns.js';
import { DateRange } from '../../../kit/date-range.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { Page } from '../../../kit/page.js';
import { useWords, words } from '../../../kit/text.js';
import { menuWords } from '../../../shell/menu.js';
import { inWords } from '../cause-words.js';
import { payWords } from '../pay-words.js';
import { accountWords } from './account-words.js';
import { StatementDrawer } from './statement-drawer.js';
import { Withdrawals } from './withdrawals.js';

const text = words(
  {
    about:
      '商户在支付渠道的账户：每天的余额与资金变动，与交易账单核对，一直到银行。渠道每天上午出前一天的资金账单。',
    statements: '每日余额',
    withdrawals: '提现到银行',
    days: '账单日期',
    empty: '还没有资金账单。启用有资金账单的渠道后，次日上午开始读取。',
  },
  {
    about:
      'The merchant’s account at each gateway: what it held and what moved it, day by day, compared with the trade bills, down to the bank. Each morning the gateways have the statement of the day before.',
    statements: 'Days',
    withdrawals: 'To the bank',
    days: 'Days of statements',
    empty:
      'No statements yet. Once a gateway with statements is used, they are read from the next morning on.',
  },
);

const STATE_COLORS = { waiting: 'gold', complete: 'green', none: 'default', broken: 'red' } as const;

/** What the merchant's account did at each gateway, and what left it for the bank. */
export function PayAccount(): ReactNode {
  const t = useWords(text);
  const { payAccount: title } = useWords(menuWords);
  const [search, setSearch] = useSearchParams();
  const tabs = [
    { key: 'statements', label: t.statements, children: <Statements /> },
    { key: 'withdrawals', label: t.withdrawals, children: <Withdrawals /> },
  ];
  const shown = tabs.find(({ key }) => key === search.get('tab')) ?? tabs[0];
  return (
    <Page title={title} about={t.about}>
      <Tabs
        activeKey={shown?.key ?? ''}
        // Each tab has filters of its own.
        onChange={(tab) => setSearch({ tab })}
        destroyOnHidden
        items={tabs}
      />
    </Page>
  );
}

const keyOfStatement = ({ gateway, day }: Pick<Console.PayStatement, 'gateway' | 'day'>): string =>
  `${gateway}/${day}`;

function Statements(): ReactNode {
  const t = useWords(text);
  const common = useWords(accountWords);
  const { status } = useWords(payWords);
  const name = useGatewayName();
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listPayStatements',
    { gateway: '', startDate: '', endDate: '', state: '' },
    ({ gateway, startDate, endDate, state }) => ({
      gateway: gateway || undefined,
      startDate: startDate || undefined,
      endDate: endDate || undefined,
      state: keyOf(common.state, state),
    }),
    'always',
  );
  const { gateway, startDate, endDate, state } = filters;
  const gateways = [...new Set([...(list.answer.data?.gateways ?? []), ...(gateway ? [gateway] : [])])];
  return (
    <>
      <List<Console.PayStatement>
        {...list}
        label={t.statements}
        rowKey={keyOfStatement}
        filters={
          <>
            <Choice
              label={common.allGateways}
              value={gateway}
              names={Object.fromEntries(gateways.map((each) => [each, name(each)]))}
              change={(to) => filter({ gateway: to })}
              width={170}
            />
            <DateRange
              label={t.days}
              from={startDate}
              to={endDate}
              change={(from, to) => filter({ startDate: from, endDate: to })}
            />
            <Choice
              label={status}
              value={state}
              names={common.state}
              change={(to) => filter({ state: to })}
            />
          </>
        }
        columns={useColumns()}
        open={(row) => open(keyOfStatement(row))}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.empty} />}
      />
      <StatementDrawer opened={opened} close={close} />
    </>
  );
}

function useColumns(): TableColumnsType<Console.PayStatement> {
  const t = useWords(accountWords);
  const { status } = useWords(payWords);
  const name = useGatewayName();
  const balance = (sum: number | null): string => (sum === null ? t.none : signedMoney(sum));
  return [
    { title: t.day, key: 'day', render: (_, { day }) => day },
    { title: t.gateway, key: 'gateway', render: (_, { gateway }) => name(gateway) },
    {
      title: status,
      key: 'state',
      render: (_, { state, reason }) => (
        <Noted note={reason && <span className="bill-reason">{inWords(reason)}</span>}>
          <Tag color={STATE_COLORS[state]}>{t.state[state]}</Tag>
        </Noted>
      ),
    },
    { title: t.opening, key: 'opening', align: 'right', render: (_, { opening }) => balance(opening) },
    amountColumn(t.in, 'in', (row) => row.in),
    amountColumn(t.out, 'out', (row) => row.out),
    { title: t.fee, key: 'fee', align: 'right', render: (_, { fee }) => signedMoney(fee) },
    {
      title: t.withdrawn,
      key: 'withdrawn',
      align: 'right',
      render: (_, { withdrawn }) => signedMoney(0 - withdrawn),
    },
    { title: t.closing, key: 'closing', align: 'right', render: (_, { closing }) => balance(closing) },
    { title: t.open, key: 'open', align: 'right', render: (_, { openDifferences: open }) => count(open) },
  ];
}
