import { ApiError, Unreachable } from '@yajin/web';
import type { ReactNode } from 'react';
import { CampSelect } from '../src/kit/camp-select.js';
import { amountColumn, Noted, RowButton, timeColumn } from '../src/kit/columns.js';
import { DateRange } from '../src/kit/date-range.js';
import { Choice, Search } from '../src/kit/filters.js';
import { List } from '../src/kit/list.js';
import { Name } from '../src/kit/name.js';
import { RefundStatusTag } from '../src/kit/states.js';

export default { title: 'List' };

interface Row {
  id: number;
  name: string;
  yuan: number;
  at: string | null;
  status: 'pending' | 'success' | 'failed';
}

const ROWS: Row[] = [
  { id: 1, name: '小明同学', yuan: 99, at: '2026-03-01T06:30:05', status: 'pending' },
  { id: 2, name: '一个特别特别长的昵称，长到一行里放不下', yuan: 1234.5, at: null, status: 'success' },
  { id: 3, name: 'Ada', yuan: 0.01, at: '2025-12-31T23:59:59', status: 'failed' },
];
const noop = (): void => undefined;
const COLUMNS = [
  { title: '昵称', key: 'name', render: (_: unknown, { name }: Row) => <Name>{name}</Name> },
  amountColumn<Row>('押金', 'yuan', ({ yuan }) => yuan),
  timeColumn<Row>('付款时间', 'at', ({ at }) => at),
  {
    title: '退款',
    key: 'status',
    render: (_: unknown, { status }: Row) => (
      <Noted note={status === 'failed' && '余额不足'}>
        <RefundStatusTag status={status} />
      </Noted>
    ),
  },
  {
    title: '操作',
    key: 'act',
    render: (_: unknown, { name }: Row) => <RowButton label="撤销" of={name} danger act={noop} />,
  },
];

const away = new ApiError(503, '服务暂时不可用', {
  status: 503,
  fields: [],
  traceId: '3f2a9c04',
  retryAfterSeconds: 0,
  reason: null,
  proof: null,
});

function Example({ rows, error = null }: { rows?: Row[]; error?: Error | null }): ReactNode {
  const data = rows && { list: rows, total: rows.length };
  return (
    <List<Row>
      label="会员"
      columns={COLUMNS}
      filters={
        <>
          <CampSelect value="4" change={noop} />
          <Choice label="状态" value="" names={{ open: '待退款' }} change={noop} />
          <Search label="昵称或星球 ID" value="" change={noop} />
          <DateRange from="2026-03-01" to="" change={noop} />
        </>
      }
      answer={{ data, error, isFetching: false, refetch: noop }}
      page="1"
      pageSize="20"
      change={noop}
      open={noop}
    />
  );
}

export const WithRows = (): ReactNode => <Example rows={ROWS} />;
export const Empty = (): ReactNode => <Example rows={[]} />;
export const OnItsWay = (): ReactNode => <Example />;
export const CannotBeHad = (): ReactNode => <Example error={new Unreachable()} />;
export const CannotBeBroughtUpToDate = (): ReactNode => <Example rows={ROWS.slice(0, 1)} error={away} />;
