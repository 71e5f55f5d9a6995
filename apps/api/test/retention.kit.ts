import type { Camp } from '@yajin/contract';
import { localTime } from '@yajin/core';
import { Retention } from '../src/system/index.js';
import { TestApi } from '@yajin/testing/api';

export const DAY_MS = 86_400_000;

export let api: TestApi;

/** An API of its own for each test of a file; its nights are begun by the test alone. */
export function useNights(): void {
  beforeEach(async () => {
    api = await TestApi.start();
    await api.rows(
      `INSERT INTO sys_config (key, value, updated_at) VALUES ('system.night', '9999-12-31', now())
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
    );
  });
  afterEach(() => api.stop());
}

export const night = (): Promise<void> => api.app.get(Retention).run();
/** Real time, and business time with it. */
export const days = async (count: number): Promise<void> => {
  await api.moveClock(localTime(new Date(api.clock.now().getTime() + count * DAY_MS)));
  api.pass(count * DAY_MS);
};
export const column = async (sql: string, parameters: unknown[] = []): Promise<string[]> =>
  (await api.rows<{ it: string }>(sql, parameters)).map(({ it: each }) => each);
export const figuresOf = async (name: string): Promise<Camp.RetentionStep | undefined> =>
  (await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health')).data.retention.find(
    (each) => each.name === name,
  );
