import { SyncOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Typography } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { parseLocalTime } from '@yajin/core';
import { ApiError, type Camp } from '@yajin/web';
import { count, dateTime, pollWhile } from '@yajin/ui';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useMay } from '../../kit/session.js';
import { counted, useWords, words } from '../../kit/text.js';
import { SyncFailure } from './sync-failure.js';
import { ImportButton } from './uploads.js';

const text = words(
  {
    last: '上次成功同步',
    never: '尚未成功同步过',
    stale: '已超过一天没有成功同步，打卡数据可能不完整。',
    sync: '立即同步本营',
    running: (seconds: number) =>
      `正在从知识星球读取打卡，已用 ${seconds} 秒。数据多时可能需要几分钟，可以离开此页。`,
    behind: '同步正在后台进行，完成后这里会自动更新。',
    failed: (at: string) => `上次同步失败（${at}）`,
    done: (checkins: string, members: string, seconds: string) =>
      `同步完成：新增打卡 ${checkins} 条，更新会员 ${members} 人，用时 ${seconds} 秒。`,
    skipped: (rows: string) => `另有 ${rows} 行不是会员打卡，已跳过（已删除、匿名、提问等）。`,
  },
  {
    last: 'Last synced',
    never: 'Never synced yet',
    stale: 'Not synced for more than a day: check-ins may be missing.',
    sync: 'Sync this camp',
    running: (seconds: number) =>
      `Reading check-ins from the planet for ${seconds} s. It may take minutes; you can leave this page.`,
    behind: 'The sync goes on behind the scenes; this follows.',
    failed: (at: string) => `The last sync failed (${at})`,
    done: (checkins: string, members: string, seconds: string) =>
      `Done: ${counted(checkins, 'new check-in')}, ${counted(members, 'member')} updated, ${seconds} s.`,
    skipped: (rows: string) =>
      `Nobody’s check-in: ${counted(rows, 'row')} (deleted, anonymous, questions, …).`,
  },
);

const POLL_MS = 3_000;
const DAY_MS = 24 * 3_600_000;
const BUSY = 1201;

/** When a camp was last read, what went wrong since, and reading it now. */
export function CampSync({ stats }: { stats: Camp.CheckinStats }): ReactNode {
  const t = useWords(text);
  const may = useMay()('camp:sync');
  const sync = useApiMutation('syncCamp', {
    invalidates: ['getSyncState', 'getCheckinStats', 'listCheckinRecords', 'listMembers', 'getMember'],
  });
  const camp = useApiQuery('getCamp', { path: { id: stats.campId } });
  const { state, behind } = useSyncState(stats.campId, sync.isPending);
  const error = sync.error instanceof ApiError && sync.error.code === BUSY ? null : sync.error;
  const last = state?.lastSyncTime ?? stats.lastSyncTime;
  const stale =
    camp.data?.status === 'ongoing' &&
    last !== null &&
    camp.dataUpdatedAt - parseLocalTime(last).getTime() > DAY_MS;
  return (
    <Card styles={{ body: { padding: '10px 16px' } }}>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Typography.Text>
          {last ? (
            <>
              {t.last} <span className="number">{dateTime(last)}</span>
            </>
          ) : (
            t.never
          )}
        </Typography.Text>
        {may && camp.data?.status !== 'draft' && (
          <Flex gap={8} wrap>
            <ImportButton campId={stats.campId} />
            <Button
              icon={<SyncOutlined />}
              loading={sync.isPending || behind}
              onClick={() => sync.mutate({ path: { campId: stats.campId } })}
            >
              {t.sync}
            </Button>
          </Flex>
        )}
      </Flex>
      <div aria-live="polite">
        <Outcome sync={sync.data} running={sync.isPending} behind={behind} error={error} state={state} />
        {stale && !sync.isPending && (
          <Alert type="warning" showIcon title={t.stale} style={{ marginTop: 10 }} />
        )}
      </div>
    </Card>
  );
}

/** How a camp's sync stands, whoever began it; what it read is shown as soon as it ends. */
function useSyncState(campId: number, ours: boolean): { state: Camp.SyncState | undefined; behind: boolean } {
  const cache = useQueryClient();
  const { data: state } = useApiQuery(
    'getSyncState',
    { path: { campId } },
    { refetchInterval: pollWhile(({ running }) => running, POLL_MS) },
  );
  const running = state?.running ?? false;
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !running) {
      for (const name of ['getCheckinStats', 'listCheckinRecords', 'listMembers', 'getMember']) {
        void cache.invalidateQueries({ queryKey: [name] });
      }
    }
    was.current = running;
  }, [running, cache]);
  return { state, behind: running && !ours };
}

function Outcome({
  sync,
  running,
  behind,
  error,
  state,
}: {
  sync: Camp.SyncResult | undefined;
  running: boolean;
  behind: boolean;
  error: unknown;
  state: Camp.SyncState | undefined;
}): ReactNode {
  const t = useWords(text);
  const seconds = useSeconds(running);
  const style = { marginTop: 10 };
  if (running)
    return (
      <Alert type="info" showIcon icon={<SyncOutlined spin />} title={t.running(seconds)} style={style} />
    );
  if (behind)
    return <Alert type="info" showIcon icon={<SyncOutlined spin />} title={t.behind} style={style} />;
  if (state && state.failCode !== null) {
    const title = t.failed(dateTime(state.lastTryTime ?? ''));
    return (
      <Alert
        type="error"
        showIcon
        title={title}
        description={<SyncFailure {...state} failCode={state.failCode} />}
        style={style}
      />
    );
  }
  if (error) {
    return (
      <div style={style}>
        <Refusal error={error} />
      </div>
    );
  }
  if (!sync) return null;
  const { newCheckins, updatedMembers, skippedRows = 0, duration } = sync;
  const took = (duration / 1000).toFixed(1);
  return (
    <Alert
      type="success"
      showIcon
      title={t.done(count(newCheckins), count(updatedMembers), took)}
      description={skippedRows > 0 ? t.skipped(count(skippedRows)) : undefined}
      style={style}
    />
  );
}

/** For how long something has been running. */
function useSeconds(running: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!running) return;
    const since = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - since) / 1000)), 1000);
    return () => {
      clearInterval(timer);
      setSeconds(0);
    };
  }, [running]);
  return seconds;
}
