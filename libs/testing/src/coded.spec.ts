import { sentence } from '@yajin/core';
import { campFailure } from '../../../apps/api/src/malformed.js';
import { uncoded } from './coded.js';

const AT = '/api/admin/camps';

it('a refusal in Chinese is found unless it has a code, is what its number says, or is of another interface', () => {
  const plain = { code: 409, message: '新写的一句话', data: null, sentence: null };
  expect(uncoded(AT, campFailure(plain))).toEqual(['新写的一句话']);
  expect(uncoded(AT, campFailure({ ...plain, sentence: sentence('blank') }))).toEqual([]);
  expect(uncoded(AT, campFailure({ ...plain, code: 404, message: '资源不存在' }))).toEqual([]);
  expect(uncoded('/api/gym/orders', campFailure(plain))).toEqual([]);
  expect(uncoded(AT, 'no JSON')).toEqual([]);
});

it('what is wrong with a field is found unless it has a code', () => {
  const errors = [
    { field: 'a', message: '新写的一句话' },
    { field: 'b', message: '不能为空', code: 'blank' },
  ];
  expect(uncoded(AT, { code: 400, message: '请求参数错误', data: { errors } })).toEqual(['新写的一句话']);
});
