import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { count } from '@yajin/ui';
import { useDueFigure, useMoneyFigures } from '../../kit/camp-money.js';
import { FigureGrid } from '../../kit/figure-grid.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    label: '汇总',
    camps: '训练营',
    campsHint: (active: string) => `其中报名中与进行中 ${active} 个`,
    members: '会员',
    membersHint: '已支付押金的报名，含已退款',
  },
  {
    label: 'Summary',
    camps: 'Camps',
    campsHint: (active: string) => `${active} of them enrolling or running`,
    members: 'Members',
    membersHint: 'Enrolments with a paid deposit, refunded or not',
  },
);

/** The figures over everything. What is not known yet keeps its place. */
export function Figures({ of }: { of: Camp.StatsOverview | undefined }): ReactNode {
  const t = useWords(text);
  const amounts = useMoneyFigures(of?.money);
  const due = useDueFigure(of?.dueThisWeek);
  const summary = of?.summary;
  return (
    <FigureGrid
      label={t.label}
      // Four to a line.
      least={270}
      figures={[
        [
          t.camps,
          summary && count(summary.totalCamps),
          t.campsHint(summary ? count(summary.activeCamps) : '—'),
          '/camps',
        ],
        [t.members, summary && count(summary.totalMembers), t.membersHint],
        ...amounts,
        due,
      ]}
    />
  );
}
