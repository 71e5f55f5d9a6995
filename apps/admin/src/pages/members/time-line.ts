import type { Camp } from '@yajin/web';
import { money, percent } from '@yajin/ui';
import { methodName, type stateWords } from '../../kit/states.js';
import { counted, words } from '../../kit/text.js';
import type { TimelineEntry } from '../../kit/timeline.js';

export const lineWords = words(
  {
    paid: (amount: string) => `支付押金 ${amount}`,
    bound: (method: string) => `绑定星球身份 · ${method}`,
    bindPending: '尚未绑定星球身份',
    bindExpired: '绑定已过期，可由人工匹配',
    matched: (name: string, method: string, confidence: number) =>
      `匹配到 ${name} · ${method} · 置信度 ${confidence}`,
    toMatch: '等待匹配',
    matchFailed: '智能匹配没有把握，需要人工匹配',
    joined: '进入训练营群',
    notJoined: '尚未标记进群',
    checkins: (count: number, required: number, rate: string) =>
      `已打卡 ${count} / ${required} 天（${rate}）`,
    lastCheckin: '最近一次打卡',
    reached: '已达标',
    notReached: '未达标',
    listed: (amount: string) => `列入退款名单 ${amount}`,
    notListed: '结营后达标的会员列入退款名单',
    toAudit: '等待审核',
    audited: { approved: '审核通过', rejected: '审核拒绝' },
    by: (name: string) => `由 ${name}`,
    system: '系统',
    refunded: (amount: string) => `退款到账 ${amount}`,
    processing: '退款处理中，结果以支付渠道为准',
    toRefund: '等待退款',
    failed: '退款失败，可在退款记录中重试',
  },
  {
    paid: (amount: string) => `Paid the deposit of ${amount}`,
    bound: (method: string) => `Said who they are · ${method}`,
    bindPending: 'Has not said who they are',
    bindExpired: 'Too late to say who they are: a person may match them',
    matched: (name: string, method: string, confidence: number) =>
      `Matched to ${name} · ${method} · confidence ${confidence}`,
    toMatch: 'Waiting for a match',
    matchFailed: 'The smart match is not sure: a person is needed',
    joined: 'Joined the group',
    notJoined: 'Not marked as joined',
    checkins: (count: number, required: number, rate: string) =>
      `Checked in on ${count} of ${counted(required, 'day')} (${rate})`,
    lastCheckin: 'The latest check-in',
    reached: 'Goal reached',
    notReached: 'Goal not reached',
    listed: (amount: string) => `On the refund list with ${amount}`,
    notListed: 'Who reached the goal is listed for a refund when the camp is over',
    toAudit: 'Waiting for review',
    audited: { approved: 'Approved', rejected: 'Rejected' },
    by: (name: string) => `by ${name}`,
    system: 'the system',
    refunded: (amount: string) => `Refunded ${amount}`,
    processing: 'Being refunded; the payment channel decides',
    toRefund: 'Waiting to be refunded',
    failed: 'The refund failed; it can be retried in the refund records',
  },
);

type Text = (typeof lineWords)['zh'];
type States = (typeof stateWords)['zh'];

/** What happened to a member, in no order. */
export function happenings(member: Camp.MemberDetail, t: Text, states: States): TimelineEntry[] {
  const all = [
    ...payment(member, t, states),
    match(member, t, states),
    group(member, t),
    checkins(member, t),
    ...refund(member, t),
  ];
  // Whose deposit was given back after a review has nothing before them but that refund.
  const over = member.matchInfo.identityReview === 'returned';
  return over ? all.filter(({ key, look }) => look === 'done' || key === 'refund') : all;
}

function happening(
  key: string,
  look: TimelineEntry['look'],
  at: string | null,
  says: string,
  more: (string | null)[] = [],
): TimelineEntry {
  return { key, look, at, says, more: more.filter((each) => each !== null) };
}

function payment({ paymentInfo, matchInfo }: Camp.MemberDetail, t: Text, states: States): TimelineEntry[] {
  const { amount, payTime, orderNo, bindStatus, bindMethod } = paymentInfo;
  const paid = happening('paid', 'done', payTime, t.paid(money(amount)), [orderNo]);
  switch (bindStatus) {
    case 'pending':
      return [paid, happening('bound', 'quiet', null, t.bindPending)];
    case 'expired':
      return [paid, happening('bound', 'bad', null, t.bindExpired)];
    case 'completed': {
      const at = bindMethod === 'dynamic_qrcode' ? payTime : matchInfo.matchTime;
      return [
        paid,
        happening('bound', 'done', at, t.bound(methodName(states, bindMethod, paymentInfo.identity))),
      ];
    }
  }
}

function match({ matchInfo, paymentInfo }: Camp.MemberDetail, t: Text, states: States): TimelineEntry {
  const { status, matchedPlanetUser: user, method, confidence, matchTime } = matchInfo;
  switch (status) {
    case 'pending':
      return happening('match', 'quiet', null, t.toMatch);
    case 'failed':
      return happening('match', 'bad', null, t.matchFailed);
    case 'matched': {
      const name = user?.planetNickname || user?.planetUserId || states.none;
      const says = t.matched(name, methodName(states, method, paymentInfo.identity), confidence);
      return happening('match', 'done', matchTime, says);
    }
  }
}

function group({ groupInfo }: Camp.MemberDetail, t: Text): TimelineEntry {
  return groupInfo.joined
    ? happening('group', 'done', groupInfo.joinedAt, t.joined)
    : happening('group', 'quiet', null, t.notJoined);
}

function checkins({ checkinInfo }: Camp.MemberDetail, t: Text): TimelineEntry {
  const { count, requiredDays, rate, lastCheckinTime, eligible } = checkinInfo;
  const says = t.checkins(count, requiredDays, percent(rate));
  const goal = eligible ? t.reached : t.notReached;
  return happening('checkins', eligible ? 'done' : 'quiet', lastCheckinTime, says, [
    lastCheckinTime ? t.lastCheckin : null,
    goal,
  ]);
}

function refund({ refundInfo: given }: Camp.MemberDetail, t: Text): TimelineEntry[] {
  if (!given) return [happening('listed', 'quiet', null, t.notListed)];
  const amount = money(given.refundAmount);
  const listed = happening('listed', 'done', given.createdAt, t.listed(amount));
  if (given.auditStatus === 'pending') return [listed, happening('audit', 'quiet', null, t.toAudit)];
  const auditor = given.auditor && t.by(given.auditor === 'system' ? t.system : given.auditor);
  const look = given.auditStatus === 'approved' ? 'done' : 'bad';
  const audited = happening('audit', look, given.auditTime, t.audited[given.auditStatus], [
    auditor,
    given.reason,
  ]);
  switch (given.refundStatus) {
    case 'pending':
      return [listed, audited, happening('refund', 'quiet', null, t.toRefund)];
    case 'processing':
      return [listed, audited, happening('refund', 'quiet', null, t.processing)];
    case 'success':
      return [listed, audited, happening('refund', 'done', given.executeTime, t.refunded(amount))];
    case 'failed':
      return [listed, audited, happening('refund', 'bad', null, t.failed)];
    case 'rejected':
      return [listed, audited];
  }
}
