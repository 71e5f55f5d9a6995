import type { Console } from '@yajin/web';
import { counted, words } from '../../kit/text.js';
import { inOrder, type TimelineEntry } from '../../kit/timeline.js';
import type { Causes } from './cause-words.js';

/** What a gateway or a line names beyond these is shown as it is. */
const SCENES: Record<string, string> = { jsapi: '微信内', native: '扫码', h5: '手机网页', page: '电脑网页' };
const KINDS: Record<string, string> = {
  payment: '收款',
  refund: '退款',
  surplus: '多付退回',
  allocate: '归属',
  earn: '确认收入',
  restore: '收入转回',
  freeze: '冻结待转账',
  unfreeze: '解除冻结',
  transfer: '转账',
  settle: '结算',
  suspend: '转挂账',
  assign: '挂账计入订单',
  outside: '线下退款',
};

export const timelineWords = words(
  {
    placed: '创建订单',
    started: '发起付款',
    attemptClosed: '这次付款已关闭',
    notAccepted: (code: string) => `渠道没有接受下单：${code}`,
    refusedTimes: (n: number) => `共 ${n} 次`,
    againHelps: '付款人可以再试',
    againHelpsNot: '再试无用，需要处理',
    paid: '付款成功',
    late: '迟到或重复的付款，自动退回',
    suspended: '没有订单能收下，挂账待决定',
    waiting: (until: string) => `等待付款，${until} 过期`,
    closed: '订单已关闭',
    told: (event: string) => `收到通知：${event}`,
    times: (n: number) => `共收到 ${n} 次`,
    notes: { applied: '已处理', quarantined: '已隔离，没有入账', unreadable: '无法解析，没有入账' },
    refund: '发起退款',
    refundLater: (at: string) => `${at} 后发出，在此之前可以撤回`,
    refunding: '退款处理中，系统会自动查询结果',
    refunded: '退款到账',
    refundedOutside: '已确认线下退款',
    refundFailed: '退款失败',
    transfer: '发起转账',
    transferring: '转账处理中，系统会自动查询结果',
    transferred: '转账到账',
    transferFailed: '转账失败',
    posted: (kind: string) => `记账：${kind}`,
    sides: (debit: string, credit: string) => `借 ${debit}，贷 ${credit}`,
    scenes: SCENES,
    kinds: KINDS,
  },
  {
    placed: 'Order placed',
    started: 'Payment begun',
    attemptClosed: 'This attempt is closed',
    notAccepted: (code: string) => `The gateway did not accept the order: ${code}`,
    refusedTimes: (n: number) => counted(n, 'time'),
    againHelps: 'the payer may try again',
    againHelpsNot: 'trying again is no use: somebody has to act',
    paid: 'Paid',
    late: 'Late or a second time: it goes back by itself',
    suspended: 'no order can take it: somebody has to decide',
    waiting: (until: string) => `Waiting to be paid, until ${until}`,
    closed: 'The order is closed',
    told: (event: string) => `Notified: ${event}`,
    times: (n: number) => counted(n, 'time'),
    notes: {
      applied: 'applied',
      quarantined: 'quarantined, not booked',
      unreadable: 'unreadable, not booked',
    },
    refund: 'Refund begun',
    refundLater: (at: string) => `sent after ${at}; until then the decision can be taken back`,
    refunding: 'Refund processing; the system asks for the outcome by itself',
    refunded: 'Refund arrived',
    refundedOutside: 'Refunded outside, confirmed',
    refundFailed: 'Refund failed',
    transfer: 'Transfer begun',
    transferring: 'Transfer processing; the system asks for the outcome by itself',
    transferred: 'Transfer arrived',
    transferFailed: 'Transfer failed',
    posted: (kind: string) => `Booked: ${kind}`,
    sides: (debit: string, credit: string) => `debit ${debit}, credit ${credit}`,
    scenes: { jsapi: 'inside WeChat', native: 'by code', h5: 'phone', page: 'computer' },
    kinds: {
      payment: 'payment',
      refund: 'refund',
      surplus: 'overpaid money back',
      allocate: 'allocated',
      earn: 'to income',
      restore: 'back from income',
      freeze: 'frozen for a transfer',
      unfreeze: 'unfrozen',
      transfer: 'transfer',
      settle: 'settled',
      suspend: 'into suspense',
      assign: 'out of suspense, for the order',
      outside: 'refunded outside',
    },
  },
);

interface Speech {
  t: (typeof timelineWords)['zh'];
  gateway: (name: string) => string;
  event: (eventType: string) => string;
  account: (account: string) => { name: string };
  causes: Causes;
  time: (at: string) => string;
}

/** An order's timeline, oldest first; what is still open comes last. */
export function timelineOf(story: Console.OrderStory, speech: Speech): TimelineEntry[] {
  const all = [
    ...placing(story.order, speech),
    ...story.attempts.flatMap((attempt) => attempts(attempt, speech)),
    ...story.refusals.map((refusal) => refusalOf(refusal, speech)),
    ...story.refunds.flatMap((refund) => refunds(refund, speech)),
    ...story.transfers.flatMap((transfer) => transfers(transfer, speech)),
    ...story.notifications.map((note, index) => notification(note, index, speech)),
    ...story.postings.map((posting, index) => postingOf(posting, index, speech)),
  ];
  return inOrder(all);
}

