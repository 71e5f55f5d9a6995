import { Button, Drawer, Flex, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { useApiQuery } from '../../../kit/api.js';
import { Failure } from '../../../kit/failure.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useMay } from '../../../kit/session.js';
import { joined, useWords } from '../../../kit/text.js';
import { Timeline, type TimelineEntry } from '../../../kit/timeline.js';
import { stepOf } from './alert-step.js';
import { StateTag, useTitle } from './alert-title.js';
import { alertWords } from './alert-words.js';
import { useWide } from '../../../kit/wide.js';

interface DrawerProps {
  id: number | null;
  close: () => void;
  see: (id: number) => void;
  resolve: (alert: Console.PayAlert) => void;
}

interface DetailsProps extends Pick<DrawerProps, 'see' | 'resolve'> {
  alert: Console.PayAlert;
}

/** One alert: what happened, where it is seen to, and who has been at it. */
export function AlertDrawer({ id, close, see, resolve }: DrawerProps): ReactNode {
  const t = useWords(alertWords);
  const wide = useWide('md');
  const { data, error, refetch } = useApiQuery(
    'getPayAlert',
    { path: { id: id ?? 0 } },
    { enabled: id !== null },
  );
  return (
    <Drawer open={id !== null} onClose={close} title={t.alert} size={wide ? 560 : '100%'} destroyOnHidden>
      {error && !data ? (
        <Failure error={error} again={() => void refetch()} />
      ) : data ? (
        <Details alert={data} see={see} resolve={resolve} />
      ) : (
        <Skeleton active paragraph={{ rows: 6 }} />
      )}
    </Drawer>
  );
}

function Details({ alert, see, resolve }: DetailsProps): ReactNode {
  const t = useWords(alertWords);
  const titled = useTitle();
  const gateway = useGatewayName();
  const { severity, state, detail, params } = alert;
  const about = [
    t.severity[severity],
    ...(params.gateway === undefined ? [] : [gateway(params.gateway)]),
    ...(params.day === undefined ? [] : [params.day]),
    ...(params.trade === undefined ? [] : [params.trade]),
  ];
  return (
    <Flex vertical gap={20}>
      <div>
        <Flex justify="space-between" align="start" gap={12}>
          <Typography.Title level={2} style={{ fontSize: 18, margin: 0, overflowWrap: 'anywhere' }}>
            {titled(alert)}
          </Typography.Title>
          <StateTag state={state} />
        </Flex>
        <Typography.Text type="secondary" style={{ overflowWrap: 'anywhere' }}>
          {joined(about)}
        </Typography.Text>
      </div>
      <Acts alert={alert} see={see} resolve={resolve} />
      <section>
        <Heading>{t.timeline}</Heading>
        <Timeline entries={useTimeline(alert)} />
      </section>
      <section>
        <Heading>{t.detail}</Heading>
        <Typography.Paragraph
          type="secondary"
          copyable
          style={{ overflowWrap: 'anywhere', margin: 0, fontSize: 13 }}
        >
          <samp>{detail}</samp>
        </Typography.Paragraph>
      </section>
    </Flex>
  );
}

function Heading({ children }: { children: ReactNode }): ReactNode {
  return (
    <Typography.Title level={3} style={{ fontSize: 14, margin: '0 0 12px' }}>
      {children}
    </Typography.Title>
  );
}

/** Where it is seen to, and what can be said of it. */
function Acts({ alert, see, resolve }: DetailsProps): ReactNode {
  const t = useWords(alertWords);
  const may = useMay()('pay:books');
  const step = stepOf(alert);
  const order = alert.orderNo === null ? null : `/pay/orders?open=${encodeURIComponent(alert.orderNo)}`;
  return (
    <Flex gap={16} wrap align="center">
      {may && alert.state !== 'resolved' && (
        <Flex gap={8}>
          <Button type="primary" onClick={() => resolve(alert)}>
            {t.resolve}
          </Button>
          {alert.state === 'open' && <Button onClick={() => see(alert.id)}>{t.see}</Button>}
        </Flex>
      )}
      {step !== null && <Link to={step}>{t.step}</Link>}
      {order !== null && order !== step && <Link to={order}>{t.order}</Link>}
    </Flex>
  );
}

function useTimeline(alert: Console.PayAlert): TimelineEntry[] {
  const t = useWords(alertWords);
  const { times, raisedAt, lastAt, seenBy, seenAt, resolvedBy, resolvedAt, note } = alert;
  const last: TimelineEntry[] =
    times > 1 ? [{ key: 'last', at: lastAt, says: t.again(times), look: 'bad' }] : [];
  const seen: TimelineEntry[] =
    seenBy === null ? [] : [{ key: 'seen', at: seenAt, says: t.seenBy(seenBy), look: 'open' }];
  const resolved: TimelineEntry[] =
    resolvedAt === null
      ? []
      : [
          {
            key: 'resolved',
            at: resolvedAt,
            says: t.resolvedBy(resolvedBy ?? t.itself),
            more: note === null ? [] : [note],
            look: 'done',
          },
        ];
  const raised: TimelineEntry = { key: 'raised', at: raisedAt, says: t.raised, look: 'bad' };
  return [raised, ...last, ...seen, ...resolved].toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}
