import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Input, Table, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useApiMutation } from '../../kit/api.js';
import { csvFile, save } from '../../kit/download.js';
import { Refusal } from '../../kit/failure.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    title: '专属链接',
    hint: '一人一条，带签名：会员打开后不必填写星球 ID，付款即完成匹配，别人也冒用不了。请私信发给本人。',
    ids: '知识星球用户 ID',
    idsHint: '每行一个，最多 200 个',
    counted: (n: number, doubled: number) =>
      doubled > 0 ? `${n} 个（已去掉 ${doubled} 个重复）` : `${n} 个`,
    tooMany: (n: number) => `一次最多 200 个，现在是 ${n} 个`,
    tooLong: '有超过 64 个字符的 ID',
    make: '生成链接',
    id: '星球用户 ID',
    link: '链接',
    copyAll: '复制全部',
    download: '下载 CSV',
    fileName: (id: number) => `专属链接_训练营${id}.csv`,
  },
  {
    title: 'Personal links',
    hint: 'One for each person, signed: whoever opens theirs need not enter a planet id, is matched on payment, and nobody can pose as them. Send each to its owner.',
    ids: 'Planet user ids',
    idsHint: 'One a line, 200 at most',
    counted: (n: number, doubled: number) => (doubled > 0 ? `${n} (${doubled} doubled left out)` : String(n)),
    tooMany: (n: number) => `200 at a time, not ${n}`,
    tooLong: 'An id is longer than 64 characters',
    make: 'Make links',
    id: 'Planet user id',
    link: 'Link',
    copyAll: 'Copy all',
    download: 'Download CSV',
    fileName: (id: number) => `personal_links_camp${id}.csv`,
  },
);

const MOST = 200;
const LONGEST = 64;

/** Signed links for people whose planet ids are known: pasted here, to be copied or taken away as a file. */
export function PersonalLinks({ camp }: { camp: Camp.CampDetail }): ReactNode {
  const t = useWords(text);
  const [pasted, setPasted] = useState('');
  const make = useApiMutation('createPersonalLinks');
  const given = pasted.split(/[\s,，;；]+/).filter(Boolean);
  const ids = [...new Set(given)];
  const wrong =
    ids.length > MOST ? t.tooMany(ids.length) : ids.some((id) => id.length > LONGEST) ? t.tooLong : '';
  return (
    <Card size="small" title={t.title}>
      <Flex vertical gap={10}>
        <Typography.Text type="secondary">{t.hint}</Typography.Text>
        <Input.TextArea
          value={pasted}
          onChange={({ target }) => setPasted(target.value)}
          aria-label={t.ids}
          placeholder={`${t.ids}\n${t.idsHint}`}
          autoSize={{ minRows: 3, maxRows: 10 }}
          status={wrong ? 'error' : ''}
        />
        <Flex gap={12} align="center" wrap>
          <Button
            type="primary"
            disabled={ids.length === 0 || wrong !== ''}
            loading={make.isPending}
            onClick={() => make.mutate({ path: { id: camp.id }, body: { planetUserIds: ids } })}
          >
            {t.make}
          </Button>
          <Typography.Text type={wrong ? 'danger' : 'secondary'}>
            {wrong || (ids.length > 0 && t.counted(ids.length, given.length - ids.length))}
          </Typography.Text>
        </Flex>
        <Refusal error={make.error} />
        {make.data && <Made links={make.data} />}
      </Flex>
    </Card>
  );
}

function Made({ links: { campId, list } }: { links: Camp.PersonalLinks }): ReactNode {
  const t = useWords(text);
  const rows = list.map(({ planetUserId, url }) => [planetUserId, url]);
  return (
    <>
      <Table<Camp.PersonalLink>
        size="small"
        aria-label={t.title}
        rowKey="planetUserId"
        dataSource={list}
        pagination={list.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t.id, dataIndex: 'planetUserId' },
          {
            title: t.link,
            dataIndex: 'url',
            render: (url: string) => (
              <Typography.Text copyable={{ text: url }} ellipsis style={{ maxWidth: 360 }}>
                {url}
              </Typography.Text>
            ),
          },
        ]}
      />
      <Flex gap={12} wrap align="center">
        <Typography.Text copyable={{ text: rows.map((row) => row.join('\t')).join('\n') }}>
          {t.copyAll}
        </Typography.Text>
        <Button
          icon={<DownloadOutlined />}
          onClick={() => save(csvFile(t.fileName(campId), [[t.id, t.link], ...rows]))}
        >
          {t.download}
        </Button>
      </Flex>
    </>
  );
}
