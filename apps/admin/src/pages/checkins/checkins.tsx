import { Empty, Flex, Skeleton } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useApiQuery } from '../../kit/api.js';
import { CampSelect } from '../../kit/camp-select.js';
import { Failure } from '../../kit/failure.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { useUrlState } from '../../kit/url.js';
import { CampFigures } from './camp-figures.js';
import { CheckinRecords } from './checkin-records.js';
import { SyncAll, TaskProgress } from './sync-all.js';
import { CampSync } from './sync-camp.js';
import { Uploads } from './uploads.js';

const text = words(
  { title: '打卡', choose: '选择一个训练营查看打卡' },
  { title: 'Check-ins', choose: 'Choose a camp' },
);

const EVERY_MS = 30_000;

/** A camp's check-ins: figures, charts and records, and reading them from the planet again. */
export function Checkins(): ReactNode {
  const t = useWords(text);
  const may = useMay();
  const [address, change] = useUrlState({ camp: '', task: '' });
  const [dismissed, setDismissed] = useState('');
  // A sync of all camps is seen by everybody, whoever began it.
  const tasks = useApiQuery(
    'listSyncTasks',
    {},
    { enabled: may('camp:sync') && address.task === '', refetchInterval: EVERY_MS },
  );
  const under = tasks.data?.list.find(({ status }) => status === 'processing')?.taskId ?? '';
  useEffect(() => {
    if (under && under !== dismissed) change({ task: under }, { replace: true });
  }, [under, dismissed, change]);
  // Whoever comes without a camp in mind sees the one that runs.
  const running = useApiQuery(
    'listCamps',
    { query: { status: 'ongoing', pageSize: 1 } },
    { enabled: address.camp === '' },
  );
  const camp = address.camp || String(running.data?.list[0]?.id ?? '');
  const stats = useApiQuery('getCheckinStats', { path: { campId: Number(camp) } }, { enabled: camp !== '' });
  return (
    <Page
      title={t.title}
      extra={
        <>
          <CampSelect required value={camp} change={(id) => change({ camp: id })} />
          {may('camp:sync') && <SyncAll started={(task) => change({ task })} />}
        </>
      }
    >
      {address.task && may('camp:sync') && (
        <TaskProgress
          key={address.task}
          taskId={address.task}
          dismiss={() => (setDismissed(address.task), change({ task: '' }))}
        />
      )}
      {stats.error && !stats.data ? (
        <Failure error={stats.error} again={() => void stats.refetch()} />
      ) : stats.data ? (
        <Flex vertical gap={16} key={camp}>
          <CampSync stats={stats.data} />
          {may('camp:sync') && <Uploads campId={Number(camp)} />}
          <CampFigures stats={stats.data} />
          {may('member:read') && <CheckinRecords campId={Number(camp)} />}
        </Flex>
      ) : camp === '' && running.isSuccess ? (
        <Empty description={t.choose} />
      ) : running.error ? (
        <Failure error={running.error} again={() => void running.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Page>
  );
}
