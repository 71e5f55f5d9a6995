import type { Camp, Console } from '@yajin/web';
import { count, money } from '@yajin/ui';
import { useApiQuery } from '../../kit/api.js';
import { useMay } from '../../kit/session.js';
import { laneWords } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    cookie: '知识星球 Cookie 已失效',
    cookieDetail: '打卡无法同步，请更新 Cookie',
    paused: '退款已暂停',
    pausedDetail: '商户余额不足，充值后自动继续',
    jobs: '后台任务需人工处理',
    jobsDetail: '多次重试后仍失败',
    failedRefunds: '退款失败',
    failedRefundsDetail: '查看原因，处理后重试',
    lane: (name: string) => `待审核退款：${name}`,
    laneDetail: (amount: string, hint: string) => `合计 ${amount}，${hint}`,
    failed: '匹配失败的会员',
    failedDetail: '需要人工匹配后才能统计打卡',
    reviewed: '身份待核实的会员',
    reviewedDetail: '两位会员用了同一个星球 ID',
    unallocated: '未归属收款',
    unallocatedDetail: '归到训练营，或退回',
    approvals: '待第二人确认',
    approvalsDetail: '超过限额的退款与转账，确认后发出',
    alerts: '告警待看',
    alertsDetail: '需要人看一眼，看过或解决',
    stops: '止付中',
    stopsDetail: '退款与转账停止发出，解除后自动继续',
    suspense: '挂账款项',
    suspenseDetail: '计入订单，或退回',
    work: '待处理资金',
    workDetail: (amount: string) => `合计 ${amount}，等人处理`,
  },
  {
    cookie: 'The planet cookie has expired',
    cookieDetail: 'Check-ins cannot be synced: renew it',
    paused: 'Refunds are paused',
    pausedDetail: 'The merchant balance ran out; they go on once it is topped up',
    jobs: 'Jobs that need a person',
    jobsDetail: 'Still failing after many tries',
    failedRefunds: 'Failed refunds',
    failedRefundsDetail: 'See why, mend it, retry',
    lane: (name: string) => `Refunds to review: ${name}`,
    laneDetail: (amount: string, hint: string) => `${amount} in all. ${hint}`,
    failed: 'Members without a match',
    failedDetail: 'Match them by hand to count their check-ins',
    reviewed: 'Members whose identity is in review',
    reviewedDetail: 'Two members named the same planet id',
    unallocated: 'Unallocated money',
    unallocatedDetail: 'Assign it to a camp, or send it back',
    approvals: 'To be confirmed by a second person',
    approvalsDetail: 'Refunds and transfers above a limit: sent once confirmed',
    alerts: 'Alerts to see',
    alertsDetail: 'Have a look: seen, or resolved',
    stops: 'Payouts are stopped',
    stopsDetail: 'Refunds and transfers are not sent until the stop is released',
    suspense: 'Money in suspense',
    suspenseDetail: 'Count it for its order, or send it back',
    work: 'Open matters',
    workDetail: (amount: string) => `${amount} in all wait for a person`,
  },
);

export interface Task {
  name: string;
  detail: string;
  /** As people read it; null where there is nothing to count. */
  count: string | null;
  /** Money or check-ins are held up until it is done. */
  pressing: boolean;
  to: string;
}

interface Counts {
  health: Camp.SystemHealth | undefined;
  pending: Camp.PendingRefundPage | undefined;
  failedRefunds: number | undefined;
  failedMatches: number | undefined;
  reviewed: number | undefined;
  unallocated: number | undefined;
  suspense: number | undefined;
  stops: number | undefined;
  work: Console.PayWorkPage | undefined;
  approvals: number | undefined;
  alerts: number | undefined;
}

const EVERY_MS = 60_000;

interface Todo {
  tasks: Task[];
  /** Something is still looked up; `first` as long as nothing of that has failed before. */
  looking: boolean;
  first: boolean;
  error: unknown;
  again: () => void;
}

