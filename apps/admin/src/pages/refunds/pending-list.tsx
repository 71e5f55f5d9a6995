import { isolated } from '@yajin/core';
import { Checkbox, Empty, Flex, Pagination, Spin, theme, Typography } from 'antd';
import { memo, useCallback, useEffect, useRef, type ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { money } from '@yajin/ui';
import { ConfidenceTag, IdentityTag } from '../../kit/states.js';
import { counted, useWords, words } from '../../kit/text.js';
import { chosenOf, type Chosen } from './batch.rules.js';
import { MismatchTag } from './refund-status.js';

const text = words(
  {
    list: '待审核退款',
    select: (name: string) => `选中 ${name}`,
    days: (done: number, needed: number) => `打卡 ${done}/${needed} 天`,
    none: '没有待审核的退款',
    total: (n: number) => `共 ${n.toLocaleString('zh-CN')} 条`,
  },
  {
    list: 'Refunds to review',
    select: (name: string) => `Select ${name}`,
    days: (done: number, needed: number) => `${done}/${counted(needed, 'day')}`,
    none: 'Nothing to review',
    total: (n: number) => `${n.toLocaleString('en')} in all`,
  },
);

interface PendingListProps {
  data: Camp.PendingRefundPage | undefined;
  loading: boolean;
  chosen: number | undefined;
  choose: (id: number) => void;
  page: { page: number; pageSize: number };
  turn: (page: number, pageSize: number) => void;
  /** Absent where the operator may not approve. */
  selection?: { has: (id: number) => boolean; toggle: (row: Chosen) => void };
}

export function PendingList(props: PendingListProps): ReactNode {
  const t = useWords(text);
  const { data, loading, chosen, choose, selection, page } = props;
  const list = useRef<HTMLUListElement>(null);
  const chooseRow = useLatest(choose);
  const toggle = useLatest((row: Camp.PendingRefund) => selection?.toggle(chosenOf(row)));
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    current?.scrollIntoView({ block: 'nearest' });
    // Enter belongs to the chosen row, wherever the focus was in the list.
    if (list.current?.contains(document.activeElement)) current?.focus();
  }, [chosen]);
  return (
    <>
      <Spin spinning={loading} delay={150}>
        {data?.list.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />}
        <ul
          ref={list}
          aria-label={t.list}
          style={{ listStyle: 'none', margin: 0, padding: 0, minHeight: data ? 0 : 240 }}
        >
          {data?.list.map((row) => (
            <Row
              key={row.id}
              row={row}
              current={row.id === chosen}
              choose={chooseRow}
              {...(selection ? { selected: selection.has(row.id), toggle } : {})}
            />
          ))}
        </ul>
      </Spin>
      {data && data.total > 0 && (
        <Pagination
          size="small"
          style={{ padding: '10px 12px' }}
          current={page.page}
          pageSize={page.pageSize}
          total={data.total}
          showSizeChanger
          pageSizeOptions={[20, 50, 100]}
          showTotal={t.total}
          showLessItems
          responsive
          onChange={props.turn}
        />
      )}
    </>
  );
}

/** The same function for ever, which does what the newest one does. */
function useLatest<Given>(act: (given: Given) => void): (given: Given) => void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  return useCallback((given) => latest.current(given), []);
}

/** A hundred of them: a key draws the two that it changes. */
const Row = memo(function Row({
  row,
  current,
  choose,
  selected,
  toggle,
}: {
  row: Camp.PendingRefund;
  current: boolean;
  choose: (id: number) => void;
  selected?: boolean;
  toggle?: (row: Camp.PendingRefund) => void;
}): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  return (
    <li
      style={{
        display: 'flex',
        alignItems: 'center',
        borderBottom: `1px solid ${token.colorBorderSecondary}`,
        background: current ? token.controlItemBgActive : undefined,
        boxShadow: current ? `inset 3px 0 0 ${token.colorPrimary}` : undefined,
      }}
    >
      {toggle && (
        // Its own label: as much room as a finger needs.
        <Checkbox
          checked={selected ?? false}
          onChange={() => toggle(row)}
          aria-label={t.select(row.planetNickname)}
          style={{ padding: '14px 4px 14px 14px' }}
        />
      )}
      <button
        type="button"
        id={`refund-${row.id}`}
        aria-current={current}
        onClick={() => choose(row.id)}
        style={{
          flex: 1,
          minWidth: 0,
          border: 0,
          background: 'none',
          font: 'inherit',
          color: 'inherit',
          textAlign: 'start',
          padding: '8px 12px',
          cursor: 'pointer',
        }}
      >
        <Flex justify="space-between" gap={8}>
          <Typography.Text strong ellipsis>
            {row.planetNickname}
          </Typography.Text>
          <span className="number">{money(row.refundAmount)}</span>
        </Flex>
        <Flex justify="space-between" align="center" gap={8} style={{ fontSize: 12, marginTop: 2 }}>
          <Typography.Text type="secondary" ellipsis style={{ fontSize: 12 }}>
            {t.days(row.checkinCount, row.requiredDays)} · {isolated(row.campName)}
          </Typography.Text>
          <Flex gap={4} style={{ flexShrink: 0 }}>
            {row.nicknameMismatch && <MismatchTag />}
            <ConfidenceTag value={row.matchConfidence} />
            {row.identity === 'typed' && (
              <IdentityTag identity={row.identity} review={row.identityDisputed ? 'contested' : null} />
            )}
          </Flex>
        </Flex>
      </button>
    </li>
  );
});
