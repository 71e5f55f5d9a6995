import { useTheme } from '@yajin/ui';
import { theme } from 'antd';
import { useLayoutEffect, useRef, useState, type PointerEvent, type ReactNode, type RefObject } from 'react';
import { everyOf, heightOf, placeAt, scaleOf, widthOf, type ChartData, type Series } from './chart.rules.js';
import { useWords, words } from './text.js';

const text = words(
  { most: (name: string, value: string, at: string) => `${name}最高 ${value}（${at}）` },
  { most: (name: string, value: string, at: string) => `${name}: most ${value} (${at})` },
);

/** Three to one and more against the page behind them. */
const COLORS = { light: ['#0f766e', '#b45309', '#4f46e5'], dark: ['#2aa89b', '#fbbf24', '#a5b4fc'] };
const WIDEST_BAR = 28;
/** Of a label's room, for its bars. */
const FILLED = 0.65;
const LINE = 16;

interface Size {
  width: number;
  height: number;
}

/** What is drawn: a series with its colour and its scale. */
interface Drawn {
  series: Series;
  color: string;
  scale: ReturnType<typeof scaleOf>;
}

/** Bars and lines over labels, drawn by ourselves: see docs/adr/0077-charts-are-drawn-by-ourselves.md. */
export function ChartDrawing({ label, labels, series }: ChartData & { label: string }): ReactNode {
  const t = useWords(text);
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { token } = theme.useToken();
  const colors = useTheme() === 'dark' ? COLORS.dark : COLORS.light;
  const [at, point] = useState<number | null>(null);
  const [hidden, hide] = useState<readonly string[]>([]);
  const scaleBeside = (right: boolean): Drawn['scale'] =>
    scaleOf(series.filter((one) => (one.right ?? false) === right).flatMap(({ values }) => values));
  const drawn = series
    .map((one, place) => ({
      series: one,
      color: colors[place % colors.length] ?? '',
      scale: scaleBeside(one.right ?? false),
    }))
    .filter(({ series: { name } }) => !hidden.includes(name));
  const said = series.map(({ name, values, format }) => {
    const most = Math.max(...values);
    return t.most(name, format(most), labels[values.indexOf(most)] ?? '');
  });
  return (
    <div style={{ position: 'absolute', inset: 0, display: 'flex', flexDirection: 'column' }}>
      {series.length > 1 && <Legend series={series} colors={colors} hidden={hidden} hide={hide} />}
      <div
        ref={box}
        role="img"
        aria-label={[label, ...said].join(' · ')}
        style={{ flex: 1, position: 'relative' }}
      >
        {size && (
          <Picture
            size={size}
            labels={labels}
            drawn={drawn}
            at={at}
            point={point}
            text={token.colorTextSecondary}
          />
        )}
        {size && at !== null && <Tip at={at} count={labels.length} label={labels[at] ?? ''} drawn={drawn} />}
      </div>
    </div>
  );
}

/** In pixels, so that letters are as large as elsewhere; null until it is there. */
function useSize(box: RefObject<HTMLDivElement | null>): Size | null {
  const [size, resize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => resize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size && size.width > 0 ? size : null;
}

/** A click on a name leaves its series out, and the next one brings it back. */
function Legend({
  series,
  colors,
  hidden,
  hide,
}: {
  series: Series[];
  colors: string[];
  hidden: readonly string[];
  hide: (names: string[]) => void;
}): ReactNode {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0 16px' }}>
      {series.map(({ name }, place) => {
        const shown = !hidden.includes(name);
        return (
          <button
            key={name}
            type="button"
            className="chart-name"
            aria-pressed={shown}
            onClick={() => hide(shown ? [...hidden, name] : hidden.filter((one) => one !== name))}
          >
            <i style={{ background: colors[place % colors.length] }} />
            {name}
          </button>
        );
      })}
    </div>
  );
}

interface PictureProps {
  size: Size;
  labels: string[];
  drawn: Drawn[];
  at: number | null;
  point: (at: number | null) => void;
  /** The colour of what is written. */
  text: string;
}

