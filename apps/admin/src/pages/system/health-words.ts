import { gatewayWords } from '../../kit/gateway-words.js';
import { words } from '../../kit/text.js';

interface Part {
  name: string;
  /** What to do when it is not well. */
  remedy: string;
  /** Where it is done. */
  place?: string;
}

const DAY = 86_400;
const HOUR = 3_600;
const MINUTE = 60;

export const healthWords = words(
  {
    auto: '每 15 秒刷新',
    refresh: '刷新',
    stale: (at: string) => `刷新失败，以下是 ${at} 的情况`,
    overall: { up: '一切正常', degraded: '可以使用，但有需要留意的地方', down: '有关键部分不可用' },
    checked: (at: string) => `检查时间 ${at}。只看本系统已知的情况，不调用外部接口。`,
    figures: '运行情况',
    waiting: '等待中的任务',
    waitingHint: '含定时在将来执行的',
    failed: '失败的任务',
    failedHint: '多次重试后仍失败的',
    failedDo: '请到 系统 › 后台任务 重试或丢弃',
    cookie: '知识星球 Cookie',
    cookies: { valid: '有效', expired: '已失效', unknown: '未知' },
    cookieDo: {
      valid: '最近一次同步成功',
      expired: '请到 系统 › 配置 更新',
      unknown: '尚未同步，可到 系统 › 配置 检测',
    },
    refunds: '退款',
    running: '正常执行',
    runningHint: '审核通过后自动退款',
    paused: '已暂停',
    pausedDo: '商户余额不足，充值后自动继续',
    lastSync: '最近同步成功',
    noSync: '尚未同步',
    lastSyncHint: '所有训练营中最近的一次',
    uptime: '已运行',
    version: '版本',
    duration: (seconds: number) => {
      const [days, hours, minutes] = parts(seconds);
      return days > 0
        ? `${days} 天 ${hours} 小时`
        : hours > 0
          ? `${hours} 小时 ${minutes} 分`
          : `${minutes} 分`;
    },
    checks: '各部分',
    states: { up: '正常', degraded: '注意', down: '不可用', disabled: '未启用' },
    go: '去处理',
  },
  {
    auto: 'Refresh every 15 s',
    refresh: 'Refresh',
    stale: (at: string) => `Could not refresh: this is how it was at ${at}`,
    overall: {
      up: 'All is well',
      degraded: 'It works, with something to look at',
      down: 'Something vital is down',
    },
    checked: (at: string) => `Checked at ${at}, from what is known here: nobody outside is called.`,
    figures: 'Figures',
    waiting: 'Jobs waiting',
    waitingHint: 'Also those due later',
    failed: 'Jobs failed',
    failedHint: 'After many tries',
    failedDo: 'Retry or drop them under System › Background jobs',
    cookie: 'Planet cookie',
    cookies: { valid: 'Valid', expired: 'Expired', unknown: 'Unknown' },
    cookieDo: {
      valid: 'The latest sync went well',
      expired: 'Renew it under System › Settings',
      unknown: 'Not synced yet: test it under System › Settings',
    },
    refunds: 'Refunds',
    running: 'Running',
    runningHint: 'Paid out once approved',
    paused: 'Paused',
    pausedDo: 'The merchant balance ran out; they go on once it is topped up',
    lastSync: 'Latest good sync',
    noSync: 'Never',
    lastSyncHint: 'Of any camp',
    uptime: 'Up for',
    version: 'Version',
    duration: (seconds: number) => {
      const [days, hours, minutes] = parts(seconds);
      return days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
    },
    checks: 'Parts',
    states: { up: 'Up', degraded: 'Look', down: 'Down', disabled: 'Off' },
    go: 'Go there',
  },
);

/** Days, hours and minutes of so many seconds. */
function parts(seconds: number): [days: number, hours: number, minutes: number] {
  return [
    Math.floor(seconds / DAY),
    Math.floor((seconds % DAY) / HOUR),
    Math.floor((seconds % HOUR) / MINUTE),
  ];
}

/** What goes for every payment gateway. The API calls WeChat Pay v3 `wechat`. */
function gateways(names: Record<string, string>, remedy: string): Record<string, Part> {
  const place = '/refunds/records?refund=processing';
  return Object.fromEntries(
    Object.entries(names).map(([gateway, name]) => [
      gateway === 'wechat-v3' ? 'wechat' : gateway,
      { name, remedy, place },
    ]),
  );
}

