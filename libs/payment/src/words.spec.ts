import { failureCode, reasonCode, reasonInWords, STARVED } from './words.js';

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

it.each([
  'paid_twice',
  'paid_late',
  'returned_by_gateway',
  'not_taken',
  'ordered_twice',
  'not_needed',
  'unallocated',
  'deposit',
  'task_rejected',
  'task_unwanted',
] as const)('the code of a reason of our own is found by itself and by its words: %s', (code) => {
  expect(reasonCode(code)).toBe(code);
  expect(reasonCode(reasonInWords(code))).toBe(code);
});

it('what people wrote as a reason has no code', () => {
  for (const words of ['会员申请', '重复支付', 'toString', '']) expect(reasonCode(words)).toBeNull();
});

it('a failure has a code where no gateway said more', () => {
  expect(failureCode('ABNORMAL')).toBe('ABNORMAL');
  expect(failureCode(STARVED)).toBe('INSUFFICIENT');
  for (const said of [null, '', 'toString', '用户账户已注销']) expect(failureCode(said)).toBeNull();
});
