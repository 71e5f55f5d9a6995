import { Col, Row } from 'antd';
import { useMemo, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { count, percent } from '@yajin/ui';
import type { Series } from '../../kit/chart.rules.js';
import { Chart } from '../../kit/chart.js';
import { FigureGrid } from '../../kit/figure-grid.js';
import { counted, useWords, words } from '../../kit/text.js';

const text = words(
  {
    figures: '打卡数据',
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
    figures: 'Figures',
    day: 'Day',
    today: 'Today',
    todayRate: 'Rate today',
    average: 'Average rate',
    eligible: 'Qualified',
    distribution: 'Members by days',
    days: 'Days',
    people: 'Members',
    bucket: (range: string) => counted(range, 'day'),
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
  const of = (part: number, whole: number): string => `${count(part)} / ${count(whole)}`;
  const figures: [string, string, string?][] = [
    [t.day, of(stats.currentDay, stats.totalDays)],
    [t.today, of(stats.todayCheckins, stats.totalMembers)],
    [t.todayRate, percent(stats.todayCheckinRate)],
    [t.average, percent(stats.avgCheckinRate)],
    [t.eligible, of(stats.eligibleCount, stats.totalMembers), percent(stats.eligibleRate)],
  ];
  return (
    <>
      <FigureGrid label={t.figures} figures={figures} />
      <Row gutter={[16, 16]}>
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
