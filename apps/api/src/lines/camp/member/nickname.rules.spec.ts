import fc from 'fast-check';
import { bigrams, bigramsToShare, likeness, readNickname } from './nickname.rules.js';

function alike(a: string, b: string): string | null {
  const [first, second] = [readNickname(a), readNickname(b)];
  const like = first && second && likeness(first, second);
  if (!like) return null;
  return like.kind === 'similar' ? `similar ${Math.round(like.ratio * 100)}%` : like.kind;
}

describe('two nicknames', () => {
  it.each([
    ['小明同学', '小明同学', 'same'],
    [' 小明 ', '小明', 'same'],
    ['ＡＭＹ　Chen', 'amy chen', 'plain'],
    ['@小明', '小明', 'plain'],
    ['小明🌸', '✨小 明✨', 'plain'],
    ['𝓐𝓶𝔂', 'amy', 'plain'],
    ['👩‍👩‍👧小明', '小明\uFE0F', 'plain'],
    ['🌸🌸', ' 🌸 🌸 ', 'plain'],
    ['小明第3期', '小明（第２期）', 'bare'],
    ['小明同学', '小明', 'bare'],
    ['03-小明', '小明', 'bare'],
    ['3组 小明', '小明【打卡】', 'bare'],
    ['No.12 小明', '小明', 'bare'],
    ['12.小明', '小明', 'bare'],
    ['小鱼儿-北京-产品', '小鱼儿', 'head'],
    ['小鱼儿 北京', '小鱼儿', 'head'],
    ['小明｜运营', '小明', 'shortHead'],
    ['早起的小鱼儿', '早起小鱼儿', 'similar 83%'],
    ['sunshine', 'sunshnie', 'similar 75%'],
    ['王小美', '王小妹', 'similar 67%'],
  ])('%s and %s are alike: %s', (a, b, expected) => {
    expect(alike(a, b)).toBe(expected);
    expect(alike(b, a)).toBe(expected);
  });

  it.each([
    ['小明', '小红'],
    ['小明-北京', '小红-北京'],
    ['小明-北京', '小明-上海'],
    ['张伟同学', '李强同学'],
    ['amy1990', 'amy1991'],
    ['同学', '学员'],
    ['小明', '小明爱早起读书'],
    ['🌸', '🌞'],
  ])('%s and %s have nothing to do with each other', (a, b) => {
    expect(alike(a, b)).toBeNull();
    expect(alike(b, a)).toBeNull();
  });

  it('take additions away only while a name is left', () => {
    expect(readNickname('同学')?.bare).toBe('同学');
    expect(readNickname('老同学')?.bare).toBe('老同学');
    expect(readNickname('第3期')?.bare).toBe('第3期');
    expect(readNickname('007')?.bare).toBe('007');
    expect(readNickname('四季如春')?.bare).toBe('四季如春');
    expect(readNickname('小明_2')?.bare).toBe('小明2');
  });

  it('blank is no nickname', () => {
    expect([readNickname(null), readNickname(''), readNickname(' 　')]).toEqual([null, null, null]);
  });

  it.each(['微信用户', ' 微信 用户 ', '微信用户🌸', '03-微信用户', '微信用户（第3期）', 'WeChat User'])(
    'WeChat’s default name %s is nobody’s',
    (name) => {
      expect(readNickname(name)).toBeNull();
    },
  );

  it('a name that only begins like WeChat’s default is somebody’s', () => {
    expect(alike('微信用户研究员', '微信用户研究员')).toBe('same');
  });
});

it('whatever is in a nickname, it is like itself, and likeness has no direction', () => {
  const text = fc.string({ unit: 'binary', maxLength: 12 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      if (a.trim() !== '') expect(alike(a, a)).toBe('same');
      expect(alike(a, b)).toBe(alike(b, a));
    }),
  );
});

it('texts that are alike share enough bigrams to find each other', () => {
  const text = fc.stringMatching(/^[ab小]{1,9}$/);
  let similar = 0;
  fc.assert(
    fc.property(text, text, (a, b) => {
      if (alike(a, b) === null || a === b) return;
      similar += 1;
      const [first, second] = [bigrams(a), bigrams(b)];
      const shared = first.filter((pair) => second.includes(pair)).length;
      expect(shared).toBeGreaterThanOrEqual(bigramsToShare(first.length, second.length));
    }),
    { numRuns: 5000 },
  );
  expect(similar).toBeGreaterThan(150);
});
