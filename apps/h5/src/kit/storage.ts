/** What this browser keeps of its own accord; a browser that keeps nothing forgets it with the page. */
const memory = new Map<string, string>();
const PREFIX = 'yajin.h5.';

function names(): string[] {
  try {
    return Object.keys(localStorage).flatMap((name) =>
      name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [],
    );
  } catch {
    return [...memory.keys()];
  }
}

/** Texts by their names. */
export const storage = {
  getItem: (name: string): string | null => {
    try {
      return localStorage.getItem(PREFIX + name) ?? memory.get(name) ?? null;
    } catch {
      return memory.get(name) ?? null;
    }
  },
  setItem: (name: string, text: string): void => {
    memory.set(name, text);
    try {
      localStorage.setItem(PREFIX + name, text);
    } catch {
      // Full or forbidden: it stays in memory.
    }
  },
  removeItem: (name: string): void => {
    memory.delete(name);
    try {
      localStorage.removeItem(PREFIX + name);
    } catch {
      // Nothing was kept.
    }
  },
  entries: (): [name: string, text: string][] => names().map((name) => [name, storage.getItem(name) ?? '']),
};

export function load<Value>(name: string): Value | null {
  try {
    return JSON.parse(storage.getItem(name) ?? 'null') as Value | null;
  } catch {
    return null;
  }
}

export function save(name: string, value: unknown): void {
  storage.setItem(name, JSON.stringify(value));
}

export function forget(name: string): void {
  storage.removeItem(name);
}

/** Everything that this browser keeps below a name. */
export function forgetAll(below = ''): void {
  for (const name of [...names(), ...memory.keys()]) if (name.startsWith(below)) storage.removeItem(name);
}
