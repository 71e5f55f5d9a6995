import { stripVTControlCharacters } from 'node:util';
import { prefixed, readable } from './log.ts';

it.each([
  ['{"level":40,"time":1,"pid":2,"hostname":"h","context":"Jobs","msg":"late"}', 'warn Jobs: late'],
  [
    '{"level":50,"req":{"method":"GET","path":"/api/x"},"res":{"status":500},"responseTime":12.4,"msg":"failed","err":{"stack":"Error: x\\n    at y"}}',
    'ERROR failed GET /api/x 500 12 ms \nError: x\n    at y',
  ],
  ['{"not":"a log line"}', '{"not":"a log line"}'],
  ['{"level":30, broken', '{"level":30, broken'],
  ['plain words', 'plain words'],
])('a line of the log is shown to people: %s', (line, shown) => {
  expect(readable(line)).toBe(shown);
});

it('every line says who speaks', () => {
  expect(stripVTControlCharacters(prefixed('api', 'one\ntwo'))).toBe('api     │ one\napi     │ two\n');
});
