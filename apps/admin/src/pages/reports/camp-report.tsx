import { Flex, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { count, dateTime, percent } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { useMoneyFigures } from '../../kit/camp-money.js';
import { Chart } from '../../kit/chart.js';
import { Failure } from '../../kit/failure.js';
import { FigureGrid } from '../../kit/figure-grid.js';
import { CampStatusTag } from '../../kit/states.js';
import { counted, useWords, words } from '../../kit/text.js';

const text = words(
  {
    period: (from: string, to: string, days: number) => `${from} 至 ${to}，共 ${days} 天`,
    as: (at: string) => `截至 ${at}`,
    open: '训练营详情',
    enrolment: '报名与打卡',
    members: '会员',
    matched: '已匹配',
    joined: '已进群',
    rate: '平均打卡率',
    eligible: '达到退款条件',
    ofMembers: (share: string) => `占会员 ${share}`,
    membersHint: '已支付押金',
    rateHint: '已打卡天数 ÷ 应打卡天数',
    money: '资金与退款',
    refunds: '已审核退款',
    refundsHint: (ok: string, failed: string, share: string) => `成功 ${ok}，失败 ${failed}，成功率 ${share}`,
    distribution: '打卡天数分布',
    range: '打卡天数',
    people: '会员数',
    days: (range: string) => range,
    daily: '每日打卡',
    date: '日期',
    checkins: '打卡人数',
    checkinRate: '打卡率',
  },
  {
    period: (from: string, to: string, days: number) => `${from} to ${to}, ${counted(days, 'day')}`,
    as: (at: string) => `as of ${at}`,
    open: 'The camp',
    enrolment: 'Enrolment and check-ins',
    members: 'Members',
    matched: 'Matched',
    joined: 'In the group',
    rate: 'Average check-in rate',
    eligible: 'Earned the refund',
    ofMembers: (share: string) => `${share} of the members`,
    membersHint: 'Paid the deposit',
    rateHint: 'Days checked in ÷ days so far',
    money: 'Money and refunds',
    refunds: 'Approved refunds',
    refundsHint: (ok: string, failed: string, share: string) =>
      `${ok} arrived, ${failed} failed, ${share} successful`,
    distribution: 'Days checked in',
    range: 'Days',
    people: 'Members',
    days: (range: string) => counted(range.replace('天', ''), 'day'),
    daily: 'Check-ins by day',
    date: 'Date',
    checkins: 'Members who checked in',
    checkinRate: 'Rate',
  },
);

export function CampReport({ campId }: { campId: number }): ReactNode {
  const { data, error, refetch } = useApiQuery('getCampStats', { path: { id: campId } });
  if (error && !data) return <Failure error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 12 }} />;
  return (
    <>
      <Heading stats={data} />
      <Numbers stats={data} />
      <Charts stats={data} />
    </>
  );
}

function Heading({ stats }: { stats: Camp.CampStats }): ReactNode {
  const t = useWords(text);
  const { startDate, endDate, totalDays } = stats.period;
  return (
    <Flex align="center" gap={8} wrap>
      <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
        {stats.campName}
      </Typography.Title>
      <CampStatusTag status={stats.status} />
      <Typography.Text type="secondary" className="number">
        {t.period(startDate, endDate, totalDays)} · {t.as(dateTime(stats.generatedAt))}
      </Typography.Text>
      <Link to={`/camps/${stats.campId}`}>{t.open}</Link>
    </Flex>
  );
}

function Numbers({ stats }: { stats: Camp.CampStats }): ReactNode {
  const t = useWords(text);
  const { enrollment, checkin, refund } = stats;
  const amounts = useMoneyFigures(stats.money, stats.campId);
  const share = (value: number): string => t.ofMembers(percent(value));
  return (
    <>
      <FigureGrid
        label={t.enrolment}
        figures={[
          [t.members, count(enrollment.totalMembers), t.membersHint],
          [t.matched, count(enrollment.matchedMembers), share(enrollment.matchRate)],
          [t.joined, count(enrollment.joinedGroupMembers), share(enrollment.joinRate)],
          [t.rate, percent(checkin.avgCheckinRate), t.rateHint],
          [t.eligible, count(checkin.eligibleMembers), share(checkin.eligibleRate)],
        ]}
      />
      <FigureGrid
        label={t.money}
        figures={[
          ...amounts,
          [
            t.refunds,
            count(refund.totalRefunds),
            t.refundsHint(
              count(refund.successRefunds),
              count(refund.failedRefunds),
              percent(refund.successRate),
            ),
          ],
        ]}
      />
    </>
  );
}

function Charts({ stats }: { stats: Camp.CampStats }): ReactNode {
  const t = useWords(text);
  const { distribution } = stats.checkin;
  const { dailyTrend } = stats;
  return (
    <div
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))',
        gap: 16,
      }}
    >
      <Chart
        title={t.daily}
        axis={t.date}
        labels={dailyTrend.map(({ date }) => date.slice('yyyy-'.length))}
        series={[
          {
            name: t.checkins,
            kind: 'bar',
            values: dailyTrend.map(({ checkinCount }) => checkinCount),
            format: count,
          },
          {
            name: t.checkinRate,
            kind: 'line',
            right: true,
            values: dailyTrend.map(({ checkinRate }) => checkinRate),
            format: percent,
          },
        ]}
      />
      <Chart
        title={t.distribution}
        axis={t.range}
        labels={distribution.map(({ range, percentage }) => `${t.days(range)}\n${percent(percentage)}`)}
        series={[
          { name: t.people, kind: 'bar', values: distribution.map((part) => part.count), format: count },
        ]}
      />
    </div>
  );
}
