import { isolated } from '@yajin/core';
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Flex, Segmented, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useApiQuery } from '../../kit/api.js';
import { DateRange } from '../../kit/date-range.js';
import { Panel } from '../../kit/panel.js';
import { useMay, useSession } from '../../kit/session.js';
import { useWords } from '../../kit/text.js';
import { ExportList } from './export-list.js';
import { exportWords } from './export-words.js';
import { startExport, type Wanted } from './running.js';

type Content = 'summary' | 'detail' | 'members';
type Format = 'xlsx' | 'pdf' | 'csv';

const FORMATS: Record<Content, readonly Format[]> = {
  summary: ['xlsx', 'pdf'],
  detail: ['xlsx', 'pdf'],
  members: ['xlsx', 'csv'],
};

interface Choice {
  content: Content;
  format: Format;
  from: string;
  to: string;
}

/** @param campId of the camp that is looked at; empty for all */
export function Exports({ campId }: { campId: string }): ReactNode {
  const t = useWords(exportWords);
  const may = useMay();
  const { userId } = useSession();
  const [choice, choose] = useState<Choice>({ content: 'summary', format: 'xlsx', from: '', to: '' });
  const camp = useApiQuery('getCamp', { path: { id: Number(campId) } }, { enabled: campId !== '' });
  const { content } = choice;
  const obstacle =
    content !== 'members' ? '' : !may('member:manage') ? t.denied : campId === '' ? t.choose : '';
  const name = campId === '' ? t.all : (camp.data?.name ?? `#${campId}`);
  return (
    <Panel title={t.title}>
      <Flex vertical gap={12}>
        <Choices choice={choice} choose={choose} dated={campId === '' && content !== 'members'} />
        <Typography.Text type="secondary">
          {t.hints[content]} {choice.format === 'pdf' && t.pdf}
          {campId === '' && content !== 'members' && t.range}
        </Typography.Text>
        <Flex gap={12} align="center" wrap>
          <Button
            type="primary"
            icon={<DownloadOutlined />}
            disabled={obstacle !== '' || camp.isLoading}
            onClick={() => startExport(userId, `${isolated(name)} · ${t[content]}`, wantedOf(choice, campId))}
          >
            {t.start}
          </Button>
          <Typography.Text type={obstacle ? 'warning' : 'secondary'}>{obstacle || name}</Typography.Text>
        </Flex>
        <ExportList />
      </Flex>
    </Panel>
  );
}

function Choices({
  choice,
  choose,
  dated,
}: {
  choice: Choice;
  choose: (choice: Choice) => void;
  dated: boolean;
}): ReactNode {
  const t = useWords(exportWords);
  const { content, format } = choice;
  const contents = ['summary', 'detail', 'members'] as const;
  return (
    <Flex gap={12} wrap align="center">
      <Segmented<Content>
        aria-label={t.what}
        value={content}
        options={contents.map((value) => ({ value, label: t[value] }))}
        onChange={(next) =>
          choose({ ...choice, content: next, format: FORMATS[next].includes(format) ? format : 'xlsx' })
        }
      />
      <Segmented<Format>
        aria-label={t.format}
        value={format}
        options={FORMATS[content].map((value) => ({ value, label: value }))}
        onChange={(next) => choose({ ...choice, format: next })}
      />
      {dated && (
        <DateRange
          label={t.dates}
          from={choice.from}
          to={choice.to}
          change={(from, to) => choose({ ...choice, from, to })}
        />
      )}
    </Flex>
  );
}

function wantedOf({ content, format, from, to }: Choice, campId: string): Wanted {
  const camp = campId === '' ? {} : { campId: Number(campId) };
  if (content === 'members')
    return {
      operation: 'exportMembers',
      query: { campId: Number(campId), format: format === 'csv' ? 'csv' : 'xlsx' },
    };
  const dates = campId === '' ? { ...(from && { startDate: from }), ...(to && { endDate: to }) } : {};
  return {
    operation: 'exportStats',
    query: { type: content, format: format === 'pdf' ? 'pdf' : 'xlsx', ...camp, ...dates },
  };
}
