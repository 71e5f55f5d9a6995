import { Job } from '@yajin/server';

/** The planet is asked one thing at a time. */
const queue = 'planet';

/** The check-ins of a camp, once a day. */
export const SYNC = new Job<{ campId: number }>('camp.sync', { queue, maxAttempts: 3 });
/** The check-ins of a camp, at an operator's wish. */
export const SYNC_TASK = new Job<{ taskId: string; campId: number }>('camp.syncTask', {
  queue,
  maxAttempts: 3,
});
/** The last sync of a camp that is over, and its refund list. */
export const SETTLE = new Job<{ campId: number }>('camp.settle', { queue, maxAttempts: 1 });
/** Who has come to qualify after the list was made. */
export const LIST = new Job<{ campId: number }>('camp.list');
/** Tells a member that their deposit is back. */
export const NOTIFY = new Job<{ refundId: number }>('camp.notify', { maxAttempts: 5 });

export const CAMP_JOBS = [SYNC, SYNC_TASK, SETTLE, LIST, NOTIFY];
