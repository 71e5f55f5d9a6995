import { Flex, Segmented, theme, Typography } from 'antd';
import { addDays, businessDate } from '@yajin/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { useWords, words } from '../../kit/text.js';
import { totalDays, type CampValues } from './values.js';

const text = words(
  {
    title: '会员在手机上看到的样子',
    before: '报名前',
    after: '付款后',
    name: '（训练营名称）',
    examples: '还没填写的内容用示例代替。',
    closed: '报名已经截止：新来的人看到的就是这样，不能再报名。',
    finished: '训练营已结束：新来的人看到的就是这样，不能再报名。',
  },
  {
    title: 'As members see it on their phones',
    before: 'Before enrolling',
    after: 'After payment',
    name: 'Name of the camp',
    examples: 'What is not filled in yet is shown as an example.',
    closed: 'Enrolment is over: this is what newcomers see, and they cannot enrol.',
    finished: 'The camp is over: this is what newcomers see, and they cannot enrol.',
  },
);

/** Pixels, as of a phone; it is shown smaller. */
const PHONE = { width: 375, height: 667 };
const SCALE = 0.8;
const EXAMPLE_DAYS = 21;

interface PreviewProps {
  values: CampValues;
  /** The camp as it is kept; null for a new one. */
  camp: Pick<Camp.CampDetail, 'id' | 'status' | 'memberCount'> | null;
}

/** The member pages themselves, of what the form holds or of a camp in its state, in a frame the size of a phone. */
export function Preview({ values, camp }: PreviewProps): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const [page, setPage] = useState<'before' | 'after'>('before');
  const { shown, examples } = publicOf(values, camp, t.name);
  const newcomers =
    page === 'before' &&
    { draft: null, enrolling: null, ongoing: t.closed, finished: t.finished }[shown.status];
  return (
    <Flex
      vertical
      gap={10}
      component="section"
      aria-label={t.title}
      style={{ width: PHONE.width * SCALE + 18 }}
    >
      <Segmented
        block
        aria-label={t.title}
        value={page}
        onChange={setPage}
        options={(['before', 'after'] as const).map((value) => ({ value, label: t[value] }))}
      />
      <div
        style={{
          border: `1px solid ${token.colorBorder}`,
          borderRadius: 24,
          padding: 8,
          background: token.colorBgContainer,
        }}
      >
        <Phone
          message={{ preview: page, camp: shown, groupQrcodeUrl: values.groupQrcodeUrl || null }}
          label={t[page]}
        />
      </div>
      <Typography.Text type="secondary">{newcomers || (examples && t.examples)}</Typography.Text>
    </Flex>
  );
}

/** A frame that is told what to show as soon as it says that it is there, and at every change. */
function Phone({ message, label }: { message: object; label: string }): ReactNode {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent<{ preview?: string } | null>): void => {
      if (origin === location.origin && source === frame.current?.contentWindow && data?.preview === 'ready')
        setReady(true);
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (ready) frame.current?.contentWindow?.postMessage(message, location.origin);
  }, [ready, message]);
  return (
    <div
      style={{
        width: PHONE.width * SCALE,
        height: PHONE.height * SCALE,
        overflow: 'hidden',
        borderRadius: 17,
      }}
    >
      <iframe
        ref={frame}
        src="/h5/preview"
        title={label}
        style={{ ...PHONE, border: 0, transform: `scale(${SCALE})`, transformOrigin: '0 0' }}
      />
    </div>
  );
}

/** The camp as the member pages are told of it; a draft as it will be once it is published. */
function publicOf(
  values: CampValues,
  camp: PreviewProps['camp'],
  name: string,
): { shown: Camp.PublicCampDetail; examples: boolean } {
  const startDate = values.startDate || addDays(businessDate(new Date()), 1);
  const endDate = values.endDate > startDate ? values.endDate : addDays(startDate, EXAMPLE_DAYS);
  const status = camp === null || camp.status === 'draft' ? 'enrolling' : camp.status;
  const days = totalDays({ startDate, endDate });
  return {
    examples:
      !values.name.trim() ||
      !values.startDate ||
      !values.endDate ||
      !values.groupQrcodeUrl ||
      values.deposit === null ||
      !values.requiredDays,
    shown: {
      id: camp?.id ?? 0,
      name: values.name.trim() || name,
      posterUrl: values.posterUrl,
      description: values.description.trim() || null,
      deposit: values.deposit ?? 99,
      startDate,
      endDate,
      totalDays: days,
      requiredDays: values.requiredDays ?? days,
      groupQrcodeUrl: null,
      memberCount: camp?.memberCount ?? 0,
      status,
      rules: values.rules.filter((rule) => rule?.trim()),
      prefillInfo: null,
    },
  };
}
