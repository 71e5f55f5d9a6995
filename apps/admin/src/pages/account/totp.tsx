import { Alert, App, Button, Flex, Skeleton, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { dateTime } from '@yajin/ui';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { Failure, useExplain } from '../../kit/failure.js';
import { Panel } from '../../kit/panel.js';
import { pend } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SetUpTotp } from './totp-set-up.js';
import { totpWords } from './totp-words.js';

/** So few are left that new ones are due. */
const FEW = 3;

/** The operator's own second factor. */
export function Totp(): ReactNode {
  const t = useWords(totpWords);
  const { data, error, refetch } = useApiQuery('getTotp', {});
  if (error && !data) return <Failure error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />;
  const { enabled, since, required, recoveryCodesLeft } = data;
  return (
    <Panel title={t.title} extra={<Tag color={enabled ? 'green' : 'default'}>{enabled ? t.on : t.off}</Tag>}>
      <Typography.Paragraph type="secondary" style={{ marginBottom: 8 }}>
        {t.about}
        {required && enabled && <div>{t.required}</div>}
        {since && (
          <div className="number">
            {t.since(dateTime(since))} · {t.left(recoveryCodesLeft)}
          </div>
        )}
      </Typography.Paragraph>
      {enabled && recoveryCodesLeft <= FEW && (
        <Alert type="warning" showIcon title={t.few} style={{ marginBottom: 8 }} />
      )}
      <Flex gap={8} wrap align="center">
        <SetUpTotp label={enabled ? t.replace : t.begin} primary={!enabled} />
        {enabled && <Renew />}
        {enabled && !required && <End />}
      </Flex>
    </Panel>
  );
}

function Renew(): ReactNode {
  const t = useWords(totpWords);
  const { modal, message } = App.useApp();
  const explain = useExplain();
  const renew = useApiMutation('renewRecoveryCodes', { invalidates: ['getTotp'] });
  const [codes, setCodes] = useState<string[] | null>(null);
  const ask = (): void =>
    void modal.confirm({
      title: t.renewTitle,
      content: t.renewBody,
      okText: t.renew,
      cancelText: t.cancel,
      onOk: () =>
        renew.mutateAsync({}).then(
          (made) => setCodes(made.codes),
          (refused: unknown) => void message.error(explain(refused).cause),
        ),
    });
  return (
    <>
      <Button size="small" onClick={ask}>
        {t.renew}
      </Button>
      <RecoveryCodes codes={codes} kept={() => setCodes(null)} />
    </>
  );
}

function End(): ReactNode {
  const t = useWords(totpWords);
  const { modal, message } = App.useApp();
  const explain = useExplain();
  const end = useApiMutation('endTotp', { invalidates: ['getTotp', 'listSessions'] });
  const ask = (): void =>
    void modal.confirm({
      title: t.endTitle,
      content: t.endBody,
      okText: t.end,
      okButtonProps: { danger: true },
      cancelText: t.cancel,
      onOk: () =>
        end.mutateAsync({}).then(
          () => void message.success(t.ended),
          (refused: unknown) => void message.error(explain(refused).cause),
        ),
    });
  return (
    <Button size="small" onClick={ask}>
      {t.end}
    </Button>
  );
}

/** In place of every page, for whoever has none though their role asks for one. */
export function FirstTotp(): ReactNode {
  const t = useWords(totpWords);
  return (
    <Flex vertical gap={12} align="start" style={{ maxWidth: 480 }}>
      <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
        {t.firstTitle}
      </Typography.Title>
      <Typography.Text type="secondary">{t.firstAbout}</Typography.Text>
      <Typography.Text type="secondary">{t.about}</Typography.Text>
      <SetUpTotp label={t.setUp} primary done={() => pend(null)} />
    </Flex>
  );
}
