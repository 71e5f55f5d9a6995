import { App, Button, Card, Checkbox, Flex, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { count, money } from '@yajin/ui';
import { useExplain } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';
import { BatchDialog } from './batch-dialog.js';
import { BatchProgress } from './batch-progress.js';
import { useBatch, useBatchRun } from './batch-run.js';
import { chosenOf, MOST, totalYuan } from './batch.rules.js';
import { collectPending, type PendingFilter } from './pending-data.js';
import type { useSelection } from './selection.js';

const text = words(
  {
    page: '本页全选',
    all: (n: string) => `选择全部符合条件（${n}）`,
    first: (n: string) => `选择前 ${n} 条`,
    chosen: (n: string, amount: string) => `已选 ${n} 人 · ${amount}`,
    clear: '清空',
    approve: '批量通过',
    full: `一次最多选择 ${MOST.toLocaleString('zh-CN')} 人`,
  },
  {
    page: 'This page',
    all: (n: string) => `Select all that match (${n})`,
    first: (n: string) => `Select the first ${n}`,
    chosen: (n: string, amount: string) => `${n} selected · ${amount}`,
    clear: 'Clear',
    approve: 'Approve them',
    full: `At most ${MOST.toLocaleString('en')} at a time`,
  },
);

interface BatchAreaProps {
  selection: ReturnType<typeof useSelection>;
  /** The page on screen. */
  rows: Camp.PendingRefund[];
  /** How many match the filter. */
  total: number;
  filter: PendingFilter;
}

interface BarProps extends BatchAreaProps {
  approve: () => void;
  busy: boolean;
}

/** Selecting over pages, approving what is selected, and how far the last batch has come. */
export function BatchArea({ confirmed, ...bar }: BatchAreaProps & { confirmed: () => void }): ReactNode {
  const { selection } = bar;
  const [batch, keep] = useBatch();
  const runner = useBatchRun(keep);
  const [confirming, setConfirming] = useState(false);
  return (
    <>
      {batch && <BatchProgress batch={batch} runner={runner} dismiss={() => keep(null)} />}
      <SelectionBar {...bar} approve={() => setConfirming(true)} busy={runner.running} />
      {confirming && (
        <BatchDialog
          chosen={selection.chosen}
          close={() => setConfirming(false)}
          confirm={(chosen) => {
            setConfirming(false);
            selection.clear();
            confirmed();
            void runner.run(chosen);
          }}
        />
      )}
    </>
  );
}

function SelectionBar({ selection, rows, total, filter, approve, busy }: BarProps): ReactNode {
  const t = useWords(text);
  const explain = useExplain();
  const { message } = App.useApp();
  const [collecting, setCollecting] = useState(false);
  const { chosen } = selection;
  const here = rows.filter(({ id }) => selection.has(id)).length;
  const collect = async (): Promise<void> => {
    setCollecting(true);
    try {
      selection.replace(await collectPending(filter));
      if (total > MOST) void message.info(t.full);
    } catch (error) {
      const { cause, remedy } = explain(error);
      void message.error(`${cause} ${remedy}`);
    } finally {
      setCollecting(false);
    }
  };
  if (total === 0 && chosen.length === 0) return null;
  return (
    <Card
      size="small"
      className="follow"
      style={{ marginBottom: 12 }}
      styles={{ body: { padding: '8px 14px' } }}
    >
      <Flex gap={12} align="center" wrap role="toolbar" aria-label={t.approve}>
        <Checkbox
          checked={rows.length > 0 && here === rows.length}
          indeterminate={here > 0 && here < rows.length}
          onChange={(event) => selection.put(rows.map(chosenOf), event.target.checked)}
        >
          {t.page}
        </Checkbox>
        <Button size="small" loading={collecting} onClick={() => void collect()}>
          {total > MOST ? t.first(count(MOST)) : t.all(count(total))}
        </Button>
        <div style={{ flex: 1 }} />
        <Typography.Text className="number" aria-live="polite">
          {t.chosen(count(chosen.length), money(totalYuan(chosen)))}
        </Typography.Text>
        {chosen.length > 0 && (
          <Button size="small" type="text" onClick={selection.clear}>
            {t.clear}
          </Button>
        )}
        <Button type="primary" disabled={chosen.length === 0} loading={busy} onClick={approve}>
          {t.approve}
        </Button>
      </Flex>
    </Card>
  );
}
