import { Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { dateTime, money, signedMoney } from '@yajin/ui';
import { counted, useWords, words } from '../../../kit/text.js';
import { billWords } from './bill-words.js';
import { differenceWords } from './difference-words.js';

const text = words(
  {
    label: '双方对照',
    amount: '金额',
    status: '状态',
    at: '时间',
    number: '商户单号',
    refund: '退款单号',
    transaction: '渠道单号',
    differs: '不符',
    absent: { ours: '本系统没有', theirs: '账单中没有' },
    billed: { payment: '已付款', refund: '已退款' },
    states: {
      created: '已登记',
      open: '待支付',
      closed: '已关闭',
      paid: '已付款',
      sending: '已发出',
      accepted: '已受理',
      abnormal: '异常',
      merchant: '已退回商户',
      success: '已退款',
    },
    more: (n: number) => `各日账单共有 ${n} 行是这笔款项：`,
  },
  {
    label: 'Both sides',
    amount: 'Sum',
    status: 'State',
    at: 'Time',
    number: 'Our number',
    refund: 'Refund number',
    transaction: 'Gateway’s number',
    differs: 'differs',
    absent: { ours: 'Not in our books', theirs: 'Not in any bill' },
    billed: { payment: 'Paid', refund: 'Refunded' },
    states: {
      created: 'Made',
      open: 'To be paid',
      closed: 'Closed',
      paid: 'Paid',
      sending: 'Sent',
      accepted: 'Accepted',
      abnormal: 'Abnormal',
      merchant: 'Back at the merchant',
      success: 'Refunded',
    },
    more: (n: number) => `The bills have it in ${counted(n, 'line')}:`,
  },
);

interface Line {
  label: string;
  /** Null where there is nothing of that side. */
  ours: string | null;
  theirs: string | null;
  /** What the difference is about. */
  differs?: boolean;
}

/** Our side and the bill's, line by line; what the difference is about says so. */
export function Sides({ story }: { story: Console.PayDifferenceStory }): ReactNode {
  const t = useWords(text);
  const common = useWords(differenceWords);
  const { ours, theirs } = story;
  return (
    <div>
      <table className="sides" aria-label={t.label}>
        <colgroup>
          <col style={{ width: '24%' }} />
          <col />
          <col />
        </colgroup>
        <thead>
          <tr>
            <td />
            <th scope="col">{common.ours}</th>
            <th scope="col">{common.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {useLines(story).map(({ label, ours: left, theirs: right, differs = false }, index) => (
            <tr key={label} className={differs ? 'differs' : undefined}>
              <th scope="row">
                {label} {differs && <Tag color="gold">{t.differs}</Tag>}
              </th>
              <td className="number">{left ?? (ours === null && index === 0 ? t.absent.ours : '—')}</td>
              <td className="number">
                {right ?? (theirs.length === 0 && index === 0 ? t.absent.theirs : '—')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {theirs.length > 1 && <Repeated theirs={theirs} />}
    </div>
  );
}

function useLines({ difference, ours, theirs: [theirs] }: Console.PayDifferenceStory): Line[] {
  const t = useWords(text);
  const { fee } = useWords(billWords);
  const { kind, outTradeNo, outRefundNo } = difference;
  const [what = '', how = ''] = kind.split('_');
  const about = { amount: how === 'amount', state: how === 'state', at: how === 'date', fee: what === 'fee' };
  const side = (has: boolean, value: string): string | null => (has ? value : null);
  const mine = ours !== null;
  const billed = theirs !== undefined;
  const sum = (given: number | null | undefined): string | null =>
    given === null || given === undefined ? null : signedMoney(given);
  return [
    {
      label: t.amount,
      // As it was found; what our books say now may have moved on.
      ours: ours ? money(ours.amount) : kind === 'fee' ? null : sum(difference.ours),
      theirs: theirs ? money(theirs.amount) : kind === 'fee' ? null : sum(difference.theirs),
      differs: about.amount || how === 'unknown' || how === 'missing',
    },
    {
      label: t.status,
      ours: ours && t.states[ours.state],
      theirs: theirs ? t.billed[theirs.entry] : null,
      differs: about.state,
    },
    {
      label: t.at,
      ours: ours && dateTime(ours.doneAt ?? ours.createdAt, true),
      theirs: theirs ? dateTime(theirs.at, true) : null,
      differs: about.at,
    },
    { label: fee, ours: ours && sum(ours.fee), theirs: sum(theirs?.fee), differs: about.fee },
    { label: t.number, ours: side(mine, outTradeNo), theirs: side(billed, theirs?.outTradeNo ?? '') },
    ...(outRefundNo === null
      ? []
      : [{ label: t.refund, ours: side(mine, outRefundNo), theirs: theirs?.outRefundNo ?? null }]),
    {
      label: t.transaction,
      ours: ours?.transactionId ?? null,
      theirs: (outRefundNo === null ? theirs?.transactionId : theirs?.gatewayRefundId) ?? null,
      differs: how === 'twice',
    },
  ];
}

function Repeated({ theirs }: { theirs: Console.PayBillRow[] }): ReactNode {
  const t = useWords(text);
  return (
    <Typography.Paragraph style={{ margin: '8px 0 0' }}>
      {t.more(theirs.length)}
      {theirs.map(({ day, no, at, amount, transactionId }) => (
        <div key={`${day} ${no}`} className="number" style={{ overflowWrap: 'anywhere' }}>
          {day} #{no} · {dateTime(at, true)} · {money(amount)} · {transactionId}
        </div>
      ))}
    </Typography.Paragraph>
  );
}
