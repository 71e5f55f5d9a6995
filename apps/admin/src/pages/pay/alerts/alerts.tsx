import { App, Empty, Flex, Tag, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { dateTime, useSingleFlight } from '@yajin/ui';
import { useApiMutation } from '../../../kit/api.js';
import { Noted, RowButton } from '../../../kit/columns.js';
import { Refusal } from '../../../kit/failure.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { FormModal, TextField } from '../../../kit/form-modal.js';
import { useListQuery } from '../../../kit/list-query.js';
import { List } from '../../../kit/list.js';
import { Page } from '../../../kit/page.js';
import { useMay } from '../../../kit/session.js';
import { useWords } from '../../../kit/text.js';
import { menuWords } from '../../../shell/menu.js';
import { payWords } from '../pay-words.js';
import { AlertDrawer } from './alert-drawer.js';
import { StateTag, useTitle } from './alert-title.js';
import { alertWords, kindWords } from './alert-words.js';

const CHANGED: OperationName[] = ['listPayAlerts', 'getPayAlert'];

/** What has been raised, who has seen it, and how it ended. */
export function PayAlerts(): ReactNode {
  const t = useWords(alertWords);
  const kinds = useWords(kindWords);
  const { payAlerts: title } = useWords(menuWords);
  const [resolving, setResolving] = useState<Console.PayAlert | null>(null);
  const { see, refusal } = useSee();
  const { list, filters, filter, opened, open, close } = useListQuery(
    'listPayAlerts',
    { state: '', kind: '' },
    ({ state, kind }) => ({ state: keyOf(t.states, state), kind: keyOf(kinds, kind) }),
    ({ state }) => state !== 'resolved',
  );
  return (
    <Page title={title} about={t.about}>
      {refusal && <div style={{ marginBottom: 12 }}>{refusal}</div>}
      <List<Console.PayAlert>
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
              label={t.kind}
              value={filters.kind}
              names={kinds}
              change={(kind) => filter({ kind })}
              width={280}
            />
          </>
        }
        columns={useColumns({ see, resolve: setResolving })}
        open={({ id }) => open(String(id))}
        empty={
          filters.state || filters.kind ? undefined : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />
          )
        }
      />
      <AlertDrawer id={Number(opened) || null} close={close} see={see} resolve={setResolving} />
      {resolving && <ResolveDialog alert={resolving} close={() => setResolving(null)} />}
    </Page>
  );
}

/** From then on colleagues know that somebody is at it. */
function useSee(): { see: (id: number) => void; refusal: ReactNode } {
  const t = useWords(alertWords);
  const { message } = App.useApp();
  const once = useSingleFlight();
  const { mutateAsync, error } = useApiMutation('seePayAlert', { invalidates: CHANGED });
  return {
    see: (id) =>
      once(() =>
        mutateAsync({ path: { id } }).then(
          () => void message.success(t.seen),
          () => undefined,
        ),
      ),
    refusal: error ? <Refusal error={error} /> : null,
  };
}

interface Deeds {
  see: (id: number) => void;
  resolve: (alert: Console.PayAlert) => void;
}

function useColumns({ see, resolve }: Deeds): TableColumnsType<Console.PayAlert> {
  const t = useWords(alertWords);
  const common = useWords(payWords);
  const may = useMay()('pay:books');
  const titled = useTitle();
  const columns: TableColumnsType<Console.PayAlert> = [
    {
      title: t.alert,
      key: 'alert',
      render: (_, alert) => (
        <div style={{ maxWidth: 420, overflowWrap: 'anywhere' }}>
          {alert.severity === 'critical' && <Tag color="red">{t.severity.critical}</Tag>}
          {titled(alert)}
        </div>
      ),
    },
    { title: t.state, key: 'state', render: (_, { state }) => <StateTag state={state} /> },
    { title: t.times, key: 'times', align: 'right', render: (_, { times }) => t.timesSay(times) },
    { title: t.last, key: 'last', render: (_, { lastAt }) => dateTime(lastAt) },
    { title: t.who, key: 'who', render: (_, alert) => <Who alert={alert} /> },
  ];
  if (may)
    columns.push({
      title: common.act,
      key: 'act',
      fixed: 'right',
      render: (_, alert) =>
        alert.state !== 'resolved' && (
          <Flex gap={8}>
            {alert.state === 'open' && (
              <RowButton label={t.see} of={titled(alert)} act={() => see(alert.id)} />
            )}
            <RowButton label={t.resolve} of={titled(alert)} act={() => resolve(alert)} />
          </Flex>
        ),
    });
  return columns;
}

/** Who was at it last, and when. */
function Who({
  alert: { state, seenBy, seenAt, resolvedBy, resolvedAt },
}: {
  alert: Console.PayAlert;
}): ReactNode {
  const t = useWords(alertWords);
  const { none } = useWords(payWords);
  if (state === 'resolved') return <Noted note={dateTime(resolvedAt)}>{resolvedBy ?? t.itself}</Noted>;
  return seenBy === null ? none : <Noted note={dateTime(seenAt)}>{seenBy}</Noted>;
}

function ResolveDialog({ alert, close }: { alert: Console.PayAlert; close: () => void }): ReactNode {
  const t = useWords(alertWords);
  const titled = useTitle();
  const { message } = App.useApp();
  const resolve = useApiMutation('resolvePayAlert', { invalidates: CHANGED });
  return (
    <FormModal<Console.ResolvePayAlert>
      title={t.resolveTitle}
      about={
        <>
          <div style={{ overflowWrap: 'anywhere' }}>{titled(alert)}</div>
          {t.resolveHint}
        </>
      }
      ok={t.resolve}
      act={resolve}
      close={close}
      submit={({ note }) =>
        resolve.mutate(
          { path: { id: alert.id }, body: { note: note.trim() } },
          { onSuccess: () => (close(), void message.success(t.resolved)) },
        )
      }
    >
      <TextField name="note" label={t.note} extra={t.noteHint} max={500} lines={3} />
    </FormModal>
  );
}
