import { queryOptions, useQuery } from '@tanstack/react-query';
import { parseLocalTime } from '@yajin/core';
import type { Camp } from '@yajin/web';
import { useEffect, useState } from 'react';
import { client, queryClient } from './api.js';

interface Settings extends Camp.PageSettings {
  /** What to add to this device's clock to get the server's, in milliseconds. */
  offsetMs: number;
}

/** Asked once, as long as it is answered. */
const pageSettings = queryOptions({
  queryKey: ['getPageSettings'],
  queryFn: async (): Promise<Settings> => {
    const answer = await client.call('getPageSettings', {});
    return { ...answer, offsetMs: parseLocalTime(answer.now).getTime() - Date.now() };
  },
  staleTime: Infinity,
  refetchOnMount: true,
  refetchOnReconnect: true,
});

/** Where this deployment logs in, and what time it is there. @throws as the client's `call` */
export function settings(): Promise<Settings> {
  return queryClient.query(pageSettings);
}

/** The same; undefined until it is known. */
export function useSettings(): Settings | undefined {
  return useQuery(pageSettings).data;
}

/** What the server's clock says, every second, in unix milliseconds; null until it is known. */
export function useServerNow(): number | null {
  const offsetMs = useSettings()?.offsetMs;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return offsetMs === undefined ? null : now + offsetMs;
}
