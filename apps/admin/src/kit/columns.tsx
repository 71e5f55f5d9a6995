import { Button, Typography } from 'antd';
import type { ColumnType } from 'antd/es/table/index.js';
import { dateTime, money } from '@yajin/ui';
import type { ReactNode } from 'react';

/** Sums, flush right so that they can be compared. */
export function amountColumn<Row>(
  title: string,
  key: string,
  amountOf: (row: Row) => number,
): ColumnType<Row> {
  return { title, key, align: 'right', render: (_, row) => money(amountOf(row)) };
}

export function timeColumn<Row>(
  title: string,
  key: string,
  timeOf: (row: Row) => string | null | undefined,
): ColumnType<Row> {
  return { title, key, render: (_, row) => dateTime(timeOf(row)) };
}

/** A state, and in small what there is to say about it. */
export function Noted({ children, note }: { children: ReactNode; note: ReactNode }): ReactNode {
  return (
    <>
      {children}{' '}
      {note && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {note}
        </Typography.Text>
      )}
    </>
  );
}

/** Does something with a row, and does not open it. @param of what the row is called, for whoever cannot see where the button stands */
export function RowButton({
  label,
  of,
  danger = false,
  act,
}: {
  label: string;
  of: string;
  danger?: boolean;
  act: () => void;
}): ReactNode {
  return (
    <Button
      size="small"
      danger={danger}
      aria-label={`${label} ${of}`}
      onClick={(event) => {
        event.stopPropagation();
        act();
      }}
    >
      {label}
    </Button>
  );
}
