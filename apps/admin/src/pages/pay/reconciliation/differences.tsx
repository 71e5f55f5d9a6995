import { Flex, Typography, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { signedMoney } from '@yajin/ui';
import { RowButton } from '../../../kit/columns.js';
import { DateRange } from '../../../kit/date-range.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { Page } from '../../../kit/page.js';
import { useMay, useSession } from '../../../kit/session.js';
import { useWords, words } from '../../../kit/text.js';
import { menuWords } from '../../../shell/menu.js';
import { usePartyColumn } from '../kit/party.js';
import { payWords } from '../pay-words.js';
import { DifferenceDrawer } from './difference-drawer.js';
import { differenceNumber, differenceWords, kindWords } from './difference-words.js';
import { GatewayChoice } from './gateway-choice.js';
import { ResolveDialog } from './resolve-dialog.js';
import { DifferenceTag } from './tags.js';
import { useTake } from './use-take.js';

const text = words(
  {
    about:
      '渠道账单与本系统对不上的款项：已向渠道查询过，仍不一致。认领后核实，再记下结果；之后的账单能说明的会自动消除。',
    days: '账单日期',
  },
  {
    about:
      'Where a gateway’s bill and our books do not agree, though the gateway was asked. Take one, look into it, and say what came of it; what a later bill explains goes by itself.',
    days: 'Days of bills',
  },
);

/** In the address, for those that nobody sees to; no username is as short. */
const NOBODY = '-';
const NONE = { gateway: '', startDate: '', endDate: '', kind: '', state: '', owner: '' };

/** What bills and books do not agree about, for people to look into. */
export function PayDifferences(): ReactNode {
  const t = useWords(text);
  const { payDifferences: title } = useWords(menuWords);
  const common = useWords(differenceWords);
  const kinds = useWords(kindWords);
  const { take, mayTake, refusal } = useTake();
  const [resolving, setResolving] = useState<Console.PayDifference | null>(null);
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listPayDifferences',
    NONE,
    ({ gateway, startDate, endDate, kind, state, owner }) => ({
      gateway: gateway || undefined,
      startDate: startDate || undefined,
      endDate: endDate || undefined,
      kind: keyOf(kinds, kind),
      state: keyOf(common.state, state),
      ...(owner === NOBODY ? { owned: false } : { owner: owner || undefined }),
    }),
  );
  return (
    <Page title={title} about={t.about}>
      {refusal && <div style={{ marginBottom: 12 }}>{refusal}</div>}
      <List<Console.PayDifference>
        {...list}
        label={title}
        filters={<Filters filters={filters} filter={filter} />}
        columns={useColumns({ take, mayTake, resolve: setResolving })}
        open={({ id }) => open(String(id))}
      />
      <DifferenceDrawer id={Number(opened) || null} close={close} resolve={setResolving} />
      {resolving && <ResolveDialog difference={resolving} close={() => setResolving(null)} />}
    </Page>
  );
}

function Filters({
  filters,
  filter,
}: {
  filters: typeof NONE;
  filter: (to: Partial<typeof NONE>) => void;
}): ReactNode {
  const t = useWords(text);
  const common = useWords(differenceWords);
  const kinds = useWords(kindWords);
  const { status } = useWords(payWords);
  const { username } = useSession();
  const { owner } = filters;
  const owners = {
    [username]: common.mine,
    [NOBODY]: common.nobody,
    ...(owner && owner !== username && owner !== NOBODY ? { [owner]: owner } : {}),
  };
  return (
    <>
      <GatewayChoice value={filters.gateway} change={(gateway) => filter({ gateway })} />
      <Choice
        label={common.kind}
        value={filters.kind}
        names={Object.fromEntries(Object.entries(kinds).map(([kind, { name }]) => [kind, name]))}
        change={(kind) => filter({ kind })}
        width={220}
      />
      <Choice
        label={status}
        value={filters.state}
        names={common.state}
        change={(state) => filter({ state })}
        width={120}
      />
      <Choice
        label={common.owner}
        value={owner}
        names={owners}
        change={(to) => filter({ owner: to })}
        width={140}
      />
      <DateRange
        label={t.days}
        from={filters.startDate}
        to={filters.endDate}
        change={(startDate, endDate) => filter({ startDate, endDate })}
      />
    </>
  );
}

interface Deeds {
  take: (id: number) => void;
  mayTake: (difference: Console.PayDifference) => boolean;
  resolve: (difference: Console.PayDifference) => void;
}

function useColumns({ take, mayTake, resolve }: Deeds): TableColumnsType<Console.PayDifference> {
  const t = useWords(differenceWords);
  const common = useWords(payWords);
  const kinds = useWords(kindWords);
  const gateway = useGatewayName();
  const may = useMay()('pay:books');
  const party = usePartyColumn<Console.PayDifference>();
  const columns: TableColumnsType<Console.PayDifference> = [
    {
      title: t.difference,
      key: 'difference',
      render: (_, difference) => (
        <Two first={kinds[difference.kind].name} second={differenceNumber(difference)} />
      ),
    },
    party,
    {
      title: t.bill,
      key: 'bill',
      render: (_, { gateway: name, day }) => <Two first={gateway(name)} second={day} />,
    },
    {
      title: t.ours,
      key: 'ours',
      align: 'right',
      render: (_, { ours }) => (ours === null ? common.none : signedMoney(ours)),
    },
    {
      title: t.theirs,
      key: 'theirs',
      align: 'right',
      render: (_, { theirs }) => (theirs === null ? common.none : signedMoney(theirs)),
    },
    {
      title: common.status,
      key: 'state',
      render: (_, difference) => <DifferenceTag difference={difference} />,
    },
    { title: t.owner, key: 'owner', render: (_, { owner }) => owner ?? common.none },
    { title: t.age, key: 'age', render: (_, { days }) => t.days(days) },
  ];
  if (may)
    columns.push({
      title: common.act,
      key: 'act',
      fixed: 'right',
      render: (_, difference) => {
        if (difference.state === 'resolved') return null;
        const of = differenceNumber(difference);
        return (
          <Flex gap={8}>
            {mayTake(difference) && <RowButton label={t.take} of={of} act={() => take(difference.id)} />}
            <RowButton label={t.resolve} of={of} act={() => resolve(difference)} />
          </Flex>
        );
      },
    });
  return columns;
}

function Two({ first, second }: { first: string; second: string }): ReactNode {
  return (
    <div style={{ maxWidth: 300 }}>
      <div>{first}</div>
      <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}>
        {second}
      </Typography.Text>
    </div>
  );
}
