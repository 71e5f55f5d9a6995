import { gatewayWords } from '../../kit/gateway-words.js';
import { words } from '../../kit/text.js';

interface Named {
  title: string;
  /** What it is and how to come by it. */
  about: string;
}

export const configWords = words(
  {
    about: '修改立即生效，并记入操作日志。敏感项保存后只显示末尾几位，无法再读出。',
    unset: '未设置',
    updatedAt: (at: string) => `更新于 ${at}`,
    secret: '敏感',
    edit: '修改',
    set: '设置',
    save: '保存',
    cancel: '取消',
    clear: '清除',
    clearTitle: (name: string) => `清除“${name}”？`,
    clearBody: '清除后恢复默认（环境变量或关闭该功能），旧值无法找回。',
    saved: '已保存',
    stop: '。',
    accepted: '已检测，可以使用，已保存',
    cleared: '已清除',
    value: '新的值',
    required: '请填写；要删除请用“清除”',
    testHint: '建议保存后检测一次。',
    test: '检测',
    testing: '检测中…',
    passed: '通过',
    failed: '未通过',
    at: (time: string) => `检测时间 ${time}`,
    merchant: '微信支付商户',
    merchantAbout:
      '商户号、密钥与证书由部署时的环境变量配置，不能在这里修改。检测会查询一个不存在的订单：能正常应答即证明商户配置与网络正常，不涉及资金。微信支付的公钥在其签名的应答中核对，异常见系统健康页。',
  },
  {
    about:
      'Changes count at once and are in the audit log. Of a secret only the end is shown; it cannot be read back.',
    unset: 'Not set',
    updatedAt: (at: string) => `Changed ${at}`,
    secret: 'Secret',
    edit: 'Change',
    set: 'Set',
    save: 'Save',
    cancel: 'Cancel',
    clear: 'Clear',
    clearTitle: (name: string) => `Clear “${name}”?`,
    clearBody: 'The default counts again (the environment, or off). The old value cannot be brought back.',
    saved: 'Saved',
    stop: '. ',
    accepted: 'Tested, it works, and it is saved',
    cleared: 'Cleared',
    value: 'New value',
    required: 'Required; to remove it use “Clear”',
    testHint: 'Test it after saving.',
    test: 'Test',
    testing: 'Testing …',
    passed: 'Passed',
    failed: 'Failed',
    at: (time: string) => `Tested ${time}`,
    merchant: 'WeChat Pay merchant',
    merchantAbout:
      'Merchant id, keys and certificates come from the environment and cannot be changed here. The test asks for an order that does not exist: an answer shows that the merchant’s configuration and the network are well. No money moves. WeChat’s public key is checked with its signed answers; faults are on the health page.',
  },
);

/** What gateways keep of a payment: one setting a gateway. */
function feeRates(
  gateways: Record<string, string>,
  title: (gateway: string) => string,
  about: string,
): Record<string, Named> {
  return Object.fromEntries(
    Object.entries(gateways).map(([gateway, name]) => [
      `pay.feeRate.${gateway}`,
      { title: title(name), about },
    ]),
  );
}

