import { Alert, Button, Drawer, Flex, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Console } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useApiQuery } from '../../../kit/api.js';
import { Failure } from '../../../kit/failure.js';
import { useGatewayName } from '../../../kit/gateway-words.js';
import { useMay } from '../../../kit/session.js';
import { joined, useWords, words } from '../../../kit/text.js';
import { inOrder, Timeline, type TimelineEntry } from '../../../kit/timeline.js';
import { AccountSides } from './account-sides.js';
import { differenceWords, kindWords } from './difference-words.js';
import { Sides } from './sides.js';
import { DifferenceTag } from './tags.js';
import { useTake } from './use-take.js';
import { useWide } from '../../../kit/wide.js';

const text = words(
  {
    title: '差异',
    about: (gateway: string, day: string) => `${gateway} ${day} 的账单`,
    by: (who: string, at: string) => `${who} 于 ${at} 处理`,
    explained: (at: string) => `之后的账单或查询已能说明，${at} 自动消除`,
    owner: (who: string) => `由 ${who} 跟进`,
    order: '查看订单',
    bill: '查看账单',
    statement: '查看资金账单',
    noOrder: '没有本系统的订单',
    todo: '需要核实',
    timeline: '经过',
    made: '本系统登记',
    done: '本系统记为完成',
    billed: { payment: '账单：付款', refund: '账单：退款' },
    found: '对账发现差异',
    taken: '认领',
    resolved: '处理',
    gone: '自动消除',
    line: (no: number) => `第 ${no} 行`,
  },
  {
    title: 'Difference',
    about: (gateway: string, day: string) => `In the bill of ${gateway} of ${day}`,
    by: (who: string, at: string) => `Resolved by ${who}, ${at}`,
    explained: (at: string) => `A later bill or answer explains it; resolved by itself, ${at}`,
    owner: (who: string) => `seen to by ${who}`,
    order: 'See the order',
    bill: 'See the bill',
    statement: 'See the statement',
    noOrder: 'No order of ours',
    todo: 'To be looked into',
    timeline: 'What happened',
    made: 'Made here',
    done: 'Done, by our books',
    billed: { payment: 'In the bill: payment', refund: 'In the bill: refund' },
    found: 'Found by reconciliation',
    taken: 'Taken',
    resolved: 'Resolved',
    gone: 'Resolved by itself',
    line: (no: number) => `line ${no}`,
  },
);

interface DrawerProps {
  id: number | null;
  close: () => void;
  resolve: (difference: Console.PayDifference) => void;
}

