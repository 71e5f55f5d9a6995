import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

type Values = Record<string, string>;

/**
 * What is filtered, paged and opened lives in the address, so that it survives a reload and can be sent to a colleague.
 * A value that equals its default is left out. Changing a filter goes back to page 1. `atOnce` is for keys pressed in
 * quick succession: the page has changed before the next one is read.
 */
export function useUrlState<Defaults extends Values>(
  defaults: Defaults,
): [
  values: Defaults,
  change: (to: Partial<Defaults>, how?: { keepPage?: boolean; replace?: boolean; atOnce?: boolean }) => void,
] {
  const [search, setSearch] = useSearchParams();
  const stable = JSON.stringify(defaults);
  const values = useMemo(() => {
    const given = JSON.parse(stable) as Defaults;
    const entries = Object.entries(given).map(([name, value]) => [name, search.get(name) ?? value] as const);
    return Object.fromEntries(entries) as Defaults;
  }, [search, stable]);
  const change = useCallback(
    (to: Partial<Defaults>, { keepPage = false, replace = false, atOnce = false } = {}) => {
      setSearch(
        (before) => {
          const given = JSON.parse(stable) as Values;
          const next = new URLSearchParams(before);
          if (!keepPage && !('page' in to)) next.delete('page');
          for (const [name, value] of Object.entries(to as Values)) {
            if (value === '' || value === undefined || value === given[name]) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace, flushSync: atOnce },
      );
    },
    [setSearch, stable],
  );
  return [values, change];
}
