import { useSyncExternalStore } from 'react';
import type { Language } from './text.js';

export interface Preferences {
  language: Language;
  theme: 'light' | 'dark' | 'system';
}

const KEY = 'yajin.preferences';
const listeners = new Set<() => void>();
let current = read();

// What is chosen in one tab goes for the others, too.
window.addEventListener('storage', ({ key }) => {
  if (key !== KEY && key !== null) return;
  current = read();
  for (const listener of listeners) listener();
});

function read(): Preferences {
  const initial: Preferences = { language: 'zh', theme: 'system' };
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return initial;
  }
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A browser without storage forgets them with the page.
  }
  for (const listener of listeners) listener();
}

/** What this browser's operator likes, kept in the browser. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
