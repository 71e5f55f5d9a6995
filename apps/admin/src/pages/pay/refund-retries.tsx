import { Alert, Button, Checkbox, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import { fenFromYuan, sumFen, yuanFromFen } from '@yajin/core';
import type { Console } from '@yajin/web';
import { money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { useAsk } from '../../kit/ask.js';
import { useSaid } from '../../kit/said.js';
import { useMay } from '../../kit/session.js';
import { counted, joined, useWords, words } from '../../kit/text.js';
import { REFUNDS_SHOWN } from './cases/case-dialogs.js';

const text = words(
  {
    choose: (number: string) => `选择 ${number}`,
    all: (n: number) => `选择本页可重试的 ${n} 笔`,
    none: '取消选择',
    retry: (n: number) => `重试选中的 ${n} 笔`,
    ask: (n: number, amount: string) => `重试 ${n} 笔退款，共 ${amount}？`,
    hint: '逐笔重新提交给支付渠道，每笔至多退一次；超过限额的仍须第二人确认。',
    ok: '重试',
    done: '已提交，结果见列表上方',
    taken: (n: number) => `${n} 笔已重新提交`,
    held: (n: number) => `${n} 笔已提交，等待第二人确认或解除止付`,
    under_way: (n: number) => `${n} 笔已在处理中，没有再次提交`,
    refused: (n: number) => `${n} 笔不能重试`,
  },
  {
    choose: (number: string) => `Choose ${number}`,
    all: (n: number) => `Choose the ${n} of this page`,
    none: 'Choose none',
    retry: (n: number) => `Retry ${counted(n, 'refund')}`,
    ask: (n: number, amount: string) => `Retry ${counted(n, 'refund')}, ${amount} in all?`,
    hint: 'Each is sent to its gateway again, and paid once at most; above a limit a second person still has to confirm it.',
    ok: 'Retry',
    done: 'Sent: what became of each stands above the list',
    taken: (n: number) => `${n} sent again`,
    held: (n: number) => `${n} taken, waiting for a second person or for the end of a stop`,
    under_way: (n: number) => `${n} under way already, not sent again`,
    refused: (n: number) => `${n} cannot be retried`,
  },
);

const OUTCOMES = ['taken', 'held', 'under_way', 'refused'] as const;

export function numberOf({ outRefundNos, id }: Pick<Console.PayRefund, 'outRefundNos' | 'id'>): string {
  return outRefundNos.at(-1) ?? `#${id}`;
}

/**
 * Retries many refunds of a page, which is what one request takes at most.
 * @returns a box for each that can be, and what stands above the list
 */
export function useRetries(shown: Console.PayRefund[]): {
  box: (refund: Console.PayRefund) => ReactNode;
  bar: ReactNode;
} {
  const t = useWords(text);
  const may = useMay()('refund:audit');
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const { ask, refusal } = useAsk();
  const retry = useApiMutation('retryPayRefunds', { invalidates: REFUNDS_SHOWN });
  const able = shown.filter(({ retriable }) => may && retriable);
  const chosen = able.filter(({ id }) => ids.has(id));
  const toggle = (id: number): void =>
    setIds(new Set(ids.has(id) ? [...ids].filter((each) => each !== id) : [...ids, id]));
  const send = (): void => {
    const amount = sumFen(chosen.map((each) => fenFromYuan(each.amount)));
    ask({
      title: t.ask(chosen.length, money(yuanFromFen(amount))),
      content: t.hint,
      ok: t.ok,
      act: () =>
        retry.mutateAsync({ body: { ids: chosen.map(({ id }) => id) } }).then(() => setIds(new Set())),
      done: t.done,
    });
  };
  const bar = (
    <>
      {refusal}
      {retry.data && <Outcome key={retry.submittedAt} list={retry.data.list} shown={shown} />}
      {able.length > 0 && (
        <Flex gap={8} wrap style={{ marginBottom: 12 }}>
          <Button onClick={() => setIds(new Set(chosen.length > 0 ? [] : able.map(({ id }) => id)))}>
            {chosen.length > 0 ? t.none : t.all(able.length)}
          </Button>
          <Button type="primary" disabled={chosen.length === 0} loading={retry.isPending} onClick={send}>
            {t.retry(chosen.length)}
          </Button>
        </Flex>
      )}
    </>
  );
  const box = (refund: Console.PayRefund): ReactNode =>
    able.includes(refund) && (
      <Checkbox
        aria-label={t.choose(numberOf(refund))}
        checked={ids.has(refund.id)}
        onChange={() => toggle(refund.id)}
        onClick={(event) => event.stopPropagation()}
        style={{ marginInlineEnd: 8 }}
      />
    );
  return { box, bar };
}

function Outcome({ list, shown }: { list: Console.PayRefundRetry[]; shown: Console.PayRefund[] }): ReactNode {
  const t = useWords(text);
  const said = useSaid();
  const counts = OUTCOMES.flatMap((outcome) => {
    const n = list.filter((each) => each.outcome === outcome).length;
    return n === 0 ? [] : [t[outcome](n)];
  });
  const refused = list.flatMap(({ id, code, message }) =>
    message === null ? [] : [{ id, says: said({ message, code }) }],
  );
  const named = (id: number): string => {
    const refund = shown.find((each) => each.id === id);
    return refund ? numberOf(refund) : `#${id}`;
  };
  return (
    <Alert
      role="status"
      type={refused.length > 0 ? 'warning' : 'success'}
      showIcon
      closable
      title={joined(counts)}
      description={
        refused.length > 0 && (
          <ul style={{ margin: 0, paddingInlineStart: 18, overflowWrap: 'anywhere' }}>
            {refused.map(({ id, says }) => (
              <li key={id}>{joined([named(id), says])}</li>
            ))}
          </ul>
        )
      }
      style={{ marginBottom: 12 }}
    />
  );
}
