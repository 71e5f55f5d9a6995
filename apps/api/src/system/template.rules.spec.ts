import { fen, parseLocalTime } from '@yajin/core';
import { fieldValues, parseFields, type RefundFacts } from './template.rules.js';

const facts: RefundFacts = {
  campName: '早起打卡训练营',
  amountFen: fen(9900),
  at: parseLocalTime('2026-11-29T09:05:59'),
  outTradeNo: '0123456789abcdef0123456789abcdef',
};

it('each field says what it was given to hold, in the form of its kind', () => {
  const fields = 'thing1=camp,amount2=amount,time3=time,date4=time,character_string5=order,phrase6=result';
  expect(fieldValues(fields, facts)).toEqual({
    thing1: '早起打卡训练营',
    amount2: '99.00元',
    time3: '2026年11月29日 09:05',
    date4: '2026年11月29日 09:05',
    character_string5: facts.outTradeNo,
    phrase6: '退款成功',
  });
});

it('what is longer than 20 characters is shortened between characters, on one line', () => {
  const campName = `第12期\n${'🌅'.repeat(30)}`;
  const { thing1 } = fieldValues('thing1=camp', { ...facts, campName });
  expect(thing1).toBe(`第12期 ${'🌅'.repeat(14)}…`);
  expect([...thing1!]).toHaveLength(20);
});

it.each([
  ['first=camp', '不认识的字段 first'],
  ['thing=camp', '不认识的字段 thing'],
  ['remark1=camp', '不认识的字段 remark1'],
  ['thing1', 'thing1 的内容应为'],
  ['phrase1=camp', 'phrase1 不能填 camp'],
  ['thing1=camp,thing1=time', '字段 thing1 重复'],
  ['', '不认识的字段'],
])('%s is no list of fields, and what is wrong is said', (text, problem) => {
  expect(parseFields(text)).toMatchObject({ message: expect.stringContaining(problem) });
});
