import { ApiError, Unreachable } from '@yajin/web';
import { useCallback, useEffect, useRef, useState } from 'react';
import { load, save } from './storage.js';

interface Seen<Data> {
  /** Unix milliseconds. */
  at: number;
  data: Data;
}

export interface Look<Data> {
  data: Data | null;
  /** When `data` came, in unix milliseconds, if it is not of this moment. */
  seenAt: number | null;
  error: Error | null;
  again: () => void;
}

interface State<Data> {
  name: string;
  seen: Seen<Data> | null;
  /** Whether `seen` may have changed since. */
  stale: boolean;
  error: Error | null;
}

interface Options {
  /** Keeps the last answer in the browser, for when there is no network. */
  keep?: boolean;
}

function kept<Data>(name: string, keep: boolean): Seen<Data> | null {
  return keep ? load<Seen<Data>>(`seen.${name}`) : null;
}

const FRESH_MS = 10_000;

/**
 * What `ask` answers for `name`, asked again when the page comes back to the front or the network returns, and after a
 * throttle's pause. A refusal replaces what was seen; a missing network does not.
 */
export function useLook<Data>(
  name: string,
  ask: (signal: AbortSignal) => Promise<Data>,
  { keep = false }: Options = {},
): Look<Data> {
  const start = (): State<Data> => ({
    name,
    seen: kept<Data>(name, keep),
    stale: true,
    error: null,
  });
  const [state, setState] = useState(start);
  const [turn, setTurn] = useState(0);
  // Another name is another thing: nothing of the one before may stand below it.
  const { seen, stale, error } = state.name === name ? state : start();
  const asked = useRef(ask);
  useEffect(() => {
    asked.current = ask;
  });
  const askedAt = useRef(0);
  const again = useCallback(() => setTurn((count) => count + 1), []);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    askedAt.current = Date.now();
    asked.current(stop.signal).then(
      (data) => {
        if (stop.signal.aborted) return;
        const now = { at: Date.now(), data };
        if (keep) save(`seen.${name}`, now);
        setState({ name, seen: now, stale: false, error: null });
      },
      (failure: unknown) => {
        if (stop.signal.aborted) return;
        const reason = failure instanceof Error ? failure : new Unreachable();
        if (reason instanceof ApiError && reason.status === 429)
          timer = setTimeout(again, Math.max(1, reason.retryAfterSeconds) * 1000);
        setState((before) => ({
          name,
          seen: before.name === name ? before.seen : kept<Data>(name, keep),
          stale: true,
          error: reason,
        }));
      },
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [name, keep, turn, again]);

  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === 'visible' && Date.now() - askedAt.current > FRESH_MS) again();
    };
    window.addEventListener('online', again);
    document.addEventListener('visibilitychange', back);
    return () => {
      window.removeEventListener('online', again);
      document.removeEventListener('visibilitychange', back);
    };
  }, [again]);

  const passing = error instanceof Unreachable || (error instanceof ApiError && error.status >= 429);
  const shown = error && !passing ? null : seen;
  return { data: shown?.data ?? null, seenAt: stale ? (shown?.at ?? null) : null, error, again };
}
