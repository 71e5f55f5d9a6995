import { Button, Flex, Tag, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { useAsk } from '../../../kit/ask.js';
import { amountColumn, RowButton } from '../../../kit/columns.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { useListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { Page } from '../../../kit/page.js';
import { useMay, useSession } from '../../../kit/session.js';
import { useWords } from '../../../kit/text.js';
import { menuWords } from '../../../shell/menu.js';
import { usePartyColumn } from '../kit/party.js';
import { OrderDrawer } from '../order-drawer.js';
import { payWords, useAccount, useLineNames } from '../pay-words.js';
import { ENTRY_CHANGES, ProposeDialog, RefuseDialog, ReverseDialog } from './entry-dialogs.js';
import { entryWords } from './entry-words.js';

const COLORS = { proposed: 'gold', posted: 'green', refused: 'default' } as const;

interface Asked {
  what: 'refuse' | 'reverse';
  entry: Console.PayEntry;
}

/** Entries by hand: proposed by one person, posted by another. */
export function PayEntries(): ReactNode {
  const t = useWords(entryWords);
  const common = useWords(payWords);
  const { payEntries: title } = useWords(menuWords);
  const may = useMay()('pay:books');
  const [creating, setCreating] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { deeds, refusal } = useDeeds(setAsked);
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listPayEntries',
    { state: '' },
    ({ state }) => ({ state: keyOf(t.states, state) }),
  );
  const columns = useColumns();
  return (
    <Page
      title={title}
      about={t.about}
      extra={
        may && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t.create}
          </Button>
        )
      }
    >
      {refusal}
      <List<Console.PayEntry>
        {...list}
        label={title}
        filters={
          <Choice
            label={common.status}
            value={filters.state}
            names={t.states}
            change={(state) => filter({ state })}
          />
        }
        columns={
          may
            ? [...columns, { title: common.act, key: 'act', fixed: 'right', render: (_, row) => deeds(row) }]
            : columns
        }
        open={({ orderNo }) => open(orderNo)}
      />
      <OrderDrawer orderNo={opened} close={close} />
      {creating && <ProposeDialog close={() => setCreating(false)} />}
      {asked?.what === 'refuse' && <RefuseDialog entry={asked.entry} close={() => setAsked(null)} />}
      {asked?.what === 'reverse' && <ReverseDialog entry={asked.entry} close={() => setAsked(null)} />}
    </Page>
  );
}

function useColumns(): Exclude<TableColumnsType<Console.PayEntry>, undefined> {
  const t = useWords(entryWords);
  const common = useWords(payWords);
  const account = useAccount();
  const lines = useLineNames();
  const party = usePartyColumn<Console.PayEntry>();
  return [
    {
      title: t.entry,
      key: 'entry',
      render: (_, row) => (
        <Two
          first={t.sides(account(row.debit).name, account(row.credit).name)}
          second={[
            `#${row.id}`,
            ...(row.reverses === null ? [] : [t.reverses(String(row.reverses))]),
            ...(row.reversedBy === null ? [] : [t.reversedBy(String(row.reversedBy))]),
          ].join(' · ')}
        />
      ),
    },
    amountColumn(t.amount, 'amount', ({ amount }) => amount),
    party,
    {
      title: t.order,
      key: 'order',
      render: (_, { line, orderNo }) => <Two first={lines[line]} second={orderNo} />,
    },
    {
      title: t.reason,
      key: 'reason',
      render: (_, { reason, evidence }) => <Two first={reason} second={evidence} />,
    },
    {
      title: common.status,
      key: 'state',
      render: (_, { state, note }) => (
        <div>
          <Tag color={COLORS[state]}>{t.states[state]}</Tag>
          {note !== null && <Typography.Text type="secondary">{note}</Typography.Text>}
        </div>
      ),
    },
    {
      title: t.proposed,
      key: 'proposed',
      render: (_, { proposedBy, proposedAt }) => <Two first={proposedBy} second={dateTime(proposedAt)} />,
    },
    {
      title: t.decided,
      key: 'decided',
      render: (_, { decidedBy, decidedAt }) =>
        decidedBy === null ? '—' : <Two first={decidedBy} second={dateTime(decidedAt)} />,
    },
  ];
}

/** What may be done with an entry, and by whom: who proposed it cannot post it. */
function useDeeds(asking: (asked: Asked) => void): {
  deeds: (entry: Console.PayEntry) => ReactNode;
  refusal: ReactNode;
} {
  const t = useWords(entryWords);
  const { username } = useSession();
  const { ask, refusal } = useAsk();
  const confirm = useApiMutation('confirmPayEntry', { invalidates: [...ENTRY_CHANGES, 'getPayOrder'] });
  const deeds = (entry: Console.PayEntry): ReactNode => {
    const of = t.of(String(entry.id));
    const own = entry.proposedBy === username;
    if (entry.state === 'posted' && entry.reversedBy === null)
      return <RowButton label={t.reverse} of={of} danger act={() => asking({ what: 'reverse', entry })} />;
    if (entry.state !== 'proposed') return null;
    return (
      <Flex gap={8}>
        {!own && (
          <RowButton
            label={t.confirm}
            of={of}
            act={() =>
              ask({
                title: t.confirmAsk(money(entry.amount)),
                content: t.confirmHint,
                ok: t.confirm,
                act: () => confirm.mutateAsync({ path: { id: entry.id } }),
                done: t.confirmed,
              })
            }
          />
        )}
        <RowButton
          label={own ? t.withdraw : t.refuse}
          of={of}
          danger
          act={() => asking({ what: 'refuse', entry })}
        />
      </Flex>
    );
  };
  return { deeds, refusal };
}

function Two({ first, second }: { first: string; second: string }): ReactNode {
  return (
    <div style={{ maxWidth: 260 }}>
      <Typography.Text ellipsis={{ tooltip: first }} style={{ maxWidth: 260 }}>
        {first}
      </Typography.Text>
      <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}>
        {second}
      </Typography.Text>
    </div>
  );
}
