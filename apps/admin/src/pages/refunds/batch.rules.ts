import { fenFromYuan, sumFen, yuanFromFen } from '@yajin/core';
import type { Camp } from '@yajin/web';

/** Below it nobody may approve: a person must match first. */
export const LOWEST_CONFIDENCE = 50;
/** Below it an approval says why. */
export const SAFE_CONFIDENCE = 80;
/** As many as one request may approve, and as a selection may hold. */
export const MOST = 1000;

/** A chosen row, frozen as it was seen. */
export interface Chosen {
  id: number;
  name: string;
  campName: string;
  /** In yuan, as the API says it. */
  amount: number;
  confidence: number;
  mismatch: boolean;
  /** Nothing but what was typed says who it is. */
  unproved: boolean;
  /** … and another payer claims the same planet user. */
  disputed: boolean;
}

export type Exclusion = 'low' | 'mismatch' | 'disputed' | 'unproved' | 'gone';

/** A batch as it was confirmed, before anything was sent. */
export interface Batch {
  /** What is to be approved. */
  ids: number[];
  /** Every person of the frozen set, by refund id. */
  names: Record<number, string>;
  /** In yuan, of what is to be approved. */
  amount: number;
  minConfidence: number;
  includeUnproved: boolean;
  comment: string;
  /** Not to be approved, and why: left out before, or refused by the server. */
  skipped: { id: number; reason: string; reasonCode?: string | null; reasonParams?: (string | number)[] }[];
  /** What the server has answered for. */
  sent: number[];
}

export function chosenOf(row: Camp.PendingRefund): Chosen {
  return {
    id: row.id,
    name: row.planetNickname,
    campName: row.campName,
    amount: row.refundAmount,
    confidence: row.matchConfidence,
    mismatch: row.nicknameMismatch,
    unproved: row.identity === 'typed',
    disputed: row.identityDisputed,
  };
}

/** Added in whole fen. */
export function totalYuan(rows: Iterable<{ amount: number }>): number {
  return yuanFromFen(sumFen([...rows].map(({ amount }) => fenFromYuan(amount))));
}

/**
 * Who of a frozen set would be approved, and who not and why, given what is pending now. A row that was chosen as one
 * thing and has become another by now is judged by what it is now.
 */
export function judge(
  chosen: Chosen[],
  pending: ReadonlyMap<number, Chosen>,
  { minConfidence, includeUnproved }: Pick<Batch, 'minConfidence' | 'includeUnproved'>,
): { included: Chosen[]; excluded: { row: Chosen; why: Exclusion }[] } {
  const included: Chosen[] = [];
  const excluded: { row: Chosen; why: Exclusion }[] = [];
  for (const before of chosen) {
    const row = pending.get(before.id);
    if (!row) excluded.push({ row: before, why: 'gone' });
    else if (row.confidence < minConfidence) excluded.push({ row, why: 'low' });
    else if (row.mismatch) excluded.push({ row, why: 'mismatch' });
    else if (row.disputed) excluded.push({ row, why: 'disputed' });
    else if (row.unproved && !includeUnproved) excluded.push({ row, why: 'unproved' });
    else included.push(row);
  }
  return { included, excluded };
}

export function chunks<Item>(items: Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

export type Stage = 'refunded' | 'queued' | 'processing' | 'failed' | 'skipped' | 'waiting';

/**
 * How far each of a batch has come, by what the records say now. A refund that the server refused to approve because it
 * was approved already (by this batch, when its answer was lost, or by a colleague) is where its money is.
 */
export function stages(batch: Batch, records: ReadonlyMap<number, Camp.RefundRecord>): Map<number, Stage> {
  const all = new Map<number, Stage>(batch.skipped.map(({ id }) => [id, 'skipped']));
  for (const id of batch.ids) {
    const stage = stageOf(records.get(id));
    if (stage !== 'waiting' || !all.has(id)) all.set(id, stage);
  }
  return all;
}

function stageOf(record: Camp.RefundRecord | undefined): Stage {
  if (!record) return 'waiting';
  switch (record.refundStatus) {
    case 'success':
      return 'refunded';
    case 'failed':
      return 'failed';
    case 'rejected':
      return 'skipped';
    case 'processing':
      return 'processing';
    case 'pending':
      return record.auditStatus === 'approved' ? 'queued' : 'waiting';
  }
}
