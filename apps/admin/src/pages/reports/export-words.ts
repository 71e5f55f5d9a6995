import { words } from '../../kit/text.js';

export const exportWords = words(
  {
    title: '导出',
    what: '内容',
    summary: '统计汇总',
    detail: '会员明细',
    members: '会员名单',
    format: '格式',
    dates: '训练营开始日期',
    start: '导出',
    all: '全部训练营',
    hints: {
      summary: '每个训练营一行：报名、匹配、打卡、收退款、在手押金与已确认收入。',
      detail: '每位会员一行：匹配、打卡与退款情况，涉及所选的全部训练营。',
      members: '一个训练营的会员名单，含匹配与退款状态。',
    },
    pdf: 'PDF 最多 5000 行，更多请用 xlsx。',
    range: '按训练营的开始日期筛选；选定了一个训练营时不需要。',
    choose: '请先在页面上方选择一个训练营。',
    denied: '您的角色不能导出会员名单。',
  },
  {
    title: 'Export',
    what: 'Content',
    summary: 'Camps',
    detail: 'Members',
    members: 'Member list',
    format: 'Format',
    dates: 'Camps that start',
    start: 'Export',
    all: 'All camps',
    hints: {
      summary: 'A row a camp: enrolment, matches, check-ins, money in and out.',
      detail: 'A row a member of every chosen camp: match, check-ins and refund.',
      members: 'The members of one camp with their match and refund.',
    },
    pdf: 'A PDF takes 5,000 rows; use xlsx for more.',
    range: 'By the day on which a camp starts; not needed for a single camp.',
    choose: 'Choose a camp at the top of the page first.',
    denied: 'Your role may not export members.',
  },
);
