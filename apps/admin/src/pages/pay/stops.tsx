import { App, Alert, Button, Form, Input, Select, Tag, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { dateTime, money } from '@yajin/ui';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { Noted, RowButton } from '../../kit/columns.js';
import { useCreate } from '../../kit/create.js';
import { Choice, keyOf } from '../../kit/filters.js';
import { FormModal, TextField } from '../../kit/form-modal.js';
import { useGatewayName } from '../../kit/gateway-words.js';
import { useListQuery } from '../../kit/list-query.js';
import { List } from '../../kit/list.js';
import { Page } from '../../kit/page.js';
import { useMay } from '../../kit/session.js';
import { counted, useWords, words } from '../../kit/text.js';
import { menuWords } from '../../shell/menu.js';
import { payWords, useLineNames } from './pay-words.js';

const text = words(
  {
    about:
      '停止向渠道发出退款与转账，按支付渠道、业务线或收款人。已发出的照常查询结果；等待的款项保留单号，解除后自动继续。',
    scope: '范围',
    target: '对象',
    state: '状态',
    states: { open: '止付中', released: '已解除' },
    held: '等待的款项',
    heldSays: (n: number, amount: string) => (n === 0 ? '没有' : `${n} 笔，${amount}`),
    thrown: '止付',
    released: '解除',
    reason: '理由',
    reasonHint: '为什么停，会写在每一笔等待的款项旁边',
    noteHint: '为什么可以继续，会记入操作日志',
    stop: '止付',
    stopTitle: '止付',
    stopHint: '确认后立即生效：不再向渠道发出范围内的退款与转账，直到有人解除。',
    stopDo: '立即止付',
    stopped: '已止付',
    payeeHint: '订单号，停止退给该订单的付款人；或 task:用户 ID，停止转给任务平台的这位用户',
    release: '解除',
    releaseTitle: (target: string) => `解除止付：${target}`,
    releaseHint: (n: number, amount: string) => `等待的 ${n} 笔（${amount}）将立即继续发出。`,
    releaseDo: '解除止付',
    releasedDone: '已解除，等待的款项继续发出',
  },
  {
    about:
      'Refunds and transfers that are not to be sent: through a gateway, of a line, or to a payee. What was sent is asked about as ever; what waits keeps its number and goes on once the stop is released.',
    scope: 'Scope',
    target: 'What',
    state: 'State',
    states: { open: 'Stopped', released: 'Released' },
    held: 'Waiting',
    heldSays: (n: number, amount: string) => (n === 0 ? 'nothing' : `${counted(n, 'payout')}, ${amount}`),
    thrown: 'Stopped by',
    released: 'Released by',
    reason: 'Why',
    reasonHint: 'It stands beside every payout that waits',
    noteHint: 'Why payouts may go on; it goes into the audit log',
    stop: 'Stop payouts',
    stopTitle: 'Stop payouts',
    stopHint: 'It holds at once: none of these refunds and transfers is sent until somebody releases them.',
    stopDo: 'Stop now',
    stopped: 'Stopped',
    payeeHint:
      'An order’s number, for whoever paid it; or task:user id, for a user of the task platform whom transfers go to',
    release: 'Release',
    releaseTitle: (target: string) => `Release ${target}`,
    releaseHint: (n: number, amount: string) => `${counted(n, 'payout')} (${amount}) will be sent at once.`,
    releaseDo: 'Release',
    releasedDone: 'Released: what waited goes on',
  },
);

const CHANGED: OperationName[] = ['listPayStops', 'listPayRefunds', 'getPayOrder', 'listRefundRecords'];

/** Payouts that are not to be sent. */
export function PayStops(): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const { payStops: title } = useWords(menuWords);
  const may = useMay()('pay:write');
  const [dialog, setDialog] = useState<'stop' | Console.PayStop | null>(null);
  const close = (): void => setDialog(null);
  const { list, filters, filter } = useListQuery(
    'listPayStops',
    { state: '', scope: '' },
    ({ state, scope }) => ({ state: keyOf(t.states, state), scope: keyOf(common.scopes, scope) }),
    ({ state }) => state === 'open',
  );
  return (
    <Page
      title={title}
      about={t.about}
      extra={
        may && (
          <Button danger type="primary" onClick={() => setDialog('stop')}>
            {t.stop}
          </Button>
        )
      }
    >
      <List<Console.PayStop>
        {...list}
        label={title}
        filters={
          <>
            <Choice
              label={t.state}
              value={filters.state}
              names={t.states}
              change={(state) => filter({ state })}
            />
            <Choice
              label={t.scope}
              value={filters.scope}
              names={common.scopes}
              change={(scope) => filter({ scope })}
            />
          </>
        }
        columns={useColumns(setDialog)}
      />
      {dialog === 'stop' && <StopDialog close={close} />}
      {dialog !== null && dialog !== 'stop' && <ReleaseDialog stop={dialog} close={close} />}
    </Page>
  );
}

