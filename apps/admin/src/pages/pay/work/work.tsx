import { App, Empty, Flex, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console, OperationName } from '@yajin/web';
import { count, dateTime, money } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { RowButton } from '../../../kit/columns.js';
import { Refusal } from '../../../kit/failure.js';
import { FigureGrid } from '../../../kit/figure-grid.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { FormModal, TextField } from '../../../kit/form-modal.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { Page } from '../../../kit/page.js';
import { useMay, useSession } from '../../../kit/session.js';
import { useWords } from '../../../kit/text.js';
import { menuWords } from '../../../shell/menu.js';
import { LineChoice } from '../kit/line-choice.js';
import { usePartyColumn } from '../kit/party.js';
import { payWords, useLineNames } from '../pay-words.js';
import { workWords } from './work-words.js';

const CHANGED: OperationName[] = ['listPayWork', 'listPayDifferences'];

/** Where a matter is seen to. */
function stepOf({ kind, orderNo, id }: Console.PayWork): string {
  const order = orderNo === null ? '' : `open=${encodeURIComponent(orderNo)}`;
  switch (kind) {
    case 'suspense':
      return '/pay/suspense?status=pending';
    case 'unallocated':
      return '/refunds/unallocated?status=pending';
    case 'notification':
      return order ? `/pay/orders?${order}` : '/system/notifications?state=quarantined';
    case 'difference':
      return `/pay/differences?open=${id}`;
    case 'entry':
      return '/pay/entries?state=proposed';
    case 'refund_abnormal':
    case 'refund_merchant':
    case 'refund_failed':
    case 'refund_unclear':
    case 'outside':
      return `/pay/refunds?${order}`;
  }
}

/** All money that waits for a person. */
export function PayWork(): ReactNode {
  const t = useWords(workWords);
  const { payWork: title } = useWords(menuWords);
  const may = useMay()('pay:books');
  const lines = useLineNames();
  const whose = { mine: t.mine };
  const { list, filters, filter } = useListQuery(
    'listPayWork',
    { kind: '', line: '', whose: '' },
    ({ kind, line, whose: of }) => ({
      kind: keyOf(t.kinds, kind),
      line: keyOf(lines, line),
      ...(keyOf(whose, of) ? { mine: true } : {}),
    }),
  );
  const { deeds, refusal, dialog } = useDeeds();
  const columns = useColumns();
  return (
    <Page title={title} about={t.about} waits={!list.answer.data && !list.answer.error}>
      <Sums page={list.answer.data} />
      {refusal}
      <List<Console.PayWork>
        {...list}
        label={title}
        rowKey={({ kind, id }) => `${kind} ${id}`}
        filters={
          <>
            <Choice
              label={t.kind}
              value={filters.kind}
              names={t.kinds}
              change={(kind) => filter({ kind })}
              width={220}
            />
            <LineChoice value={filters.line} change={(line) => filter({ line })} />
            <Choice
              label={t.whose}
              value={filters.whose}
              names={whose}
              change={(of) => filter({ whose: of })}
            />
          </>
        }
        columns={may ? [...columns, deeds] : columns}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />}
      />
      {dialog}
    </Page>
  );
}

/** How much there is, of each kind that there is. */
function Sums({ page }: { page: Console.PayWorkPage | undefined }): ReactNode {
  const t = useWords(workWords);
  if (!page?.kinds.length) return null;
  return (
    <div style={{ marginBottom: 16 }}>
      <FigureGrid
        label={t.sums}
        figures={page.kinds.map(({ kind, count: n, amount }) => [t.kinds[kind], count(n), money(amount)])}
      />
    </div>
  );
}

function useColumns(): Exclude<TableColumnsType<Console.PayWork>, undefined> {
  const t = useWords(workWords);
  const common = useWords(payWords);
  const lines = useLineNames();
  const gateway = useGatewayName();
  const party = usePartyColumn<Console.PayWork>();
  return [
    { title: t.kind, key: 'kind', render: (_, { kind }) => t.kinds[kind] },
    {
      title: common.amount,
      key: 'amount',
      align: 'right',
      render: (_, { amount }) => (amount === null ? common.none : money(amount)),
    },
    {
      title: t.age,
      key: 'age',
      render: (_, { days, since }) => <span title={dateTime(since)}>{t.days(days)}</span>,
    },
    party,
    {
      title: t.of,
      key: 'of',
      render: (_, row) => (
        <div style={{ maxWidth: 260 }}>
          {[
            ...(row.line === null ? [] : [lines[row.line]]),
            ...(row.gateway === null ? [] : [gateway(row.gateway)]),
          ].join(' · ') || common.none}
          {row.orderNo !== null && (
            <Typography.Text
              type="secondary"
              style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}
            >
              {row.orderNo}
            </Typography.Text>
          )}
        </div>
      ),
    },
    { title: t.owner, key: 'owner', render: (_, { owner }) => owner ?? t.nobody },
    {
      title: t.next,
      key: 'next',
      render: (_, row) => <Link to={stepOf(row)}>{t.steps[row.kind]}</Link>,
    },
  ];
}

function useDeeds(): {
  deeds: Exclude<TableColumnsType<Console.PayWork>, undefined>[number];
  refusal: ReactNode;
  dialog: ReactNode;
} {
  const t = useWords(workWords);
  const common = useWords(payWords);
  const { username } = useSession();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<Console.PayWork | null>(null);
  const take = useApiMutation('takePayWork', { invalidates: CHANGED });
  const render = (_: unknown, row: Console.PayWork): ReactNode => {
    const of = `${t.kinds[row.kind]} ${row.id}`;
    return (
      <Flex gap={8}>
        {row.owner !== username && (
          <RowButton
            label={t.take}
            of={of}
            act={() =>
              !take.isPending &&
              take.mutate(
                { body: { kind: row.kind, id: row.id } },
                { onSuccess: () => void message.success(t.taken) },
              )
            }
          />
        )}
        {row.kind === 'notification' && <RowButton label={t.finish} of={of} act={() => setAsked(row)} />}
      </Flex>
    );
  };
  return {
    deeds: { title: common.act, key: 'act', fixed: 'right', render },
    refusal: take.error ? (
      <div style={{ marginBottom: 12 }}>
        <Refusal error={take.error} />
      </div>
    ) : null,
    dialog: asked && <FinishDialog work={asked} close={() => setAsked(null)} />,
  };
}

function FinishDialog({ work, close }: { work: Console.PayWork; close: () => void }): ReactNode {
  const t = useWords(workWords);
  const { message } = App.useApp();
  const act = useApiMutation('finishPayNotification', { invalidates: CHANGED });
  const submit = (body: Console.FinishPayNotification): void =>
    act.mutate(
      { path: { id: work.id }, body },
      { onSuccess: () => (close(), void message.success(t.finished)) },
    );
  return (
    <FormModal<Console.FinishPayNotification>
      title={t.finishTitle}
      about={t.finishHint}
      ok={t.finish}
      act={act}
      close={close}
      submit={submit}
    >
      <TextField name="note" label={t.note} max={500} lines={2} autoFocus />
    </FormModal>
  );
}
