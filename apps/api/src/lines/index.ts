import { camp } from './camp/manifest.js';
import { course } from './course/manifest.js';
import { gym } from './gym/manifest.js';
import type { LineManifest } from './manifest.js';
import { task } from './task/manifest.js';
import { workOrder } from './work-order/manifest.js';

/** Every line of business. To take one out for good, delete its folder and its entry here. */
export const LINES: readonly LineManifest[] = [camp, course, gym, task, workOrder];

/** Those that are mounted. */
export function linesOf({ lines }: { lines: readonly { name: string }[] }): LineManifest[] {
  return LINES.filter(({ name }) => lines.some((line) => line.name === name));
}
