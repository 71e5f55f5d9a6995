import { Button, Typography, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useAct, useLook } from '../../kit/api.js';
import { money, time } from '../../kit/format.js';
import { List } from '../../kit/list.js';
import { useMay } from '../../kit/session.js';
import { joined, useWords } from '../../kit/text.js';
import { useAddress } from '../../kit/url.js';
import { useAsk } from '../../pages/pay/kit/ask.js';
import { Choice, keyOf } from '../../pages/pay/kit/filters.js';
import { TransferTag } from '../../pages/pay/kit/tags.js';
import { payWords } from '../../pages/pay/pay-words.js';
import { taskWords } from './task-words.js';

const POLL_MS = 5_000;

/** How each task's money was split, and whether its taker has been paid. */
export function Transfers(): ReactNode {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const [address, change] = useAddress({ status: '', page: '1', pageSize: '20' });
  const query = {
    transferStatus: keyOf(common.transfer, address.status),
    page: Number(address.page),
    pageSize: Number(address.pageSize),
  };
  const first = useLook('listTaskSettlements', { query }, { keep: true });
  // While money is on its way the page follows it.
  const moving =
    first.data?.list.some(
      ({ transferStatus }) => transferStatus === 'pending' || transferStatus === 'processing',
    ) ?? false;
  const answer = useLook('listTaskSettlements', { query }, { keep: true, every: moving && POLL_MS });
  const { columns, refusal } = useColumns();
  return (
    <>
      {refusal}
      <List<Console.TaskSettlement>
        label={t.transfers}
        rowKey="taskId"
        filters={
          <Choice
            label={t.transfer}
            value={address.status}
            names={common.transfer}
            change={(status) => change({ status })}
          />
        }
        answer={answer}
        columns={columns}
        page={address.page}
        pageSize={address.pageSize}
        change={change}
      />
    </>
  );
}

function useColumns(): { columns: TableColumnsType<Console.TaskSettlement>; refusal: ReactNode } {
  const t = useWords(taskWords);
  const common = useWords(payWords);
  const may = useMay()('pay:write');
  const { ask, refusal } = useAsk();
  const retry = useAct('retryTaskTransfer', {
    refresh: ['listTaskSettlements', 'getPayOrder', 'listPayBalances'],
  });
  const askToRetry = (id: number, { takerAmount, takerId }: Console.TaskSettlement): void =>
    ask({
      title: t.transferAsk(money(takerAmount), takerId),
      content: t.transferHint,
      ok: t.retry,
      act: () => retry.mutateAsync({ path: { id } }),
      done: t.transferRetried,
    });
  const columns: TableColumnsType<Console.TaskSettlement> = [
    { title: t.title, key: 'title', dataIndex: 'title' },
    { title: t.publisher, key: 'publisher', dataIndex: 'publisherId' },
    { title: t.taker, key: 'taker', dataIndex: 'takerId' },
    {
      title: t.publisherAmount,
      key: 'publisherAmount',
      align: 'right',
      render: (_, { publisherAmount }) => money(publisherAmount),
    },
    {
      title: t.takerAmount,
      key: 'takerAmount',
      align: 'right',
      render: (_, { takerAmount }) => money(takerAmount),
    },
    { title: t.fee, key: 'fee', align: 'right', render: (_, { platformFee }) => money(platformFee) },
    { title: t.transfer, key: 'transfer', render: (_, settlement) => <Outcome settlement={settlement} /> },
    { title: t.settled, key: 'settled', render: (_, { settledAt }) => time(settledAt) },
    { title: t.arrived, key: 'arrived', render: (_, { transferredAt }) => time(transferredAt) },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      render: (_, settlement) => {
        const { transferId, transferStatus, title } = settlement;
        if (transferId === null || transferStatus !== 'failed') return null;
        return (
          <Button
            size="small"
            aria-label={`${t.retry} ${title}`}
            onClick={() => askToRetry(transferId, settlement)}
          >
            {t.retry}
          </Button>
        );
      },
    });
  }
  return { columns, refusal };
}

function Outcome({ settlement }: { settlement: Console.TaskSettlement }): ReactNode {
  const t = useWords(taskWords);
  const { transferStatus, failCode, failMessage, retries } = settlement;
  if (transferStatus === null) return t.noTransfer;
  const failure = failCode === null ? [] : [t.failures[failCode] ?? failCode];
  const more = joined([
    ...(transferStatus === 'failed' ? [...failure, ...(failMessage ? [failMessage] : [])] : []),
    ...(retries > 0 ? [t.retries(retries)] : []),
  ]);
  return (
    <>
      <TransferTag status={transferStatus} />{' '}
      {more && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {more}
        </Typography.Text>
      )}
    </>
  );
}
