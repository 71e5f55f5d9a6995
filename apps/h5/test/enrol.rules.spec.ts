import { tidyNumber } from '@yajin/core';
import { problemsOf } from '../src/rules/enrol.rules.js';

const enrolment = (planetUserId: string, planetNickname = '小明') => ({
  planetUserId,
  planetNickname,
  wechatNickname: '',
});

describe('what is filled in', () => {
  it.each(['88455815452182', ' 884558 15452182 ', '８８４５５８１５４５２１８２'])(
    'a planet id as people paste it: %s',
    (text) => {
      expect(tidyNumber(text)).toBe('88455815452182');
      expect(problemsOf(enrolment(text))).toEqual({});
    },
  );

  it.each(['', '小明', 'abc123', '12', '1'.repeat(21)])('no planet id: %s', (text) => {
    expect(Object.keys(problemsOf(enrolment(text)))).toEqual(['planetUserId']);
  });

  it('a nickname of spaces is none', () => {
    expect(Object.keys(problemsOf(enrolment('88455815452182', '  ')))).toEqual(['planetNickname']);
  });
});
