import type { Camp } from '@yajin/web';

export const STATUS_WORDS: Record<Camp.PublicCampStatus, string> = {
  enrolling: '报名中',
  ongoing: '进行中',
  finished: '已结束',
};

/** Why people have to look who a member is, and what the member can do. */
export const REVIEW_WORDS: Record<NonNullable<Camp.IdentityReview>, string> = {
  contested:
    '你填写的星球 ID 已经有另一位付款人在用，所以打卡暂时没有记到你名下。是你本人的话，取一个验证码写进打卡就能证明，证明后打卡自动归你；填错了请联系助教。押金不会丢。',
  displaced:
    '你原先填写的星球 ID 已确认属于另一位会员，打卡不再记到你名下。填错了请改填你自己的；确实是你的，请联系助教核实。押金不会丢。',
  rival: '这个星球 ID 还有另一位会员也确认过是本人，助教会来核实，打卡暂时没有记到你名下。押金不会丢。',
  returned: '助教核实后，已把押金退还给你。',
};
