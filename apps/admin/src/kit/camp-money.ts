import type { TableProps } from 'antd';
import type { Camp } from '@yajin/web';
import { money } from '@yajin/ui';
import type { Figure } from './figure-grid.js';
import { useMay } from './session.js';
import { useWords, words } from './text.js';

export const moneyWords = words(
  {
    received: '已收押金',
    receivedHint: '在手 + 已退 + 已确认收入',
    inHand: '在手押金',
    inHandHint: '尚未退还、也未转为收入',
    owed: '应退押金',
    owedHint: '在手押金中已列入退款的',
    refunded: '已退押金',
    refundedHint: '已到账的押金退款',
    income: '已确认收入',
    incomeHint: '结营后不退的押金',
    due: '本周到期',
    dueHint: (from: string, to: string) => `${from} 至 ${to} 结营的在手押金`,
  },
  {
    received: 'Deposits taken',
    receivedHint: 'In hand + refunded + earned',
    inHand: 'Deposits in hand',
    inHandHint: 'Neither refunded nor earned yet',
    owed: 'Deposits to refund',
    owedHint: 'Of those in hand, what is listed for a refund',
    refunded: 'Deposits refunded',
    refundedHint: 'Refunds of deposits that arrived',
    income: 'Earned',
    incomeHint: 'Deposits kept after a camp ended',
    due: 'Due this week',
    dueHint: (from: string, to: string) => `In hand of camps that end ${from} to ${to}`,
  },
);

/** `MM-dd` of a date. */
const short = (date: string): string => date.slice('yyyy-'.length);

/**
 * What became of deposits, by the ledger; each figure leads to exactly the rows that it is the sum of, as far as the operator may see
 * them. What is not known yet keeps its place.
 * @param camp whose money it is; all camps' where left out
 */
export function useMoneyFigures(of: Camp.CampMoney | null | undefined, camp?: number): Figure[] {
  const t = useWords(moneyWords);
  const may = useMay();
  const ledger = (account: string): string | undefined =>
    may('stats:read') ? `/system/ledger?account=${account}${camp ? `&campId=${camp}` : ''}` : undefined;
  const records = (refund: string): string | undefined =>
    may('refund:read')
      ? `/refunds/records?kind=deposit&refund=${refund}${camp ? `&camp=${camp}` : ''}`
      : undefined;
  const figure = (name: string, value: number | undefined, hint: string, to?: string): Figure => [
    name,
    value === undefined ? undefined : money(value),
    hint,
    ...(to ? ([to] as const) : ([] as const)),
  ];
  return [
    figure(t.received, of?.received, t.receivedHint),
    figure(t.inHand, of?.inHand, t.inHandHint, ledger('deposit')),
    figure(t.owed, of?.owed, t.owedHint, records('open')),
    figure(t.refunded, of?.refunded, t.refundedHint, records('success')),
    figure(t.income, of?.income, t.incomeHint, ledger('income')),
  ];
}

/** Where they are, as columns of a list of camps. */
export function useMoneyColumns(): NonNullable<TableProps<Camp.CampSummary>['columns']> {
  const t = useWords(moneyWords);
  const parts = ['inHand', 'owed', 'refunded', 'income'] as const;
  return parts.map((part) => ({
    title: t[part],
    align: 'right',
    className: 'number',
    render: (_, { money: of }) => (of ? money(of[part]) : '—'),
  }));
}

/** What is in hand of the camps that end this week, and those camps. */
export function useDueFigure(due: Camp.DueMoney | undefined): Figure {
  const t = useWords(moneyWords);
  if (!due) return [t.due, undefined];
  const { amount, from, to } = due;
  return [t.due, money(amount), t.dueHint(short(from), short(to)), `/camps?endsFrom=${from}&endsTo=${to}`];
}
