import { parseLocalTime } from '@yajin/core';
import type { Camp } from '@yajin/web';
import { useEffect, useState } from 'react';
import { client, queryClient } from './api.js';

interface Settings extends Camp.PageSettings {
  /** What to add to this device's clock to get the server's, in milliseconds. */
  offsetMs: number;
}

/** Where this deployment logs in, and what time it is there. @throws as the client's `call` */
export function settings(): Promise<Settings> {
  return queryClient.query({
    queryKey: ['getPageSettings'],
    queryFn: async () => {
      const answer = await client.call('getPageSettings', {});
      return { ...answer, offsetMs: parseLocalTime(answer.now).getTime() - Date.now() };
    },
    staleTime: Infinity,
  });
}

/** What the server's clock says, every second, in unix milliseconds; null until it is known. */
export function useServerNow(): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    let gone = false;
    settings().then(
      ({ offsetMs }) => {
        if (gone) return;
        const tick = (): void => setNow(Date.now() + offsetMs);
        tick();
        timer = setInterval(tick, 1000);
      },
      () => undefined,
    );
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, []);
  return now;
}
