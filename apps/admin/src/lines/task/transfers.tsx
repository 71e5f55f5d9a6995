import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { amountColumn, Noted, timeColumn } from '../../kit/columns.js';
import { Choice, keyOf } from '../../kit/filters.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { joined, useWords } from '../../kit/text.js';
import { HoldNote } from '../../pages/pay/kit/hold.js';
import { useObject } from '../../pages/pay/kit/object-drawer.js';
import { useRetry } from '../../pages/pay/kit/retry.js';
import { TransferTag } from '../../pages/pay/kit/tags.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { taskWords } from './task-words.js';

/** How each task's money was split, and whether its taker has been paid. */
export function Transfers(): ReactNode {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const { list, filters, filter } = useListQuery(
    'listTaskSettlements',
    { status: '' },
    ({ status }) => ({ transferStatus: keyOf(common.transfer, status) }),
    ({ transferStatus }) => transferStatus === 'pending' || transferStatus === 'processing',
  );
  const { open } = useObject();
  const { columns, refusal } = useColumns();
  return (
    <>
      {refusal}
      <List<Console.TaskSettlement>
        {...list}
        label={t.transfers}
        rowKey="taskId"
        columns={columns}
        open={({ taskId }) => open(taskId)}
        filters={
          <Choice
            label={t.transfer}
            value={filters.status}
            names={common.transfer}
            change={(status) => filter({ status })}
          />
        }
      />
    </>
  );
}

function useColumns(): { columns: TableColumnsType<Console.TaskSettlement>; refusal: ReactNode } {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { retryButton, refusal } = useRetry(
    'retryTaskTransfer',
    ['listTaskSettlements', 'getPayOrder', 'listPayBalances'],
    { retry: t.retry, ask: t.transferAsk, hint: t.transferHint, done: t.transferRetried },
  );
  const columns: TableColumnsType<Console.TaskSettlement> = [
    { title: t.title, key: 'title', dataIndex: 'title' },
    { title: t.publisher, key: 'publisher', dataIndex: 'publisherId' },
    { title: t.taker, key: 'taker', dataIndex: 'takerId' },
    amountColumn(t.publisherAmount, 'publisherAmount', ({ publisherAmount }) => publisherAmount),
    amountColumn(t.takerAmount, 'takerAmount', ({ takerAmount }) => takerAmount),
    amountColumn(t.fee, 'fee', ({ platformFee }) => platformFee),
    { title: t.transfer, key: 'transfer', render: (_, settlement) => <Outcome settlement={settlement} /> },
    timeColumn(t.settled, 'settled', ({ settledAt }) => settledAt),
    timeColumn(t.arrived, 'arrived', ({ transferredAt }) => transferredAt),
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, { transferId, transferStatus, takerAmount, takerId, title }) =>
        transferId !== null &&
        transferStatus === 'failed' &&
        retryButton({ id: transferId, amount: takerAmount, who: takerId, of: title }),
    });
  }
  return { columns, refusal };
}

export function Outcome({ settlement }: { settlement: Console.TaskSettlement }): ReactNode {
  const t = useWords(taskWords);
  const { transferStatus, failCode, failMessage, retries, hold } = settlement;
  if (transferStatus === null) return t.noTransfer;
  const failure = failCode === null ? [] : [t.failures[failCode] ?? failCode];
  const more = joined([
    ...(transferStatus === 'failed' ? [...failure, ...(failMessage ? [failMessage] : [])] : []),
    ...(retries > 0 ? [t.retries(retries)] : []),
  ]);
  return (
    <Noted note={more}>
      <TransferTag status={transferStatus} /> <HoldNote hold={hold} />
    </Noted>
  );
}
