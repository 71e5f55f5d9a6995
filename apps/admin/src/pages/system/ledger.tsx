import { Select, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { dateTime, signedMoney } from '@yajin/ui';
import { CampSelect } from '../../kit/camp-select.js';
import { DateRange } from '../../kit/date-range.js';
import { FigureGrid } from '../../kit/figure-grid.js';
import { Search } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Name } from '../../kit/name.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { useClear } from '../../kit/clear.js';

const text = words(
  {
    about:
      '复式记账：每笔业务记两条分录，金额一正一负、合计为 0。正数表示我们持有的资金，负数表示我们欠会员的或已确认的收入。下面的余额是全部符合筛选的分录合计。',
    balances: '科目余额',
    account: '科目',
    order: '订单号',
    orderHint: '按订单号查找',
    at: '时间',
    posting: '业务号',
    kind: '业务',
    amount: '金额',
    camp: '训练营',
    member: '会员',
    none: '—',
  },
  {
    about:
      'Double entry: everything is booked twice, once positive and once negative, which makes 0. Positive is money we hold; negative is owed to members, or earned. The balances are over all entries that match.',
    balances: 'Balances',
    account: 'Account',
    order: 'Order number',
    orderHint: 'Find by order number',
    at: 'Time',
    posting: 'Posting',
    kind: 'Business',
    amount: 'Amount',
    camp: 'Camp',
    member: 'Member',
    none: '—',
  },
);

const accountWords = words<Record<string, { name: string; meaning: string }>>(
  {
    clearing: { name: '渠道资金', meaning: '在支付渠道、由本系统记账的钱' },
    deposit: { name: '在手押金', meaning: '押金负债：尚未退还、也未转为收入' },
    income: { name: '已确认收入', meaning: '结营后不退的押金' },
    surplus: { name: '多付待退', meaning: '迟到或重复支付，正在退回' },
    unallocated: { name: '未归属收款', meaning: '收到但还不知道属于谁' },
    suspense: { name: '挂账', meaning: '收到但没有订单能收下，由人决定' },
    outside: { name: '线下退款', meaning: '已由其他方式退给付款人，渠道的钱归垫付方' },
    receivable: { name: '应收', meaning: '多付出去、待追回的钱' },
    coupon: { name: '商户优惠', meaning: '由商户自己的免充值券抵扣，渠道没有收到的部分' },
  },
  {
    clearing: { name: 'At the gateway', meaning: 'Money at the gateway that is in our books' },
    deposit: { name: 'Deposits in hand', meaning: 'Neither refunded nor earned yet' },
    income: { name: 'Earned', meaning: 'Deposits kept after a camp ended' },
    surplus: { name: 'Overpaid', meaning: 'Paid late or twice, on its way back' },
    unallocated: { name: 'Unallocated', meaning: 'Received, but nobody knows yet for what' },
    suspense: { name: 'Suspense', meaning: 'Received, but no order can take it: people decide' },
    outside: {
      name: 'Paid outside',
      meaning: 'Refunded by other means; the gateway’s money is owed to whoever paid',
    },
    receivable: { name: 'Receivable', meaning: 'Paid out although it was not theirs: to be got back' },
    coupon: {
      name: 'Own coupons',
      meaning: 'What coupons of the merchant’s own stood in for: no money came for it',
    },
  },
);

/** What else the books say is shown in the API's words. */
const kindWords = words<Record<string, string>>(
  {
    payment: '支付',
    refund: '退款',
    allocate: '归属押金',
    forfeit: '押金转收入',
    restore: '收入转回押金',
    suspend: '转挂账',
    assign: '挂账计入订单',
    outside: '线下退款',
  },
  {
    payment: 'Payment',
    refund: 'Refund',
    allocate: 'Allocated',
    forfeit: 'Deposit to income',
    restore: 'Income back to deposit',
    suspend: 'To suspense',
    assign: 'Suspense to an order',
    outside: 'Paid outside',
  },
);

