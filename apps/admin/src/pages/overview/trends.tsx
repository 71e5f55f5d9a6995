import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { count, money } from '@yajin/ui';
import { Chart } from '../../kit/chart.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    members: '近 12 个月新增会员',
    revenue: '近 12 个月收到的押金',
    month: '月份',
    memberCount: '新增会员',
    amount: '押金',
  },
  {
    members: 'New members, last 12 months',
    revenue: 'Deposits taken, last 12 months',
    month: 'Month',
    memberCount: 'New members',
    amount: 'Deposits',
  },
);

/** Their place is there before they are. */
export function Trends({ trend }: { trend: Camp.OverviewTrend | undefined }): ReactNode {
  const t = useWords(text);
  const waits = trend === undefined;
  const { members, revenue } = trend ?? { members: [], revenue: [] };
  return (
    <div
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))',
        gap: 16,
      }}
    >
      <Chart
        title={t.members}
        axis={t.month}
        waits={waits}
        labels={members.map(({ date }) => date)}
        series={[
          {
            name: t.memberCount,
            kind: 'bar',
            values: members.map((month) => month.count),
            format: count,
          },
        ]}
        height={220}
      />
      <Chart
        title={t.revenue}
        axis={t.month}
        waits={waits}
        labels={revenue.map(({ date }) => date)}
        series={[{ name: t.amount, kind: 'bar', values: revenue.map(({ amount }) => amount), format: money }]}
        height={220}
      />
    </div>
  );
}
