import { sentence, type Sentence } from '@yajin/core';
import { parseFields } from './template.rules.js';

interface Setting {
  /** Encrypted at rest, and shown as a mask only. */
  secret: boolean;
  description: string;
  /** What is wrong with a value; null when nothing is. */
  problem: (value: string, options: { localRobot: boolean }) => Sentence | null;
}

/** For how many days things are kept unless a setting says otherwise. */
export const KEPT_DAYS = {
  'retention.unpaidDays': 30,
  'retention.checkinDays': 365,
  'retention.payloadDays': 730,
  'retention.orderDays': 400,
  'retention.notificationDays': 1095,
  'retention.alertDays': 180,
  'retention.syncDays': 90,
  'retention.jobDays': 90,
  'retention.uploadDays': 30,
} as const;

/** Gateways give bills of at least the last three months (docs/privacy.md): what one may name stays so long. */
const LEAST_BOOK_DAYS = 100;
/** Whoever looks into something has a week for it. */
const LEAST_DAYS = 7;

/** So much may be approved without a fresh proof of who approves, unless a setting says otherwise. */
export const FRESH_APPROVAL_FEN = 100_000;

/** For so long a decision about a refund can be taken back, unless a setting says otherwise. */
export const GRACE_MINUTES = 5;
const MOST_GRACE_MINUTES = 60;

const ROLES: readonly string[] = ['admin', 'manager', 'coach', 'volunteer', 'finance'];

/** As limits of payouts call whoever asks from a platform around a line. */
export const HOST = 'host';
/** What a payout is decided about as; refunds outside the gateway always take two. */
const KINDS: readonly string[] = ['deposit', 'manual', 'request', 'transfer'];

/** What a setting says of each role: `manager=50000,admin=200000`. A line that is none is left out. */
export function byRole(value: string): Map<string, string> {
  return new Map(
    value.split(',').flatMap((part) => {
      const [role = '', said] = part.split('=').map((each) => each.trim());
      return said === undefined ? [] : [[role, said] as const];
    }),
  );
}

function limitOf(
  description: string,
  problem: (said: string) => boolean,
  form: 'not_fen_by_role' | 'not_kinds_by_role',
): Setting {
  return {
    secret: false,
    description,
    problem: (value) => {
      const said = byRole(value);
      const whole = said.size === value.split(',').length;
      const fits = [...said].every(
        ([role, each]) => (role === HOST || ROLES.includes(role)) && !problem(each),
      );
      return whole && fits ? null : sentence(form);
    },
  };
}

const noFen = (said: string): boolean => !/^(?:0|[1-9]\d{0,11})$/.test(said);
const noKinds = (said: string): boolean => !said.split('+').every((kind) => KINDS.includes(kind));

/** The roles that a setting lists. */
export function rolesOf(value: string): string[] {
  return value.split(',').map((role) => role.trim());
}

function namedFiles(value: string): string[] {
  return value.split(',').map((file) => file.trim());
}

/**
 * What is in the file by which WeChat (`MP_`) or WeCom (`WW_`) sees that a domain is ours, null where it is none: each has its own name in it
 * (https://blog.csdn.net/weixin_42088262/article/details/105984080).
 */
function domainFile(file: string): string | null {
  return /^(?:MP|WW)_verify_([0-9A-Za-z]{16})\.txt$/.exec(file)?.[1] ?? null;
}

/** @param value of the setting `wechat.domainFiles` @returns what is in the file, null where it is not among them */
export function domainFileOf(value: string | null, file: string): string | null {
  return value !== null && namedFiles(value).includes(file) ? domainFile(file) : null;
}

