import { Logger } from '@nestjs/common';
import { Calls, heard, type Call, type CallFault, type CallJudge } from './calls.js';

const fault = (outcome: CallFault['outcome']): CallFault => ({ outcome, code: 'CODE', message: 'said' });
const judge: CallJudge<string> = {
  thrown: (error) => (error as { fault: CallFault }).fault,
  answered: (answer) => (answer === 'done' ? null : fault('refused')),
};

const lines: [level: string, line: Call][] = [];
beforeAll(() => {
  const at = (level: string) => (line: Call) => void lines.push([level, line]);
  Logger.overrideLogger({ log: at('log'), warn: at('warn'), error: at('error') });
});
afterAll(() => void Logger.overrideLogger(false));
beforeEach(() => (lines.length = 0));

it('every call is one line, told to who counts: what is refused is no warning, what is broken is no error, what is ours is one', async () => {
  const calls = new Calls();
  const told: Call[] = [];
  calls.listen((call) => told.push(call));
  const end = (given: CallFault): Promise<string> =>
    calls.through('side', 'ask', () => Promise.reject(Object.assign(new Error(), { fault: given })), judge);
  await calls.through('side', 'ask', () => Promise.resolve('done'), judge);
  await calls.through('side', 'ask', () => Promise.resolve('not done'), judge);
  for (const outcome of [
    'throttled',
    'denied',
    'timeout',
    'network',
    'http',
    'signature',
    'unclear',
    'aborted',
    'other',
  ] as const)
    await expect(end(fault(outcome))).rejects.toMatchObject({ fault: { outcome } });
  expect(lines.map(([level, { outcome }]) => `${level} ${outcome}`)).toEqual([
    'log ok',
    'log refused',
    'log throttled',
    'warn denied',
    'warn timeout',
    'warn network',
    'warn http',
    'warn signature',
    'warn unclear',
    'log aborted',
    'error other',
  ]);
  expect(told).toEqual(lines.map(([, line]) => expect.objectContaining({ outcome: line.outcome }) as Call));
  expect(told[1]).toMatchObject({
    side: 'side',
    operation: 'ask',
    code: 'CODE',
    message: 'said',
    requestId: null,
  });
});

it('a line has the other side’s id of the request and its clock, of this call and no other one under way', async () => {
  const calls = new Calls();
  const at = Date.now();
  const call = (id: string, date: string, ms: number): Promise<string> =>
    calls.through(
      'side',
      id,
      async () => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        heard((name) => (({ 'request-id': id, date }) as Record<string, string>)[name], at);
        return 'done';
      },
      judge,
    );
  const ahead = new Date(at + 600_000).toUTCString();
  await Promise.all([call('slow', ahead, 40), call('fast', 'no date', 10), call('not an id', ahead, 5)]);
  const [odd, fast, slow] = lines.map(([, line]) => line);
  expect(odd?.requestId).toBeNull();
  expect(fast).toMatchObject({ operation: 'fast', requestId: 'fast', skewMs: null });
  expect(slow).toMatchObject({ operation: 'slow', requestId: 'slow' });
  expect(Math.abs((slow?.skewMs ?? 0) - 600_000)).toBeLessThan(1500);
});

it('a line has nobody’s openid, phone or key in it, whatever the other side says', async () => {
  const openid = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
  const message = `HTTP 500 {"openid":"${openid}","phone":"13812345678"} ${'x'.repeat(1000)}`;
  const failed = Object.assign(new Error(), { fault: { outcome: 'http', code: 'HTTP_500', message } });
  await new Calls().through('side', 'ask', () => Promise.reject(failed), judge).catch(() => undefined);
  expect(lines[0]?.[1].message).toBe('HTTP 500 {"openid":"…","phone":"…"} …');
});
