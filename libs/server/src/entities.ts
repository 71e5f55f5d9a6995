import { JobWorker } from './job-worker.entity.js';
import { ListAnchor } from './list-anchor.entity.js';
import { SysAlert } from './sys-alert.entity.js';

export type { SysAlert };

export const serverEntities = [JobWorker, ListAnchor, SysAlert];
