import { FileTextOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Flex, Modal, Spin, Table, Typography, Upload } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console, OperationName } from '@yajin/web';
import { count } from '@yajin/ui';
import { useApiMutation } from '../../kit/api.js';
import { betweenWords } from '../../kit/between-words.js';
import { csvFile, save } from '../../kit/download.js';
import { Refusal } from '../../kit/failure.js';
import { FigureGrid } from '../../kit/figure-grid.js';
import { useSaid } from '../../kit/said.js';
import { useWords } from '../../kit/text.js';
import { uploadWords } from './upload-words.js';

const MAX_BYTES = 700_000;
const CHANGED: OperationName[] = [
  'listCheckinUploads',
  'getCheckinStats',
  'listCheckinRecords',
  'listMembers',
  'getMember',
  'listPendingRefunds',
];

/** Check-ins by a file: chosen, shown for what they would do, and then taken. */
export function UploadDialog({ campId, close }: { campId: number; close: () => void }): ReactNode {
  const t = useWords(uploadWords);
  const { message } = App.useApp();
  const preview = useApiMutation('previewCheckinUpload');
  const apply = useApiMutation('applyCheckinUpload', { invalidates: CHANGED });
  const [closes, setCloses] = useState(false);
  const found = preview.data;
  const choose = (file: File): void => {
    if (file.size > MAX_BYTES) return void message.error(t.tooBig);
    base64(file).then(
      (content) => preview.mutate({ body: { campId, fileName: file.name.slice(-200), content } }),
      () => void message.error(t.unreadable),
    );
  };
  const again = (): void => {
    preview.reset();
    apply.reset();
    setCloses(false);
  };
  const confirm = (): void => {
    if (!found) return;
    apply.mutate(
      { path: { id: found.upload.id }, body: { closes } },
      { onSuccess: ({ added }) => (close(), void message.success(t.done(count(added)))) },
    );
  };
  const ready = found !== undefined && (found.counts.new > 0 || closes);
  const added = count(found?.counts.new ?? 0);
  return (
    <Modal
      open
      title={t.title}
      width={680}
      onCancel={close}
      okText={closes ? t.applyAndClose(added) : found ? t.apply(added) : t.open}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !ready, danger: closes }}
      confirmLoading={apply.isPending}
      onOk={confirm}
    >
      <Flex vertical gap={12}>
        {found ? (
          <Preview found={found} again={again} closes={closes} close={setCloses} />
        ) : (
          <Choose choose={choose} reading={preview.isPending} />
        )}
        <Refusal error={preview.error ?? apply.error} />
      </Flex>
    </Modal>
  );
}

function Choose({ choose, reading }: { choose: (file: File) => void; reading: boolean }): ReactNode {
  const t = useWords(uploadWords);
  return (
    <>
      <Typography.Text>{t.about}</Typography.Text>
      <Upload.Dragger
        accept=".csv,.txt,.xlsx"
        showUploadList={false}
        disabled={reading}
        beforeUpload={(file) => {
          choose(file);
          return Upload.LIST_IGNORE;
        }}
        aria-label={t.choose}
      >
        <Spin spinning={reading}>
          <FileTextOutlined style={{ fontSize: 28, opacity: 0.6 }} />
          <div>{reading ? t.reading : t.choose}</div>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t.types}
          </Typography.Text>
        </Spin>
      </Upload.Dragger>
      <div>
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          onClick={() => save(csvFile(t.templateName, t.templateRows))}
        >
          {t.template}
        </Button>
      </div>
    </>
  );
}

function Preview({
  found,
  again,
  closes,
  close,
}: {
  found: Console.CheckinUploadPreview;
  again: () => void;
  closes: boolean;
  close: (closes: boolean) => void;
}): ReactNode {
  const t = useWords(uploadWords);
  const { aside } = useWords(betweenWords);
  const say = useSaid();
  const { counts, rows, upload, members, canClose } = found;
  const left = upload.lines - counts.new;
  const names = ['new', 'duplicate', 'outside', 'unmatched', 'bad'] as const;
  return (
    <>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Typography.Text strong style={{ overflowWrap: 'anywhere' }}>
          {upload.fileName}
        </Typography.Text>
        <Button size="small" onClick={again}>
          {t.another}
        </Button>
      </Flex>
      <FigureGrid
        label={t.counts}
        least={108}
        figures={names.map((name) =>
          name === 'new'
            ? [t.count[name], count(counts[name]), t.members(count(members))]
            : [t.count[name], count(counts[name])],
        )}
      />
      {rows.length > 0 && (
        <Table<Console.CheckinUploadRow>
          size="small"
          aria-label={t.left}
          title={() => t.left + aside(t.leftOf(count(rows.length), count(left)))}
          rowKey="line"
          dataSource={rows}
          pagination={false}
          scroll={{ y: 200 }}
          columns={[
            { title: t.columns.line, dataIndex: 'line', width: 56 },
            {
              title: t.columns.who,
              key: 'who',
              ellipsis: true,
              render: (_, { who }) => <span title={who}>{who}</span>,
            },
            { title: t.columns.date, dataIndex: 'date', width: 108, ellipsis: true },
            {
              title: t.columns.reason,
              key: 'reason',
              render: (_, { reason, reasonCode }) => say({ message: reason, code: reasonCode }),
            },
          ]}
        />
      )}
      {counts.new === 0 && <Alert type="info" showIcon title={t.nothing} />}
      {canClose ? (
        <div>
          <Checkbox checked={closes} onChange={({ target }) => close(target.checked)}>
            {t.closes}
          </Checkbox>
          {closes && <Alert type="warning" showIcon title={t.closesHint} style={{ marginTop: 8 }} />}
        </div>
      ) : (
        <Typography.Text type="secondary">{t.notYet}</Typography.Text>
      )}
    </>
  );
}

/** A file's bytes as text that JSON can carry. */
function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () =>
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '');
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}
