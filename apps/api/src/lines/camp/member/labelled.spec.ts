import { assign, type Outcome } from './assign.rules.js';
import { CONFIDENT, REVIEW, type Candidate, type Claim } from './match.rules.js';

/**
 * Invented people of one camp: the name in the planet, and what each typed into the form. Null for the planet's name is
 * somebody who never checked in there; null for what was typed is a planet user who is nobody's member.
 */
interface LabelledPerson {
  name: string | null;
  alias?: string;
  typed: string | null;
  wechat?: string;
}

function people(
  rows: [name: string | null, typed: string | null, wechat?: string, alias?: string][],
): LabelledPerson[] {
  return rows.map(([name, typed, wechat, alias]) => ({
    name,
    typed,
    ...(wechat === undefined ? {} : { wechat }),
    ...(alias === undefined ? {} : { alias }),
  }));
}

const LABELLED: LabelledPerson[] = people([
  // As it is in the planet.
  ['晨跑的阿泽', '晨跑的阿泽', '阿泽'],
  ['林间小鹿', '林间小鹿'],
  ['木子李', '木子李', 'L'],
  ['Summer夏', 'Summer夏', '夏天'],
  ['海边捡贝壳的人', '海边捡贝壳的人'],
  ['豆浆油条', '豆浆油条', '豆浆'],
  ['江南烟雨', '江南烟雨', 'A江南烟雨'],
  ['老周', '老周', '周建国'],
  ['一只慢吞吞的蜗牛', '一只慢吞吞的蜗牛'],
  ['Kevin', 'Kevin', 'Kevin Zhao'],
  ['竹影清风', '竹影清风', '清风'],
  ['糖炒栗子', '糖炒栗子'],
  ['北岛以北', '北岛以北', '北岛'],
  ['zhangsan_88', 'zhangsan_88', '张三'],
  ['🐳', '🐳', '鲸鱼'],
  ['王', '王', '王先生'],
  ['半夏微凉', '半夏微凉'],
  ['程序员小灰', '程序员小灰', '灰灰'],
  ['Lily妈妈', 'Lily妈妈', 'Lily'],
  ['静水流深', '静水流深'],
  ['番茄炒蛋', '番茄炒蛋', '番茄'],
  ['远山', '远山', '远山'],
  // Case, width, blanks, emoji, punctuation.
  ['Echo Liu', 'echo liu', 'Echo'],
  ['ＭＩＮＴ', 'mint'],
  ['星辰大海🌊', '星辰大海'],
  ['月亮与六便士', '《月亮与六便士》'],
  ['小太阳☀️', '☀小太阳☀'],
  ['陈 默', '陈默', 'CM'],
  ['慢慢来，比较快', '慢慢来比较快'],
  ['@会飞的鱼', '会飞的鱼'],
  ['𝓙𝓪𝓼𝓶𝓲𝓷𝓮', 'jasmine'],
  ['一颗柠檬🍋', '🍋一颗柠檬🍋', '柠檬精'],
  ['HelloWorld', 'hello_world', '码农老吴'],
  ['云淡·风轻', '云淡风轻'],
  ['素年锦时～', '素年锦时', '素素'],
  ['Dr.Wang', 'DR WANG', '王医生'],
  // What people add to a name, and leave out.
  ['青柠第3期', '青柠', '青柠'],
  ['知夏', '知夏同学', '知夏'],
  ['03-南风知我意', '南风知我意'],
  ['5组 白茶', '白茶', '白茶清欢'],
  ['阿布（第2期）', '阿布', 'Abu'],
  ['【打卡】橘子汽水', '橘子汽水'],
  ['落日飞车-学员', '落日飞车'],
  ['暖阳', '第4期暖阳', '暖阳'],
  ['12号 山茶花', '山茶花'],
  ['No.7 麦田守望者', '麦田守望者'],
  ['墨白同学', '墨白', 'MB'],
  ['空山新雨第三期', '空山新雨'],
  ['雪梨糖-北京-产品', '雪梨糖', '雪梨'],
  ['行者无疆｜深圳', '行者无疆'],
  ['拾光者（杭州）', '拾光者', '光光'],
  ['Stephanie-上海', 'Stephanie', 'Steph'],
  ['糯米团子', '糯米团子 成都', '团子'],
  ['柚子-广州', '柚子', '大柚子'],
  // Typing errors and half a memory.
  ['早起读书的小鱼儿', '早起读书小鱼儿', '鱼儿'],
  ['sunflower', 'sunflwoer', '向日葵'],
  ['努力的小蜜蜂', '努力小蜜蜂', '蜜蜂'],
  ['浅浅的微笑', '浅浅微笑'],
  ['时光不老我们不散', '时光不老我们不伞'],
  ['芝士就是力量', '知识就是力量', '芝士'],
  ['爱吃火锅的兔子', '爱吃火锅的免子'],
  ['Christopher', 'Cristopher', 'Chris'],
  ['梦里花落知多少', '梦里花落知多', '梦梦'],
  ['追风筝的人', '追风筝的人儿'],
  ['顾小北', '顾晓北', '顾小北'],
  ['陌上花开缓缓归', '陌上花开 缓缓归矣'],
  // The fields mixed up, or the WeChat name only.
  ['无花果', '李梅', '无花果'],
  ['橙子味的夏天', '橙子', '橙子味的夏天'],
  ['Momo', '莫小莫', 'momo'],
  ['长安故里', '孙悦', '长安故里'],
  // The group knows them by another name.
  ['用户7734', '苏打水', '苏打', '苏打水'],
  ['Leo', '雷欧', 'Leo的日常', '雷欧'],
  ['用户2019', '赵云澜', '云澜', '赵云澜第3期'],
  // Look-alikes side by side: each is somebody else.
  ['小雨', '小雨', '雨'],
  ['小语', '小语', '语'],
  ['amy1990', 'amy1990', 'Amy'],
  ['amy1991', 'amy1991', 'Amy'],
  ['小城故事-北京', '小城故事-北京'],
  ['小城故事-上海', '小城故事-上海'],
  ['天天向上', '天天向上', '天天'],
  ['天天想上', '天天想上'],
  // Two of one name: nobody can tell, and nobody should guess.
  ['平凡之路', '平凡之路'],
  ['平凡之路', '平凡之路'],
  // Renamed beyond recognition.
  ['奔跑吧', '钱多多', '钱多多'],
  ['2026要上岸', '何以解忧', '何以'],
  ['。', '句号', '句号君'],
  // Never there. Some names come close to others' who are.
  [null, '苏小小', '小小'],
  [null, '大鹏展翅', '大鹏'],
  [null, '林间小路', '小路'],
  [null, '木子', '木子'],
  [null, 'Jack', 'Jack Ma'],
  [null, '一只蜗牛', '蜗牛'],
  [null, '张伟', '张伟'],
  [null, '小雪', '雪儿'],
  [null, 'amy1992', 'Amy'],
  [null, '海边的卡夫卡', '卡夫卡'],
  [null, '第3期学员', '学员'],
  [null, '同学', '同学'],
  [null, '北京', '北京'],
  [null, '🌸', '花花'],
  [null, '周', '老周头'],
  [null, '程序员小白', '小白'],
  [null, '清风徐来', '清风徐来'],
  [null, 'kelvin', 'Kelvin'],
  [null, '素年', '年年'],
  [null, '陈墨', '陈墨'],
  // Checked in, but nobody's member.
  ['路人甲', null],
  ['风起时', null],
  ['小明', null],
  ['Grace', null],
  ['北京土著', null],
  ['清茶一盏', null],
  ['小雪人', null],
  ['大鹏', null],
  ['学习委员', null],
]);

