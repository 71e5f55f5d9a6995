import { Alert, Drawer, Flex, Skeleton, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { keepPreviousData } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { count, dateTime, signedMoney } from '@yajin/ui';
import { useApiQuery } from '../../../kit/api.js';
import { timeColumn } from '../../../kit/columns.js';
import { Failure } from '../../../kit/failure.js';
import { FigureGrid } from '../../../kit/figure-grid.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { List } from '../../../kit/list.js';
import { useWords, words } from '../../../kit/text.js';
import { useWide } from '../../../kit/wide.js';
import { inWords } from '../cause-words.js';
import { payWords } from '../pay-words.js';
import { accountWords } from './account-words.js';
import { FetchStatement } from './fetch-statement.js';

const text = words(
  {
    title: (gateway: string, day: string) => `${gateway} ${day} 资金账单`,
    figures: '账户合计',
    movements: '资金变动',
    none: '当日没有资金变动。',
    waiting: '资金账单还没有取到',
    broken: '取到的资金账单不可信，没有采用',
    kept: '以下是之前读入的内容。',
    again: (at: string) => `下次获取：${at}`,
    noMore: '不再自动获取，可手动重新获取。',
    seen: '查看差异',
    kind: '种类',
    number: '单号',
    balance: '余额',
    readAt: (at: string) => `读入于 ${at}`,
  },
  {
    title: (gateway: string, day: string) => `Account at ${gateway}, ${day}`,
    figures: 'The account',
    movements: 'Movements',
    none: 'Nothing moved that day.',
    waiting: 'The statement is not there yet',
    broken: 'What came cannot be trusted and was not used',
    kept: 'Below is what was read before.',
    again: (at: string) => `Fetched next: ${at}`,
    noMore: 'It is not fetched by itself any more; fetch it again by hand.',
    seen: 'See the differences',
    kind: 'Kind',
    number: 'Number',
    balance: 'Balance',
    readAt: (at: string) => `Read at ${at}`,
  },
);

const POLL_MS = 5_000;

/** One gateway's account on one day. @param opened `<gateway>/<day>`; empty for none */
export function StatementDrawer({ opened, close }: { opened: string; close: () => void }): ReactNode {
  const t = useWords(text);
  const name = useGatewayName();
  const wide = useWide('md');
  const [gateway = '', day = ''] = opened.split('/');
  const statement = useApiQuery(
    'getPayStatement',
    { path: { gateway, day } },
    { enabled: opened !== '', refetchInterval: POLL_MS },
  );
  return (
    <Drawer
      open={opened !== ''}
      onClose={close}
      title={t.title(name(gateway), day)}
      extra={<FetchStatement statement={{ gateway, day }} />}
      size={wide ? 860 : '100%'}
      destroyOnHidden
    >
      {statement.error && !statement.data ? (
        <Failure error={statement.error} again={() => void statement.refetch()} />
      ) : statement.data ? (
        <Flex vertical gap={16}>
          <Standing statement={statement.data} />
          <Figures statement={statement.data} />
          {statement.data.rows > 0 && <Movements statement={statement.data} />}
        </Flex>
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

/** Why there is nothing to see yet, and when it is tried again. */
function Standing({
  statement: { state, reason, nextAt, readAt },
}: {
  statement: Console.PayStatement;
}): ReactNode {
  const t = useWords(text);
  if (state === 'none') return <Alert type="info" showIcon title={t.none} />;
  if (state === 'complete') return null;
  return (
    <Alert
      type={state === 'broken' ? 'error' : 'warning'}
      showIcon
      title={t[state]}
      description={
        <>
          {reason !== null && <div style={{ overflowWrap: 'anywhere' }}>{inWords(reason)}</div>}
          <div>{nextAt === null ? t.noMore : t.again(dateTime(nextAt))}</div>
          {readAt !== null && <div>{t.kept}</div>}
        </>
      }
    />
  );
}

function Figures({ statement }: { statement: Console.PayStatement }): ReactNode {
  const t = useWords(text);
  const common = useWords(accountWords);
  const { gateway, day, opening, closing, paid, refunded, fee, withdrawn, other, openDifferences } =
    statement;
  const balance = (sum: number | null): string => (sum === null ? common.none : signedMoney(sum));
  return (
    <div>
      <FigureGrid
        label={t.figures}
        figures={[
          [common.opening, balance(opening)],
          [common.kinds.payment, signedMoney(paid)],
          [common.kinds.refund, signedMoney(refunded)],
          [common.fee, signedMoney(0 - fee)],
          [common.withdrawn, signedMoney(withdrawn)],
          [common.kinds.other, signedMoney(other)],
          statement.readAt === null
            ? [common.closing, balance(closing)]
            : [common.closing, balance(closing), t.readAt(dateTime(statement.readAt))],
          [common.open, count(openDifferences)],
        ]}
      />
      <Typography.Paragraph style={{ margin: '8px 0 0' }}>
        <Link to={`/pay/differences?gateway=${encodeURIComponent(gateway)}&startDate=${day}&endDate=${day}`}>
          {t.seen}
        </Link>
      </Typography.Paragraph>
    </div>
  );
}

/** The list behind the drawer has the address: this one turns its pages by itself. */
function Movements({ statement: { gateway, day } }: { statement: Console.PayStatement }): ReactNode {
  const t = useWords(text);
  const { kinds } = useWords(accountWords);
  const [kind, setKind] = useState('');
  const [turned, turn] = useState({ page: '1', pageSize: '20' });
  const query = {
    kind: keyOf(kinds, kind),
    page: Number(turned.page),
    pageSize: Number(turned.pageSize),
  };
  const answer = useApiQuery(
    'listPayMovements',
    { path: { gateway, day }, query },
    { placeholderData: keepPreviousData },
  );
  return (
    <List<Console.PayMovement>
      answer={answer}
      {...turned}
      change={turn}
      label={t.movements}
      rowKey="no"
      filters={
        <Choice
          label={t.kind}
          value={kind}
          names={kinds}
          change={(to) => (setKind(to), turn({ ...turned, page: '1' }))}
        />
      }
      columns={useColumns()}
    />
  );
}

function useColumns(): TableColumnsType<Console.PayMovement> {
  const t = useWords(text);
  const common = useWords(accountWords);
  const { amount } = useWords(payWords);
  return [
    {
      title: t.kind,
      key: 'kind',
      render: (_, { kind, said }) => (
        <>
          {common.kinds[kind]}{' '}
          {kind === 'other' && (
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {said}
            </Typography.Text>
          )}
        </>
      ),
    },
    timeColumn(common.at, 'at', ({ at }) => at),
    { title: amount, key: 'amount', align: 'right', render: (_, row) => signedMoney(row.amount) },
    {
      title: t.balance,
      key: 'balance',
      align: 'right',
      render: (_, { balance }) => (balance === null ? common.none : signedMoney(balance)),
    },
    {
      title: t.number,
      key: 'number',
      render: (_, { ourNo, gatewayNo, flowNo }) => (
        <Typography.Text
          style={{ display: 'inline-block', maxWidth: 280, fontSize: 13, overflowWrap: 'anywhere' }}
        >
          {ourNo ?? gatewayNo ?? flowNo}
        </Typography.Text>
      ),
    },
  ];
}
