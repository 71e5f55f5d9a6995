import type { Camp } from '@yajin/web';
import { useWords, words } from './text.js';

const text = words({ unnamed: '（未命名）' }, { unnamed: '(no name yet)' });

type Named = Pick<Camp.CampSummary, 'name' | 'missing'>;

/** What a camp is called: a draft may have no name yet, and what the API has in its place is not shown. */
export function useCampName(): (camp: Named) => string {
  const t = useWords(text);
  return ({ name, missing }) => (missing.includes('name') ? t.unnamed : name);
}

/** From when to when it is; null while a draft lacks either date. */
export function campDates({
  startDate,
  endDate,
  missing,
}: Pick<Camp.CampSummary, 'startDate' | 'endDate' | 'missing'>): string | null {
  const lacking = missing.includes('startDate') || missing.includes('endDate');
  return lacking ? null : `${startDate} – ${endDate}`;
}
