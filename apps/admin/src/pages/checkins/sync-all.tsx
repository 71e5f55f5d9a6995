import { SyncOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { App, Button, Card, Flex, Progress, Skeleton, Tag, theme, Typography } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { events, type Camp } from '@yajin/web';
import { count, dateTime } from '@yajin/ui';
import { client, useApiMutation } from '../../kit/api.js';
import { Failure, useExplain } from '../../kit/failure.js';
import { ScrollArea } from '../../kit/scroll-area.js';
import { counted, useWords, words } from '../../kit/text.js';
import { SyncFailure } from './sync-failure.js';

const text = words(
  {
    start: '同步全部进行中的训练营',
    title: '批量同步进度',
    of: (done: number, all: number) => `${done} / ${all} 个训练营`,
    started: '开始于',
    ended: '结束于',
    none: '没有进行中的训练营',
    dismiss: '关闭',
    statuses: { waiting: '等待中', processing: '同步中', completed: '完成', failed: '失败' },
    result: (checkins: string, members: string) => `新增打卡 ${checkins} 条，更新会员 ${members} 人`,
  },
  {
    start: 'Sync all running camps',
    title: 'Syncing all camps',
    of: (done: number, all: number) => `${done} of ${counted(all, 'camp')}`,
    started: 'Began',
    ended: 'Ended',
    none: 'No camp is running',
    dismiss: 'Dismiss',
    statuses: { waiting: 'Waiting', processing: 'Syncing', completed: 'Done', failed: 'Failed' },
    result: (checkins: string, members: string) =>
      `${counted(checkins, 'new check-in')}, ${counted(members, 'member')} updated`,
  },
);

const POLL_MS = 2_000;
const COLORS = { waiting: 'default', processing: 'blue', completed: 'green', failed: 'red' } as const;

/** Starts a sync of all running camps; who follows it is told the task. */
export function SyncAll({ started }: { started: (task: string) => void }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const explain = useExplain();
  const sync = useApiMutation('syncAllCamps');
  const start = (): void =>
    sync.mutate(
      {},
      {
        onSuccess: ({ taskId }) => started(taskId),
        onError: (error) => {
          const { cause, remedy, trace } = explain(error);
          void message.error([cause, remedy, trace].filter(Boolean).join(' '));
        },
      },
    );
  return (
    <Button icon={<SyncOutlined />} loading={sync.isPending} onClick={start}>
      {t.start}
    </Button>
  );
}

/** Follows a task by its stream of events; where streams do not come through, by asking again and again. */
function useTask(taskId: string): UseQueryResult<Camp.SyncTask> {
  const cache = useQueryClient();
  const [streaming, setStreaming] = useState(true);
  useEffect(() => {
    const closing = new AbortController();
    const follow = async (): Promise<void> => {
      try {
        const response = await client.fetch(
          'streamSyncTask',
          { path: { taskId } },
          { signal: closing.signal },
        );
        for await (const task of events<Camp.SyncTask>(response)) {
          cache.setQueryData(['getSyncTask', taskId], task);
        }
      } catch {
        // The stream broke or never came: asking goes on, and says what is wrong.
      }
      if (!closing.signal.aborted) setStreaming(false);
    };
    void follow();
    return () => closing.abort();
  }, [taskId, cache]);
  return useQuery({
    queryKey: ['getSyncTask', taskId],
    queryFn: ({ signal }) => client.call('getSyncTask', { path: { taskId } }, { signal }),
    refetchInterval: ({ state }) => !streaming && state.data?.endTime === null && POLL_MS,
  });
}

export function TaskProgress({ taskId, dismiss }: { taskId: string; dismiss: () => void }): ReactNode {
  const t = useWords(text);
  const cache = useQueryClient();
  const task = useTask(taskId);
  const finished = task.data?.finishedCount ?? 0;
  useEffect(() => {
    if (finished === 0) return;
    for (const name of ['getCheckinStats', 'listCheckinRecords', 'listMembers']) {
      void cache.invalidateQueries({ queryKey: [name] });
    }
  }, [finished, cache]);
  return (
    <Card
      size="small"
      role="region"
      aria-label={t.title}
      title={t.title}
      style={{ marginBottom: 16 }}
      extra={
        <Button size="small" type="text" onClick={dismiss}>
          {t.dismiss}
        </Button>
      }
    >
      {task.error && !task.data ? (
        <Failure error={task.error} again={() => void task.refetch()} />
      ) : task.data ? (
        <Camps task={task.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 2 }} title={false} />
      )}
    </Card>
  );
}

function Camps({ task }: { task: Camp.SyncTask }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const { campCount, finishedCount, camps, status } = task;
  const failed = camps.some((camp) => camp.status === 'failed');
  return (
    <>
      <Flex justify="space-between" gap={12} wrap className="number" aria-live="polite">
        <span>{campCount === 0 ? t.none : t.of(finishedCount, campCount)}</span>
        <Typography.Text type="secondary">
          {t.started} {dateTime(task.startTime, true)}
          {task.endTime && ` · ${t.ended} ${dateTime(task.endTime, true)}`}
        </Typography.Text>
      </Flex>
      <Progress
        percent={campCount === 0 ? 100 : Math.floor((finishedCount * 100) / campCount)}
        status={status === 'processing' ? 'active' : failed ? 'exception' : 'success'}
        aria-label={t.title}
      />
      <ScrollArea label={t.title} height={260} style={{ marginTop: 6 }}>
        <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {camps.map((camp) => (
            <li
              key={camp.campId}
              style={{
                display: 'flex',
                flexWrap: 'wrap',
                gap: '2px 12px',
                padding: '6px 0',
                borderTop: `1px solid ${token.colorBorderSecondary}`,
              }}
            >
              <span style={{ flex: '1 1 200px' }}>{camp.campName}</span>
              <Typography.Text type="secondary" className="number">
                {camp.status === 'completed' && t.result(count(camp.newCheckins), count(camp.updatedMembers))}
                {camp.failCode !== null && <SyncFailure {...camp} failCode={camp.failCode} />}
              </Typography.Text>
              <Tag color={COLORS[camp.status]}>{t.statuses[camp.status]}</Tag>
            </li>
          ))}
        </ul>
      </ScrollArea>
    </>
  );
}
