import { Button, Typography, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { Choice, keyOf, Search } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { needsPerson } from './cases/refund-case.js';
import { HoldNote } from './kit/hold.js';
import { PauseNote, Pauses } from './kit/pause.js';
import { LineChoice } from './kit/line-choice.js';
import { TooMany, usePartyColumn } from './kit/party.js';
import { RefundTag, underWay } from './kit/tags.js';
import { OrderDrawer } from './order-drawer.js';
import { useCauses } from './cause-words.js';
import { payWords, useLineNames } from './pay-words.js';
import { numberOf, useRetries } from './refund-retries.js';

const text = words(
  {
    about:
      '各业务线退给付款人的钱。审核在各业务线自己的页面；渠道无法完成的退款在这里处理；失败的退款可以选中几笔一起重试。',
    search: '昵称、用户 ID，或完整的单号',
    number: '退款单号',
    reason: '原因',
    arrived: '到账时间',
    abnormal: '付款人的账户收不了这笔钱',
    merchant: '已退回商户账户，待转给付款人',
    confirm: '线下退款待确认',
    unclear: '超过一天没有结果',
    later: (at: string) => `${at} 后发出，在此之前可以撤回`,
    see: '处理',
    seeTo: (number: string) => `处理 ${number}`,
  },
  {
    about:
      'What goes back to payers, of all lines. Each line reviews on its own page; what a gateway cannot bring to an end is seen to here, and several that failed can be retried together.',
    search: 'Nickname, user id or a whole number',
    number: 'Refund',
    reason: 'Why',
    arrived: 'Arrived',
    abnormal: 'The payer’s account cannot take it',
    merchant: 'Back at the merchant, to be passed on',
    confirm: 'Refunded outside, to be confirmed',
    unclear: 'No outcome for more than a day',
    later: (at: string) => `Sent after ${at}; until then the decision can be taken back`,
    see: 'See to it',
    seeTo: (number: string) => `See to ${number}`,
  },
);

/** The refunds of all lines, as the gateways carry them out. */
export function PayRefunds(): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const { payRefunds: title } = useWords(menuWords);
  const lines = useLineNames();
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listPayRefunds',
    { line: '', status: '', keyword: '' },
    ({ line, status, keyword }) => ({
      line: keyOf(lines, line),
      status: keyOf(common.refund, status),
      keyword: keyword || undefined,
    }),
    underWay,
  );
  const { box, bar } = useRetries(list.answer.data?.list ?? []);
  return (
    <Page title={title} about={t.about} waits={!list.answer.data && !list.answer.error}>
      <Pauses pauses={list.answer.data?.pauses} />
      {bar}
      <TooMany more={list.answer.data?.more} />
      <List<Console.PayRefund>
        {...list}
        label={title}
        filters={
          <>
            <Search
              label={t.search}
              value={filters.keyword}
              width={320}
              change={(keyword) => filter({ keyword })}
            />
            <LineChoice value={filters.line} change={(line) => filter({ line })} />
            <Choice
              label={common.status}
              value={filters.status}
              names={common.refund}
              change={(status) => filter({ status })}
            />
          </>
        }
        columns={useColumns(open, box)}
        open={({ orderNo }) => open(orderNo)}
      />
      <OrderDrawer orderNo={opened} close={close} />
    </Page>
  );
}

function useColumns(
  open: (orderNo: string) => void,
  box: (refund: Console.PayRefund) => ReactNode,
): TableColumnsType<Console.PayRefund> {
  const t = useWords(text);
  const may = useMay()('refund:audit');
  const common = useWords(payWords);
  const lines = useLineNames();
  const causes = useCauses();
  const party = usePartyColumn<Console.PayRefund>();
  const columns: TableColumnsType<Console.PayRefund> = [
    {
      title: t.number,
      key: 'number',
      render: (_, refund) => (
        <>
          {box(refund)}
          <Typography.Text style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
            {numberOf(refund)}
          </Typography.Text>
        </>
      ),
    },
    { title: common.line, key: 'line', render: (_, { line }) => lines[line] },
    party,
    { title: common.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: common.status,
      key: 'status',
      render: (_, refund) => (
        <>
          <RefundTag status={refund.status} /> <HoldNote hold={refund.hold} />{' '}
          <PauseNote pause={refund.pause} />
          <Trouble refund={refund} />
        </>
      ),
    },
    {
      title: t.reason,
      key: 'reason',
      render: (_, refund) => (
        <Typography.Text ellipsis={{ tooltip: causes.reason(refund) }} style={{ maxWidth: 220 }}>
          {causes.reason(refund)}
        </Typography.Text>
      ),
    },
    { title: common.created, key: 'created', render: (_, { createdAt }) => dateTime(createdAt) },
    { title: t.arrived, key: 'arrived', render: (_, { succeededAt }) => dateTime(succeededAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      fixed: 'right',
      render: (_, refund) =>
        needsPerson(refund) && (
          <Button
            size="small"
            aria-label={t.seeTo(numberOf(refund))}
            onClick={(event) => (event.stopPropagation(), open(refund.orderNo))}
          >
            {t.see}
          </Button>
        ),
    });
  }
  return columns;
}

/** Why a refund is not simply under way. */
function Trouble({ refund }: { refund: Console.PayRefund }): ReactNode {
  const t = useWords(text);
  const causes = useCauses();
  const { status, gatewayState, failCode, failure, canSettleOutside, outside, executeAfter } = refund;
  const waits = outside !== null && status !== 'success';
  const says = waits
    ? t.confirm
    : status === 'failed' && (gatewayState === 'abnormal' || gatewayState === 'merchant')
      ? t[gatewayState]
      : status === 'processing' && canSettleOutside
        ? t.unclear
        : executeAfter !== null
          ? t.later(dateTime(executeAfter))
          : causes.failure(failCode, failure);
  if (!says) return null;
  return (
    <Typography.Text type="secondary" ellipsis={{ tooltip: says }} style={{ maxWidth: 220, fontSize: 12 }}>
      {says}
    </Typography.Text>
  );
}
