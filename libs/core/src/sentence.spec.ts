import { recognised, sentence, SENTENCES, type SentenceCode } from './index.js';

const CODES = Object.keys(SENTENCES) as SentenceCode[];

it('a sentence has its text, its code, and what stands in it', () => {
  expect(sentence('too_long', 20)).toEqual({ message: '最多 20 个字符', code: 'too_long', params: [20] });
  expect(sentence('blank')).toEqual({ message: '不能为空', code: 'blank', params: [] });
  expect(sentence('name_similar', 'wechat_alias', 83).message).toBe('微信昵称与星球备注名相似（83%）');
});

it('a text that was kept is recognised as the sentence that it says, whichever it is', () => {
  for (const code of CODES) {
    const say = SENTENCES[code] as string | ((...params: string[]) => string);
    const params = typeof say === 'string' ? [] : ['甲', '乙(1)', '3'].slice(0, say.length);
    const message = typeof say === 'string' ? say : say(...params);
    expect(recognised(message, [code])).toEqual({ message, code, params });
  }
});

it('what others say is not taken for a sentence of ours', () => {
  expect(recognised('余额不足.', CODES)).toBeNull();
  expect(recognised('不能为空，真的', ['blank'])).toBeNull();
  expect(recognised('最多 20 个字', ['too_long'])).toBeNull();
});
