import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { signedMoney } from '@yajin/ui';
import { useWords, words } from '../../../kit/text.js';
import { differenceWords } from './difference-words.js';

const text = words(
  {
    label: '双方对照',
    theirs: '资金账单',
    amount: '金额',
    fee: '手续费',
    balance: '余额',
    number: '商户单号',
    refund: '退款单号',
    transaction: '渠道单号',
    flow: '资金流水号',
  },
  {
    label: 'Both sides',
    theirs: 'The statement',
    amount: 'Sum',
    fee: 'Fees',
    balance: 'Balance',
    number: 'Our number',
    refund: 'Refund number',
    transaction: 'Gateway’s number',
    flow: 'Flow number',
  },
);

/** What a difference of the merchant's account is about: what should have moved, or be left, and what did. */
export function AccountSides({ difference }: { difference: Console.PayDifference }): ReactNode {
  const t = useWords(text);
  const common = useWords(differenceWords);
  const { kind, ours, theirs, outTradeNo, outRefundNo, transactionId, flowNo } = difference;
  const sum = (given: number | null): string => (given === null ? '—' : signedMoney(given));
  const what = kind === 'account_fee' ? t.fee : kind === 'account_gap' ? t.balance : t.amount;
  const numbers = [
    [t.number, outTradeNo || null],
    [t.refund, outRefundNo],
    [t.transaction, transactionId],
    [t.flow, flowNo],
  ] as const;
  return (
    <table className="sides" aria-label={t.label}>
      <thead>
        <tr>
          <td />
          <th scope="col">{common.ours}</th>
          <th scope="col">{t.theirs}</th>
        </tr>
      </thead>
      <tbody>
        <tr className="differs">
          <th scope="row">{what}</th>
          <td className="number">{sum(ours)}</td>
          <td className="number">{sum(theirs)}</td>
        </tr>
        {numbers.map(
          ([label, value]) =>
            value !== null && (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className="number" colSpan={2}>
                  {value}
                </td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}
