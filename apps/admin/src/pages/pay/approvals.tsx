import { App, Flex, Tag, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { useAsk } from '../../kit/ask.js';
import { amountColumn, Noted, RowButton } from '../../kit/columns.js';
import { Choice, keyOf } from '../../kit/filters.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { useWords, words } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { LineChoice } from './kit/line-choice.js';
import { usePartyColumn } from './kit/party.js';
import { OrderDrawer } from './order-drawer.js';
import { payWords, useLineNames } from './pay-words.js';

const text = words(
  {
    about:
      '超过限额的退款与转账，由申请人以外的同事确认后才发出；限额在 系统 › 配置，按角色设置单笔、当日合计与种类。',
    order: '订单',
    kind: '种类',
    kinds: { deposit: '押金退还', manual: '人工退款', request: '平台申请的退款', transfer: '转账' },
    why: '为什么要第二人',
    exceeds: { single: '超过单笔限额', day: '超过当日合计限额', kind: '此类须两人确认' },
    state: '状态',
    states: { open: '待第二人确认', confirmed: '已确认', refused: '未同意', lapsed: '已失效' },
    asked: '申请人',
    host: (line: string) => `${line}的用户`,
    own: '须由您以外的同事确认',
    decided: '决定',
    confirm: '确认',
    confirmAsk: (amount: string) => `确认付出 ${amount}？`,
    confirmHint: (who: string) => `由 ${who} 申请。确认后立即发出，不能撤回。`,
    confirmDo: '确认付出',
    confirmed: '已确认，款项随即发出',
    refuse: '不同意',
    refuseTitle: (amount: string) => `不同意付出 ${amount}`,
    refuseHint: '退款会记为失败，款项仍保留，之后可以重试，并再次请人确认；转账的款项回到收款人的余额。',
    refuseDo: '不同意',
    refused: '已记为不同意',
    reason: '理由',
    reasonHint: '申请人会看到',
  },
  {
    about:
      'Refunds and transfers above a limit are sent once a colleague of whoever asked has confirmed them. The limits are under System › Settings, by role: of one, of a day, and kinds.',
    order: 'Order',
    kind: 'Kind',
    kinds: {
      deposit: 'Deposit back',
      manual: 'Refund by hand',
      request: 'Refund a platform asked for',
      transfer: 'Transfer',
    },
    why: 'Why a second person',
    exceeds: {
      single: 'Above the limit of one',
      day: 'Above the limit of a day',
      kind: 'Of a kind that takes two',
    },
    state: 'State',
    states: { open: 'To confirm', confirmed: 'Confirmed', refused: 'Refused', lapsed: 'Lapsed' },
    asked: 'Asked by',
    host: (line: string) => `users of ${line}`,
    own: 'Somebody other than you has to confirm it',
    decided: 'Decided by',
    confirm: 'Confirm',
    confirmAsk: (amount: string) => `Pay out ${amount}?`,
    confirmHint: (who: string) => `Asked for by ${who}. It is sent at once; this cannot be undone.`,
    confirmDo: 'Pay out',
    confirmed: 'Confirmed: it is being sent',
    refuse: 'Refuse',
    refuseTitle: (amount: string) => `Refuse ${amount}`,
    refuseHint:
      'A refund fails and its money stays reserved: it can be tried again, and is then to be confirmed anew. A transfer’s money goes back to its owner’s balance.',
    refuseDo: 'Refuse',
    refused: 'Refused',
    reason: 'Why',
    reasonHint: 'Whoever asked will read it',
  },
);

const COLORS = { open: 'gold', confirmed: 'green', refused: 'red', lapsed: 'default' } as const;
const CHANGED: OperationName[] = [
  'listPayApprovals',
  'listPayRefunds',
  'getPayOrder',
  'listRefundRecords',
  'listTaskSettlements',
];

/** Payouts that wait for a second person, and what has been decided about others. */
export function PayApprovals(): ReactNode {
  const t = useWords(text);
  const { payApprovals: title } = useWords(menuWords);
  const [refusing, setRefusing] = useState<Console.PayApproval | null>(null);
  const lines = useLineNames();
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listPayApprovals',
    { line: '', state: '' },
    ({ line, state }) => ({ line: keyOf(lines, line), state: keyOf(t.states, state) }),
    ({ state }) => state === 'open',
  );
  const { columns, refusal } = useColumns(setRefusing);
  return (
    <Page title={title} about={t.about}>
      {refusal}
      <List<Console.PayApproval>
        {...list}
        label={title}
        filters={
          <>
            <LineChoice value={filters.line} change={(line) => filter({ line })} />
            <Choice
              label={t.state}
              value={filters.state}
              names={t.states}
              change={(state) => filter({ state })}
            />
          </>
        }
        columns={columns}
        open={({ orderNo }) => open(orderNo)}
      />
      <OrderDrawer orderNo={opened} close={close} />
      {refusing && <RefuseDialog approval={refusing} close={() => setRefusing(null)} />}
    </Page>
  );
}