function useTarget(): (stop: Pick<Console.PayStop, 'scope' | 'target'>) => string {
  const gateway = useGatewayName();
  const lines: Record<string, string> = useLineNames();
  return ({ scope, target }) => {
    if (scope === 'gateway') return gateway(target);
    return scope === 'line' ? (lines[target] ?? target) : target;
  };
}

function useColumns(release: (stop: Console.PayStop) => void): TableColumnsType<Console.PayStop> {
  const t = useWords(text);
  const common = useWords(payWords);
  const may = useMay()('refund:audit');
  const named = useTarget();
  const columns: TableColumnsType<Console.PayStop> = [
    { title: t.target, key: 'target', render: (_, stop) => named(stop) },
    { title: t.scope, key: 'scope', render: (_, { scope }) => common.scopes[scope] },
    {
      title: t.state,
      key: 'state',
      render: (_, { state }) => <Tag color={state === 'open' ? 'red' : 'default'}>{t.states[state]}</Tag>,
    },
    {
      title: t.held,
      key: 'held',
      render: (_, { state, held, heldAmount }) =>
        state === 'open' ? t.heldSays(held, money(heldAmount)) : common.none,
    },
    {
      title: t.thrown,
      key: 'thrown',
      render: (_, { thrownBy, thrownAt }) => <Noted note={dateTime(thrownAt)}>{thrownBy}</Noted>,
    },
    {
      title: t.reason,
      key: 'reason',
      render: (_, { reason }) => (
        <span style={{ display: 'inline-block', maxWidth: 320, overflowWrap: 'anywhere' }}>{reason}</span>
      ),
    },
    {
      title: t.released,
      key: 'released',
      render: (_, { releasedBy, releasedAt, note }) =>
        releasedBy === null ? (
          common.none
        ) : (
          <Noted note={[dateTime(releasedAt), ...(note === null ? [] : [note])].join(' · ')}>
            {releasedBy}
          </Noted>
        ),
    },
  ];
  if (may) {
    columns.push({
      title: common.act,
      key: 'act',
      fixed: 'right',
      render: (_, stop) =>
        stop.state === 'open' && <RowButton label={t.release} of={named(stop)} act={() => release(stop)} />,
    });
  }
  return columns;
}

function StopDialog({ close }: { close: () => void }): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const [scope, setScope] = useState<Console.PayStopScope>('gateway');
  const create = useCreate('stopPayouts', { invalidates: CHANGED, done: () => t.stopped, close });
  return (
    <FormModal<Console.StopPayouts>
      title={t.stopTitle}
      ok={t.stopDo}
      danger
      act={create.act}
      close={close}
      submit={({ target, reason }) => create.submit({ scope, target: target.trim(), reason: reason.trim() })}
      initial={{ scope }}
    >
      <Alert type="warning" showIcon title={t.stopHint} style={{ marginBottom: 16 }} />
      <Form.Item name="scope" label={t.scope}>
        <Select<Console.PayStopScope>
          onChange={setScope}
          options={Object.entries(common.scopes).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <TargetField key={scope} scope={scope} />
      <TextField name="reason" label={t.reason} extra={t.reasonHint} max={500} lines={2} />
    </FormModal>
  );
}

function TargetField({ scope }: { scope: Console.PayStopScope }): ReactNode {
  const t = useWords(text);
  const common = useWords(payWords);
  const gateway = useGatewayName();
  const lines = useLineNames();
  const gateways = useApiQuery('listPayStops', { query: { pageSize: 1 } }).data?.gateways ?? [];
  const served = useApiQuery('listPayLines', {}).data?.list ?? [];
  const options =
    scope === 'gateway'
      ? gateways.map((value) => ({ value, label: gateway(value) }))
      : served.map((value) => ({ value, label: lines[value] }));
  return (
    <Form.Item
      name="target"
      label={common.scopes[scope]}
      preserve={false}
      rules={[{ required: true, whitespace: true, message: common.needed }]}
      {...(scope === 'payee' ? { extra: t.payeeHint } : {})}
    >
      {scope === 'payee' ? <Input maxLength={100} autoComplete="off" /> : <Select options={options} />}
    </Form.Item>
  );
}

function ReleaseDialog({ stop, close }: { stop: Console.PayStop; close: () => void }): ReactNode {
  const t = useWords(text);
  const { message } = App.useApp();
  const named = useTarget();
  const release = useApiMutation('releasePayStop', { invalidates: CHANGED });
  return (
    <FormModal<Console.ReleasePayStop>
      title={t.releaseTitle(named(stop))}
      about={t.releaseHint(stop.held, money(stop.heldAmount))}
      ok={t.releaseDo}
      act={release}
      close={close}
      submit={({ note }) =>
        release.mutate(
          { path: { id: stop.id }, body: { note: note.trim() } },
          { onSuccess: () => (close(), void message.success(t.releasedDone)) },
        )
      }
    >
      <TextField name="note" label={t.reason} extra={t.noteHint} max={500} lines={2} />
    </FormModal>
  );
}
