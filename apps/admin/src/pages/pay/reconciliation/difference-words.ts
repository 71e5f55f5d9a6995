import type { Console } from '@yajin/web';
import { counted, words } from '../../../kit/text.js';

interface KindText {
  name: string;
  /** What it means, and what to do about it. */
  hint: string;
}

/** What bills and our books may not agree about. */
export const kindWords = words<Record<Console.PayDifferenceKind, KindText>>(
  {
    payment_unknown: {
      name: '我方没有的付款',
      hint: '账单有这笔付款，本系统没有，向渠道查询后也不是任何业务的款项。常见于同一商户号的其他系统：核实后选“不属于本系统”。',
    },
    payment_missing: {
      name: '账单没有的付款',
      hint: '本系统已入账，各日账单都没有这笔付款。请到渠道的商户平台按交易号核实，必要时与渠道客服核对。',
    },
    payment_amount: {
      name: '付款金额不符',
      hint: '双方都有这笔付款，金额不同。请到渠道的商户平台核实实际到账的金额。',
    },
    payment_state: {
      name: '付款无法入账',
      hint: '渠道说已付款，查询结果却无法入账，例如与订单矛盾。请看订单的经过，并联系技术人员。',
    },
    payment_date: {
      name: '付款时间不符',
      hint: '双方的付款时间相差超过十分钟，可能记在不同的日子。金额一致时一般按现状接受。',
    },
    payment_twice: {
      name: '付款重复',
      hint: '同一单号在账单中出现多次，或交易号与本系统的不同。可能多收了一笔：核实后退还付款人。',
    },
    refund_unknown: {
      name: '我方没有的退款',
      hint: '账单有这笔退款，本系统没有。常见于有人在渠道的商户平台手工退款：核实是谁退的、为什么。',
    },
    refund_missing: {
      name: '账单没有的退款',
      hint: '本系统记为已退款，各日账单都没有。请到渠道的商户平台核实钱是否真的退回了付款人。',
    },
    refund_amount: {
      name: '退款金额不符',
      hint: '双方都有这笔退款，金额或所属的付款不同。请到渠道的商户平台核实。',
    },
    refund_state: {
      name: '退款无法入账',
      hint: '账单有这笔退款，查询结果与本系统的状态不符。请看订单的经过，并联系技术人员。',
    },
    refund_twice: {
      name: '退款重复',
      hint: '同一退款在账单中出现多次。可能多退了一笔：核实后向付款人或渠道追回。',
    },
    fee: {
      name: '手续费不符',
      hint: '账单的手续费与设置的费率相差超过一分。请核对与渠道约定的费率；之后的账目以账单为准。',
    },
  },
  {
    payment_unknown: {
      name: 'Payment that we do not have',
      hint: 'The bill has this payment and we do not; asked, the gateway knows it for none of our lines. Often another system shares the merchant number: check, then choose “Not ours”.',
    },
    payment_missing: {
      name: 'Payment that no bill has',
      hint: 'We have booked it, and no day’s bill has it. Look the transaction up at the gateway, and ask the gateway if need be.',
    },
    payment_amount: {
      name: 'Payment of another sum',
      hint: 'Both have this payment, and not the same sum. Look up at the gateway what really came.',
    },
    payment_state: {
      name: 'Payment that cannot be booked',
      hint: 'Paid, says the gateway, and its answer cannot be booked, perhaps as it contradicts the order. See the order’s story, and tell your engineers.',
    },
    payment_date: {
      name: 'Payment at another time',
      hint: 'The two times are more than ten minutes apart, perhaps on two days. Where the sums agree it can usually be accepted as it is.',
    },
    payment_twice: {
      name: 'Payment twice',
      hint: 'The bills have the number more than once, or with another transaction than ours. Too much may have been taken: check, then give it back.',
    },
    refund_unknown: {
      name: 'Refund that we do not have',
      hint: 'The bill has this refund and we do not. Often somebody gave it back by hand at the gateway: find out who, and why.',
    },
    refund_missing: {
      name: 'Refund that no bill has',
      hint: 'We have it as refunded, and no day’s bill has it. Look up at the gateway whether the payer really got it.',
    },
    refund_amount: {
      name: 'Refund of another sum',
      hint: 'Both have this refund, with another sum or of another payment. Look it up at the gateway.',
    },
    refund_state: {
      name: 'Refund that cannot be booked',
      hint: 'The bill has this refund, and the gateway’s answer does not fit its state here. See the order’s story, and tell your engineers.',
    },
    refund_twice: {
      name: 'Refund twice',
      hint: 'The bills have this refund more than once. Too much may have gone back: check, then get it back from the payer or the gateway.',
    },
    fee: {
      name: 'Another fee',
      hint: 'The bill’s fee is more than a fen beside what the rate says. Check the rate you agreed with the gateway; from here on the bill’s fee counts.',
    },
  },
);

export const differenceWords = words(
  {
    difference: '差异',
    kind: '种类',
    ours: '我方',
    theirs: '渠道账单',
    state: { open: '待处理', resolved: '已处理' },
    decision: {
      explained: '已自动消除',
      corrected: '已更正',
      accepted: '按现状接受',
      not_ours: '不属于本系统',
    },
    owner: '跟进人',
    nobody: '无人跟进',
    mine: '我跟进的',
    age: '已有',
    days: (n: number) => (n === 0 ? '不到 1 天' : `${n} 天`),
    bill: '账单',
    take: '认领',
    taken: '已由您跟进',
    resolve: '处理',
    entry: { payment: '付款', refund: '退款' },
    system: '系统',
  },
  {
    difference: 'Difference',
    kind: 'Kind',
    ours: 'Ours',
    theirs: 'The bill',
    state: { open: 'Open', resolved: 'Resolved' },
    decision: {
      explained: 'Explained by itself',
      corrected: 'Corrected',
      accepted: 'Accepted as it is',
      not_ours: 'Not ours',
    },
    owner: 'Seen to by',
    nobody: 'Nobody yet',
    mine: 'By me',
    age: 'Open for',
    days: (n: number) => (n === 0 ? 'under a day' : counted(n, 'day')),
    bill: 'Bill',
    take: 'Take',
    taken: 'It is yours to see to',
    resolve: 'Resolve',
    entry: { payment: 'Payment', refund: 'Refund' },
    system: 'the system',
  },
);
