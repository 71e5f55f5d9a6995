import { keepPreviousData } from '@tanstack/react-query';
import { Empty, Input, Modal, Spin, theme, Typography } from 'antd';
import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import { useNavigate } from 'react-router';
import { useApiQuery } from '../kit/api.js';
import { useCampName } from '../kit/camp-name.js';
import { useClearText } from '../kit/clear.js';
import { useMay } from '../kit/session.js';
import { useLanguage, useWords, words } from '../kit/text.js';
import { menuWords, useMenu } from './menu.js';

const text = words(
  {
    title: '搜索',
    hint: '昵称、星球 ID、订单号、训练营或页面',
    none: '没有找到',
    pages: '页面',
    camps: '训练营',
    members: '会员',
  },
  {
    title: 'Search',
    hint: 'Nickname, planet id, order number, camp or page',
    none: 'Nothing found',
    pages: 'Pages',
    camps: 'Camps',
    members: 'Members',
  },
);

interface Hit {
  key: string;
  group: string;
  label: string;
  detail: string;
  to: string;
}

const WAIT_MS = 200;

/** Ctrl-K: finds pages, camps and members, by keyboard alone. */
export function Palette({ open, change }: { open: boolean; change: (open: boolean) => void }): ReactNode {
  const t = useWords(text);
  const [typed, setTyped] = useState('');
  return (
    <Modal
      open={open}
      footer={null}
      closable={false}
      onCancel={() => change(false)}
      title={t.title}
      destroyOnHidden
      afterClose={() => setTyped('')}
      width={560}
      style={{ top: 60 }}
    >
      <Finder typed={typed} type={setTyped} close={() => change(false)} />
    </Modal>
  );
}

function Finder({
  typed,
  type,
  close,
}: {
  typed: string;
  type: (text: string) => void;
  close: () => void;
}): ReactNode {
  const t = useWords(text);
  const clear = useClearText();
  const navigate = useNavigate();
  const { hits, searching } = useHits(typed.trim());
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const chosen = Math.min(at, Math.max(0, hits.length - 1));
  const go = (hit: Hit | undefined): void => {
    if (!hit) return;
    close();
    void navigate(hit.to);
  };
  const move = (by: number): void => {
    const next = Math.max(0, Math.min(hits.length - 1, chosen + by));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <Input
        autoFocus
        allowClear={clear}
        size="large"
        value={typed}
        placeholder={t.hint}
        role="combobox"
        aria-expanded
        aria-controls="palette-hits"
        aria-label={t.hint}
        aria-activedescendant={hits[chosen] ? `hit-${hits[chosen].key}` : undefined}
        suffix={searching ? <Spin size="small" /> : <span />}
        onChange={(event) => (type(event.target.value), setAt(0))}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter') go(hits[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      {hits.length === 0 && !searching && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />}
      <Hits ref={list} hits={hits} chosen={chosen} choose={setAt} go={go} />
    </>
  );
}

interface HitsProps {
  ref: Ref<HTMLDivElement>;
  hits: Hit[];
  chosen: number;
  choose: (index: number) => void;
  go: (hit: Hit) => void;
}

function Hits({ ref, hits, chosen, choose, go }: HitsProps): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  return (
    <div
      id="palette-hits"
      role="listbox"
      aria-label={t.title}
      ref={ref}
      style={{ marginTop: 8, maxHeight: '50vh', overflow: 'auto' }}
    >
      {hits.map((hit, index) => (
        <button
          key={hit.key}
          type="button"
          id={`hit-${hit.key}`}
          role="option"
          // The keyboard stays in the field above.
          tabIndex={-1}
          aria-selected={index === chosen}
          onClick={() => go(hit)}
          onMouseEnter={() => choose(index)}
          style={{
            display: 'flex',
            flexWrap: 'wrap',
            justifyContent: 'space-between',
            gap: '0 12px',
            width: '100%',
            padding: '8px 12px',
            border: 0,
            borderRadius: 6,
            font: 'inherit',
            color: 'inherit',
            textAlign: 'start',
            cursor: 'pointer',
            background: index === chosen ? token.controlItemBgActive : 'none',
          }}
        >
          <span>
            <Typography.Text type="secondary">{hit.group} · </Typography.Text>
            {hit.label}
          </span>
          <Typography.Text type="secondary">{hit.detail}</Typography.Text>
        </button>
      ))}
    </div>
  );
}

function useHits(typed: string): { hits: Hit[]; searching: boolean } {
  const t = useWords(text);
  const campName = useCampName();
  const names = useWords(menuWords);
  const language = useLanguage();
  const may = useMay();
  const keyword = useLater(typed);
  const asking = keyword !== '';
  const query = { keyword, pageSize: 8 };
  const camps = useApiQuery(
    'listCamps',
    { query },
    { enabled: asking && may('camp:read'), placeholderData: keepPreviousData },
  );
  const members = useApiQuery(
    'listMembers',
    { query },
    { enabled: asking && may('member:read'), placeholderData: keepPreviousData },
  );
  const orders = useApiQuery(
    'listPayOrders',
    { query },
    { enabled: asking && may('pay:read'), placeholderData: keepPreviousData },
  );
  const pages = useMenu()
    .flatMap((entry) =>
      entry.children
        ? entry.children.map(({ path, title }) => ({
            path,
            label: `${entry.title[language]} › ${title[language]}`,
          }))
        : [{ path: entry.path, label: entry.title[language] }],
    )
    .filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()))
    .map(({ path, label }): Hit => ({ key: path, group: t.pages, label, detail: '', to: path }));
  const found = asking ? (camps.data?.list ?? []) : [];
  const people = asking ? (members.data?.list ?? []) : [];
  const numbered = asking ? (orders.data?.list ?? []) : [];
  return {
    searching: camps.isFetching || members.isFetching || orders.isFetching || keyword !== typed,
    hits: [
      ...people.map((member): Hit => ({
        key: `member-${member.id}`,
        group: t.members,
        label: member.matchedPlanetNickname ?? member.filledPlanetNickname ?? String(member.id),
        detail: member.campName,
        to: `/members?open=${member.id}`,
      })),
      ...found.map((camp): Hit => ({
        key: `camp-${camp.id}`,
        group: t.camps,
        label: campName(camp),
        detail: camp.missing.includes('startDate') ? '' : camp.startDate,
        to: `/camps/${camp.id}`,
      })),
      ...numbered.map(({ orderNo, description }): Hit => ({
        key: orderNo,
        group: names.payOrders,
        label: orderNo,
        detail: description,
        to: `/pay/orders?open=${orderNo}`,
      })),
      ...pages,
    ],
  };
}

/** The text once typing has paused. */
function useLater(value: string): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return later;
}
