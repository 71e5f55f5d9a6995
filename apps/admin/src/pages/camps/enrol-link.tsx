import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Flex, QRCode, Typography } from 'antd';
import { useRef, type ReactNode } from 'react';
import { save } from '../../kit/download.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    title: '报名链接',
    hint: '发在群里或海报上，任何人都可以打开报名。付款时会员自己填写星球昵称。',
    qrcode: '报名二维码',
    download: '下载二维码',
    fileName: (name: string) => `报名码_${name}.png`,
  },
  {
    title: 'Enrolment link',
    hint: 'For groups and posters: anybody may open it. Members enter their planet nickname themselves.',
    qrcode: 'Enrolment QR code',
    download: 'Download the code',
    fileName: (name: string) => `enrol_${name}.png`,
  },
);

/** Pixels: sharp on a poster. */
const PRINT_SIZE = 1024;

/** Where members enrol, to copy and to print. */
export function EnrolLink({ name, url }: { name: string; url: string }): ReactNode {
  const t = useWords(text);
  const print = useRef<HTMLDivElement>(null);
  const download = (): void => {
    const canvas = print.current?.querySelector('canvas');
    canvas?.toBlob((blob) => blob && save({ blob, fileName: t.fileName(name) }));
  };
  return (
    <Card size="small" title={t.title}>
      <Flex gap={16} wrap align="center">
        <div>
          <QRCode
            aria-label={t.qrcode}
            role="img"
            value={url}
            type="canvas"
            size={128}
            color="#000"
            bgColor="#fff"
            errorLevel="M"
          />
        </div>
        {/* The same, large and never shown: what is downloaded. */}
        <div ref={print} hidden>
          <QRCode
            value={url}
            type="canvas"
            size={PRINT_SIZE}
            color="#000"
            bgColor="#fff"
            errorLevel="M"
            bordered={false}
          />
        </div>
        <Flex vertical gap={10} align="start" style={{ flex: '1 1 220px', minWidth: 0 }}>
          <Typography.Text copyable code style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Typography.Text>
          <Typography.Text type="secondary">{t.hint}</Typography.Text>
          <Button icon={<DownloadOutlined />} onClick={download}>
            {t.download}
          </Button>
        </Flex>
      </Flex>
    </Card>
  );
}
