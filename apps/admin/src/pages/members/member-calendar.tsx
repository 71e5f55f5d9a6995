import { useQuery } from '@tanstack/react-query';
import { Flex, Progress, Skeleton, Typography } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { dateTime, percent } from '@yajin/ui';
import { client, useApiQuery } from '../../kit/api.js';
import { CheckinCalendar } from '../../kit/checkin-calendar.js';
import { Refusal } from '../../kit/failure.js';
import { useMay } from '../../kit/session.js';
import { counted, useWords, words } from '../../kit/text.js';

const text = words(
  {
    progress: (count: number, required: number) => `${count} / ${required} 天`,
    label: '打卡进度',
    rate: (rate: string) => `打卡率 ${rate}`,
    last: (at: string) => `最近打卡 ${at}`,
    synced: (at: string) => `数据截至 ${at}`,
    unmatched: '匹配到星球用户后才有打卡。',
    dates: '打卡日期：',
    none: '还没有打卡',
  },
  {
    progress: (count: number, required: number) => `${count} of ${counted(required, 'day')}`,
    label: 'Progress',
    rate: (rate: string) => `rate ${rate}`,
    last: (at: string) => `last ${at}`,
    synced: (at: string) => `as of ${at}`,
    unmatched: 'There are no check-ins before the member is matched.',
    dates: 'Checked in on: ',
    none: 'No check-ins yet',
  },
);

const PAGE_SIZE = 100;

/** How far a member has come, day by day. */
export function MemberCalendar({ member }: { member: Camp.MemberDetail }): ReactNode {
  const t = useWords(text);
  const { id: memberId, campId, checkinInfo } = member;
  const matched = member.matchInfo.matchedPlanetUser !== null;
  const days = useQuery({
    queryKey: ['listCheckinRecords', 'dates', memberId],
    queryFn: ({ signal }) => checkinDates(campId, memberId, signal),
    enabled: matched,
  });
  const { count, requiredDays, rate, lastCheckinTime } = checkinInfo;
  return (
    <Flex vertical gap={10}>
      <Flex gap={12} align="center" wrap>
        <Progress
          percent={Math.min(100, (count / Math.max(1, requiredDays)) * 100)}
          format={() => t.progress(count, requiredDays)}
          status="normal"
          size="small"
          style={{ width: 260, margin: 0 }}
          aria-label={t.label}
        />
        <Typography.Text type="secondary">
          {t.rate(percent(rate))}
          {lastCheckinTime && ` · ${t.last(dateTime(lastCheckinTime))}`}
        </Typography.Text>
      </Flex>
      <Refusal error={days.error} />
      {!matched ? (
        <Typography.Text type="secondary">{t.unmatched}</Typography.Text>
      ) : days.data ? (
        <Days campId={campId} dates={days.data} />
      ) : (
        days.isPending && <Skeleton active paragraph={{ rows: 3 }} title={false} />
      )}
    </Flex>
  );
}

/** Who may not see camps has no dates to draw a calendar of: for them, a list of the days. */
function Days({ campId, dates }: { campId: number; dates: string[] }): ReactNode {
  const t = useWords(text);
  const seesCamps = useMay()('camp:read');
  const camp = useApiQuery('getCamp', { path: { id: campId } }, { enabled: seesCamps });
  const stats = useApiQuery('getCheckinStats', { path: { campId } }, { enabled: seesCamps });
  if (camp.data && stats.data) {
    const { startDate, endDate, status } = camp.data;
    return (
      <>
        <CheckinCalendar
          startDate={startDate}
          endDate={endDate}
          checked={dates}
          today={status === 'finished' ? endDate : campDay(startDate, stats.data.currentDay)}
        />
        {stats.data.lastSyncTime && (
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t.synced(dateTime(stats.data.lastSyncTime))}
          </Typography.Text>
        )}
      </>
    );
  }
  if (seesCamps && !camp.error && !stats.error)
    return <Skeleton active paragraph={{ rows: 3 }} title={false} />;
  return (
    <Flex gap="4px 12px" wrap className="number">
      {dates.length === 0
        ? t.none
        : [t.dates, ...dates.toSorted()].map((one) => <span key={one}>{one}</span>)}
    </Flex>
  );
}

/** The date of the camp's nth day; the day before it for 0. */
function campDay(startDate: string, day: number): string {
  return dayjs(startDate)
    .add(day - 1, 'day')
    .format('YYYY-MM-DD');
}

async function checkinDates(campId: number, memberId: number, signal: AbortSignal): Promise<string[]> {
  const dates = new Set<string>();
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const query = { campId, memberId, page, pageSize: PAGE_SIZE };
    const answer = await client.call('listCheckinRecords', { query }, { signal });
    for (const { checkinDate } of answer.list) dates.add(checkinDate);
    pages = answer.totalPages;
  }
  return [...dates];
}
