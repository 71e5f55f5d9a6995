/** A camp of the demo. Days are counted from today: -1 is yesterday. */
export interface CampPlan {
  /** Names its pictures. */
  key: string;
  name: string;
  description: string;
  rules: string[];
  /** Yuan. */
  deposit: number;
  startsIn: number;
  days: number;
  requiredDays: number;
  /** When it was published; null leaves it a draft. */
  opensIn: number | null;
  /** Members who enrol by a link. */
  members: number;
  /** Who pays by the fixed code: those who say who they are afterwards, and those who do not. */
  fixedCode: { bound: number; unbound: number };
  /** Added to everybody's diligence. */
  spirit: number;
  /** How operators deal with the refund list. */
  review: 'approve all' | 'every outcome' | 'leave';
  coaches: string[];
  volunteers: string[];
  /** Hue of the poster, in degrees. */
  hue: number;
  motto: string;
}

const RULES = [
  '每天发一条打卡，一天多条只算一次',
  '打卡达标，押金原路全额退还',
  '未达标的押金不退，用于奖励全勤的伙伴',
];
const NOBODY = { bound: 0, unbound: 0 };

type Given = Partial<CampPlan> &
  Pick<
    CampPlan,
    | 'key'
    | 'name'
    | 'description'
    | 'deposit'
    | 'startsIn'
    | 'days'
    | 'requiredDays'
    | 'members'
    | 'motto'
    | 'hue'
  >;

function camp(given: Given): CampPlan {
  return {
    rules: RULES,
    opensIn: given.startsIn - 14,
    fixedCode: NOBODY,
    spirit: 0,
    review: 'approve all',
    coaches: ['coach1'],
    volunteers: [],
    ...given,
  };
}

const EARLY = '和伙伴们一起早起：每天七点前在星球发一条打卡，说说今天的计划。';
const READING = '每天二十页，读完写一段感想。领读老师每周三晚八点直播答疑。';

/** A year of camps, oldest first. */
export const CAMPS: readonly CampPlan[] = [
  camp({
    key: 'early-1',
    name: '21天早起打卡训练营·第一期',
    description: EARLY,
    deposit: 99,
    startsIn: -322,
    days: 21,
    requiredDays: 15,
    members: 16,
    motto: '见过清晨五点半的光',
    hue: 28,
  }),
  camp({
    key: 'reading-1',
    name: '30天共读训练营·第一卷',
    description: READING,
    deposit: 199,
    startsIn: -268,
    days: 30,
    requiredDays: 24,
    members: 15,
    coaches: ['coach2'],
    motto: '读一页是一页',
    hue: 205,
  }),
  camp({
    key: 'writing',
    name: '14天日更写作训练营',
    description: '十四天，每天三百字以上。不求好，只求写完。',
    deposit: 128,
    startsIn: -205,
    days: 14,
    requiredDays: 10,
    members: 18,
    coaches: ['coach2'],
    motto: '先写完，再写好',
    hue: 262,
  }),
  camp({
    key: 'running',
    name: '21天晨跑训练营',
    description: '每天至少两公里，配速不限，截图加一句话即可。',
    deposit: 99,
    startsIn: -146,
    days: 21,
    requiredDays: 15,
    members: 17,
    volunteers: ['volunteer1'],
    motto: '风会记得你的脚步',
    hue: 150,
  }),
  camp({
    key: 'early-2',
    name: '21天早起打卡训练营·第二期',
    description: EARLY,
    deposit: 99,
    startsIn: -88,
    days: 21,
    requiredDays: 15,
    members: 20,
    fixedCode: { bound: 3, unbound: 1 },
    motto: '见过清晨五点半的光',
    hue: 28,
  }),
  camp({
    key: 'meditation',
    name: '14天正念冥想训练营',
    description: '每天十分钟，跟着音频坐一坐。',
    deposit: 68,
    startsIn: -52,
    days: 14,
    requiredDays: 10,
    members: 15,
    coaches: ['coach2'],
    motto: '安静十分钟',
    hue: 178,
  }),
  camp({
    key: 'english',
    name: '21天英语晨读训练营',
    description: '跟读一段外刊，录音或文字打卡都可以。',
    deposit: 129,
    startsIn: -31,
    days: 21,
    requiredDays: 15,
    members: 28,
    spirit: 0.12,
    review: 'every outcome',
    volunteers: ['volunteer1'],
    motto: '开口就是进步',
    hue: 222,
  }),
  camp({
    key: 'early-3',
    name: '21天早起打卡训练营·第三期',
    description: EARLY,
    deposit: 99,
    startsIn: -23,
    days: 21,
    requiredDays: 15,
    members: 40,
    spirit: 0.08,
    review: 'leave',
    volunteers: ['volunteer1'],
    motto: '见过清晨五点半的光',
    hue: 28,
  }),
  camp({
    key: 'handwriting',
    name: '21天硬笔练字训练营',
    description: '每天一页，拍照打卡，周末老师批改。',
    deposit: 88,
    startsIn: -18,
    days: 21,
    requiredDays: 15,
    members: 26,
    spirit: 0.05,
    coaches: ['coach2'],
    motto: '一笔一画皆是修行',
    hue: 340,
  }),
  camp({
    key: 'reading-2',
    name: '30天共读训练营·第二卷',
    description: READING,
    deposit: 199,
    startsIn: -3,
    days: 30,
    requiredDays: 24,
    members: 28,
    fixedCode: { bound: 2, unbound: 2 },
    spirit: 0.15,
    coaches: ['coach2'],
    volunteers: ['volunteer1'],
    motto: '读一页是一页',
    hue: 205,
  }),
  camp({
    key: 'early-4',
    name: '21天早起打卡训练营·第四期',
    description: EARLY,
    deposit: 99,
    startsIn: 6,
    days: 21,
    requiredDays: 15,
    opensIn: -8,
    members: 18,
    fixedCode: { bound: 2, unbound: 2 },
    volunteers: ['volunteer1'],
    motto: '见过清晨五点半的光',
    hue: 28,
  }),
  camp({
    key: 'stretching',
    name: '14天睡前拉伸训练营',
    description: '睡前十五分钟，跟练一套拉伸，肩颈轻松好入眠。',
    deposit: 59.9,
    startsIn: 13,
    days: 14,
    requiredDays: 10,
    opensIn: -4,
    members: 9,
    motto: '放松也是一种自律',
    hue: 292,
  }),
  camp({
    key: 'sketching',
    name: '30天速写训练营',
    description: '每天一张速写，工具不限。招募细则还在打磨。',
    deposit: 159,
    startsIn: 35,
    days: 30,
    requiredDays: 22,
    opensIn: null,
    members: 0,
    coaches: ['coach2'],
    motto: '画下今天看见的',
    hue: 12,
  }),
];
