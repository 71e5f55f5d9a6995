import { rows } from '@yajin/server';
import { eventually, type TestApi } from './api.js';

/** Waits until so many statements with these words (among their first 1,000 characters) wait for a lock. */
export async function waitingAt(api: TestApi, words: string, count = 1): Promise<void> {
  const sql = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND strpos(query, $1) > 0`;
  await eventually(
    async () => (await api.rows(sql, [words])).length >= count,
    `${count} × "${words}" to wait for a lock`,
  );
}

/**
 * A gate for races: what `lock` takes is held as by another transaction until `meanwhile` is over. What waits at it
 * goes on from there.
 * @param lock SQL, with its parameters
 * @returns what was begun meanwhile; its end comes after the gate is open
 */
export async function atGate<Begun>(
  api: TestApi,
  [lock, ...parameters]: [string, ...unknown[]],
  meanwhile: () => Promise<{ begun: Promise<Begun> }>,
): Promise<Begun> {
  const { begun } = await api.owner.transaction(async (manager) => {
    await rows(manager, lock, parameters);
    return meanwhile();
  });
  return begun;
}
