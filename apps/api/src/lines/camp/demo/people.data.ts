import { Dice } from './dice.js';

/** Somebody of the planet, invented. */
export interface Person {
  planetUserId: string;
  /** Name and alias at zsxq. */
  name: string;
  alias: string | null;
  wechatNickname: string;
  openid: string;
  /** How likely a day is not missed, 0–1. */
  diligence: number;
}

const NICKNAMES = [
  '早起的小陈',
  '豆浆不加糖',
  '阿岚',
  '林间有风',
  '周末不加班',
  '小鹿🦌',
  '木木的书桌',
  '一颗柚子',
  '南山以南',
  '程序员老K',
  '可可妈妈',
  '晴天☀️',
  '慢慢跑的蜗牛',
  '胡同口的猫',
  '静水流深',
  '王大力',
  '米粒儿',
  '海边的卡夫',
  '小满',
  '不吃香菜',
  '青柠七分糖',
  '老周说书',
  '子衿',
  '半夏微凉',
  '向阳花🌻',
  '阿哲',
  '喝茶的鱼',
  '二十四桥',
  '努力的土豆',
  '素年锦时',
  '星河入梦',
  '桃子酱',
  '六点一刻',
  '云深不知处',
  '小熊软糖🐻',
  '赵一鸣',
  '拾光',
  '江南小雨',
  '行走的字典',
  '冬瓜排骨汤',
  '陆拾柒',
  '风吹麦浪',
  '阿May',
  '读书的阿宽',
  '简单点',
  '秋刀鱼之味',
  '雪球❄️',
  '北方的狼尾草',
  '丸子头',
  '孙小圣',
  '听雨轩主',
  '乐乐爸',
  '柠檬薄荷',
  '大鱼与海棠',
  '默默',
  '三七',
  '楼下的面包店',
  '何以解忧',
  '一二三木头人',
  '安静的美男子',
  '墨白',
  '咖啡续命中☕',
  '花生酱',
  '走路带风',
  '田园犬旺财',
  '七七四十九',
  '许一诺',
  '橘子汽水🍊',
  '小城故事',
  '晨光',
  '阿胖减肥中',
  '无糖可乐',
  '远山如黛',
  'Luna',
  '沉默的羔羊排',
  '小橙子',
  '跑步的刘姥姥',
  '长安归故里',
  '番茄炒蛋',
  '白日梦想家',
  '元气满满💪',
  '苏打绿茶',
  '老李头',
  '竹影扫阶',
] as const;

const ALIASES = ['晓晓', '阿木', '小七', '老陈', '果果', '阿宁', '小北', '大白'] as const;

/** Everybody who plays in the demo, the same at every start. */
export function people(): Person[] {
  const dice = new Dice(20_250_308);
  return NICKNAMES.map((name, index) => ({
    planetUserId: `4155${String(dice.whole(10_000_000, 99_999_999))}${String(index).padStart(3, '0')}`,
    name,
    alias: dice.chance(0.15) ? dice.pick(ALIASES) : null,
    wechatNickname: dice.chance(0.6) ? name : `${name.slice(0, 2)}～`,
    // The sandbox lets nobody write to an openid that begins like this: some people do not follow the account.
    openid: `${dice.chance(0.12) ? 'nofollowDemoPayer' : 'oDemoPayer0000000'}${String(index).padStart(11, '0')}`,
    diligence: Math.min(0.98, 0.45 + dice.next() * 0.6),
  }));
}

export const DIARY = [
  '今日打卡✅',
  '六点起床，跑了三公里，天刚蒙蒙亮。',
  '读完第三章，摘抄了两段，慢慢读才有味道。',
  '差点忘了，睡前补上。',
  '今天状态不错，比昨天早了二十分钟。',
  '坚持！离目标又近一天。',
  '下雨也没有停，给自己点个赞👍',
  '写了八百字，删了五百字，留下的都是真话。',
  '孩子一起打卡，家里多了一个小监督员。',
  '出差在高铁上完成今天的任务。',
  '有点累，但还是来了。',
  '今天的一句话：日拱一卒，功不唐捐。',
  '听了晨读音频两遍，跟读一遍，嗓子有点哑。',
  '五点五十醒，闹钟都没响。习惯真的会养成！',
  '状态一般，先完成再完美。',
  '和群里的伙伴约好明天一起，先睡了🌙',
] as const;
