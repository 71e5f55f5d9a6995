import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { signedMoney } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { Refusal } from '../../kit/failure.js';
import { FigureGrid } from '../../kit/figure-grid.js';
import { useWide } from '../../kit/wide.js';
import { useWords, words } from '../../kit/text.js';
import { useAccount } from './pay-words.js';

const text = words({ label: '账户余额' }, { label: 'Balances' });

/** Nothing is asked where there is no line. */
export function useBalances(line: Console.Line | undefined) {
  return useApiQuery('listPayBalances', { query: { line: line ?? 'camp' } }, { enabled: line !== undefined });
}

/** What each account of a line holds; nothing before its first payment. */
export function Balances({ line }: { line: Console.Line }): ReactNode {
  const t = useWords(text);
  const account = useAccount();
  const { data, error, refetch } = useBalances(line);
  const wide = useWide('md');
  // Of another line than before: about as much room as they will take.
  if (!error && !data) return <div style={{ height: wide ? 110 : 300 }} />;
  if (data?.list.length === 0) return null;
  return (
    <div style={{ marginBottom: 16 }}>
      {error && !data ? (
        <Refusal error={error} again={() => void refetch()} />
      ) : (
        <FigureGrid
          label={t.label}
          figures={(data?.list ?? []).map((held) => {
            const { name, meaning } = account(held.account);
            return [name, signedMoney(held.balance), meaning];
          })}
        />
      )}
    </div>
  );
}
