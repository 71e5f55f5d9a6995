import { Job } from '@yajin/server';

/** The planet is asked one thing at a time. */
const queue = 'planet';

/** The check-ins of a camp, once a day. */
export const SYNC = new Job<{ campId: number }>('camp.sync', {
  queue,
  maxAttempts: 3,
  shows: ['campId'],
  mayDrop: true,
});
/** The check-ins of a camp, at an operator's wish. */
export const SYNC_TASK = new Job<{ taskId: string; campId: number }>('camp.syncTask', {
  queue,
  maxAttempts: 3,
  shows: ['taskId', 'campId'],
  mayDrop: true,
});
/** The last sync of a camp that is over, and its refund list: the camp has it enqueued again until it has its list. */
export const SETTLE = new Job<{ campId: number }>('camp.settle', {
  queue,
  maxAttempts: 1,
  shows: ['campId'],
  mayDrop: true,
});
/** Who has come to qualify after the list was made. Nothing else brings their money: never dropped. */
export const LIST = new Job<{ campId: number }>('camp.list', { shows: ['campId'] });
/** Tells a member that their deposit is back; operators can send it from the record, too. */
export const NOTIFY = new Job<{ refundId: number }>('camp.notify', {
  maxAttempts: 5,
  shows: ['refundId'],
  mayDrop: true,
});

export const CAMP_JOBS = [SYNC, SYNC_TASK, SETTLE, LIST, NOTIFY];
