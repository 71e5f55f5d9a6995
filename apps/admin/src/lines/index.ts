import type { Console } from '@yajin/web';
import { course } from './course/manifest.js';
import { gym } from './gym/manifest.js';
import type { LineManifest } from './manifest.js';
import { task } from './task/manifest.js';
import { workOrder } from './work-order/manifest.js';

/** The camps are what the rest of the console is about. */
type SmallLine = Exclude<Console.Line, 'camp'>;

const MANIFESTS: Record<SmallLine, LineManifest> = { course, gym, task, 'work-order': workOrder };

/** The lines that have a page of their own below the payments. */
export const LINES = Object.entries(MANIFESTS) as [SmallLine, LineManifest][];
