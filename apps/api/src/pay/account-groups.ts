import type { Console } from '@yajin/contract/console';

/** Accounts as an accountant reads them; whatever is not named is `other`. */
const GROUPS: Partial<Record<string, Console.PayAccountGroup>> = {
  clearing: 'money',
  deposit: 'owed',
  surplus: 'owed',
  outside: 'owed',
  balance: 'owed',
  frozen: 'owed',
  suspense: 'unclear',
  unallocated: 'unclear',
  income: 'earned',
};

export function groupOf(account: string): Console.PayAccountGroup {
  return GROUPS[account] ?? 'other';
}

interface Sums {
  account: string;
  openingFen: number;
  inFen: number;
  outFen: number;
  closingFen: number;
}

/** What we owe or have earned grows by credits, what we have or are owed by debits: either way what comes in is `in`. */
export function naturally(sums: Sums): Sums {
  const group = groupOf(sums.account);
  if (group === 'money' || group === 'other') return sums;
  return {
    account: sums.account,
    openingFen: -sums.openingFen,
    inFen: sums.outFen,
    outFen: sums.inFen,
    closingFen: -sums.closingFen,
  };
}
