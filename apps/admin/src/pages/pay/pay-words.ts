import type { Console } from '@yajin/web';
import { useLanguage, useWords, words } from '../../kit/text.js';
import { LINES } from '../../lines/index.js';
import { menuWords } from '../../shell/menu.js';

/** What the payments area calls what the API names. */
export const payWords = words(
  {
    line: '业务线',
    allLines: '全部业务线',
    status: '状态',
    order: { pending: '待支付', paid: '已支付', closed: '已关闭' },
    refund: { pending: '待退款', processing: '处理中', success: '已退款', failed: '退款失败' },
    scopes: { gateway: '支付渠道', line: '业务线', payee: '收款人' },
    transfer: { pending: '待转账', processing: '处理中', success: '已到账', failed: '转账失败' },
    none: '—',
    act: '操作',
    created: '创建时间',
    amount: '金额',
    user: '用户 ID',
    userHint: '用户在所属平台的 ID',
    needed: '必填',
    all: '查看订单',
  },
  {
    line: 'Line',
    allLines: 'All lines',
    status: 'Status',
    order: { pending: 'Unpaid', paid: 'Paid', closed: 'Closed' },
    refund: { pending: 'To refund', processing: 'Processing', success: 'Refunded', failed: 'Failed' },
    scopes: { gateway: 'Gateway', line: 'Line', payee: 'Payee' },
    transfer: { pending: 'To transfer', processing: 'Processing', success: 'Arrived', failed: 'Failed' },
    none: '—',
    act: 'Do',
    created: 'Created',
    amount: 'Amount',
    user: 'User id',
    userHint: 'As the platform around the line knows them',
    needed: 'Needed',
    all: 'See the orders',
  },
);

export function useLineNames(): Record<Console.Line, string> {
  const language = useLanguage();
  const { camps } = useWords(menuWords);
  const named = LINES.map(([line, { name }]) => [line, name[language]]);
  return Object.fromEntries([['camp', camps], ...named]) as Record<Console.Line, string>;
}

const accountWords = words<Record<string, { name: string; meaning: string }>>(
  {
    clearing: { name: '渠道资金', meaning: '在支付渠道、由本系统记账的钱' },
    deposit: { name: '代收款', meaning: '已收到、尚未结算，仍可退回' },
    income: { name: '收入', meaning: '已确认的收入' },
    surplus: { name: '多付待退', meaning: '迟到或重复支付，正在退回' },
    unallocated: { name: '未归属收款', meaning: '收到但还不知道属于谁' },
    suspense: { name: '挂账', meaning: '收到但没有订单能收下，由人决定' },
    outside: { name: '线下退款', meaning: '已由其他方式退给付款人，渠道的钱归垫付方' },
    receivable: { name: '应收', meaning: '多付出去、待追回的钱' },
    coupon: { name: '商户优惠', meaning: '由商户自己的免充值券抵扣，渠道没有收到的部分' },
    balance: { name: '用户余额', meaning: '属于用户、可以提现' },
    frozen: { name: '提现中', meaning: '正在转给用户' },
  },
  {
    clearing: { name: 'At the gateway', meaning: 'Money at the gateway that is in our books' },
    deposit: { name: 'Held', meaning: 'Received, not settled yet: may still go back' },
    income: { name: 'Income', meaning: 'Earned' },
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
    balance: { name: 'Users’ balances', meaning: 'Belongs to users, who may withdraw it' },
    frozen: { name: 'Being paid out', meaning: 'On its way to users' },
  },
);

/** An account's name; somebody's own is named with its owner. */
export function useAccount(): (account: string) => { name: string; meaning: string } {
  const names = useWords(accountWords);
  return (account) => {
    const [kind = '', ...owner] = account.split(':');
    const { name, meaning } = names[kind] ?? { name: kind, meaning: '' };
    return { name: owner.length > 0 ? `${name} ${owner.join(':')}` : name, meaning };
  };
}
