import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const known = new Map<string, unknown>();

/** What must survive a refresh of this tab: kept in its session storage under `key`. */
export function useKept<Value>(key: string, initial: Value): [value: Value, keep: (value: Value) => void] {
  const value = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (read(key) as Value | null) ?? initial,
  );
  const keep = useCallback(
    (next: Value) => {
      known.set(key, next);
      try {
        sessionStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Without room it lasts as long as the page.
      }
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, keep];
}

function read(key: string): unknown {
  if (!known.has(key)) {
    try {
      known.set(key, JSON.parse(sessionStorage.getItem(key) ?? 'null'));
    } catch {
      known.set(key, null);
    }
  }
  return known.get(key);
}
