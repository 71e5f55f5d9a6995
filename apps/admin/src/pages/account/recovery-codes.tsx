import { App, Button, Flex, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import { save } from '../../kit/download.js';
import { useSession } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { totpWords } from './totp-words.js';

/** Shown once; it closes only by saying that they were kept. */
export function RecoveryCodes({ codes, kept }: { codes: string[] | null; kept: () => void }): ReactNode {
  const t = useWords(totpWords);
  const { username } = useSession();
  const { message } = App.useApp();
  const text = codes?.join('\n') ?? '';
  const download = (): void =>
    save({ blob: new Blob([`${text}\n`], { type: 'text/plain' }), fileName: t.fileName(username) });
  return (
    <Modal
      open={codes !== null}
      title={t.keepTitle}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      destroyOnHidden
      width={440}
      footer={
        <Flex gap={8} justify="end" wrap>
          <Button
            onClick={() =>
              void navigator.clipboard.writeText(text).then(() => message.success(t.copied), download)
            }
          >
            {t.copy}
          </Button>
          <Button onClick={download}>{t.download}</Button>
          <Button type="primary" onClick={kept}>
            {t.kept}
          </Button>
        </Flex>
      }
    >
      <Typography.Paragraph type="secondary">{t.keepAbout}</Typography.Paragraph>
      <ol className="number" style={{ margin: 0, paddingInlineStart: 28, fontFamily: 'monospace' }}>
        {codes?.map((code) => (
          <li key={code} style={{ padding: '2px 0' }}>
            {code}
          </li>
        ))}
      </ol>
    </Modal>
  );
}
