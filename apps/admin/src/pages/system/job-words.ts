import { counted, words } from '../../kit/text.js';

export const jobWords = words(
  {
    about: '在后台执行的工作。失败的会自动重试；用尽次数的要由人处理。每次重试与丢弃都记入操作日志。',
    none: '没有后台任务，一切都已执行',
    job: '任务',
    state: '状态',
    states: { waiting: '等待中', running: '正在执行', failed: '失败，会重试', exhausted: '已用尽次数' },
    tries: (n: number, most: number | null) => (most === null ? `已试 ${n} 次` : `已试 ${n}/${most} 次`),
    why: '原因',
    noWhy: '—',
    due: '执行时间',
    act: '操作',
    retry: '重试',
    drop: '丢弃',
    retryPage: (n: number) => `重试本页 ${n} 个`,
    dropPage: (n: number) => `丢弃本页 ${n} 个`,
    retryTitle: (n: number) => `重试 ${n} 个任务？`,
    retryHint: '立即再次执行，次数从头计算。正在执行的不受影响。',
    retried: (done: number, left: number) =>
      left === 0 ? `${done} 个任务即将执行` : `${done} 个任务即将执行，${left} 个已变化，保持不变`,
    dropTitle: (n: number) => `丢弃 ${n} 个任务`,
    dropHint: '丢弃后不再执行，不能恢复。关系到资金的任务只能重试，不能丢弃。',
    dropDo: '确认丢弃',
    dropped: (done: number, left: number) =>
      left === 0 ? `已丢弃 ${done} 个任务` : `已丢弃 ${done} 个任务，${left} 个已变化，保持不变`,
    reason: '理由',
    reasonHint: '为什么不再需要，会记入操作日志',
    kept: '关系到资金，只能重试',
  },
  {
    about:
      'Work that is done in the background. What failed is tried again by itself; what has used up its tries needs a person. Every retry and drop is in the audit log.',
    none: 'Nothing waits: all is done',
    job: 'Job',
    state: 'State',
    states: { waiting: 'Waiting', running: 'Running', failed: 'Failed, tried again', exhausted: 'Given up' },
    tries: (n: number, most: number | null) =>
      most === null ? `tried ${counted(n, 'time')}` : `tried ${n} of ${counted(most, 'time')}`,
    why: 'Why',
    noWhy: '—',
    due: 'Due',
    act: 'Do',
    retry: 'Retry',
    drop: 'Drop',
    retryPage: (n: number) => `Retry ${n} on this page`,
    dropPage: (n: number) => `Drop ${n} on this page`,
    retryTitle: (n: number) => `Retry ${counted(n, 'job')}?`,
    retryHint: 'They are tried now, with all their tries before them. What runs is left alone.',
    retried: (done: number, left: number) =>
      left === 0
        ? `${counted(done, 'job')} will be tried now`
        : `${counted(done, 'job')} will be tried now, ${left} had changed and stayed`,
    dropTitle: (n: number) => `Drop ${counted(n, 'job')}`,
    dropHint: 'They are gone for good. What money depends on can be retried only.',
    dropDo: 'Drop',
    dropped: (done: number, left: number) =>
      left === 0
        ? `Dropped ${counted(done, 'job')}`
        : `Dropped ${counted(done, 'job')}, ${left} had changed and stayed`,
    reason: 'Reason',
    reasonHint: 'Why nobody needs them; it goes into the audit log',
    kept: 'Money depends on it: retry only',
  },
);

/** What kinds of jobs are called; others are shown by their names. */
export const jobNames = words<Record<string, string>>(
  {
    'camp.sync': '每日同步打卡',
    'camp.syncTask': '手动同步打卡',
    'camp.settle': '结营并生成退款名单',
    'camp.list': '补列退款名单',
    'camp.notify': '退款到账通知',
    'payment.delivery': '支付结果通知业务线',
    'payment.fees': '读取渠道账单',
    'payment.statement': '读取商户账户的资金账单',
    'alert.push': '推送告警',
    'system.audit': '核对操作日志',
    'system.prune': '清理过期登录',
    'system.retention': '清理到期的数据',
  },
  {
    'camp.sync': 'Daily sync of check-ins',
    'camp.syncTask': 'Sync of check-ins by hand',
    'camp.settle': 'End of a camp and its refund list',
    'camp.list': 'Late entry of the refund list',
    'camp.notify': 'Message that a refund arrived',
    'payment.delivery': 'Outcome of a payment to its line',
    'payment.fees': 'Bill of a gateway',
    'payment.statement': 'Statement of a gateway’s account',
    'alert.push': 'Alert to the group',
    'system.audit': 'Check of the audit log',
    'system.prune': 'Removal of expired sessions',
    'system.retention': 'Removal of expired data',
  },
);

export const jobFields = words<Record<string, string>>(
  {
    campId: '训练营',
    taskId: '同步任务',
    refundId: '退款记录',
    gateway: '渠道',
    date: '日期',
    title: '告警',
    line: '业务线',
    orderNo: '订单',
  },
  {
    campId: 'camp',
    taskId: 'sync',
    refundId: 'refund record',
    gateway: 'gateway',
    date: 'date',
    title: 'alert',
    line: 'line',
    orderNo: 'order',
  },
);
