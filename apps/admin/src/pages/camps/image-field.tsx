import { DeleteOutlined, InboxOutlined, LinkOutlined } from '@ant-design/icons';
import { App, Button, Flex, Input, Progress, Typography, Upload } from 'antd';
import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import { ApiError, webAddress, type Camp } from '@yajin/web';
import { useExplain } from '../../kit/failure.js';
import { useSaid } from '../../kit/said.js';
import { useWords, words } from '../../kit/text.js';
import { uploadImage } from '../../kit/upload.js';

const text = words(
  {
    drop: '点击或拖入图片',
    types: 'PNG、JPEG 或 WebP，不超过 5 MB',
    replace: '点击或拖入以替换',
    uploading: '正在上传',
    cancel: '取消',
    remove: '移除',
    byUrl: '改用网址',
    url: '图片网址，如 https://…',
    tooBig: '图片超过 5 MB，请压缩后再上传',
    wrongType: '只支持 PNG、JPEG 或 WebP 图片',
    done: '已上传',
    says: (text: string) => `已识别二维码：${text}`,
    least: { poster: '，至少 600×300 像素', groupQrcode: '，须有清晰的二维码' },
    unchecked: {
      poster: '这个网址的图片没有检查过大小',
      groupQrcode: '这个网址的图片没有检查过是不是二维码，建议上传',
    },
  },
  {
    drop: 'Click or drop a picture',
    types: 'PNG, JPEG or WebP, up to 5 MB',
    replace: 'Click or drop to replace',
    uploading: 'Uploading',
    cancel: 'Cancel',
    remove: 'Remove',
    byUrl: 'Use an address instead',
    url: 'Address of the picture, such as https://…',
    tooBig: 'The picture is larger than 5 MB: make it smaller first',
    wrongType: 'Only PNG, JPEG and WebP pictures',
    done: 'Uploaded',
    says: (text: string) => `The code says: ${text}`,
    least: { poster: ', at least 600×300 pixels', groupQrcode: ', with a sharp QR code' },
    unchecked: {
      poster: 'Nobody has checked how large the picture of this address is',
      groupQrcode: 'Nobody has checked that the picture of this address is a code: better upload it',
    },
  },
);

const TYPES = ['image/png', 'image/jpeg', 'image/webp'];
const MAX_BYTES = 5 * 1024 * 1024;

/** A picture of a form: uploaded, dropped, or named by its address. `value` is the address. */
export function ImageField({
  id,
  label,
  use,
  value = '',
  onChange,
  ref,
}: {
  id?: string;
  /** What the picture is, for screen readers. */
  label: string;
  /** What the server holds an uploaded one to. */
  use: 'poster' | 'groupQrcode';
  value?: string;
  onChange?: (url: string) => void;
  /** What a form scrolls to. */
  ref?: Ref<HTMLDivElement>;
}): ReactNode {
  const t = useWords(text);
  const [byUrl, setByUrl] = useState(false);
  const [uploaded, setUploaded] = useState<Camp.UploadedImage | null>(null);
  const { share, send, cancel } = useUpload(use, (image) => {
    setUploaded(image);
    onChange?.(image.url);
  });
  const uploading = share !== null;
  return (
    <Flex vertical gap={6} ref={ref ?? null}>
      <Upload.Dragger
        {...(id ? { id } : {})}
        accept={TYPES.join(',')}
        showUploadList={false}
        disabled={uploading}
        beforeUpload={(file) => {
          send(file);
          return Upload.LIST_IGNORE;
        }}
        style={{ padding: 0 }}
        aria-label={label}
      >
        <Chosen url={value} use={use} />
      </Upload.Dragger>
      {uploading && <Sending share={share} cancel={cancel} />}
      {uploaded?.url === value && uploaded.qrText !== null && (
        <Typography.Text style={{ fontSize: 12, overflowWrap: 'anywhere' }}>
          {t.says(uploaded.qrText)}
        </Typography.Text>
      )}
      {byUrl && (
        <Input
          value={value}
          placeholder={t.url}
          aria-label={`${label} ${t.url}`}
          maxLength={500}
          onChange={({ target }) => onChange?.(target.value.trim())}
        />
      )}
      {byUrl && value && uploaded?.url !== value && (
        <Typography.Text type="warning" style={{ fontSize: 12 }}>
          {t.unchecked[use]}
        </Typography.Text>
      )}
      <Flex gap={4}>
        {!byUrl && (
          <Button size="small" type="link" icon={<LinkOutlined />} onClick={() => setByUrl(true)}>
            {t.byUrl}
          </Button>
        )}
        {value && !uploading && (
          <Button size="small" type="link" danger icon={<DeleteOutlined />} onClick={() => onChange?.('')}>
            {t.remove}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}

function Sending({ share, cancel }: { share: number; cancel: () => void }): ReactNode {
  const t = useWords(text);
  return (
    <Flex gap={8} align="center">
      <Progress percent={Math.round(share * 100)} size="small" aria-label={t.uploading} />
      <Button size="small" onClick={cancel}>
        {t.cancel}
      </Button>
    </Flex>
  );
}

function Chosen({ url, use }: { url: string; use: 'poster' | 'groupQrcode' }): ReactNode {
  const t = useWords(text);
  return (
    <Flex align="center" gap={12} style={{ minHeight: 56, padding: '0 4px', textAlign: 'start' }}>
      <Thumbnail url={url} />
      <div style={{ minWidth: 0, flex: 1 }}>
        <Typography.Text>{url ? t.replace : t.drop}</Typography.Text>
        <br />
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {t.types}
          {t.least[use]}
        </Typography.Text>
      </div>
    </Flex>
  );
}

function Thumbnail({ url }: { url: string }): ReactNode {
  const [broken, setBroken] = useState('');
  const address = webAddress(url);
  if (address === null || broken === url) return <InboxOutlined style={{ fontSize: 28, opacity: 0.6 }} />;
  return (
    <img
      src={address}
      alt=""
      onError={() => setBroken(url)}
      style={{ width: 56, height: 56, objectFit: 'cover', borderRadius: 6 }}
    />
  );
}

function useUpload(
  use: 'poster' | 'groupQrcode',
  done: (image: Camp.UploadedImage) => void,
): {
  /** How much has been sent, 0–1; null when nothing is being sent. */
  share: number | null;
  send: (file: File) => void;
  cancel: () => void;
} {
  const t = useWords(text);
  const { message } = App.useApp();
  const explain = useExplain();
  const say = useSaid();
  const [share, setShare] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const send = (file: File): void => {
    if (!TYPES.includes(file.type)) return void message.error(t.wrongType);
    if (file.size > MAX_BYTES) return void message.error(t.tooBig);
    const abort = new AbortController();
    running.current = abort;
    setShare(0);
    uploadImage(file, use, { progress: setShare, signal: abort.signal })
      .then((image) => {
        done(image);
        void message.success(t.done);
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        // What the picture lacks, where it is that.
        const [wrong] = error instanceof ApiError ? error.fields : [];
        const { cause, remedy, trace } = explain(error);
        void message.error(wrong ? say(wrong) : [cause, remedy, trace].filter(Boolean).join(' · '), 8);
      })
      .finally(() => setShare(null));
  };
  return { share, send, cancel: () => running.current?.abort() };
}
