import { codesIn, hideCodes, newCode, withoutCodes } from './identity-code.js';

const CODE = 'YJ-3469A-CDEFG';

describe('a code', () => {
  it('is found as people type it, and is hidden from others', () => {
    const forms = [
      CODE,
      'yj-3469a-cdefg',
      'YJ3469ACDEFG',
      'ＹＪ－３４６９Ａ－ＣＤＥＦＧ',
      `打卡${CODE}第3天`,
    ];
    for (const form of forms) {
      expect(codesIn(`早起 ${form}，读书`)).toEqual([CODE]);
      expect(hideCodes(`早起 ${form}，读书`)).toMatch(/YJ-•••••-•••••/);
      expect(codesIn(hideCodes(form))).toEqual([]);
    }
    expect(withoutCodes(`小明 ${CODE}`)).toBe('小明');
    expect(withoutCodes(' 小明 ')).toBe(' 小明 ');
  });

  it.each(['YJ-3469A-CDEF', 'YJ-3469A-CDEFGH', 'XYJ-3469A-CDEFG', 'YJ-3469O-CDEFG', 'YJ 你好'])(
    '%s is none',
    (text) => {
      expect(codesIn(text)).toEqual([]);
      expect(hideCodes(text)).toBe(text);
    },
  );

  it('is made of letters that nobody mistakes, and is found again', () => {
    for (let turn = 0; turn < 500; turn += 1) {
      const code = newCode();
      expect(code).toMatch(/^YJ-[^01258BILOSUVZ]{5}-[^01258BILOSUVZ]{5}$/);
      expect(codesIn(code)).toEqual([code]);
    }
  });

  it('costs as much as any text of its length where a text is made to be searched for long', () => {
    const time = (text: string): number => {
      const began = process.cpuUsage();
      for (let turn = 0; turn < 20; turn += 1) hideCodes(text);
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    const length = 100_000;
    const plain = time('早起打卡第三天，读书'.repeat(length / 10));
    for (const worst of ['YJ-3469A-CDEF', 'YJ-', 'Y', 'YJ3469ACDEFG', CODE + CODE])
      expect(time(worst.repeat(length / worst.length))).toBeLessThan(plain * 30 + 20_000);
    expect(codesIn(`${CODE} `.repeat(1000))).toEqual([CODE]);
  });
});