/** Every setting that operators may change while the system runs. */
export const SETTINGS = {
  'planet.cookie': {
    secret: true,
    description:
      '知识星球登录凭证：网页版 Cookie 中 zsxq_access_token 的值，或 App 请求头整行 authorization: …；未设置时使用环境变量 PLANET_COOKIE',
    problem: (value) => (isPlanetToken(value) ? null : sentence('not_token')),
  },
  'planet.clientVersion': {
    secret: false,
    description: '请求知识星球时声明的客户端版本（x-version）；知识星球提示版本太旧时修改；未设置时为 2.83.0',
    problem: (value) => (/^\d{1,3}(\.\d{1,3}){2}$/.test(value) ? null : sentence('not_version')),
  },
  'planet.groupId': {
    secret: false,
    description: '默认知识星球 ID；未设置时使用环境变量 PLANET_GROUP_ID',
    problem: (value) => (/^\d{1,20}$/.test(value) ? null : sentence('not_number')),
  },
  'wecom.robotUrl': {
    secret: true,
    description: '企业微信群机器人地址，用于告警；未设置时只写日志',
    problem: (value, { localRobot }) => (isRobot(value, localRobot) ? null : sentence('not_robot')),
  },
  'wechat.refundTemplateId': {
    secret: false,
    description: '退款到账通知的微信模板 ID；未设置时不通知会员',
    problem: (value) => (/^[A-Za-z0-9_-]{1,64}$/.test(value) ? null : sentence('not_template_id')),
  },
  'wechat.refundTemplateKind': {
    secret: false,
    description: '退款到账通知的类型：template 模板消息（默认），subscription 订阅通知（会员须先订阅）',
    problem: (value) =>
      value === 'template' || value === 'subscription' ? null : sentence('not_template_kind'),
  },
  'wechat.refundTemplateFields': {
    secret: false,
    description:
      '模板字段与内容，如 thing1=camp,amount2=amount,time3=time；内容为 camp 训练营、amount 金额、time 到账时间、order 商户单号、result 退款成功',
    problem: (value) => {
      const fields = parseFields(value);
      return fields instanceof Map ? null : fields;
    },
  },
  'wechat.domainFiles': {
    secret: false,
    description:
      '微信要求放在网站根目录的域名验证文件的文件名，如 MP_verify_xxxxxxxxxxxxxxxx.txt；多个以逗号分隔；未设置时没有',
    problem: (value) =>
      namedFiles(value).every((file) => domainFile(file)) ? null : sentence('not_domain_files'),
  },
  'auth.idleHours': {
    secret: false,
    description: '登录多久没有操作后失效，小时；未设置时为 12',
    problem: (value) => (/^(?:[1-9]|1\d|2[0-4])$/.test(value) ? null : sentence('not_hours')),
  },
  'auth.totpRoles': {
    secret: false,
    description: '必须使用动态码（两步验证）的角色，以逗号分隔，如 admin,manager；未设置时自愿',
    problem: (value) =>
      rolesOf(value).every((role) => ROLES.includes(role)) ? null : sentence('not_roles', ROLES.join('、')),
  },
  'auth.freshApprovalFen': {
    secret: false,
    description: `登录或验证身份 10 分钟后，通过退款合计超过多少分须再次验证身份；0 为每次都须；未设置时为 ${FRESH_APPROVAL_FEN}（1000 元）`,
    problem: (value) => (/^(?:0|[1-9]\d{0,11})$/.test(value) ? null : sentence('not_fen')),
  },
  'approval.singleFen': limitOf(
    `按角色，单笔退款或转账超过多少分须第二人确认，如 manager=50000,admin=200000；${HOST} 为平台用户发起的退款与转账；未设置的角色不限`,
    noFen,
    'not_fen_by_role',
  ),
  'approval.dayFen': limitOf(
    `按角色，一人一天独自放行的退款与转账合计超过多少分，其余须第二人确认，如 manager=500000；${HOST} 按业务线合计；未设置的角色不限`,
    noFen,
    'not_fen_by_role',
  ),
  'approval.kinds': limitOf(
    `按角色，哪些一律须第二人确认，如 manager=manual+transfer：deposit 押金退还、manual 人工退款（挂账、未归属、撤销付款）、request 平台申请的退款、transfer 转账；线下退款总须两人`,
    noKinds,
    'not_kinds_by_role',
  ),
  'refund.graceMinutes': {
    secret: false,
    description: `审核通过或拒绝退款后，多少分钟内可以撤回；此间不退款、不通知会员、不记收入；0 为立即执行；未设置时为 ${GRACE_MINUTES}（演示环境为 0）`,
    problem: (value) =>
      /^(?:0|[1-9]\d?)$/.test(value) && Number(value) <= MOST_GRACE_MINUTES
        ? null
        : sentence('not_days_from', 0, MOST_GRACE_MINUTES),
  },
  'retention.unpaidDays': kept('未付款订单的身份（星球 ID 与昵称）', KEPT_DAYS['retention.unpaidDays']),
  'retention.checkinDays': kept('训练营结束后，打卡原文', KEPT_DAYS['retention.checkinDays']),
  'retention.payloadDays': kept('已处理的支付通知原文', KEPT_DAYS['retention.payloadDays']),
  'retention.orderDays': kept(
    '从未付款、已关闭的订单与支付单号',
    KEPT_DAYS['retention.orderDays'],
    LEAST_BOOK_DAYS,
  ),
  'retention.notificationDays': kept(
    '已处理、原文已清除的支付通知',
    KEPT_DAYS['retention.notificationDays'],
    LEAST_BOOK_DAYS,
  ),
  'retention.alertDays': kept('已解决的告警', KEPT_DAYS['retention.alertDays'], LEAST_DAYS),
  'retention.syncDays': kept('已结束的同步任务', KEPT_DAYS['retention.syncDays'], LEAST_DAYS),
  'retention.jobDays': kept('用尽重试、可以放弃的后台任务', KEPT_DAYS['retention.jobDays'], LEAST_DAYS),
  'retention.uploadDays': kept('没有训练营使用的图片', KEPT_DAYS['retention.uploadDays'], LEAST_DAYS),
  'member.contact': {
    secret: false,
    description:
      '会员有问题找谁：显示在会员页面说“联系助教”的地方，可复制，如 助教微信：yajin-help；未设置时请会员在知识星球或训练营群里找助教',
    problem: (value) => shortText(value, 100),
  },
  'privacy.controller': {
    secret: false,
    description: '个人信息处理者：组织者的名称，写在会员看到的个人信息处理说明里；未设置时写“训练营的组织者”',
    problem: (value) => shortText(value, 100),
  },
  'privacy.contact': {
    secret: false,
    description: '个人信息的联系方式：邮箱、电话或微信号，写在个人信息处理说明里；未设置时写训练营的助教',
    problem: (value) => shortText(value, 200),
  },
} as const satisfies Record<string, Setting>;

