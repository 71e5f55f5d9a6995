/** What follows from a decision about a refund, and for how long it can be taken back. */
export interface Grace {
  /** From when it takes effect; business time. */
  executeAfter: Date;
  /** Until when it can be taken back; real time, null where it takes effect at once. */
  undoUntil: Date | null;
}

/** @param minutes 0: nothing waits. @param wall real time */
export function graceOf(minutes: number, now: Date, wall: Date): Grace {
  const later = (from: Date): Date => new Date(from.getTime() + minutes * 60_000);
  return { executeAfter: later(now), undoUntil: minutes === 0 ? null : later(wall) };
}

/** SQL: whether a member may not hear yet what was decided about a record `r`. Money that is on its way all the same is told. */
export const UNTOLD = `(r.undo_until IS NOT NULL AND r.refund_status IN ('pending', 'rejected'))`;
