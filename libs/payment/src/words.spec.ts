import { reasonInWords } from './words.js';

it('payers and operators read the same words of a refund that began by itself as before its row had a code', () => {
  expect(['paid_twice', 'paid_late', 'returned_by_gateway', 'not_taken'].map(reasonInWords)).toEqual([
    '重复支付，自动退款',
    '超时支付，自动退款',
    '网关已自行退回',
    '未能入账款项退回',
  ]);
});

it('words that a line gave, or that stood there before, are left as they are', () => {
  for (const words of ['训练营押金退还', '重复支付，自动退款', 'toString', ''])
    expect(reasonInWords(words)).toBe(words);
});
