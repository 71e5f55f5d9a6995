import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { count, money } from '@yajin/ui';
import { FigureGrid } from '../../kit/figure-grid.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    label: '汇总',
    camps: '训练营',
    campsHint: (active: string) => `其中报名中与进行中 ${active} 个`,
    members: '会员',
    membersHint: '已支付押金的报名，含已退款',
    paid: '已收押金',
    paidHint: '形成会员的支付总额',
    refunded: '已退押金',
    refundedHint: '其中已到账的退款',
    net: '净收入',
    netHint: '已收 − 已退；含尚未到期应退的押金',
  },
  {
    label: 'Summary',
    camps: 'Camps',
    campsHint: (active: string) => `${active} of them enrolling or running`,
    members: 'Members',
    membersHint: 'Enrolments with a paid deposit, refunded or not',
    paid: 'Deposits taken',
    paidHint: 'Payments that made somebody a member',
    refunded: 'Refunded',
    refundedHint: 'Of those, what has arrived back',
    net: 'Net income',
    netHint: 'Taken − refunded; part of it may yet be refunded',
  },
);

/** The figures over everything. What is not known yet keeps its place. */
export function Figures({ summary }: { summary: Camp.OverviewSummary | undefined }): ReactNode {
  const t = useWords(text);
  const figures: [name: string, value: string | undefined, hint: string][] = [
    [t.camps, summary && count(summary.totalCamps), t.campsHint(summary ? count(summary.activeCamps) : '—')],
    [t.members, summary && count(summary.totalMembers), t.membersHint],
    [t.paid, summary && money(summary.totalPaid), t.paidHint],
    [t.refunded, summary && money(summary.totalRefunded), t.refundedHint],
    [t.net, summary && money(summary.netIncome), t.netHint],
  ];
  return <FigureGrid label={t.label} figures={figures} />;
}
