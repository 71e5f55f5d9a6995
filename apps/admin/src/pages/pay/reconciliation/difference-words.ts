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
    account_payment_missing: {
      name: '没有入账的付款',
      hint: '交易账单有这笔付款，商户账户的资金账单没有这笔收入。请到渠道的商户平台按交易号核实，必要时与渠道客服核对。',
    },
    account_payment_unknown: {
      name: '来历不明的收款',
      hint: '商户账户收到这笔款，交易账单和本系统都没有它。请到渠道的商户平台按资金流水号核实。',
    },
    account_payment_amount: {
      name: '入账金额不符',
      hint: '商户账户实际收到的与这笔付款应到账的不同。请到渠道的商户平台核实。',
    },
    account_refund_missing: {
      name: '没有出账的退款',
      hint: '交易账单有这笔退款，商户账户没有为它支出。请到渠道的商户平台核实钱是否真的退回了付款人。',
    },
    account_refund_unknown: {
      name: '来历不明的退款支出',
      hint: '商户账户为退款支出了这笔钱，交易账单和本系统都没有这笔退款。核实是谁退的、为什么。',
    },
    account_refund_amount: {
      name: '退款支出金额不符',
      hint: '商户账户为这笔退款支出的与应退的不同。请到渠道的商户平台核实。',
    },
    account_fee: {
      name: '当日手续费不符',
      hint: '商户账户当日扣除的手续费（减去退回的）与交易账单合计不同。请与渠道客服核对。',
    },
    account_other: {
      name: '需说明的资金变动',
      hint: '商户账户有一笔不属于任何交易的变动，例如充值、手工转账、退回的提现。查明是谁、为什么，再记下结果。',
    },
    account_gap: {
      name: '账户余额不连续',
      hint: '余额与之前的余额加上变动不等，中间有没列出的变动。请重新获取前后两天的资金账单，仍不符则与渠道客服核对。',
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
    account_payment_missing: {
      name: 'Payment that never reached the account',
      hint: 'The trade bill has this payment, and the account’s statement has no such income. Look the transaction up at the gateway, and ask the gateway if need be.',
    },
    account_payment_unknown: {
      name: 'Income that nobody knows of',
      hint: 'The account took this in, and neither the trade bill nor our books have it. Look the flow number up at the gateway.',
    },
    account_payment_amount: {
      name: 'Income of another sum',
      hint: 'The account took in another sum than this payment brings. Look it up at the gateway.',
    },
    account_refund_missing: {
      name: 'Refund that never left the account',
      hint: 'The trade bill has this refund, and the account paid nothing for it. Look up at the gateway whether the payer really got it.',
    },
    account_refund_unknown: {
      name: 'Refund that nobody knows of',
      hint: 'The account paid this for a refund that neither the trade bill nor our books have. Find out who gave it back, and why.',
    },
    account_refund_amount: {
      name: 'Refund paid with another sum',
      hint: 'The account paid another sum than this refund takes. Look it up at the gateway.',
    },
    account_fee: {
      name: 'Other fees of the day',
      hint: 'What the account was charged, less what was given back, is not what the trade bill says. Ask the gateway.',
    },
    account_other: {
      name: 'Movement to be explained',
      hint: 'The account moved for no trade: a top-up, a transfer by hand, a withdrawal that came back. Find out who and why, then say so.',
    },
    account_gap: {
      name: 'Gap between balances',
      hint: 'A balance is not the one before it and what moved: something is not listed. Fetch the statements of this day and the one before again; if it stays, ask the gateway.',
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

/** By what one is told from the next; those of a whole day have no number. */
export function differenceNumber({ outRefundNo, outTradeNo, flowNo, day }: Console.PayDifference): string {
  return outRefundNo ?? (outTradeNo || flowNo || day);
}
