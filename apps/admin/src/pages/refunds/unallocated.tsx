import { isolated } from '@yajin/core';
import { Button, Flex, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { betweenWords } from '../../kit/between-words.js';
import { Choice, keyOf, Search } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Name } from '../../kit/name.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { TooMany } from '../pay/kit/party.js';
import { AssignDialog, GiveBackDialog } from './unallocated-dialogs.js';

const text = words(
  {
    title: '未归属收款',
    intro: '通过固定收款码收到、但无法确定训练营或金额不符的支付。请归属到训练营，或原路退回。',
    status: '状态',
    statuses: { pending: '待处理', assigned: '已归属', refunding: '处理中', refunded: '已退款' },
    reasons: {
      no_camp: '找不到对应的训练营',
      wrong_amount: '金额与押金不符',
      camp_begun: '支付时训练营已开始',
    },
    columns: {
      paid: '支付时间',
      amount: '金额',
      reason: '原因',
      camp: '训练营',
      numbers: '商户单号 / 微信支付单号',
      status: '状态',
      act: '操作',
    },
    search: '昵称、星球 ID，或完整的单号',
    payer: '付款人',
    stranger: '没有其他订单',
    alsoPaid: (camp: string) => `也付过 ${camp}`,
    inferred: '推断',
    assign: '归属',
    refund: '退回',
  },
  {
    title: 'Unallocated money',
    intro:
      'Paid by a fixed code, for no camp that can be told or with another amount. Assign it to a camp, or give it back.',
    status: 'Status',
    statuses: { pending: 'To decide', assigned: 'Assigned', refunding: 'Processing', refunded: 'Refunded' },
    reasons: {
      no_camp: 'No such camp',
      wrong_amount: 'Another sum than the deposit',
      camp_begun: 'The camp had begun when it was paid',
    },
    columns: {
      paid: 'Paid at',
      amount: 'Amount',
      reason: 'Why',
      camp: 'Camp',
      numbers: 'Merchant / WeChat number',
      status: 'Status',
      act: 'Do',
    },
    search: 'Nickname, planet id or a whole number',
    payer: 'Payer',
    stranger: 'No other order',
    alsoPaid: (camp: string) => `paid for ${camp}, too`,
    inferred: 'presumably',
    assign: 'Assign',
    refund: 'Give back',
  },
);

const COLORS = { pending: 'gold', assigned: 'green', refunding: 'blue', refunded: 'green' } as const;

interface Opened {
  what: 'assign' | 'refund';
  payment: Camp.UnallocatedPayment;
}

export function Unallocated(): ReactNode {
  const t = useWords(text);
  const { list, filters, filter } = useListQuery(
    'listUnallocated',
    { status: '', keyword: '' },
    ({ status, keyword }) => ({ status: keyOf(t.statuses, status), keyword: keyword || undefined }),
    // More may come at any time.
    'always',
  );
  const [opened, setOpened] = useState<Opened | null>(null);
  const columns = useColumns(setOpened);
  const close = (): void => setOpened(null);
  return (
    <Page title={t.title} about={t.intro}>
      <TooMany more={list.answer.data?.more} />
      <List<Camp.UnallocatedPayment>
        {...list}
        label={t.title}
        filters={
          <>
            <Search
              label={t.search}
              value={filters.keyword}
              width={320}
              change={(keyword) => filter({ keyword })}
            />
            <Choice
              label={t.status}
              value={filters.status}
              names={t.statuses}
              width={140}
              change={(status) => filter({ status })}
            />
          </>
        }
        columns={columns}
      />
      {opened?.what === 'assign' && <AssignDialog payment={opened.payment} close={close} />}
      {opened?.what === 'refund' && <GiveBackDialog payment={opened.payment} close={close} />}
    </Page>
  );
}

/** Who it became, or whom the same payer is elsewhere. */
function Payer({ of: { member, payerMember } }: { of: Camp.UnallocatedPayment }): ReactNode {
  const t = useWords(text);
  const may = useMay()('member:read');
  const known = member ?? payerMember;
  if (known === null) return <Typography.Text type="secondary">{t.stranger}</Typography.Text>;
  const name = <Name>{known.name ?? `#${known.id}`}</Name>;
  return (
    <>
      {may ? <Link to={`/members?open=${known.id}`}>{name}</Link> : name}
      {member === null && (
        <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
          {t.alsoPaid(known.campName)}
        </Typography.Text>
      )}
    </>
  );
}

function useColumns(
  open: (opened: Opened) => void,
): NonNullable<React.ComponentProps<typeof List<Camp.UnallocatedPayment>>['columns']> {
  const t = useWords(text);
  const { aside } = useWords(betweenWords);
  const may = useMay();
  const { columns } = t;
  const mine = may('member:manage') || may('refund:audit');
  return [
    { title: columns.paid, key: 'paid', render: (_, { payTime }) => dateTime(payTime) },
    { title: columns.amount, key: 'amount', align: 'right', render: (_, { amount }) => money(amount) },
    {
      title: columns.reason,
      key: 'reason',
      render: (_, { reason, reasonCode }) => (reasonCode === null ? reason : t.reasons[reasonCode]),
    },
    {
      title: columns.camp,
      key: 'camp',
      render: (_, { campName, status }) =>
        campName ? (
          <>
            {isolated(campName)}
            {status === 'pending' && <Typography.Text type="secondary">{aside(t.inferred)}</Typography.Text>}
          </>
        ) : (
          '—'
        ),
    },
    { title: t.payer, key: 'payer', render: (_, payment) => <Payer of={payment} /> },
    {
      title: columns.status,
      key: 'status',
      render: (_, { status }) => <Tag color={COLORS[status]}>{t.statuses[status]}</Tag>,
    },
    {
      title: columns.numbers,
      key: 'numbers',
      render: (_, { orderNo, outTradeNo, transactionId }) => (
        <div style={{ fontSize: 13 }}>
          <div>
            {may('pay:read') ? <Link to={`/pay/orders?open=${orderNo}`}>{outTradeNo}</Link> : outTradeNo}
          </div>
          <Typography.Text type="secondary" style={{ fontSize: 13 }}>
            {transactionId}
          </Typography.Text>
        </div>
      ),
    },
    ...(mine
      ? [
          {
            title: columns.act,
            key: 'act',
            fixed: 'right' as const,
            render: (_: unknown, payment: Camp.UnallocatedPayment) =>
              payment.status === 'pending' && (
                <Flex gap={8}>
                  {may('member:manage') && (
                    <Button size="small" onClick={() => open({ what: 'assign', payment })}>
                      {t.assign}
                    </Button>
                  )}
                  {may('refund:audit') && (
                    <Button size="small" danger onClick={() => open({ what: 'refund', payment })}>
                      {t.refund}
                    </Button>
                  )}
                </Flex>
              ),
          },
        ]
      : []),
  ];
}