const MOST_DAYS = 9999;

function kept(what: string, usual: number, least = 1): Setting {
  return {
    secret: false,
    description: `${what}保留多少天${least > 1 ? `，至少 ${least}` : ''}；未设置时为 ${usual}`,
    problem: (value) => {
      if (!/^[1-9]\d{0,3}$/.test(value)) return sentence('not_days');
      return Number(value) < least ? sentence('not_days_from', least, MOST_DAYS) : null;
    },
  };
}

function shortText(value: string, max: number): Sentence | null {
  return value.length <= max && !/[\r\n]/.test(value) ? null : sentence('not_one_line', max);
}

/** What gateways keep of a payment, in percent. */
function feeRates(gateways: readonly { name: string; label: string }[]): Record<FeeRateKey, Setting> {
  return Object.fromEntries(
    gateways.map(({ name, label }): [FeeRateKey, Setting] => [
      `pay.feeRate.${name}`,
      {
        secret: false,
        description: `${label}的手续费率，百分比，如 0.60；未设置时不预估手续费`,
        problem: (value) => (/^\d(\.\d{1,2})?$/.test(value) ? null : sentence('not_rate')),
      },
    ]),
  );
}

type FeeRateKey = `pay.feeRate.${string}`;
export type SettingKey = keyof typeof SETTINGS | FeeRateKey;

/** Every setting of a deployment, by its key. */
export class Settings {
  private readonly all: ReadonlyMap<string, Setting>;

  constructor(gateways: readonly { name: string; label: string }[]) {
    this.all = new Map(Object.entries<Setting>({ ...SETTINGS, ...feeRates(gateways) }));
  }

  get keys(): SettingKey[] {
    return [...this.all.keys()].filter((key) => this.has(key));
  }

  has(key: string): key is SettingKey {
    return this.all.has(key);
  }

  of(key: SettingKey): Setting {
    const found = this.all.get(key);
    if (!found) throw new Error(`there is no setting ${key}`);
    return found;
  }
}

const HIDDEN = '••••••';
/** So short a secret would be half given away by its end. */
const TELLING_LENGTH = 20;

/** A secret as it may be shown: the end of a long one, to be told from another. */
export function masked(secret: string): string {
  return secret.length < TELLING_LENGTH ? HIDDEN : HIDDEN + secret.slice(-4);
}

/** A bare token, the app's header line, or a browser's cookie line; libs/planet reads it. */
function isPlanetToken(value: string): boolean {
  if (!/^[\x20-\x7e]+$/.test(value)) return false;
  return !value.replace(/^authorization:\s*/i, '').includes(' ') || /zsxq_access_token=[^;\s]/.test(value);
}

/** An alert tells what is going on here: to WeCom, and to nobody else. */
function isRobot(value: string, localRobot: boolean): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, port, username, password } = new URL(value);
  if (username || password) return false;
  if (protocol === 'https:') return hostname === 'qyapi.weixin.qq.com' && port === '';
  return localRobot && protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
