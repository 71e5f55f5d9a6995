import { words } from '../../kit/text.js';

export const reviewWords = words(
  {
    settle: '核实身份',
    whose: (id: string) => `星球 ID ${id} 是谁？`,
    unknown: '这个星球 ID 是谁？',
    member: '是这位会员',
    memberSays: (other: string) => `打卡记到他名下${other}。按人工匹配处理，之后照常审核退款。`,
    loses: (names: string) => `；现在的持有人 ${names} 转为待核实，可以改填自己的星球 ID`,
    holder: '不是这位会员',
    holderSays:
      '他 7 天内可以重新填写自己的星球 ID，智能匹配不会再选中这一个。届时仍没有绑定的，押金按规则结算。',
    reason: '核实依据',
    example: '如：星球主页截图与微信一致',
    reasonNeeded: '请填写原因',
    chooseOne: '请选择',
    settleDo: '确认核实结果',
    settled: '核实完成',
    giveBack: '退还押金',
    back: '退还原因',
    backExample: '如：填错星球 ID，本人要求退款',
    willReturn: (amount: string) =>
      `将全额 ${amount} 原路退还，由系统自动执行，不能撤回。这位会员不再参加本营，可以重新报名。`,
    giveBackDo: (amount: string) => `确认退还 ${amount}`,
    given: '已提交退款，处理中',
  },
  {
    settle: 'Settle who it is',
    whose: (id: string) => `Who is planet id ${id}?`,
    unknown: 'Who is this planet id?',
    member: 'This member',
    memberSays: (other: string) =>
      `The check-ins count for them${other}. It is a match by hand; refunds are reviewed as ever.`,
    loses: (names: string) =>
      `; ${names}, who has it now, goes into review and may name a planet id of their own`,
    holder: 'Not this member',
    holderSays:
      'They may name a planet id of their own for 7 days; the smart match will not choose this one again. Whoever is bound to none then is settled by the rules.',
    reason: 'What shows it',
    example: 'Such as: a screenshot of the planet profile',
    reasonNeeded: 'Give a reason',
    chooseOne: 'Choose one',
    settleDo: 'Settle it so',
    settled: 'Settled',
    giveBack: 'Give the deposit back',
    back: 'Reason',
    backExample: 'Such as: a mistyped planet id',
    willReturn: (amount: string) =>
      `All of it, ${amount}, goes back the way it came. The system does it; this cannot be undone. The member takes part no longer, and may enrol again.`,
    giveBackDo: (amount: string) => `Give back ${amount}`,
    given: 'The refund is processing',
  },
);
