import { App, Button, Flex, Form, Modal, Segmented, Typography } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { client } from '../../kit/api.js';
import { CampSelect } from '../../kit/camp-select.js';
import { save } from '../../kit/download.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    title: '导出会员',
    hint: '导出一个训练营的全部会员，与列表的筛选无关。',
    camp: '训练营',
    format: '格式',
    export: '导出',
    cancel: '取消',
    waiting: '正在生成…',
    received: (kb: number) => `已接收 ${kb.toLocaleString('zh-CN')} KB`,
    done: (name: string) => `已下载 ${name}`,
  },
  {
    title: 'Export members',
    hint: 'All members of one camp, whatever the list is filtered by.',
    camp: 'Camp',
    format: 'Format',
    export: 'Export',
    cancel: 'Cancel',
    waiting: 'Being made…',
    received: (kb: number) => `${kb.toLocaleString('en')} KB so far`,
    done: (name: string) => `${name} is downloaded`,
  },
);

type Format = 'xlsx' | 'csv';

export function ExportMembers({ campId, close }: { campId: string; close: () => void }): ReactNode {
  const t = useWords(text);
  const [chosen, setChosen] = useState(campId);
  const [format, setFormat] = useState<Format>('xlsx');
  const { start, cancel, bytes, error } = useExport(close);
  const running = bytes !== null;
  return (
    <Modal
      open
      title={t.title}
      onCancel={() => {
        cancel();
        close();
      }}
      footer={
        <Flex gap={8} justify="end" align="center">
          <Typography.Text type="secondary" aria-live="polite">
            {running && (bytes > 0 ? t.received(Math.ceil(bytes / 1024)) : t.waiting)}
          </Typography.Text>
          <Button onClick={running ? cancel : close}>{t.cancel}</Button>
          <Button
            type="primary"
            loading={running}
            disabled={chosen === ''}
            onClick={() => start(Number(chosen), format)}
          >
            {t.export}
          </Button>
        </Flex>
      }
    >
      <Form layout="vertical" disabled={running}>
        <Typography.Paragraph type="secondary">{t.hint}</Typography.Paragraph>
        <Form.Item label={t.camp} required>
          <CampSelect value={chosen} change={setChosen} required />
        </Form.Item>
        <Form.Item label={t.format}>
          <Segmented<Format>
            aria-label={t.format}
            value={format}
            onChange={setFormat}
            options={[
              { value: 'xlsx', label: 'Excel (xlsx)' },
              { value: 'csv', label: 'CSV' },
            ]}
          />
        </Form.Item>
        <Refusal error={error} />
      </Form>
    </Modal>
  );
}

function useExport(finished: () => void): {
  start: (campId: number, format: Format) => void;
  cancel: () => void;
  /** Received so far; null when nothing is being exported. */
  bytes: number | null;
  error: unknown;
} {
  const t = useWords(text);
  const { message } = App.useApp();
  const [bytes, setBytes] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = (campId: number, format: Format): void => {
    const abort = new AbortController();
    running.current = abort;
    setError(null);
    setBytes(0);
    client
      .download(
        'exportMembers',
        { query: { campId, format } },
        { signal: abort.signal, onProgress: setBytes },
      )
      .then((file) => {
        save(file);
        void message.success(t.done(file.fileName));
        finished();
      })
      .catch((reason: unknown) => {
        if (!abort.signal.aborted) setError(reason);
      })
      .finally(() => setBytes(null));
  };
  return { start, cancel: () => running.current?.abort(), bytes, error };
}