const NONE = { campId: '', account: '', orderNo: '', startDate: '', endDate: '' };

/** The books. */
export function Ledger(): ReactNode {
  const t = useWords(text);
  const accounts = useWords(accountWords);
  const { ledger } = useWords(menuWords);
  const { list, filters, filter } = useListQuery(
    'listLedger',
    NONE,
    ({ campId, account, orderNo, startDate, endDate }) => ({
      campId: campId ? Number(campId) : undefined,
      account: account || undefined,
      orderNo: orderNo || undefined,
      startDate: startDate || undefined,
      endDate: endDate || undefined,
    }),
  );
  const balances = list.answer.data?.balances ?? [];
  return (
    <Page title={ledger} about={t.about} waits={!list.answer.data && !list.answer.error}>
      {balances.length > 0 && (
        <div style={{ marginBottom: 16 }}>
          <FigureGrid
            label={t.balances}
            figures={balances.map(({ account: name, balance }) => [
              accounts[name]?.name ?? name,
              signedMoney(balance),
              accounts[name]?.meaning ?? '',
            ])}
          />
        </div>
      )}
      <List
        {...list}
        label={ledger}
        filters={<Filters values={filters} change={filter} />}
        columns={useColumns()}
      />
    </Page>
  );
}

function Filters({
  values,
  change,
}: {
  values: typeof NONE;
  change: (to: Partial<typeof NONE>) => void;
}): ReactNode {
  const clear = useClear();
  const t = useWords(text);
  const accounts = useWords(accountWords);
  return (
    <>
      <CampSelect value={values.campId} change={(campId) => change({ campId })} />
      <Select
        aria-label={t.account}
        placeholder={t.account}
        allowClear={clear}
        style={{ minWidth: 140 }}
        value={values.account || null}
        onChange={(account: string | null) => change({ account: account ?? '' })}
        options={Object.entries(accounts).map(([value, { name }]) => ({ value, label: name }))}
      />
      <Search label={t.orderHint} value={values.orderNo} change={(orderNo) => change({ orderNo })} />
      <DateRange
        from={values.startDate}
        to={values.endDate}
        change={(startDate, endDate) => change({ startDate, endDate })}
      />
    </>
  );
}

function useColumns(): TableProps<Camp.LedgerEntry>['columns'] {
  const t = useWords(text);
  const accounts = useWords(accountWords);
  const kinds = useWords(kindWords);
  const may = useMay();
  const [mayMember, mayOrder] = [may('member:read'), may('pay:read')];
  return [
    { title: t.at, className: 'number', render: (_, { createdAt }) => dateTime(createdAt, true) },
    { title: t.posting, className: 'number', render: (_, { transactionId }) => transactionId },
    { title: t.kind, render: (_, { kind, kindCode }) => kinds[kindCode] ?? kind },
    { title: t.account, render: (_, { account }) => accounts[account]?.name ?? account },
    {
      title: t.amount,
      align: 'right',
      className: 'number',
      render: (_, { amount }) => signedMoney(amount),
    },
    {
      title: t.camp,
      render: (_, { campId, campName }) =>
        campId === null ? (
          t.none
        ) : (
          <Link to={`/camps/${campId}`}>
            <Name>{campName ?? `#${campId}`}</Name>
          </Link>
        ),
    },
    {
      title: t.member,
      render: (_, { memberId, memberName }) => {
        if (memberId === null) return t.none;
        const name = <Name>{memberName ?? `#${memberId}`}</Name>;
        return mayMember ? <Link to={`/members?open=${memberId}`}>{name}</Link> : name;
      },
    },
    {
      title: t.order,
      render: (_, { orderNo }) =>
        orderNo === null ? (
          t.none
        ) : (
          <Typography.Text code copyable={{ text: orderNo }} style={{ fontSize: 12, wordBreak: 'break-all' }}>
            {mayOrder ? <Link to={`/pay/orders?open=${orderNo}`}>{orderNo}</Link> : orderNo}
          </Typography.Text>
        ),
    },
  ];
}
