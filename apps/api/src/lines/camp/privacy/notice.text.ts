import type { Camp } from '@yajin/contract';

/**
 * The privacy notice's text. Whoever changes what it says gives it another version, so that members are asked again: a test
 * holds the two together.
 */
export const NOTICE_VERSION = '2026-11-29';

/** What the notice says that settings decide. */
export interface NoticeFacts {
  /** Who decides about the data, and how they are reached; null: no setting says. */
  controller: string | null;
  contact: string | null;
  /** Days. */
  unpaidDays: number;
  checkinDays: number;
  payloadDays: number;
}

type Section = Camp.PrivacyNotice['sections'][number];
type Text = Pick<Camp.PrivacyNotice, 'title' | 'sections'>;

export function noticeText(language: Camp.NoticeLanguage, facts: NoticeFacts): Text {
  switch (language) {
    case 'zh':
      return { title: '个人信息处理说明', sections: chinese(facts) };
    case 'en':
      return { title: 'Privacy notice', sections: english(facts) };
  }
}

function chinese({ unpaidDays, checkinDays, payloadDays, ...who }: NoticeFacts): Section[] {
  const contact = who.contact ?? '你所在训练营的助教（在知识星球或训练营群里）';
  return [
    {
      title: '谁在处理你的信息',
      paragraphs: [
        `${who.controller ?? '训练营的组织者'}（下面说“我们”）决定怎样处理你的个人信息，并对此负责。`,
        `联系我们：${contact}。`,
      ],
    },
    {
      title: '收集什么，用来做什么',
      paragraphs: [
        '星球 ID、星球昵称：你填写的，或来自你的专属链接。用来认出你的打卡，决定押金能不能退。没有它们就不能报名。',
        '微信昵称：选填。方便助教在群里认出你，并辅助核对身份。',
        '微信 openid、支付单号、金额、时间：来自微信支付与微信登录。用来收款、原路退款、通知到账、找回报名。',
        '打卡的内容与时间、星球昵称：来自知识星球的打卡项目。用来计算打卡天数，由工作人员核对后退押金。',
        '是否进群：助教标记的。',
        'IP 地址与浏览器标识：由浏览器带来。用来限制过于频繁的访问、避免重复下单；在手机浏览器里支付时，微信支付要求提交 IP 地址。浏览器标识只保存摘要。',
        '我们不出售你的信息，也不用它做广告。是否退款由人决定，不只靠程序。',
      ],
    },
    {
      title: '还有谁会经手',
      paragraphs: [
        '微信支付（财付通支付科技有限公司）与微信（深圳市腾讯计算机系统有限公司）：收款、退款、登录与通知。付款时它们会收到训练营名称、金额、单号，以及你报名时填写的星球 ID 与昵称。',
        '知识星球（深圳市大成天下信息技术有限公司）：我们从那里读取打卡，不向它提供你的信息。',
        '训练营的助教、志愿者与管理人员：只看自己工作需要的部分，操作都有记录。',
        '除法律要求外，不提供给其他人。',
      ],
    },
    {
      title: '保存多久',
      paragraphs: [
        `没有付款的报名：星球 ID 与昵称 ${unpaidDays} 天后清除。`,
        `打卡内容：训练营结束 ${checkinDays} 天后清除，只留下打卡的日期。`,
        `支付渠道的通知原文：${payloadDays} 天后清除，其中的付款人一开始就换成了代号。`,
        '付过款的报名（星球 ID、昵称、openid）：保存到你要求删除为止。',
        '付款、退款与账目：按法律对账簿的要求保存。你要求删除后，其中只有金额、单号与时间，看不出是你。',
      ],
    },
    {
      title: '怎样保护',
      paragraphs: [
        '传输全程加密；openid 加密存放；不同工作的人权限不同；谁导出、改动了什么记入不可修改的日志。',
      ],
    },
    {
      title: '你的权利',
      paragraphs: [
        '查看、下载：打开「我的报名 › 个人信息」。',
        '更正：付款或绑定之前可以直接改；之后请联系我们。',
        '删除、撤回同意：打开「我的报名 › 个人信息」，点「删除我的个人信息」，两者是同一件事。要等款项完成（退款到账，或训练营已经结算押金）；撤回不影响此前已经做过的处理。',
        '不同意：就不能报名。已经扫收款码付款的，请联系我们退回，钱不会因此丢失。',
        '要我们解释、提出意见或投诉：联系我们，15 个工作日内答复。你也可以向网信部门投诉。',
      ],
    },
    {
      title: '未成年人',
      paragraphs: ['不满 14 周岁的，请由父母或其他监护人阅读、同意并代为报名。'],
    },
    {
      title: '内容变化时',
      paragraphs: ['内容改变会换一个版本号，你下一次报名或绑定时会重新征得你的同意。'],
    },
  ];
}