/** One difference: what each side has, what happened, and what can be done. */
export function DifferenceDrawer({ id, close, resolve }: DrawerProps): ReactNode {
  const t = useWords(text);
  const wide = useWide('md');
  const story = useApiQuery('getPayDifferenceStory', { path: { id: id ?? 0 } }, { enabled: id !== null });
  return (
    <Drawer open={id !== null} onClose={close} title={t.title} size={wide ? 640 : '100%'} destroyOnHidden>
      {story.error && !story.data ? (
        <Failure error={story.error} again={() => void story.refetch()} />
      ) : story.data ? (
        <Details story={story.data} resolve={resolve} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

function Details({
  story,
  resolve,
}: {
  story: Console.PayDifferenceStory;
  resolve: DrawerProps['resolve'];
}): ReactNode {
  const t = useWords(text);
  const kinds = useWords(kindWords);
  const gateway = useGatewayName();
  const { difference } = story;
  return (
    <Flex vertical gap={20}>
      <div>
        <Flex justify="space-between" align="center" gap={12}>
          <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
            {kinds[difference.kind].name}
          </Typography.Title>
          <DifferenceTag difference={difference} />
        </Flex>
        <Typography.Text type="secondary">
          {joined([
            t.about(gateway(difference.gateway), difference.day),
            ...(difference.owner === null ? [] : [t.owner(difference.owner)]),
          ])}
        </Typography.Text>
      </div>
      <Decision difference={difference} resolve={resolve} />
      {isOfAccount(difference) ? <AccountSides difference={difference} /> : <Sides story={story} />}
      <Links difference={difference} />
      <section>
        <Typography.Title level={3} style={{ fontSize: 14, margin: '0 0 12px' }}>
          {t.timeline}
        </Typography.Title>
        <Timeline entries={useTimeline(story)} />
      </section>
    </Flex>
  );
}

/** While it is open, what it means and what can be done; then what was decided. */
function Decision({
  difference,
  resolve,
}: {
  difference: Console.PayDifference;
  resolve: DrawerProps['resolve'];
}): ReactNode {
  const t = useWords(text);
  const common = useWords(differenceWords);
  const kinds = useWords(kindWords);
  const may = useMay()('pay:books');
  const { take, mayTake, refusal } = useTake();
  const { id, kind, state, decision, note, resolvedBy, resolvedAt } = difference;
  if (state === 'resolved') {
    const by =
      decision === 'explained'
        ? t.explained(dateTime(resolvedAt))
        : t.by(resolvedBy ?? common.system, dateTime(resolvedAt));
    return (
      <Alert
        type="success"
        showIcon
        title={note ?? by}
        description={note === null ? undefined : by}
        style={{ overflowWrap: 'anywhere' }}
      />
    );
  }
  return (
    <Alert
      type="warning"
      showIcon
      title={t.todo}
      description={
        <>
          {kinds[kind].hint}
          {refusal}
          {may && (
            <Flex gap={8} wrap style={{ marginTop: 12 }}>
              <Button type="primary" onClick={() => resolve(difference)}>
                {common.resolve}
              </Button>
              {mayTake(difference) && <Button onClick={() => take(id)}>{common.take}</Button>}
            </Flex>
          )}
        </>
      }
    />
  );
}

function Links({
  difference: { gateway, day, orderNo, kind },
}: {
  difference: Console.PayDifference;
}): ReactNode {
  const t = useWords(text);
  const list = kind.includes('refund') ? 'refunds' : 'orders';
  return (
    <Flex gap={16} wrap>
      {orderNo === null ? (
        <Typography.Text type="secondary">{t.noOrder}</Typography.Text>
      ) : (
        <Link to={`/pay/${list}?open=${encodeURIComponent(orderNo)}`}>{t.order}</Link>
      )}
      {isOfAccount({ kind }) ? (
        <Link to={`/pay/account?open=${encodeURIComponent(`${gateway}/${day}`)}`}>{t.statement}</Link>
      ) : (
        <Link to={`/pay/bills/${encodeURIComponent(gateway)}/${day}`}>{t.bill}</Link>
      )}
    </Flex>
  );
}

const isOfAccount = ({ kind }: Pick<Console.PayDifference, 'kind'>): boolean => kind.startsWith('account_');

function useTimeline({ difference, ours, theirs, deeds }: Console.PayDifferenceStory): TimelineEntry[] {
  const t = useWords(text);
  const common = useWords(differenceWords);
  const { foundAt, decision, resolvedAt } = difference;
  const own: TimelineEntry[] =
    ours === null
      ? []
      : [
          { key: 'made', at: ours.createdAt, says: t.made, amount: ours.amount, look: 'quiet' },
          ...(ours.doneAt === null
            ? []
            : [{ key: 'done', at: ours.doneAt, says: t.done, amount: ours.amount, look: 'done' as const }]),
        ];
  const billed = theirs.map(({ day, no, entry, at, amount }): TimelineEntry => ({
    ...{ key: `line ${day} ${no}`, at, says: t.billed[entry], amount },
    ...{ more: [`${common.bill} ${day}`, t.line(no)], look: 'done' },
  }));
  const done = deeds.map(({ action, by, at }, index): TimelineEntry => ({
    ...{ key: `deed ${index}`, at, says: action === 'take' ? t.taken : t.resolved },
    ...{ more: [by], look: action === 'take' ? 'open' : 'done' },
  }));
  const gone: TimelineEntry[] =
    decision === 'explained' ? [{ key: 'gone', at: resolvedAt, says: t.gone, look: 'done' }] : [];
  const found: TimelineEntry = { key: 'found', at: foundAt, says: t.found, look: 'bad' };
  return inOrder([...own, ...billed, found, ...done, ...gone]);
}
