import { Alert, Button, Card, Flex, Progress, Skeleton, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Camp } from '@yajin/web';
import { count, money } from '@yajin/ui';
import { Refusal } from '../../kit/failure.js';
import { ScrollArea } from '../../kit/scroll-area.js';
import { useSaid } from '../../kit/said.js';
import { counted, useWords, words } from '../../kit/text.js';
import { useBatchRecords, type useBatchRun } from './batch-run.js';
import { stages, type Batch, type Stage } from './batch.rules.js';
import { UndoBatch } from './undo.js';

const text = words(
  {
    title: '批量退款进度',
    of: (people: string, amount: string) => `共 ${people} 人，通过金额 ${amount}`,
    stages: {
      refunded: '已退款',
      queued: '待退款',
      processing: '处理中',
      failed: '退款失败',
      skipped: '跳过',
      waiting: '待审核',
    },
    reading: '正在读取进度…',
    sending: '正在提交审核…',
    polling: '处理中的退款由系统自动查询结果，本页会自动更新。',
    interrupted: (n: string) => `有 ${n} 人尚未审核，提交可能中断了。`,
    goOn: '继续提交',
    dismiss: '关闭',
    done: '全部处理完毕',
    record: '记录',
  },
  {
    title: 'Batch in progress',
    of: (people: string, amount: string) => `${counted(people, 'person', 'people')}, ${amount} approved`,
    stages: {
      refunded: 'Refunded',
      queued: 'To refund',
      processing: 'Processing',
      failed: 'Failed',
      skipped: 'Left out',
      waiting: 'To review',
    },
    reading: 'Reading how far it has come…',
    sending: 'Approving…',
    polling: 'The system asks the bank for what is processing; this page follows.',
    interrupted: (n: string) => `Not approved yet: ${n}. Sending was interrupted.`,
    goOn: 'Go on',
    dismiss: 'Dismiss',
    done: 'All done',
    record: 'Record',
  },
);

const SHOWN: Stage[] = ['refunded', 'queued', 'processing', 'failed', 'skipped', 'waiting'];
/** Not named while nobody is there. */
const FLEETING: readonly Stage[] = ['queued', 'waiting'];

interface BatchProgressProps {
  batch: Batch;
  runner: ReturnType<typeof useBatchRun>;
  dismiss: () => void;
}

/** How far a batch has come, from the records alone: the same before and after a refresh. Until they are read nothing is said of it. */
export function BatchProgress({ batch, runner, dismiss }: BatchProgressProps): ReactNode {
  const t = useWords(text);
  const records = useBatchRecords(batch);
  return (
    <Card
      size="small"
      role="region"
      aria-label={t.title}
      style={{ marginBottom: 12 }}
      title={t.title}
      extra={
        <Button size="small" type="text" onClick={dismiss} disabled={runner.running}>
          {t.dismiss}
        </Button>
      }
    >
      <Flex vertical gap={10}>
        <Typography.Text type="secondary" className="number">
          {t.of(count(Object.keys(batch.names).length), money(batch.amount))}
        </Typography.Text>
        {!runner.running && <UndoBatch records={records.data} done={dismiss} />}
        {records.data ? (
          <Progressed batch={batch} records={records.data} runner={runner} />
        ) : (
          <>
            <Skeleton.Button active block size="small" />
            <Typography.Text type="secondary" style={{ fontSize: 13 }} role="status">
              {runner.running ? t.sending : records.error ? null : t.reading}
            </Typography.Text>
          </>
        )}
        <Refusal error={runner.error ?? records.error} />
      </Flex>
    </Card>
  );
}

function Progressed({
  batch,
  records,
  runner,
}: Pick<BatchProgressProps, 'batch' | 'runner'> & {
  records: ReadonlyMap<number, Camp.RefundRecord>;
}): ReactNode {
  const t = useWords(text);
  const [open, setOpen] = useState<Stage | null>(null);
  const all = stages(batch, records);
  const of = (stage: Stage): number[] => [...all].filter(([, at]) => at === stage).map(([id]) => id);
  const waiting = of('waiting');
  const moving = of('processing').length + of('queued').length;
  const resume = (): void =>
    void runner.run({ ...batch, sent: batch.ids.filter((id) => !waiting.includes(id)) });
  const ended = all.size - moving - waiting.length;
  return (
    <>
      <Progress
        percent={Math.floor((ended * 100) / Math.max(1, all.size))}
        status={moving + waiting.length > 0 ? 'active' : of('failed').length > 0 ? 'exception' : 'success'}
        aria-label={t.title}
      />
      <Flex gap={8} wrap aria-live="polite">
        {SHOWN.filter((stage) => !FLEETING.includes(stage) || of(stage).length > 0).map((stage) => (
          <Button
            key={stage}
            size="small"
            aria-expanded={open === stage}
            disabled={of(stage).length === 0}
            onClick={() => setOpen(open === stage ? null : stage)}
          >
            {t.stages[stage]}
            <strong className="number">{count(of(stage).length)}</strong>
          </Button>
        ))}
      </Flex>
      {open && <People label={t.stages[open]} batch={batch} ids={of(open)} />}
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {runner.running ? t.sending : moving > 0 ? t.polling : waiting.length === 0 ? t.done : null}
      </Typography.Text>
      {!runner.running && waiting.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t.interrupted(count(waiting.length))}
          action={
            <Button size="small" onClick={resume}>
              {t.goOn}
            </Button>
          }
        />
      )}
    </>
  );
}

function People({ label, batch, ids }: { label: string; batch: Batch; ids: number[] }): ReactNode {
  const t = useWords(text);
  const say = useSaid();
  const reasons = new Map(
    batch.skipped.map(({ id, reason, reasonCode, reasonParams }) => [
      id,
      say({ message: reason, code: reasonCode, params: reasonParams }),
    ]),
  );
  return (
    <ScrollArea label={label} height={200}>
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {ids.map((id) => (
          <li key={id} style={{ display: 'flex', gap: 12, padding: '2px 0', fontSize: 13 }}>
            <span style={{ minWidth: 120 }}>{batch.names[id]}</span>
            <span style={{ flex: 1 }}>{reasons.get(id)}</span>
            <Link to={`/refunds/records?open=${id}`}>{t.record}</Link>
          </li>
        ))}
      </ul>
    </ScrollArea>
  );
}
