import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Camp } from '@yajin/web';
import { useCallback, useState } from 'react';
import { client } from '../../kit/api.js';
import { useSession } from '../../kit/session.js';
import { chunks, MOST, stages, type Batch, type Stage } from './batch.rules.js';
import { useKept } from './kept.js';
import { recordsOf } from './pending-data.js';

const POLL_MS = 3_000;
/** What may be another stage when it is looked at again. */
const OPEN: readonly Stage[] = ['queued', 'processing', 'waiting'];

/** The batch that this operator ran last in this tab, until it is dismissed. */
export function useBatch(): [batch: Batch | null, keep: (batch: Batch | null) => void] {
  return useKept<Batch | null>(`yajin.batch.${useSession().userId}`, null);
}

interface Runner {
  running: boolean;
  error: unknown;
  run: (batch: Batch) => Promise<void>;
}

/**
 * Sends a batch chunk by chunk. It is kept before anything is sent and after each answer, so that a page that is
 * reloaded in between knows what to look for; what has been answered for is not sent again.
 */
export function useBatchRun(keep: (batch: Batch) => void): Runner {
  const cache = useQueryClient();
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = useCallback(
    async (batch: Batch): Promise<void> => {
      setRunning(true);
      setError(null);
      keep(batch);
      try {
        let now = batch;
        const open = batch.ids.filter((id) => !batch.sent.includes(id));
        for (const refundIds of chunks(open, MOST)) {
          const { minConfidence, includeUnproved, comment } = batch;
          const body = { refundIds, minConfidence, includeUnproved, ...(comment ? { comment } : {}) };
          const { skippedDetails } = await client.call('batchApproveRefunds', { body });
          const refused = skippedDetails.map(({ refundId, ...why }) => ({ id: refundId, ...why }));
          now = { ...now, sent: [...now.sent, ...refundIds], skipped: [...now.skipped, ...refused] };
          keep(now);
        }
      } catch (failure) {
        setError(failure);
      } finally {
        setRunning(false);
        for (const name of [
          'listPendingRefunds',
          'listRefundRecords',
          'getMember',
          'listMembers',
          'getStatsOverview',
        ]) {
          void cache.invalidateQueries({ queryKey: [name] });
        }
      }
    },
    [cache, keep],
  );
  return { running, error, run };
}

/** The records of a batch: those that have not ended are asked for again until they have. */
export function useBatchRecords(batch: Batch): UseQueryResult<Map<number, Camp.RefundRecord>> {
  const cache = useQueryClient();
  const queryKey = ['listRefundRecords', 'batch', batch.ids];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known =
        cache.getQueryData<Map<number, Camp.RefundRecord>>(queryKey) ?? new Map<number, Camp.RefundRecord>();
      const open = batch.ids.filter((id) => known.get(id)?.refundStatus !== 'success');
      return new Map([...known, ...(await recordsOf(open, signal))]);
    },
    refetchInterval: ({ state }) => {
      const all = state.data && [...stages(batch, state.data).values()];
      return !all || all.some((stage) => OPEN.includes(stage)) ? POLL_MS : false;
    },
    // A map is compared by what holds it, not by what it holds.
    structuralSharing: false,
  });
}
