import { Card, Empty, Flex, Table, type TableColumnsType, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { Failure, Refusal } from './failure.js';
import { useWords, words } from './text.js';
import { useWide } from './wide.js';

const text = words(
  { total: (n: number) => `共 ${n.toLocaleString('zh-CN')} 条`, none: '没有符合条件的记录' },
  { total: (n: number) => `${n.toLocaleString('en')} in all`, none: 'Nothing matches' },
);

interface Paged<Row> {
  list: Row[];
  /** Missing where the API answers everything at once. */
  total?: number;
}

interface ListProps<Row> extends Pick<TableProps<Row>, 'rowKey'> {
  /** The first one is what a row is known by. */
  columns: TableColumnsType<Row> | undefined;
  /** What a screen reader calls the table. */
  label: string;
  /** The filters above. */
  filters?: ReactNode;
  answer: { data: Paged<Row> | undefined; error: unknown; isFetching: boolean; refetch: () => unknown };
  /** Missing where there is one page only. */
  page?: string;
  pageSize?: string;
  /** Into the address. */
  change?: (to: { page: string; pageSize: string }) => void;
  /** Opens a row; it is a button for the keyboard too. */
  open?: (row: Row) => void;
  empty?: ReactNode;
}

/**
 * A list of the API: filters, table, pages where it has some; one request a page. Wide tables scroll inside themselves; on a phone every
 * row is a card instead.
 */
export function List<Row extends object>(props: ListProps<Row>): ReactNode {
  const t = useWords(text);
  const wide = useWide('md');
  const { answer, filters, open, label, columns } = props;
  if (answer.error && !answer.data)
    return <Failure error={answer.error} again={() => void answer.refetch()} />;
  return (
    <Card styles={{ body: { padding: 12 } }}>
      {filters && (
        <Flex gap={8} wrap style={{ marginBottom: 12 }} role="search" className="filters">
          {filters}
        </Flex>
      )}
      {answer.error !== null && answer.error !== undefined && (
        <div style={{ marginBottom: 12 }}>
          <Refusal error={answer.error} again={() => void answer.refetch()} />
        </div>
      )}
      <Table<Row>
        size="small"
        aria-label={label}
        rowKey={props.rowKey ?? 'id'}
        {...(wide
          ? { columns, scroll: { x: 'max-content' } }
          : { columns: inCards(columns), className: 'cards' })}
        dataSource={answer.data?.list ?? []}
        loading={{ spinning: answer.isFetching, delay: 150 }}
        locale={{
          emptyText: answer.data
            ? (props.empty ?? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />)
            : ' ',
        }}
        {...(open
          ? {
              onRow: (row) => ({
                onClick: () => open(row),
                onKeyDown: (event) =>
                  event.key === 'Enter' && event.target === event.currentTarget && open(row),
                tabIndex: 0,
                style: { cursor: 'pointer' },
              }),
            }
          : {})}
        pagination={
          props.page !== undefined && {
            current: Number(props.page),
            pageSize: Number(props.pageSize),
            total: answer.data?.total ?? 0,
            showSizeChanger: true,
            pageSizeOptions: [20, 50, 100],
            showTotal: t.total,
            responsive: true,
            style: { marginBlockEnd: 0 },
            onChange: (page, pageSize) => props.change?.({ page: String(page), pageSize: String(pageSize) }),
          }
        }
      />
    </Card>
  );
}

/** Each value says what it is, as there is no heading above it. */
function inCards<Row>(columns: TableColumnsType<Row> | undefined): TableColumnsType<Row> {
  return (columns ?? []).map((column, place) => ({
    ...column,
    fixed: false,
    ellipsis: false,
    onCell: (): { className?: string; 'data-label': string } => ({
      'data-label': place > 0 && typeof column.title === 'string' ? column.title : '',
    }),
  }));
}