const candidates: Candidate[] = LABELLED.flatMap(({ name, alias = '' }, n) =>
  name === null ? [] : [{ id: n + 1, planetUserId: `8845${n}`, name, alias, days: 1 + ((n * 7) % 20) }],
);
const claims: Claim[] = LABELLED.flatMap(({ typed, wechat = null }, n) =>
  typed === null
    ? []
    : [{ memberId: n + 1, planetUserId: null, planetNickname: typed, wechatNickname: wechat, refused: [] }],
);
/** By construction a member and its planet user have the same number. */
const there = new Set(candidates.map(({ id }) => id));
const findable = claims.filter(({ memberId }) => there.has(memberId)).length;

function quality(matches: Outcome[]): { precision: number; recall: number } {
  const right = matches.filter(({ memberId, candidateId }) => memberId === candidateId).length;
  return { precision: right / matches.length, recall: right / findable };
}

it('nicknames as people type them: precision and recall', () => {
  const outcomes = assign(claims, candidates);
  const at = (least: number): Outcome[] =>
    outcomes.filter(({ candidateId, confidence }) => candidateId !== null && confidence >= least);
  const [confident, all] = [quality(at(CONFIDENT)), quality(at(REVIEW))];
  const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
  process.stdout.write(
    [
      `smart match, ${claims.length} members (${findable} of them in the planet), ${candidates.length} planet users`,
      `  >= ${CONFIDENT}: precision ${percent(confident.precision)}, recall ${percent(confident.recall)}`,
      `  >= ${REVIEW}: precision ${percent(all.precision)}, recall ${percent(all.recall)}`,
      '',
    ].join('\n'),
  );
  expect(findable).toBeGreaterThan(80);
  expect(confident.precision).toBeGreaterThanOrEqual(0.98);
  expect(confident.recall).toBeGreaterThanOrEqual(0.75);
  expect(all.precision).toBeGreaterThanOrEqual(0.95);
  expect(all.recall).toBeGreaterThanOrEqual(0.9);
});
