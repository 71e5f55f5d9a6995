import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { count, dateTime } from '@yajin/ui';
import { useApiMutation, useApiQuery } from '../../kit/api.js';
import { useExplain } from '../../kit/failure.js';
import { List } from '../../kit/list.js';
import { useWords } from '../../kit/text.js';
import { UploadDialog } from './upload-dialog.js';
import { uploadWords } from './upload-words.js';

const COLORS = { draft: 'default', applied: 'green', undone: 'default' } as const;

/** Opens the dialog that takes a file. */
export function ImportButton({ campId }: { campId: number }): ReactNode {
  const t = useWords(uploadWords);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<UploadOutlined />} onClick={() => setOpen(true)}>
        {t.open}
      </Button>
      {open && <UploadDialog campId={campId} close={() => setOpen(false)} />}
    </>
  );
}

/** What was imported by hand, as long as there is something; each can be undone until the refund list is made. */
export function Uploads({ campId }: { campId: number }): ReactNode {
  const t = useWords(uploadWords);
  const answer = useApiQuery('listCheckinUploads', { query: { campId } });
  const undo = useUndo();
  if ((answer.data?.list.length ?? 0) === 0) return null;
  return (
    <List<Console.CheckinUpload>
      label={t.past}
      filters={<Typography.Text strong>{t.past}</Typography.Text>}
      answer={answer}
      columns={[
        {
          title: t.file,
          key: 'file',
          render: (_, { fileName }) => (
            <Typography.Text ellipsis={{ tooltip: fileName }} style={{ maxWidth: 240 }}>
              {fileName}
            </Typography.Text>
          ),
        },
        { title: t.added, key: 'added', render: (_, { added }) => count(added) },
        {
          title: t.status,
          key: 'status',
          render: (_, { status, closes }) => (
            <>
              <Tag color={COLORS[status]}>{t.statuses[status]}</Tag>
              {status === 'applied' && closes && <Tag color="gold">{t.closed}</Tag>}
            </>
          ),
        },
        { title: t.by, dataIndex: 'operator' },
        { title: t.at, key: 'at', render: (_, { appliedAt, createdAt }) => dateTime(appliedAt ?? createdAt) },
        {
          title: t.undo,
          key: 'undo',
          render: (_, upload) =>
            upload.status === 'applied' && (
              <Button
                size="small"
                danger
                disabled={!upload.canUndo}
                title={upload.canUndo ? undefined : t.fixed}
                onClick={() => undo(upload)}
              >
                {t.undo}
              </Button>
            ),
        },
      ]}
    />
  );
}

function useUndo(): (upload: Console.CheckinUpload) => void {
  const t = useWords(uploadWords);
  const { message, modal } = App.useApp();
  const explain = useExplain();
  const act = useApiMutation('undoCheckinUpload', {
    invalidates: ['listCheckinUploads', 'getCheckinStats', 'listCheckinRecords', 'listMembers', 'getMember'],
  });
  return ({ id, fileName, added }) =>
    void modal.confirm({
      title: t.undoTitle(fileName),
      content: t.undoBody(count(added)),
      okText: t.undo,
      okButtonProps: { danger: true },
      cancelText: t.cancel,
      onOk: () =>
        act.mutateAsync({ path: { id } }).then(
          () => void message.success(t.undone),
          (error: unknown) => {
            const { cause, remedy, trace } = explain(error);
            void message.error([cause, remedy, trace].filter(Boolean).join(' '));
          },
        ),
    });
}