/** What needs a person, as far as the operator may know of it. */
export function useTodo(): Todo {
  const t = useWords(text);
  const lanes = useWords(laneWords);
  const may = useMay();
  const refunds = { enabled: may('refund:read'), refetchInterval: EVERY_MS };
  const one = { pageSize: 1 };
  const health = useApiQuery(
    'getSystemHealth',
    {},
    { enabled: may('system:health'), refetchInterval: EVERY_MS },
  );
  const pending = useApiQuery('listPendingRefunds', { query: one }, refunds);
  const failed = useApiQuery('listRefundRecords', { query: { refundStatus: 'failed', ...one } }, refunds);
  const strays = useApiQuery('listUnallocated', { query: { status: 'pending', ...one } }, refunds);
  const payments = { enabled: may('pay:read'), refetchInterval: EVERY_MS };
  const suspended = useApiQuery('listPaySuspense', { query: { status: 'pending', ...one } }, payments);
  const asked = useApiQuery('listPayApprovals', { query: { state: 'open', ...one } }, payments);
  const stopped = useApiQuery('listPayStops', { query: { state: 'open', ...one } }, payments);
  const work = useApiQuery('listPayWork', { query: one }, payments);
  const alerts = useApiQuery('listPayAlerts', { query: one }, payments);
  const members = { enabled: may('member:read'), refetchInterval: EVERY_MS };
  const unmatched = useApiQuery('listMembers', { query: { matchStatus: 'failed', ...one } }, members);
  const reviewed = useApiQuery('listMembers', { query: { inReview: true, ...one } }, members);
  const all = [health, pending, failed, strays, suspended, stopped, asked, work, alerts, unmatched, reviewed];
  const counts: Counts = {
    health: health.data,
    pending: pending.data,
    failedRefunds: failed.data?.total,
    failedMatches: unmatched.data?.total,
    reviewed: reviewed.data?.total,
    unallocated: strays.data?.total,
    suspense: suspended.data?.total,
    stops: stopped.data?.total,
    work: work.data,
    approvals: asked.data?.total,
    alerts: alerts.data?.unseen,
  };
  return {
    tasks: tasksOf(counts, t, lanes),
    looking: all.some(({ isLoading }) => isLoading),
    first: all.some(
      ({ isLoading, isFetched, failureCount }) => isLoading && !isFetched && failureCount === 0,
    ),
    error: all.find(({ error, data }) => error && !data)?.error ?? null,
    again: () => all.filter(({ error }) => error).forEach(({ refetch }) => void refetch()),
  };
}

const LANES = ['ready', 'check', 'low'] as const;

function tasksOf(counts: Counts, t: (typeof text)['zh'], lanes: (typeof laneWords)['zh']): Task[] {
  const { health, pending } = counts;
  const task = (
    is: number | boolean | undefined,
    name: string,
    detail: string,
    to: string,
    pressing = false,
  ): Task[] => (is ? [{ name, detail, to, pressing, count: typeof is === 'number' ? count(is) : null }] : []);
  return [
    ...task(health?.planetCookie === 'expired', t.cookie, t.cookieDetail, '/system/config', true),
    ...task(health?.refundsPaused, t.paused, t.pausedDetail, '/system/health', true),
    ...task(counts.stops, t.stops, t.stopsDetail, '/pay/stops?state=open', true),
    ...task(
      counts.failedRefunds,
      t.failedRefunds,
      t.failedRefundsDetail,
      '/refunds/records?refund=failed',
      true,
    ),
    ...task(counts.alerts, t.alerts, t.alertsDetail, '/pay/alerts?state=open', true),
    ...task(health?.failedJobs, t.jobs, t.jobsDetail, '/system/health', true),
    ...LANES.flatMap((lane) => {
      const figures = pending?.summary.lanes[lane];
      const { name, hint } = lanes[lane];
      const says = t.laneDetail(money(figures?.amount ?? 0), hint);
      return task(figures?.count, t.lane(name), says, `/refunds/pending?lane=${lane}`);
    }),
    ...task(counts.failedMatches, t.failed, t.failedDetail, '/members?matchStatus=failed'),
    ...task(counts.reviewed, t.reviewed, t.reviewedDetail, '/members?inReview=true'),
    ...task(counts.unallocated, t.unallocated, t.unallocatedDetail, '/refunds/unallocated?status=pending'),
    ...task(counts.approvals, t.approvals, t.approvalsDetail, '/pay/approvals?state=open'),
    ...task(counts.suspense, t.suspense, t.suspenseDetail, '/pay/suspense?status=pending'),
    ...task(counts.work?.total, t.work, t.workDetail(money(counts.work?.amount ?? 0)), '/pay/work'),
  ];
}
