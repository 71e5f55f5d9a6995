import { Alert, App, Button, Descriptions, Drawer, Flex, Skeleton, Typography } from 'antd';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { count, dateTime, signedMoney, useIdempotencyKey } from '@yajin/ui';
import { useApiMutation, useApiQuery } from '../../../kit/api.js';
import { Failure } from '../../../kit/failure.js';
import { FormModal, TextField } from '../../../kit/form-modal.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { List } from '../../../kit/list.js';
import { ScrollArea } from '../../../kit/scroll-area.js';
import { useMay } from '../../../kit/session.js';
import { useAccount, useLineNames } from '../pay-words.js';
import { CloseTag } from './close-tag.js';
import { useCloseWords } from './close-words.js';
import { useWide } from '../../../kit/wide.js';

/** A day of the books, by line, gateway and account; open while it is given a day. */
export function CloseDrawer({ day, close }: { day: string; close: () => void }): ReactNode {
  const t = useCloseWords();
  const wide = useWide('md');
  const report = useApiQuery('getPayClose', { path: { day } }, { enabled: day !== '' });
  return (
    <Drawer open={day !== ''} onClose={close} title={day} size={wide ? 860 : '100%'} destroyOnHidden>
      {report.error && !report.data ? (
        <Failure error={report.error} again={() => void report.refetch()} />
      ) : report.data ? (
        <ScrollArea label={day} height="100%">
          <Flex vertical gap={20}>
            <Facts report={report.data} />
            <Gateways day={day} gateways={report.data.gateways} t={t} />
            <Accounts report={report.data} />
          </Flex>
        </ScrollArea>
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

type Report = Console.PayClose;

function Facts({ report }: { report: Report }): ReactNode {
  const t = useCloseWords();
  const may = useMay()('pay:books');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Flex justify="space-between" align="center" gap={12}>
        <CloseTag day={report} t={t} />
        {report.closable && may && (
          <Button type="primary" onClick={() => setAsking(true)}>
            {t.close}
          </Button>
        )}
      </Flex>
      {report.closedBy !== null && (
        <Descriptions
          size="small"
          column={1}
          items={[
            { key: 'by', label: t.by, children: `${report.closedBy} · ${dateTime(report.closedAt)}` },
            ...(report.reason === null ? [] : [{ key: 'why', label: t.reason, children: report.reason }]),
          ]}
        />
      )}
      {report.state === 'open' && !report.seenTo && <Alert type="warning" showIcon title={t.notSeen} />}
      {asking && <CloseDialog report={report} close={() => setAsking(false)} />}
    </>
  );
}

function CloseDialog({ report, close }: { report: Report; close: () => void }): ReactNode {
  const t = useCloseWords();
  const { message } = App.useApp();
  const act = useApiMutation('closePayDay', { invalidates: ['listPayCloses', 'getPayClose'] });
  const onceKey = useIdempotencyKey();
  const submit = ({ reason }: Console.ClosePayDay): void => {
    const said = reason?.trim();
    const body = said ? { reason: said } : {};
    act.mutate(
      { path: { day: report.day }, body, idempotencyKey: onceKey(body) },
      { onSuccess: () => (close(), void message.success(t.done)) },
    );
  };
  return (
    <FormModal<Console.ClosePayDay>
      title={t.closeOf(report.day)}
      about={t.closeHint}
      ok={t.close}
      act={act}
      close={close}
      submit={submit}
    >
      {!report.seenTo && <Alert type="warning" showIcon title={t.notSeen} style={{ marginBottom: 16 }} />}
      <TextField name="reason" label={t.why} extra={t.whyHint} max={500} lines={2} optional={report.seenTo} />
    </FormModal>
  );
}

function Gateways({
  day,
  gateways,
  t,
}: {
  day: string;
  gateways: Report['gateways'];
  t: ReturnType<typeof useCloseWords>;
}): ReactNode {
  const name = useGatewayName();
  if (gateways.length === 0) return null;
  return (
    <section>
      <Heading>{t.gateways}</Heading>
      <List<Report['gateways'][number]>
        rowKey="gateway"
        label={t.gateways}
        answer={answered(gateways)}
        columns={[
          { title: t.gateway, key: 'gateway', render: (_, { gateway }) => name(gateway) },
          {
            title: t.bill,
            key: 'bill',
            render: (_, { bill }) => (bill === null ? t.unasked : t.bills[bill]),
          },
          {
            title: t.differences,
            key: 'differences',
            render: (_, { differences, openDifferences }) =>
              differences === 0 ? (
                count(0)
              ) : (
                <Link to="/pay/differences">
                  {openDifferences > 0
                    ? t.openOf(count(openDifferences), count(differences))
                    : count(differences)}
                </Link>
              ),
          },
          {
            title: t.net,
            key: 'net',
            align: 'right',
            render: (_, { difference }) => signedMoney(difference),
          },
          {
            title: t.held,
            key: 'held',
            align: 'right',
            render: (_, { gateway, held }) =>
              held === null ? (
                '—'
              ) : (
                <Link to={`/pay/account?open=${encodeURIComponent(`${gateway}/${day}`)}`}>
                  {signedMoney(held)}
                </Link>
              ),
          },
        ]}
      />
    </section>
  );
}

const SUMS = ['opening', 'in', 'out', 'closing', 'fee'] as const;

function Accounts({ report }: { report: Report }): ReactNode {
  const t = useCloseWords();
  const account = useAccount();
  const lines = useLineNames();
  const gateway = useGatewayName();
  const groups = [...new Set(report.accounts.map(({ group }) => group))];
  if (groups.length === 0)
    return <p>{report.state === 'open' && !report.closable ? t.absent : t.noAccounts}</p>;
  return groups.map((group) => {
    const rows = report.accounts.filter((row) => row.group === group);
    const sums = SUMS.filter((sum) => sum !== 'fee' || group === 'money');
    return (
      <section key={group}>
        <Heading>{t.groups[group]}</Heading>
        <List<Report['accounts'][number]>
          label={t.groups[group]}
          rowKey={(row) => [row.line, row.gateway ?? '', row.account].join(' ')}
          answer={answered(rows)}
          columns={[
            {
              title: t.account,
              key: 'account',
              render: (_, row) =>
                [
                  account(row.account).name,
                  lines[row.line],
                  ...(row.gateway === null ? [] : [gateway(row.gateway)]),
                ].join(' · '),
            },
            ...sums.map((sum) => ({
              title: t[sum],
              key: sum,
              align: 'right' as const,
              render: (_: unknown, row: Report['accounts'][number]) => signedMoney(row[sum]),
            })),
          ]}
        />
      </section>
    );
  });
}

/** What is there already, for a list. */
function answered<Row extends object>(list: Row[]): ComponentProps<typeof List<Row>>['answer'] {
  return { data: { list }, error: null, isFetching: false, refetch: () => null };
}

function Heading({ children }: { children: ReactNode }): ReactNode {
  return (
    <Typography.Title level={3} style={{ fontSize: 14, margin: '0 0 8px' }}>
      {children}
    </Typography.Title>
  );
}