export const partWords = words<Record<string, Part>>(
  {
    ...gateways(
      gatewayWords.zh,
      '余额不足请到商户平台充值；长时间没有结果的退款会继续自动查询，可到退款记录核对；调用连续失败按所示原因处理。',
    ),
    gateways: {
      name: '已停用的支付渠道',
      remedy: '渠道停用前请先等它的退款与转账结束：请技术人员恢复其配置。',
    },
    database: { name: '数据库', remedy: '请技术人员检查数据库的连接与负载。' },
    replica: {
      name: '只读副本',
      remedy: '不影响使用，列表、统计与导出暂由主库代答；请技术人员检查副本与复制进度。',
    },
    jobs: {
      name: '后台任务',
      remedy: '没有进程则退款与同步都会等待，请技术人员启动；失败的任务可以查看原因、重试或丢弃。',
      place: '/system/jobs',
    },
    images: {
      name: '图片存储',
      remedy:
        '对象存储没有应答时已上传的图片暂时无法显示，也无法上传：请技术人员运行 npm run doctor 并按提示处理。',
    },
    redis: { name: '限流计数（Redis）', remedy: '不影响使用，限流暂按单机计数；请技术人员检查 Redis。' },
    planet: {
      name: '知识星球',
      remedy: 'Cookie 失效请更新并检测；限流或无应答会在下次定时同步时重试。',
      place: '/system/config',
    },
    messages: {
      name: '消息与登录（公众号、企业微信、群机器人）',
      remedy: '请核对公众号或企业微信的密钥、IP 白名单与网络；消息会自动重试。',
      place: '/system/config',
    },
    payers: {
      name: '付款人标识加密',
      remedy: '旧的付款人标识正在逐批加密，无需处理；长时间不减少时请查看日志。',
    },
    retention: {
      name: '到期数据清理',
      remedy: '每晚 4 点清理到期的数据；超过一天半没有清理，或有一项失败时，请检查后台任务与日志。',
    },
    masterKey: {
      name: '主密钥',
      remedy: '更换主密钥后请等全部密文重新加密，再去掉旧密钥；打不开的请在设置中重填。',
    },
  },
  {
    ...gateways(
      gatewayWords.en,
      'Top up the merchant balance if it ran out; refunds without a result are asked about again and again; where calls fail, it says what to check.',
    ),
    gateways: {
      name: 'Gateways taken out',
      remedy:
        'Before a gateway is taken out, its refunds and transfers must have ended: put its settings back.',
    },
    database: { name: 'Database', remedy: 'Have its connections and load looked at.' },
    replica: {
      name: 'Read replica',
      remedy:
        'Everything works: the primary answers lists, statistics and exports meanwhile. Have the replica and its replication looked at.',
    },
    jobs: {
      name: 'Background jobs',
      remedy:
        'Without a worker refunds and syncs wait: have one started. What failed says why, and can be retried or dropped.',
      place: '/system/jobs',
    },
    images: {
      name: 'Store of images',
      remedy:
        'While it does not answer, images are neither shown nor taken in: have `npm run doctor` run, and do what it says.',
    },
    redis: {
      name: 'Rate limits (Redis)',
      remedy: 'Everything works, counted per process. Have Redis looked at.',
    },
    planet: {
      name: 'Planet (zsxq)',
      remedy: 'Renew an expired cookie and test it; anything else is tried again with the next sync.',
      place: '/system/config',
    },
    messages: {
      name: 'Messages and sign-in (WeChat, WeCom, robot)',
      remedy: 'Check the account’s secret, its IP list and the network; messages are tried again.',
      place: '/system/config',
    },
    payers: {
      name: 'Sealed payer ids',
      remedy: 'Old ids are being sealed batch by batch; if the number stays, read the log.',
    },
    retention: {
      name: 'Data retention',
      remedy:
        'What has expired is cleared at 4 every night; if that did not run or a step failed, look at the background jobs and the log.',
    },
    masterKey: {
      name: 'Master key',
      remedy: 'Keep the previous key until all is sealed anew; set again what no key opens.',
    },
  },
);
