import { Card, Col, Flex, Row, Statistic } from 'antd';
import { useMemo, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { Chart } from '../../kit/chart.js';
import type { Series } from '../../kit/chart-canvas.js';
import { count, percent } from '../../kit/format.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    day: '训练日',
    today: '今日打卡',
    todayRate: '今日打卡率',
    average: '平均打卡率',
    eligible: '已达标',
    distribution: '打卡天数分布',
    days: '打卡天数',
    people: '人数',
    bucket: (range: string) => `${range} 天`,
    trend: '每日打卡',
    date: '日期',
    checkins: '打卡人数',
    rate: '打卡率',
  },
  {
    day: 'Day',
    today: 'Today',
    todayRate: 'Rate today',
    average: 'Average rate',
    eligible: 'Qualified',
    distribution: 'Members by days',
    days: 'Days',
    people: 'Members',
    bucket: (range: string) => `${range} days`,
    trend: 'Day by day',
    date: 'Date',
    checkins: 'Members',
    rate: 'Rate',
  },
);

export function CampFigures({ stats }: { stats: Camp.CheckinStats }): ReactNode {
  const t = useWords(text);
  const distribution = useMemo(
    () => ({
      labels: stats.distribution.map(({ checkinDays }) => t.bucket(checkinDays)),
      series: [
        { name: t.people, kind: 'bar', values: stats.distribution.map((one) => one.count), format: count },
      ] satisfies Series[],
    }),
    [stats.distribution, t],
  );
  const trend = useMemo(
    () => ({
      labels: stats.dailyStats.map(({ date }) => date.slice(5)),
      series: [
        {
          name: t.checkins,
          kind: 'bar',
          values: stats.dailyStats.map((day) => day.checkinCount),
          format: count,
        },
        {
          name: t.rate,
          kind: 'line',
          values: stats.dailyStats.map(({ rate }) => rate),
          format: percent,
          right: true,
        },
      ] satisfies Series[],
    }),
    [stats.dailyStats, t],
  );
  const figures = [
    [t.day, stats.currentDay, `/ ${stats.totalDays}`],
    [t.today, stats.todayCheckins, `/ ${stats.totalMembers}`],
    [t.todayRate, percent(stats.todayCheckinRate), ''],
    [t.average, percent(stats.avgCheckinRate), ''],
    [t.eligible, stats.eligibleCount, `/ ${stats.totalMembers} · ${percent(stats.eligibleRate)}`],
  ] as const;
  return (
    <>
      <Card styles={{ body: { padding: '12px 16px' } }}>
        <Flex gap="8px 32px" wrap>
          {figures.map(([title, value, suffix]) => (
            <Statistic
              key={title}
              title={title}
              value={value}
              suffix={suffix}
              styles={{ content: { fontSize: 20 } }}
            />
          ))}
        </Flex>
      </Card>
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={10}>
          <Chart title={t.distribution} axis={t.days} {...distribution} />
        </Col>
        <Col xs={24} lg={14}>
          <Chart title={t.trend} axis={t.date} {...trend} />
        </Col>
      </Row>
    </>
  );
}
