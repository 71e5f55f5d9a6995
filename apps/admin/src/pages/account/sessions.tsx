import { App, Button, Flex, Skeleton, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { Failure, useExplain } from '../../kit/failure.js';
import { Panel } from '../../kit/panel.js';
import { useWords } from '../../kit/text.js';
import { accountWords } from './account-words.js';

/** Where the operator is logged in, and how to end it there. */
export function Sessions(): ReactNode {
  const t = useWords(accountWords);
  const { modal, message } = App.useApp();
  const explain = useExplain();
  const { data, error, refetch } = useApiQuery('listSessions', {});
  const endOthers = useApiMutation('endOtherSessions', { invalidates: ['listSessions'] });
  const ask = (): void => {
    modal.confirm({
      title: t.endOthersTitle,
      content: t.endOthersBody,
      okText: t.endOthers,
      cancelText: t.cancel,
      onOk: () =>
        endOthers.mutateAsync({}).then(
          () => void message.success(t.ended),
          (refused: unknown) => void message.error(explain(refused).cause),
        ),
    });
  };
  if (error && !data) return <Failure error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 4 }} />;
  return (
    <Panel
      title={t.sessions}
      extra={
        data.list.length > 1 && (
          <Button size="small" onClick={ask}>
            {t.endOthers}
          </Button>
        )
      }
    >
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {data.list.map((session) => (
          <Session key={session.id} session={session} />
        ))}
      </ul>
      {data.list.length === 1 && <Typography.Text type="secondary">{t.nothingElse}</Typography.Text>}
    </Panel>
  );
}

function Session({ session }: { session: Camp.Session }): ReactNode {
  const t = useWords(accountWords);
  const { message } = App.useApp();
  const explain = useExplain();
  const end = useApiMutation('endSession', { invalidates: ['listSessions'] });
  const device = session.device ?? t.unknown;
  const submit = (): void =>
    end.mutate(
      { path: { id: session.id } },
      {
        onSuccess: () => void message.success(t.ended),
        onError: (refused) => void message.error(explain(refused).cause),
      },
    );
  return (
    <Flex component="li" justify="space-between" align="center" gap={12} style={{ padding: '8px 0' }}>
      <div style={{ minWidth: 0 }}>
        <div style={{ overflowWrap: 'anywhere' }}>
          {device} {session.current && <Tag color="green">{t.current}</Tag>}
        </div>
        <Typography.Text type="secondary" className="number" style={{ fontSize: 12 }}>
          {session.ip && `${session.ip} · `}
          {t.began} {dateTime(session.createdAt)} · {t.seen} {dateTime(session.lastSeenAt)}
        </Typography.Text>
      </div>
      {!session.current && (
        <Button size="small" loading={end.isPending} onClick={submit} aria-label={`${t.end} ${device}`}>
          {t.end}
        </Button>
      )}
    </Flex>
  );
}