function Picture({ size, labels, drawn, at, point, text: color }: PictureProps): ReactNode {
  const left = drawn.find(({ series }) => !series.right) ?? drawn[0];
  const right = drawn.find(({ series }) => series.right && series !== left?.series);
  const lines = Math.max(1, ...labels.map((label) => label.split('\n').length));
  const start = widest(left) + 8;
  const area = {
    width: Math.max(1, size.width - start - (right ? widest(right) + 8 : 8)),
    height: Math.max(1, size.height - 10 - lines * LINE - 4),
  };
  const slot = area.width / labels.length;
  const every = everyOf(labels, slot);
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    point(placeAt(x - start, area.width, labels.length));
  };
  return (
    <svg
      {...size}
      aria-hidden
      onPointerDown={move}
      onPointerMove={move}
      // A finger leaves as it lifts: what it pointed at stays to be read.
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && point(null)}
      style={{ position: 'absolute', inset: 0, touchAction: 'pan-y', fontSize: 12, fill: color }}
    >
      <g transform={`translate(${start} 10)`}>
        {left && <Marks drawn={left} height={area.height} x={-8} across={area.width} />}
        {right && <Marks drawn={right} height={area.height} x={area.width + 8} />}
        {at !== null && <rect x={at * slot} width={slot} height={area.height} opacity={0.08} />}
        <Bars drawn={drawn.filter(({ series }) => series.kind === 'bar')} slot={slot} height={area.height} />
        {drawn
          .filter(({ series }) => series.kind === 'line')
          .map((one) => (
            <Line key={one.series.name} drawn={one} slot={slot} height={area.height} at={at} />
          ))}
        {labels.map((label, place) =>
          place % every === 0
            ? label.split('\n').map((line, row) => (
                <text
                  key={`${place} ${row}`}
                  x={(place + 0.5) * slot}
                  y={area.height + (row + 1) * LINE}
                  textAnchor="middle"
                >
                  {line}
                </text>
              ))
            : null,
        )}
      </g>
    </svg>
  );
}

/** Round amounts need no cents. */
function mark({ series }: Drawn, value: number): string {
  return series.format(value).replace(/\.00$/, '');
}

function widest(drawn: Drawn | undefined): number {
  return drawn ? Math.max(...drawn.scale.ticks.map((tick) => widthOf(mark(drawn, tick)))) : 0;
}

/** A scale's values, and its lines where it has them. */
function Marks({
  drawn,
  height,
  x,
  across,
}: {
  drawn: Drawn;
  height: number;
  x: number;
  across?: number;
}): ReactNode {
  return drawn.scale.ticks.map((tick) => {
    const y = heightOf(drawn.scale, height, tick);
    return (
      <g key={tick}>
        {across !== undefined && (
          <line x2={across} y1={y} y2={y} stroke="currentColor" strokeOpacity={tick === 0 ? 0.3 : 0.1} />
        )}
        <text x={x} y={y + 4} textAnchor={x < 0 ? 'end' : 'start'}>
          {mark(drawn, tick)}
        </text>
      </g>
    );
  });
}

function Bars({ drawn, slot, height }: { drawn: Drawn[]; slot: number; height: number }): ReactNode {
  const width = Math.min(WIDEST_BAR, (slot * FILLED) / Math.max(1, drawn.length));
  return drawn.map(({ series, color, scale }, bar) => (
    <g key={series.name} fill={color}>
      {series.values.map((value, place) => {
        const [end, zero] = [heightOf(scale, height, value), heightOf(scale, height, 0)];
        const x = (place + 0.5) * slot + (bar - drawn.length / 2) * width;
        return (
          <rect
            key={place}
            x={x}
            y={Math.min(end, zero)}
            width={width}
            height={Math.abs(zero - end)}
            rx={Math.min(2, width / 4)}
          />
        );
      })}
    </g>
  ));
}

function Line({
  drawn: { series, color, scale },
  slot,
  height,
  at,
}: {
  drawn: Drawn;
  slot: number;
  height: number;
  at: number | null;
}): ReactNode {
  const points = series.values.map((value, place) => ({
    x: (place + 0.5) * slot,
    y: heightOf(scale, height, value),
  }));
  return (
    <g fill={color} stroke={color}>
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        strokeWidth={2}
        strokeLinejoin="round"
      />
      {points.map(({ x, y }, place) =>
        place === at || points.length === 1 ? <circle key={place} cx={x} cy={y} r={3.5} /> : null,
      )}
    </g>
  );
}

/** What is under the pointer, on the side that it does not hide. */
function Tip({
  at,
  count,
  label,
  drawn,
}: {
  at: number;
  count: number;
  label: string;
  drawn: Drawn[];
}): ReactNode {
  const { token } = theme.useToken();
  return (
    <div
      aria-hidden
      className="chart-tip"
      style={{
        ...(at < count / 2 ? { right: 12 } : { left: 60 }),
        background: token.colorBgElevated,
        borderColor: token.colorBorderSecondary,
        color: token.colorText,
      }}
    >
      {label.replace('\n', ' · ')}
      {drawn.map(({ series, color }) => (
        <div key={series.name}>
          <i style={{ background: color }} />
          <span>{series.name}</span>
          <strong className="number">{series.format(series.values[at] ?? 0)}</strong>
        </div>
      ))}
    </div>
  );
}
