import { Button, Flex, Skeleton, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { ChartDrawing } from './chart-drawing.js';
import type { ChartData } from './chart.rules.js';
import { Panel } from './panel.js';
import { ScrollArea } from './scroll-area.js';
import { useWords, words } from './text.js';

const text = words(
  { table: '看表格', chart: '看图表', none: '暂无数据' },
  { table: 'Show the table', chart: 'Show the chart', none: 'Nothing yet' },
);

interface ChartProps extends ChartData {
  title: string;
  /** Heading of the labels' column in the table. */
  axis: string;
  /** In pixels. */
  height?: number;
  /** What it shows is on its way, and has its place already. */
  waits?: boolean;
}

/** Bars and lines over labels, and the same as a table at a click. */
export function Chart({ title, axis, height = 260, waits = false, ...data }: ChartProps): ReactNode {
  const t = useWords(text);
  const [table, setTable] = useState(false);
  const empty = data.labels.length === 0;
  return (
    <Panel
      title={title}
      extra={
        <Button
          size="small"
          type="link"
          style={{ padding: 0, height: 'auto' }}
          aria-label={`${title} · ${table ? t.chart : t.table}`}
          onClick={() => setTable(!table)}
        >
          {table ? t.chart : t.table}
        </Button>
      }
    >
      <div style={{ height, position: 'relative' }}>
        {waits ? (
          <Skeleton active paragraph={{ rows: 5 }} title={false} />
        ) : empty ? (
          <Flex align="center" justify="center" style={{ height: '100%' }}>
            <Typography.Text type="secondary">{t.none}</Typography.Text>
          </Flex>
        ) : table ? (
          <Figures {...data} axis={axis} label={title} />
        ) : (
          <ChartDrawing {...data} label={title} />
        )}
      </div>
    </Panel>
  );
}

function Figures({ labels, series, axis, label }: ChartData & { axis: string; label: string }): ReactNode {
  return (
    <ScrollArea label={label} height="100%">
      <table className="number" style={{ width: '100%', borderCollapse: 'collapse', fontSize: 13 }}>
        <thead>
          <tr>
            {[axis, ...series.map(({ name }) => name)].map((name, place) => (
              <th key={name} scope="col" style={{ textAlign: place ? 'right' : 'left', padding: '4px 8px' }}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((at, place) => (
            <tr key={at}>
              <th scope="row" style={{ textAlign: 'left', fontWeight: 400, padding: '3px 8px' }}>
                {at}
              </th>
              {series.map(({ name, values, format }) => (
                <td key={name} style={{ textAlign: 'right', padding: '3px 8px' }}>
                  {format(values[place] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
