import { Alert, Flex, Skeleton, type TableColumnsType, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { Console } from '@yajin/web';
import { count, dateTime, money, signedMoney } from '@yajin/ui';
import { useApiQuery } from '../../../kit/api.js';
import { amountColumn, timeColumn } from '../../../kit/columns.js';
import { Failure } from '../../../kit/failure.js';
import { FigureGrid } from '../../../kit/figure-grid.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { Page } from '../../../kit/page.js';
import { useWords, words } from '../../../kit/text.js';
import { payWords } from '../pay-words.js';
import { inWords } from '../cause-words.js';
import { billWords } from './bill-words.js';
import { differenceWords } from './difference-words.js';
import { FetchButton } from './fetch-button.js';

const text = words(
  {
    title: (gateway: string, day: string) => `${gateway} ${day} 账单`,
    about: '最近一次完整读入的内容；不含付款人信息。',
    back: '返回当月对账',
    figures: '账单合计',
    netHint: '付款减退款减手续费',
    lines: '账单明细',
    seen: '查看差异',
    none: '当日没有交易：账单是空的，没有什么要核对。',
    waiting: '账单还没有取到',
    broken: '取到的账单不可信，没有采用',
    kept: '以下是之前读入的内容。',
    again: (at: string) => `下次获取：${at}`,
    noMore: '不再自动获取，可手动重新获取。',
    readAt: (at: string) => `读入于 ${at}`,
    entry: '收付',
    at: '时间',
    number: '单号',
    transaction: '交易号',
    order: '订单',
    see: '查看订单',
    stranger: '不在本系统',
  },
  {
    title: (gateway: string, day: string) => `Bill of ${gateway}, ${day}`,
    about: 'As it was read whole last; it names no payers.',
    back: 'Back to the month',
    figures: 'The bill',
    netHint: 'Paid less refunds and fees',
    lines: 'Lines of the bill',
    seen: 'See the differences',
    none: 'No trades that day: the bill is empty, and there is nothing to compare.',
    waiting: 'The bill is not there yet',
    broken: 'What came cannot be trusted and was not used',
    kept: 'Below is what was read before.',
    again: (at: string) => `Fetched next: ${at}`,
    noMore: 'It is not fetched by itself any more; fetch it again by hand.',
    readAt: (at: string) => `Read at ${at}`,
    entry: 'Kind',
    at: 'Time',
    number: 'Number',
    transaction: 'Transaction',
    order: 'Order',
    see: 'See the order',
    stranger: 'Not in our books',
  },
);

const POLL_MS = 5_000;

/** One gateway's bill of one day. */
export function PayBillPage(): ReactNode {
  const t = useWords(text);
  const name = useGatewayName();
  const { gateway = '', day = '' } = useParams();
  const bill = useApiQuery('getPayBill', { path: { gateway, day } }, { refetchInterval: POLL_MS });
  return (
    <Page
      title={t.title(name(gateway), day)}
      about={t.about}
      extra={
        <>
          <Link to={`/pay/bills?month=${day.slice(0, 7)}`} style={{ alignSelf: 'center' }}>
            {t.back}
          </Link>
          <FetchButton bill={{ gateway, day }} />
        </>
      }
    >
      {bill.error && !bill.data ? (
        <Failure error={bill.error} again={() => void bill.refetch()} />
      ) : bill.data ? (
        <Flex vertical gap={16}>
          <Standing bill={bill.data} />
          <Figures bill={bill.data} />
          {bill.data.rows > 0 && <Lines bill={bill.data} />}
        </Flex>
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Page>
  );
}

/** Why there is nothing to compare yet, and when it is tried again. */
function Standing({ bill: { state, reason, nextAt, readAt } }: { bill: Console.PayBill }): ReactNode {
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

function Figures({ bill }: { bill: Console.PayBill }): ReactNode {
  const t = useWords(text);
  const common = useWords(billWords);
  const { gateway, day, rows, paid, refunded, fee, openDifferences, readAt } = bill;
  const net = Math.round((paid - refunded - (fee ?? 0)) * 100) / 100;
  return (
    <div>
      <FigureGrid
        label={t.figures}
        figures={[
          [common.rows, count(rows), ...(readAt === null ? [] : [t.readAt(dateTime(readAt))])] as [
            string,
            string,
            string?,
          ],
          [common.paid, money(paid)],
          [common.refunded, money(refunded)],
          [common.fee, fee === null ? common.none : signedMoney(fee)],
          [common.net, signedMoney(net), t.netHint],
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

function Lines({ bill: { gateway, day } }: { bill: Console.PayBill }): ReactNode {
  const t = useWords(text);
  const { entry: entries } = useWords(differenceWords);
  const { list, filters, filter } = useListQuery(
    'listPayBillRows',
    { entry: '' },
    ({ entry }) => ({ entry: keyOf(entries, entry) }),
    undefined,
    { gateway, day },
  );
  return (
    <List<Console.PayBillRow>
      {...list}
      label={t.lines}
      rowKey="no"
      filters={
        <Choice label={t.entry} value={filters.entry} names={entries} change={(entry) => filter({ entry })} />
      }
      columns={useColumns()}
    />
  );
}

function useColumns(): TableColumnsType<Console.PayBillRow> {
  const t = useWords(text);
  const common = useWords(billWords);
  const { entry: entries } = useWords(differenceWords);
  const { amount } = useWords(payWords);
  return [
    {
      title: t.number,
      key: 'number',
      render: (_, { outTradeNo, outRefundNo }) => (
        <Typography.Text style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
          {outRefundNo ?? outTradeNo}
        </Typography.Text>
      ),
    },
    { title: t.entry, key: 'entry', render: (_, { entry }) => entries[entry] },
    timeColumn(t.at, 'at', ({ at }) => at),
    amountColumn(amount, 'amount', (line) => line.amount),
    {
      title: common.fee,
      key: 'fee',
      align: 'right',
      render: (_, { fee }) => (fee === null ? common.none : signedMoney(fee)),
    },
    {
      title: t.transaction,
      key: 'transaction',
      render: (_, { transactionId }) => (
        <Typography.Text style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{transactionId}</Typography.Text>
      ),
    },
    {
      title: t.order,
      key: 'order',
      render: (_, { orderNo }) =>
        orderNo === null ? (
          <Typography.Text type="secondary">{t.stranger}</Typography.Text>
        ) : (
          <Link to={`/pay/orders?open=${encodeURIComponent(orderNo)}`} aria-label={`${t.see} ${orderNo}`}>
            {t.see}
          </Link>
        ),
    },
  ];
}
