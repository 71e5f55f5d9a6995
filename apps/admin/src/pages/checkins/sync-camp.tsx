import { SyncOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Flex, Typography } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { parseLocalTime } from '@yajin/core';
import { ApiError, type Camp } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { count, time } from '../../kit/format.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { RenewCookie } from './sync-failure.js';

const text = words(
  {
    last: '上次成功同步',
    never: '尚未成功同步过',
    stale: '已超过一天没有成功同步，打卡数据可能不完整。',
    sync: '立即同步本营',
    running: (seconds: number) =>
      `正在从知识星球读取打卡，已用 ${seconds} 秒。数据多时可能需要几分钟，可以离开此页。`,
    behind: '同步仍在后台进行，完成后这里会自动更新。',
    done: (checkins: string, members: string, seconds: string) =>
      `同步完成：新增打卡 ${checkins} 条，更新会员 ${members} 人，用时 ${seconds} 秒。`,
  },
  {
    last: 'Last synced',
    never: 'Never synced yet',
    stale: 'Not synced for more than a day: check-ins may be missing.',
    sync: 'Sync this camp',
    running: (seconds: number) =>
      `Reading check-ins from the planet for ${seconds} s. It may take minutes; you can leave this page.`,
    behind: 'The sync goes on behind the scenes; this follows.',
    done: (checkins: string, members: string, seconds: string) =>
      `Done: ${checkins} new check-ins, ${members} members updated, ${seconds} s.`,
  },
);

const POLL_MS = 5_000;
const DAY_MS = 24 * 3_600_000;
const BUSY = 1201;
const COOKIE = 1202;

/** When a camp was last read, what went wrong since, and reading it now. */
export function CampSync({ stats }: { stats: Camp.CheckinStats }): ReactNode {
  const t = useWords(text);
  const may = useMay()('camp:sync');
  const sync = useAct('syncCamp', {
    refresh: ['getCheckinStats', 'listCheckinRecords', 'listMembers', 'getMember'],
  });
  const [askedAt, setAskedAt] = useState<string | null>(null);
  const camp = useLook('getCamp', { path: { id: stats.campId } });
  const error = sync.error instanceof ApiError ? sync.error : null;
  // 1201: it runs behind the answer, until the last success is another than when we asked.
  const behind = error?.code === BUSY && stats.lastSyncTime === askedAt;
  useLook('getCheckinStats', { path: { campId: stats.campId } }, { every: behind && POLL_MS });
  const stale =
    camp.data?.status === 'ongoing' &&
    stats.lastSyncTime !== null &&
    Date.now() - parseLocalTime(stats.lastSyncTime).getTime() > DAY_MS;
  const start = (): void => {
    setAskedAt(stats.lastSyncTime);
    sync.mutate({ path: { campId: stats.campId } });
  };
  return (
    <Card styles={{ body: { padding: '10px 16px' } }}>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Typography.Text>
          {stats.lastSyncTime ? (
            <>
              {t.last} <span className="number">{time(stats.lastSyncTime)}</span>
            </>
          ) : (
            t.never
          )}
        </Typography.Text>
        {may && camp.data?.status !== 'draft' && (
          <Button icon={<SyncOutlined />} loading={sync.isPending || behind} onClick={start}>
            {t.sync}
          </Button>
        )}
      </Flex>
      <div aria-live="polite">
        <Outcome
          sync={sync.data}
          running={sync.isPending}
          behind={behind}
          error={error?.code === BUSY ? null : sync.error}
        />
        {stale && !sync.isPending && (
          <Alert type="warning" showIcon title={t.stale} style={{ marginTop: 10 }} />
        )}
      </div>
    </Card>
  );
}

function Outcome({
  sync,
  running,
  behind,
  error,
}: {
  sync: Camp.SyncResult | undefined;
  running: boolean;
  behind: boolean;
  error: unknown;
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
  if (error) {
    return (
      <div style={style}>
        <Refusal error={error} />
        {error instanceof ApiError && error.code === COOKIE && (
          <div style={{ marginTop: 8 }}>
            <RenewCookie />
          </div>
        )}
      </div>
    );
  }
  if (!sync) return null;
  const { newCheckins, updatedMembers, duration } = sync;
  const took = (duration / 1000).toFixed(1);
  return (
    <Alert
      type="success"
      showIcon
      title={t.done(count(newCheckins), count(updatedMembers), took)}
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
