import { useTheme } from '@yajin/ui';
import { useLanguage } from './text.js';
import { theme } from 'antd';
import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  type AriaComponentOption,
  type GridComponentOption,
  type LegendComponentOption,
  type TooltipComponentOption,
} from 'echarts/components';
import { init, use as register, type ComposeOption, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactNode } from 'react';

register([
  BarChart,
  LineChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  AriaComponent,
  CanvasRenderer,
]);

type Option = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | GridComponentOption
  | TooltipComponentOption
  | LegendComponentOption
  | AriaComponentOption
>;

export interface Series {
  name: string;
  kind: 'bar' | 'line';
  /** One a label. */
  values: number[];
  /** As people read a value. */
  format: (value: number) => string;
  /** Against the scale on the right. */
  right?: boolean;
}

export interface ChartData {
  labels: string[];
  series: Series[];
}

/** Three to one and more against the page behind them. */
const COLORS = { light: ['#0f766e', '#b45309', '#4f46e5'], dark: ['#2aa89b', '#fbbf24', '#a5b4fc'] };

export function ChartCanvas({ label, labels, series }: ChartData & { label: string }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const { token } = theme.useToken();
  const dark = useTheme() === 'dark';
  const language = useLanguage();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // What it says to who cannot see it is in the browser's language otherwise.
    const drawn = init(element, null, { locale: language === 'zh' ? 'ZH' : 'EN' });
    chart.current = drawn;
    const sizes = new ResizeObserver(() => drawn.resize());
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      drawn.dispose();
    };
  }, [language]);
  useEffect(() => {
    const look = {
      colors: dark ? COLORS.dark : COLORS.light,
      text: token.colorTextSecondary,
      line: token.colorBorderSecondary,
      back: token.colorBgElevated,
      strong: token.colorText,
    };
    chart.current?.setOption(optionOf({ labels, series }, look), { notMerge: true });
  }, [labels, series, dark, token, language]);
  return <div ref={box} role="img" aria-label={label} style={{ position: 'absolute', inset: 0 }} />;
}

interface Colors {
  colors: string[];
  text: string;
  line: string;
  back: string;
  strong: string;
}

function optionOf({ labels, series }: ChartData, look: Colors): Option {
  const right = series.some((one) => one.right);
  const scale = (shown: Series | undefined, lines: boolean): object => ({
    type: 'value',
    axisLabel: {
      color: look.text,
      // Round amounts need no cents.
      formatter: (value: number) => (shown?.format(value) ?? String(value)).replace(/\.00$/, ''),
    },
    splitLine: { show: lines, lineStyle: { color: look.line } },
    minInterval: 1,
  });
  return {
    color: look.colors,
    aria: { enabled: true, decal: { show: false } },
    animationDuration: 250,
    grid: { left: 4, right: 8, top: series.length > 1 ? 32 : 12, bottom: 4 },
    legend: { show: series.length > 1, top: 0, left: 0, textStyle: { color: look.text }, itemHeight: 10 },
    tooltip: {
      trigger: 'axis',
      backgroundColor: look.back,
      borderColor: look.line,
      textStyle: { color: look.strong, fontSize: 13 },
    },
    xAxis: {
      type: 'category',
      data: labels,
      axisLabel: { color: look.text, hideOverlap: true },
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
    },
    yAxis: [
      scale(
        series.find((one) => !one.right),
        true,
      ),
      ...(right
        ? [
            scale(
              series.find((one) => one.right),
              false,
            ),
          ]
        : []),
    ],
    series: series.map(({ name, kind, values, format, right: second }) => ({
      name,
      type: kind,
      data: values,
      yAxisIndex: second ? 1 : 0,
      tooltip: { valueFormatter: (value: unknown) => format(Number(value)) },
      ...(kind === 'bar'
        ? { barMaxWidth: 28, itemStyle: { borderRadius: [3, 3, 0, 0] } }
        : { showSymbol: false, smooth: 0.2, lineStyle: { width: 2 } }),
    })),
  };
}
