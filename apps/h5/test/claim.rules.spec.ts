import { transactionProblem } from '../src/rules/claim.rules.js';

it.each([
  ['', '请填写交易单号'],
  ['FQ12_0123456789abcdef', '商户单号'],
  ['4'.repeat(27), '现在有 27 位'],
  ['4'.repeat(33), '现在有 33 位'],
])('a transaction number %j is objected to in words that help', (id, words) => {
  expect(transactionProblem(id)).toContain(words);
});

it.each([28, 32])('a transaction number of %i digits is taken', (length) => {
  expect(transactionProblem('4'.repeat(length))).toBeNull();
});
