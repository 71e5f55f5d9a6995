import { useSyncExternalStore } from 'react';
import { ApiError, Unreachable, type Input } from '@yajin/web';
import { client } from '../../kit/api.js';
import { save } from '../../kit/download.js';
import { useSession } from '../../kit/session.js';

/** What is exported, with the query that the API is asked. */
export type Wanted =
  | { operation: 'exportStats'; query: NonNullable<Input<'exportStats'>['query']> }
  | { operation: 'exportMembers'; query: NonNullable<Input<'exportMembers'>['query']> };

export interface ExportRun {
  id: number;
  /** Who asked for it: the next one to log in here is not shown it. */
  userId: number;
  /** As people call it. */
  title: string;
  wanted: Wanted;
  /** When it was asked for, in this browser's time. */
  at: Date;
  bytes: number;
  state: 'running' | 'done' | 'cancelled' | 'failed' | 'broken';
  file: { blob: Blob; fileName: string } | null;
  /** Why it `failed`. */
  error: unknown;
}

const listeners = new Set<() => void>();
const running = new Map<number, AbortController>();
let runs: ExportRun[] = [];
let last = 0;

function become(id: number, change: Partial<ExportRun>): void {
  runs = runs.map((run) => (run.id === id ? { ...run, ...change } : run));
  for (const listener of listeners) listener();
}

/** The exports since the console was opened, newest first. They go on while other pages are looked at. */
export function useExports(): ExportRun[] {
  const { userId } = useSession();
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => runs,
  );
  return all.filter((run) => run.userId === userId);
}

export function startExport(userId: number, title: string, wanted: Wanted): void {
  const id = (last += 1);
  runs = [
    { id, userId, title, wanted, at: new Date(), bytes: 0, state: 'running', file: null, error: null },
    ...runs,
  ];
  void run(id, wanted);
}

/** Once more, in its place. */
export function repeatExport({ id, wanted }: ExportRun): void {
  void run(id, wanted);
}

export function cancelExport(id: number): void {
  running.get(id)?.abort();
}

async function run(id: number, wanted: Wanted): Promise<void> {
  const abort = new AbortController();
  running.set(id, abort);
  become(id, { state: 'running', bytes: 0, file: null, error: null });
  try {
    const options = {
      signal: abort.signal,
      onProgress: (bytes: number) => become(id, { bytes }),
    };
    const file =
      wanted.operation === 'exportStats'
        ? await client.download('exportStats', { query: wanted.query }, options)
        : await client.download('exportMembers', { query: wanted.query }, options);
    become(id, { state: 'done', bytes: file.blob.size, file });
    save(file);
  } catch (error) {
    become(id, { state: abort.signal.aborted ? 'cancelled' : stateAfter(error), error });
  } finally {
    running.delete(id);
  }
}

/** A download that ends in the middle is no refusal: what came of it is thrown away. */
function stateAfter(error: unknown): ExportRun['state'] {
  return error instanceof ApiError || error instanceof Unreachable ? 'failed' : 'broken';
}