function useAsker(): (approval: Console.PayApproval) => string {
  const t = useWords(text);
  const lines = useLineNames();
  return ({ askedBy, line }) => (askedBy.startsWith('host:') ? t.host(lines[line]) : askedBy);
}

function useColumns(refuse: (approval: Console.PayApproval) => void): {
  columns: TableColumnsType<Console.PayApproval>;
  refusal: ReactNode;
} {
  const t = useWords(text);
  const common = useWords(payWords);
  const lines = useLineNames();
  const asker = useAsker();
  const may = useMay()('refund:audit');
  const { ask, refusal } = useAsk();
  const party = usePartyColumn<Console.PayApproval>();
  const confirm = useApiMutation('confirmPayApproval', { invalidates: CHANGED });
  const columns: TableColumnsType<Console.PayApproval> = [
    {
      title: t.order,
      key: 'order',
      render: (_, { orderNo, reason }) => (
        <div style={{ maxWidth: 260, overflowWrap: 'anywhere' }}>
          {orderNo}
          <div style={{ fontSize: 12, opacity: 0.75 }}>{reason}</div>
        </div>
      ),
    },
    { title: common.line, key: 'line', render: (_, { line }) => lines[line] },
    party,
    amountColumn(common.amount, 'amount', ({ amount }) => amount),
    { title: t.kind, key: 'kind', render: (_, { kind }) => t.kinds[kind] },
    { title: t.why, key: 'why', render: (_, { exceeds }) => t.exceeds[exceeds] },
    {
      title: t.asked,
      key: 'asked',
      render: (_, approval) => <Noted note={dateTime(approval.askedAt)}>{asker(approval)}</Noted>,
    },
    {
      title: t.state,
      key: 'state',
      render: (_, { state, note }) => (
        <Noted note={note}>
          <Tag color={COLORS[state]}>{t.states[state]}</Tag>
        </Noted>
      ),
    },
    {
      title: t.decided,
      key: 'decided',
      render: (_, { decidedBy, decidedAt }) =>
        decidedBy === null ? common.none : <Noted note={dateTime(decidedAt)}>{decidedBy}</Noted>,
    },
  ];
  const askToConfirm = (approval: Console.PayApproval): void =>
    ask({
      title: t.confirmAsk(money(approval.amount)),
      content: t.confirmHint(asker(approval)),
      ok: t.confirmDo,
      act: () => confirm.mutateAsync({ path: { id: approval.id } }),
      done: t.confirmed,
    });
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      fixed: 'right',
      render: (_, approval) => {
        if (approval.state !== 'open') return null;
        if (!approval.canDecide) return <span style={{ fontSize: 12 }}>{t.own}</span>;
        return (
          <Flex gap={8}>
            <RowButton label={t.confirm} of={approval.orderNo} act={() => askToConfirm(approval)} />
            <RowButton danger label={t.refuse} of={approval.orderNo} act={() => refuse(approval)} />
          </Flex>
        );
      },
    });
  }
  return { columns, refusal };
}

function RefuseDialog({ approval, close }: { approval: Console.PayApproval; close: () => void }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const refuse = useApiMutation('refusePayApproval', { invalidates: CHANGED });
  return (
    <FormModal<Console.RefusePayApproval>
      title={t.refuseTitle(money(approval.amount))}
      about={t.refuseHint}
      ok={t.refuseDo}
      danger
      act={refuse}
      close={close}
      submit={({ note }) =>
        refuse.mutate(
          { path: { id: approval.id }, body: { note: note.trim() } },
          { onSuccess: () => (close(), void message.success(t.refused)) },
        )
      }
    >
      <TextField name="note" label={t.reason} extra={t.reasonHint} max={500} lines={2} />
    </FormModal>
  );
}
