import { Button, Flex, Progress, Tag, theme, Typography } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { save } from '../../kit/download.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { cancelExport, repeatExport, useExports, type ExportRun } from './running.js';

const text = words(
  {
    title: '本次登录的导出',
    none: '还没有导出。文件生成后会自动保存到浏览器的下载目录，也会列在这里。',
    waiting: '正在生成…',
    received: (size: string) => `已接收 ${size}`,
    state: { running: '进行中', done: '已完成', cancelled: '已取消', failed: '失败', broken: '中断' },
    broken: '下载中断，收到的部分已丢弃；请检查网络后重试。',
    cancel: '取消',
    again: '重试',
    save: '再次保存',
  },
  {
    title: 'Exports of this session',
    none: 'None yet. A file is saved to your downloads when it is ready, and listed here.',
    waiting: 'Being made …',
    received: (size: string) => `${size} so far`,
    state: {
      running: 'Running',
      done: 'Done',
      cancelled: 'Cancelled',
      failed: 'Failed',
      broken: 'Broken off',
    },
    broken: 'The download broke off; the part that came was thrown away. Check the network and try again.',
    cancel: 'Cancel',
    again: 'Try again',
    save: 'Save again',
  },
);

const COLORS = {
  running: 'blue',
  done: 'green',
  cancelled: 'default',
  failed: 'red',
  broken: 'red',
} as const;

export function ExportList(): ReactNode {
  const t = useWords(text);
  const runs = useExports();
  return (
    <section aria-label={t.title} aria-live="polite">
      <Typography.Title level={3} style={{ fontSize: 14, margin: '4px 0' }}>
        {t.title}
      </Typography.Title>
      {runs.length === 0 && <Typography.Text type="secondary">{t.none}</Typography.Text>}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {runs.map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}

function Run({ run }: { run: ExportRun }): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const { state, file, bytes } = run;
  const size = bytes > 0 ? t.received(sizeOf(bytes)) : t.waiting;
  return (
    <li style={{ padding: '8px 0', borderTop: `1px solid ${token.colorBorderSecondary}` }}>
      <Flex gap={12} align="center" wrap>
        <Tag color={COLORS[state]}>{t.state[state]}</Tag>
        <span style={{ flex: '1 1 200px', minWidth: 0, overflowWrap: 'anywhere' }}>
          {run.title} · {run.wanted.query.format}
          <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }} className="number">
            {dayjs(run.at).format('HH:mm:ss')}
            {file && ` · ${file.fileName} · ${sizeOf(file.blob.size)}`}
            {state === 'running' && ` · ${size}`}
          </Typography.Text>
        </span>
        {state === 'running' ? (
          <Button size="small" onClick={() => cancelExport(run.id)}>
            {t.cancel}
          </Button>
        ) : file ? (
          <Button size="small" onClick={() => save(file)}>
            {t.save}
          </Button>
        ) : (
          <Button size="small" onClick={() => repeatExport(run)}>
            {t.again}
          </Button>
        )}
      </Flex>
      {state === 'running' && (
        // How much will come is not known before it has come.
        <Progress percent={100} status="active" showInfo={false} size="small" aria-label={size} />
      )}
      {state === 'failed' && <Refusal error={run.error} />}
      {state === 'broken' && (
        <Typography.Text type="danger" role="alert">
          {t.broken}
        </Typography.Text>
      )}
    </li>
  );
}

const KIB = 1024;

function sizeOf(bytes: number): string {
  if (bytes < KIB) return `${bytes} B`;
  if (bytes < KIB * KIB) return `${(bytes / KIB).toFixed(1)} KB`;
  return `${(bytes / KIB / KIB).toFixed(1)} MB`;
}
