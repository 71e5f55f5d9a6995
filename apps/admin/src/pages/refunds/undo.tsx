import { App, Button, Card, Flex, Typography } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { count, dateTime, money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { useSaid } from '../../kit/said.js';
import { useWords, words } from '../../kit/text.js';
import { CHANGED } from './decide.js';

const text = words(
  {
    undo: '撤回',
    undone: '已撤回，回到待审核',
    last: '刚才的审核',
    approved: (name: string, amount: string, at: string) => `已通过 ${name} ${amount}，${at} 退款`,
    rejected: (name: string, at: string) => `已拒绝 ${name}，${at} 生效`,
    dismiss: '收起',
    begins: (at: string) => `${at} 开始退款，在此之前可以撤回。`,
    all: (n: string) => `撤回全部 ${n} 条`,
    allUndone: (n: string) => `已撤回 ${n} 条，回到待审核`,
    some: (n: string, why: string) => `${n} 条没有撤回：${why}`,
  },
  {
    undo: 'Undo',
    undone: 'Undone: it waits for a review again',
    last: 'The last decision',
    approved: (name: string, amount: string, at: string) => `Approved: ${name}, ${amount}. Refunded ${at}`,
    rejected: (name: string, at: string) => `Rejected: ${name}. Final ${at}`,
    dismiss: 'Hide',
    begins: (at: string) => `Refunded from ${at} on; until then they can be undone.`,
    all: (n: string) => `Undo all ${n}`,
    allUndone: (n: string) => `Undone: ${n}. They wait for a review again`,
    some: (n: string, why: string) => `Not undone: ${n}. ${why}`,
  },
);

/** A decision that has just been made, and until when it can be undone. */
export interface JustDecided {
  row: Camp.PendingRefund;
  said: Camp.ApprovedRefund | Camp.RejectedRefund;
}

/** The last decision, for as long as it can be undone: `undo` does it from wherever. */
export function useJustDecided() {
  const t = useWords(text);
  const { message } = App.useApp();
  const [last, setLast] = useState<JustDecided | null>(null);
  const act = useApiMutation('undoRefundDecision', { invalidates: CHANGED });
  const left = last && Date.parse(last.said.executeAfter) - Date.parse(last.said.auditTime);
  useEffect(() => {
    if (left === null) return undefined;
    const timer = setTimeout(() => setLast(null), left);
    return () => clearTimeout(timer);
  }, [last, left]);
  return {
    last,
    act,
    keep: (decided: JustDecided | null): void => {
      act.reset();
      setLast(decided?.said.canUndo ? decided : null);
    },
    undo: (): void => {
      if (!last || act.isPending) return;
      const { id } = last.row;
      act.mutate({ path: { id } }, { onSuccess: () => (setLast(null), void message.success(t.undone)) });
    },
  };
}

/** Over the page, so that nothing moves: what was decided last, and the way back. */
export function LastDecision({ decided }: { decided: ReturnType<typeof useJustDecided> }): ReactNode {
  const t = useWords(text);
  const { last, act, undo, keep } = decided;
  if (!last) return null;
  const { row, said } = last;
  const at = dateTime(said.executeAfter);
  return (
    <Card size="small" role="region" aria-label={t.last} className="last-decision">
      <Flex gap={8} align="center" justify="space-between" wrap>
        <Typography.Text role="status">
          {said.auditStatus === 'approved'
            ? t.approved(row.planetNickname, money(row.refundAmount), at)
            : t.rejected(row.planetNickname, at)}
        </Typography.Text>
        <Flex gap={8}>
          <Button size="small" onClick={() => keep(null)} disabled={act.isPending}>
            {t.dismiss}
          </Button>
          <Button size="small" type="primary" aria-keyshortcuts="U" loading={act.isPending} onClick={undo}>
            {t.undo}
          </Button>
        </Flex>
      </Flex>
      <Refusal error={act.error} />
    </Card>
  );
}

/** Of one record, while its decision can be undone. */
export function UndoButton({ id }: { id: number }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const act = useApiMutation('undoRefundDecision', { invalidates: CHANGED });
  return (
    <>
      <Refusal error={act.error} />
      <Button
        loading={act.isPending}
        onClick={() => act.mutate({ path: { id } }, { onSuccess: () => void message.success(t.undone) })}
      >
        {t.undo}
      </Button>
    </>
  );
}

/** Of a batch, those that can be undone. @param done none of them is decided about any more */
export function UndoBatch({
  records,
  done,
}: {
  records: Map<number, Camp.RefundRecord> | undefined;
  done: () => void;
}): ReactNode {
  const t = useWords(text);
  const say = useSaid();
  const { message } = App.useApp();
  const act = useApiMutation('undoRefundDecisions', { invalidates: CHANGED });
  const open = [...(records?.values() ?? [])].filter(({ canUndo }) => canUndo);
  if (open.length === 0) return null;
  const refundIds = open.map(({ id }) => id);
  // The others wait longer: by then some are gone.
  const first = open.map(({ executeAfter }) => executeAfter ?? '').toSorted()[0];
  const told = ({ undone, skipped, skippedDetails: [first] }: Camp.UndoneRefunds): void => {
    if (!first) return (done(), void message.success(t.allUndone(count(undone))));
    const why = say({ message: first.reason, code: first.reasonCode, params: first.reasonParams });
    void message.warning(t.some(count(skipped), why));
  };
  return (
    <>
      <Typography.Text>{t.begins(dateTime(first))}</Typography.Text>
      <Button
        style={{ alignSelf: 'flex-start' }}
        loading={act.isPending}
        onClick={() => act.mutate({ body: { refundIds } }, { onSuccess: told })}
      >
        {t.all(count(refundIds.length))}
      </Button>
      <Refusal error={act.error} />
    </>
  );
}
