import type { MountedLine } from '@yajin/server';
import { courseLine } from './course/index.js';
import type { Env } from '../env.js';
import { gymLine } from './gym/index.js';
import { taskLine } from './task/index.js';
import { workOrderLine } from './work-order/index.js';

/**
 * The lines of business beside the camps. Each is mounted where the key of its platform's tokens is configured; to take
 * one out for good, delete its folder and its entry here.
 */
export function linesOf({ tokenKeys }: Env): MountedLine[] {
  return [
    ...mounted(tokenKeys.course, courseLine),
    ...mounted(tokenKeys.gym, gymLine),
    ...mounted(tokenKeys.task, taskLine),
    ...mounted(tokenKeys.workOrder, workOrderLine),
  ];
}

function mounted(tokenKey: string | null, line: (tokenKey: string) => MountedLine): MountedLine[] {
  return tokenKey === null ? [] : [line(tokenKey)];
}