function placing(order: Console.PayOrder, { t, time }: Speech): TimelineEntry[] {
  const { status, amount, description, createdAt, expiresAt } = order;
  return [
    { key: 'placed', at: createdAt, says: t.placed, amount, more: [description], look: 'done' },
    ...(status === 'pending'
      ? [{ key: 'open', at: null, says: t.waiting(time(expiresAt)), more: [], look: 'open' as const }]
      : []),
    ...(status === 'closed'
      ? [{ key: 'closed', at: null, says: t.closed, more: [], look: 'quiet' as const }]
      : []),
  ];
}

function attempts(attempt: Console.PayAttempt, { t, gateway }: Speech): TimelineEntry[] {
  const { outTradeNo, scene, state, transactionId, counts, suspended, createdAt, paidAt, amount } = attempt;
  const through = gateway(attempt.gateway);
  return [
    {
      key: `attempt ${outTradeNo}`,
      at: createdAt,
      says: t.started,
      more: [
        scene === null ? through : `${through} · ${t.scenes[scene] ?? scene}`,
        ...(state === 'closed' ? [t.attemptClosed] : []),
        outTradeNo,
      ],
      look: state === 'closed' ? 'quiet' : 'done',
    },
    ...(paidAt === null
      ? []
      : [
          {
            key: `paid ${outTradeNo}`,
            at: paidAt,
            says: counts ? t.paid : `${t.paid} · ${suspended ? t.suspended : t.late}`,
            amount,
            more: [through, ...(transactionId === null ? [] : [transactionId])],
            look: counts ? ('done' as const) : ('bad' as const),
          },
        ]),
  ];
}

function refusalOf(refusal: Console.PayRefusal, { t, gateway }: Speech): TimelineEntry {
  const { code, message, times, mayTryAgain, lastAt } = refusal;
  return {
    key: `refusal ${refusal.gateway} ${code}`,
    at: lastAt,
    says: t.notAccepted(code),
    more: [
      gateway(refusal.gateway),
      message,
      ...(times > 1 ? [t.refusedTimes(times)] : []),
      mayTryAgain ? t.againHelps : t.againHelpsNot,
    ],
    look: 'bad',
  };
}

function refunds(refund: Console.PayRefund, { t, causes, time }: Speech): TimelineEntry[] {
  const { id, amount, status, outRefundNos, refundId, createdAt, succeededAt, executeAfter } = refund;
  const outside = refund.outside?.confirmedAt ? refund.outside : null;
  const done = outside ? t.refundedOutside : t.refunded;
  const says = { begun: t.refund, open: t.refunding, failed: t.refundFailed, done };
  return outgoing(
    {
      key: `refund ${id}`,
      amount,
      status,
      failure: causes.failure(refund.failCode, refund.failure),
      createdAt,
      succeededAt,
      says,
    },
    [
      causes.reason(refund),
      ...(executeAfter === null ? [] : [t.refundLater(time(executeAfter))]),
      ...outRefundNos,
    ],
    outside ? [outside.evidence] : refundId === null ? [] : [refundId],
  );
}

function transfers(transfer: Console.PayTransfer, { t }: Speech): TimelineEntry[] {
  const { id, amount, remark, status, outTransferNo, failure, createdAt, succeededAt } = transfer;
  const says = { begun: t.transfer, open: t.transferring, failed: t.transferFailed, done: t.transferred };
  return outgoing(
    { key: `transfer ${id}`, amount, status, failure, createdAt, succeededAt, says },
    [remark, outTransferNo],
    [],
  );
}

interface Outgoing {
  key: string;
  amount: number;
  status: Console.MoneyStatus;
  failure: string | null;
  createdAt: string;
  succeededAt: string | null;
  says: Record<'begun' | 'open' | 'failed' | 'done', string>;
}

/** Money on its way out: asked for, and what came of it. */
function outgoing(
  { key, amount, status, failure, createdAt, succeededAt, says }: Outgoing,
  asked: string[],
  arrived: string[],
): TimelineEntry[] {
  const begun: TimelineEntry = { key, at: createdAt, says: says.begun, amount, more: asked, look: 'done' };
  const end = { key: `${key} end`, amount };
  switch (status) {
    case 'pending':
    case 'processing':
      return [begun, { ...end, at: null, says: says.open, more: [], look: 'open' }];
    case 'failed':
      return [begun, { ...end, at: null, says: says.failed, more: failure ? [failure] : [], look: 'bad' }];
    case 'success':
      return [begun, { ...end, at: succeededAt, says: says.done, more: arrived, look: 'done' }];
  }
}

function notification(note: Console.PayNote, index: number, { t, gateway, event }: Speech): TimelineEntry {
  const { eventType, state, reason, deliveries, receivedAt } = note;
  return {
    key: `note ${index}`,
    at: receivedAt,
    says: t.told(event(eventType)),
    more: [
      gateway(note.gateway),
      t.notes[state],
      ...(reason === null ? [] : [reason]),
      ...(deliveries > 1 ? [t.times(deliveries)] : []),
    ],
    look: state === 'applied' ? 'quiet' : 'bad',
  };
}

function postingOf(posting: Console.PayPosting, index: number, { t, account }: Speech): TimelineEntry {
  const { kind, debit, credit, amount, at } = posting;
  return {
    key: `posting ${index}`,
    at,
    says: t.posted(t.kinds[kind] ?? kind),
    amount,
    more: [t.sides(account(debit).name, account(credit).name)],
    look: 'quiet',
  };
}
