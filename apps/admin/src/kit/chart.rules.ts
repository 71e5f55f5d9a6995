/** Where things of a chart stand; how they look is `chart-drawing.tsx`'s. */

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

/** About so many lines go across a chart. */
const LINES = 5;

interface Scale {
  from: number;
  to: number;
  /** What is written beside it, lowest first: whole numbers of 1, 2 or 5 times a power of ten. */
  ticks: number[];
}

/** A scale that holds zero and every value. Nothing to show is a scale to one. */
export function scaleOf(values: number[]): Scale {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const rough = Math.max(1, (most - least) / LINES);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power;
  const [first, last] = [
    Math.floor(least / step),
    Math.max(Math.ceil(most / step), 1 + Math.floor(least / step)),
  ];
  const ticks = Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step);
  return { from: first * step, to: last * step, ticks };
}

/** Pixels from the top of `height` for a value. */
export function heightOf({ from, to }: Scale, height: number, value: number): number {
  return height - ((value - from) / (to - from)) * height;
}

/** In pixels, near enough to keep room: nothing is measured, so nothing is drawn twice. Digits of 12 px are 7 wide. */
export function widthOf(text: string): number {
  const lines = text
    .split('\n')
    .map((line) => [...line].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 12 : 7), 0));
  return Math.max(...lines);
}

/** Every which label there is room to write. @param slot pixels from one label to the next */
export function everyOf(labels: string[], slot: number): number {
  const widest = Math.max(0, ...labels.map(widthOf)) + 10;
  return Math.max(1, Math.ceil(widest / slot));
}

/** Of `count` places that share `width`, the one at `x`; null outside of all. */
export function placeAt(x: number, width: number, count: number): number | null {
  const place = Math.floor((x / width) * count);
  return place >= 0 && place < count ? place : null;
}