function english({ unpaidDays, checkinDays, payloadDays, ...who }: NoticeFacts): Section[] {
  const contact = who.contact ?? 'the coaches of your camp (in zsxq or in the camp’s group)';
  return [
    {
      title: 'Who processes your data',
      paragraphs: [
        `${who.controller ?? 'The organizer of the camp'} (“we” below) decides how your personal data is processed, and answers for it.`,
        `How to reach us: ${contact}.`,
      ],
    },
    {
      title: 'What is collected, and what for',
      paragraphs: [
        'Planet id and planet nickname: filled in by you, or from your personal link. By them your check-ins are recognized, which decide whether your deposit goes back. Without them you cannot enrol.',
        'WeChat nickname: optional. It helps coaches to recognize you in the group, and to check who you are.',
        'WeChat openid, payment numbers, amounts and times: from WeChat Pay and the WeChat login. They serve to take the payment, to send it back the way it came, to tell you when it has arrived and to find your enrolments again.',
        'Texts and times of check-ins, planet nickname: from the check-in project at zsxq. They serve to count your days; people check them before a deposit goes back.',
        'Whether you joined the group: marked by coaches.',
        'IP address and a browser id: your browser brings them. They serve to limit too frequent requests and to avoid double orders; for payments in a phone’s browser WeChat Pay asks for the IP address. Of the browser id only a digest is kept.',
        'We do not sell your data, and do not use it for advertising. People decide about refunds, not a program alone.',
      ],
    },
    {
      title: 'Who else handles it',
      paragraphs: [
        'WeChat Pay (Tenpay Payment Technology Co., Ltd.) and WeChat (Shenzhen Tencent Computer Systems Co., Ltd.): payments, refunds, login and messages. With a payment they receive the camp’s name, the amount, our number, and the planet id and nickname that you filled in.',
        'zsxq (Shenzhen Dacheng Tianxia Information Technology Co., Ltd.): we read check-ins there, and give it nothing of yours.',
        'Coaches, volunteers and managers of the camp: each sees what their work needs, and what they do is recorded.',
        'Nobody else, unless the law requires it.',
      ],
    },
    {
      title: 'How long it is kept',
      paragraphs: [
        `Enrolments that were never paid: planet id and nicknames go after ${unpaidDays} days.`,
        `Texts of check-ins: they go ${checkinDays} days after the camp; their dates stay.`,
        `What payment gateways told us: it goes after ${payloadDays} days; payers are replaced by a mark from the start.`,
        'Enrolments that were paid (planet id, nicknames, openid): until you ask us to erase them.',
        'Payments, refunds and accounts: as the law on bookkeeping requires. Once you are erased they hold amounts, numbers and times only, and nobody can tell that it was you.',
      ],
    },
    {
      title: 'How it is protected',
      paragraphs: [
        'Everything is encrypted on its way; openids are stored encrypted; people see what their work needs; who exported or changed what is in a log that cannot be altered.',
      ],
    },
    {
      title: 'Your rights',
      paragraphs: [
        'To see and download it: open 我的报名 › 个人信息 (my enrolments, personal data).',
        'To correct it: by yourself until you have paid or bound your order; afterwards, write to us.',
        'To erase it and to withdraw your consent: open 我的报名 › 个人信息 and tap 删除我的个人信息 (erase my data); the two are one. The money has to be done first (the refund arrived, or the camp settled its deposits). What was done before the withdrawal stays lawful.',
        'Not to agree: then you cannot enrol. Whoever has paid by the fixed code already can ask us for the money back; it is not lost.',
        'To ask, object or complain: write to us, we answer within 15 working days. You may also complain to the Cyberspace Administration.',
      ],
    },
    {
      title: 'Children',
      paragraphs: [
        'Under the age of 14, please have a parent or guardian read this, agree and enrol for you.',
      ],
    },
    {
      title: 'When this changes',
      paragraphs: [
        'A change gets another version, and you are asked again when you next enrol or bind an order.',
      ],
    },
  ];
}