export const settingWords = words<Record<string, Named>>(
  {
    'planet.cookie': {
      title: '知识星球登录凭证',
      about:
        '两种都可以：用浏览器登录知识星球后，Cookie 中 zsxq_access_token 的值（或整行 Cookie）；或 App 请求头的整行 authorization: …。保存前先检测，不能用的不会替换原来的。失效后打卡无法同步。未设置时使用部署时配置的凭证。',
    },
    'planet.clientVersion': {
      title: '知识星球客户端版本',
      about: '请求时声明的 x-version。知识星球提示“版本太旧”时，填入网页版当前的版本号。未设置时为 2.83.0。',
    },
    'planet.groupId': {
      title: '默认知识星球 ID',
      about: '没有单独指定星球的训练营用它。未设置时使用部署时配置的星球。',
    },
    'wecom.robotUrl': {
      title: '企业微信群机器人',
      about:
        '告警发到这个群：Cookie 失效、退款失败、余额不足等。未设置时告警只写入日志。检测会发送一条测试消息。',
    },
    'wechat.refundTemplateId': {
      title: '退款到账通知模板',
      about:
        '微信公众号的模板 ID，退款到账后通知会员。未设置时不通知。企业微信由应用直接发消息，不需要模板。',
    },
    'wechat.refundTemplateKind': {
      title: '到账通知的类型',
      about: 'template 为模板消息（默认）；subscription 为订阅通知，只有订阅过的会员收得到。',
    },
    'wechat.refundTemplateFields': {
      title: '到账通知的字段',
      about:
        '按公众号后台模板的字段名填写，如 thing1=camp,amount2=amount,time3=time（默认）。内容可为 camp 训练营、amount 金额、time 到账时间、order 商户单号、result 退款成功。',
    },
    'refund.graceMinutes': {
      title: '审核可撤回的时间',
      about:
        '审核通过或拒绝后，多少分钟内可以撤回，0–60；此间不退款、不通知会员、不记收入。0 为立即执行。未设置时为 5（演示环境为 0）。',
    },
    'wechat.domainFiles': {
      title: '域名验证文件',
      about:
        '设置网页授权域名、JS 接口安全域名等时，微信要求把一个文件放到网站根目录：在这里填文件名即可，如 MP_verify_xxxxxxxxxxxxxxxx.txt，不需要上传。企业微信的 WW_verify_ 也一样。多个以逗号分隔。',
    },
    'auth.idleHours': {
      title: '闲置退出',
      about: '登录多久没有操作后须重新登录，小时，1–24。未设置时为 12。',
    },
    'auth.totpRoles': {
      title: '必须使用动态码的角色',
      about:
        'admin 超级管理员、manager 管理员、coach 教练、volunteer 志愿者、finance 财务，以逗号分隔，如 admin,manager。这些角色下次操作前须先设置动态码（两步验证）。未设置时自愿。',
    },
    'auth.freshApprovalFen': {
      title: '须再次验证身份的审核金额',
      about:
        '登录或验证身份 10 分钟后，通过的退款合计超过多少分须再次验证身份，如 100000 即 1000 元；0 为每次都须。未设置时为 100000。',
    },
    'approval.singleFen': {
      title: '单笔须第二人确认的金额',
      about:
        '按角色，单笔退款或转账超过多少分须第二人确认，如 manager=50000,admin=200000；host 为平台用户发起的。未列出的角色不限。',
    },
    'approval.dayFen': {
      title: '当日合计须第二人确认的金额',
      about:
        '按角色，一人一天独自放行的退款与转账合计超过多少分，其余须第二人确认，如 manager=500000；host 按业务线合计。未列出的角色不限。',
    },
    'approval.kinds': {
      title: '一律须第二人确认的种类',
      about:
        '按角色，如 manager=manual+transfer：deposit 押金退还、manual 人工退款（挂账、未归属、撤销付款）、request 平台申请的退款、transfer 转账。线下退款总须两人。',
    },
    'retention.unpaidDays': {
      title: '未付款订单的身份保留',
      about: '没有付款的订单所填的星球 ID 与昵称保留多少天，之后夜间清除。未设置时为 30。',
    },
    'retention.checkinDays': {
      title: '打卡原文保留',
      about: '训练营结束后，打卡原文保留多少天；打卡的日期与次数一直保留。未设置时为 365。',
    },
    'retention.payloadDays': {
      title: '支付通知原文保留',
      about: '已处理的支付通知原文保留多少天；待处理的保留到处理为止。未设置时为 730。',
    },
    'retention.orderDays': {
      title: '从未付款的订单保留',
      about:
        '已关闭、从未付款的训练营订单与没有用上的支付单号保留多少天；账本、退款、差异、审计提到的一直保留。至少 100，未设置时为 400。',
    },
    'retention.notificationDays': {
      title: '支付通知记录保留',
      about: '已处理、原文已清除的支付通知记录保留多少天。至少 100，未设置时为 1095。',
    },
    'retention.alertDays': {
      title: '已解决的告警保留',
      about: '已解决的告警保留多少天；未解决的一直保留。至少 7，未设置时为 180。',
    },
    'retention.syncDays': {
      title: '同步任务保留',
      about: '已结束的同步任务保留多少天；打卡不受影响。至少 7，未设置时为 90。',
    },
    'retention.jobDays': {
      title: '失败的后台任务保留',
      about: '用尽重试、放弃也不丢失什么的后台任务保留多少天；其余的等人处理。至少 7，未设置时为 90。',
    },
    'retention.uploadDays': {
      title: '未使用的图片保留',
      about: '上传后没有训练营使用过的图片保留多少天。至少 7，未设置时为 30。',
    },
    'member.contact': {
      title: '会员联系谁',
      about:
        '显示在会员页面说“联系助教”的地方，会员可以复制，如 助教微信：yajin-help（复制时只取冒号后面）。未设置时请会员在知识星球或训练营群里找助教。',
    },
    'privacy.controller': {
      title: '个人信息处理者',
      about: '组织者的名称，写在会员报名前看到的个人信息处理说明里。正式使用前请填写。',
    },
    'privacy.contact': {
      title: '个人信息的联系方式',
      about: '会员行使权利时找谁：邮箱、电话或微信号，写在个人信息处理说明里。正式使用前请填写。',
    },
    ...feeRates(
      gatewayWords.zh,
      (name) => `${name}手续费率`,
      '百分比，如 0.60，用于预估手续费；实际以渠道账单为准。未设置时不预估。',
    ),
  },
  {
    'planet.cookie': {
      title: 'Planet login',
      about:
        'Either will do: the value of zsxq_access_token among the cookies of a browser that is logged in to zsxq (or the whole Cookie line), or the app’s whole header line authorization: …. It is tested before it is saved, and one that does not work replaces none. Without a valid one check-ins cannot be synced. By default that of the deployment.',
    },
    'planet.clientVersion': {
      title: 'Planet client version',
      about:
        'The x-version that calls carry. When zsxq says that the version is too old, put in the one that its web version sends now. By default 2.83.0.',
    },
    'planet.groupId': {
      title: 'Default planet id',
      about: 'For camps that name no planet of their own. By default that of the deployment.',
    },
    'wecom.robotUrl': {
      title: 'WeCom group robot',
      about:
        'Where alerts go: dead cookie, failed refunds, empty balance. Without one they are only in the log. The test sends a message.',
    },
    'wechat.refundTemplateId': {
      title: 'Refund message template',
      about:
        'Template id of the official account, to tell members that their refund arrived. Without one nobody is told. WeCom needs none: its application writes.',
    },
    'wechat.refundTemplateKind': {
      title: 'Kind of refund message',
      about: 'template (the default), or subscription: only members who subscribed receive those.',
    },
    'wechat.refundTemplateFields': {
      title: 'Fields of the refund message',
      about:
        'The fields of your template and what they hold, such as thing1=camp,amount2=amount,time3=time (the default). They can hold camp, amount, time, order (our number) and result.',
    },
    'refund.graceMinutes': {
      title: 'Time to undo a review',
      about:
        'For how many minutes after an approval or a rejection it can be undone, 0 to 60. Meanwhile nothing is refunded, no member is told, nothing is booked as income. 0 acts at once. By default 5 (0 in the demo).',
    },
    'wechat.domainFiles': {
      title: 'Files that prove the domain',
      about:
        'When a domain is set at WeChat, it asks for a file at the root of the site: give its name here, such as MP_verify_xxxxxxxxxxxxxxxx.txt; nothing is to be uploaded. WeCom’s WW_verify_ likewise. Several are separated by commas.',
    },
    'auth.idleHours': {
      title: 'Idle logout',
      about: 'After how many hours without use one must log in again, 1 to 24. By default 12.',
    },
    'auth.totpRoles': {
      title: 'Roles that must use one-time codes',
      about:
        'admin, manager, coach, volunteer or finance, separated by commas, such as admin,manager. People of these roles set up a second factor before they do anything else. By default nobody must.',
    },
    'auth.freshApprovalFen': {
      title: 'Approvals that ask for a fresh proof',
      about:
        'Ten minutes after a login or a proof, approving more than so many fen together asks who one is once more: 100000 is 1,000 yuan, 0 asks every time. By default 100000.',
    },
    'approval.singleFen': {
      title: 'Payouts that take a second person',
      about:
        'By role, above how many fen a refund or a transfer waits for a second person: manager=50000,admin=200000; host is what users of platforms ask for. A role that is not named has no limit.',
    },
    'approval.dayFen': {
      title: 'Totals of a day that take a second person',
      about:
        'By role, how many fen of refunds and transfers one person may let go alone on a day; the rest waits for a second one: manager=500000. Of host the users of a line count together. A role that is not named has no limit.',
    },
    'approval.kinds': {
      title: 'Kinds that always take a second person',
      about:
        'By role: manager=manual+transfer. deposit: deposits back; manual: refunds by hand (suspense, unallocated money, cancelled payments); request: refunds that platforms ask for; transfer: transfers. Refunds outside the gateway always take two.',
    },
    'retention.unpaidDays': {
      title: 'Identities of unpaid orders',
      about:
        'For how many days the planet id and nicknames of orders that were never paid are kept. By default 30.',
    },
    'retention.checkinDays': {
      title: 'Check-in texts',
      about:
        'For how many days after a camp its check-in texts are kept; dates and counts stay. By default 365.',
    },
    'retention.payloadDays': {
      title: 'Notifications’ payloads',
      about:
        'For how many days the payloads of applied notifications are kept; those that wait are kept until they are seen to. By default 730.',
    },
    'retention.orderDays': {
      title: 'Orders never paid',
      about:
        'For how many days closed camp orders that were never paid, and payment numbers never used, are kept; what the ledger, a refund, a difference or the audit log names stays. At least 100, by default 400.',
    },
    'retention.notificationDays': {
      title: 'Payment notifications',
      about:
        'For how many days applied notifications are kept whose payloads are gone. At least 100, by default 1095.',
    },
    'retention.alertDays': {
      title: 'Resolved alerts',
      about: 'For how many days resolved alerts are kept; open ones stay. At least 7, by default 180.',
    },
    'retention.syncDays': {
      title: 'Syncs',
      about: 'For how many days syncs that have ended are kept; check-ins stay. At least 7, by default 90.',
    },
    'retention.jobDays': {
      title: 'Failed jobs',
      about:
        'For how many days jobs out of tries are kept with which nothing is lost; the others wait for a person. At least 7, by default 90.',
    },
    'retention.uploadDays': {
      title: 'Images never used',
      about: 'For how many days images are kept that no camp has ever used. At least 7, by default 30.',
    },
    'member.contact': {
      title: 'Whom members turn to',
      about:
        'Stands on the member pages wherever they say to ask the coaches, with a button that copies it, such as WeChat: yajin-help (what follows the colon is copied). Without one, members are told to look for the coaches in the planet or in the group.',
    },
    'privacy.controller': {
      title: 'Who answers for personal data',
      about:
        'The organizer’s name, as it stands in the privacy notice that members read before they enrol. Set it before going live.',
    },
    'privacy.contact': {
      title: 'Contact for personal data',
      about:
        'Whom members turn to about their rights: mail, phone or WeChat, as it stands in the privacy notice. Set it before going live.',
    },
    ...feeRates(
      gatewayWords.en,
      (name) => `${name}: fee rate`,
      'In percent, such as 0.60, to estimate fees; the gateway’s bill has the last word. Without one nothing is estimated.',
    ),
  },
);
