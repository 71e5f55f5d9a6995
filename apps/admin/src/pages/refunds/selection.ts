import { useMemo } from 'react';
import { useSession } from '../../kit/session.js';
import { MOST, type Chosen } from './batch.rules.js';
import { useKept } from './kept.js';

const NONE: Chosen[] = [];

interface Selection {
  chosen: Chosen[];
  has: (id: number) => boolean;
  toggle: (row: Chosen) => void;
  /** Adds rows, or takes them away; at most 1,000 stay. */
  put: (rows: Chosen[], selected: boolean) => void;
  replace: (rows: Chosen[]) => void;
  clear: () => void;
}

/** The frozen set that a batch is made of: rows of any page as they were seen, kept over a refresh. */
export function useSelection(): Selection {
  const [chosen, keep] = useKept<Chosen[]>(`yajin.selection.${useSession().userId}`, NONE);
  const ids = useMemo(() => new Set(chosen.map(({ id }) => id)), [chosen]);
  const has = (id: number): boolean => ids.has(id);
  const put = (rows: Chosen[], selected: boolean): void => {
    const given = new Set(rows.map(({ id }) => id));
    const others = chosen.filter(({ id }) => !given.has(id));
    keep(selected ? [...others, ...rows].slice(0, MOST) : others);
  };
  return {
    chosen,
    has,
    put,
    toggle: (row) => put([row], !has(row.id)),
    replace: keep,
    clear: () => keep(NONE),
  };
}
