import { Job } from './job.js';
import { currentTrace, traced, traceIdOf } from './trace.js';

const PARENT = '0af7651916cd43dd8448eb211c80319c';

describe('the id of a request', () => {
  it('is what the proxy calls it, else what the trace of the caller is called', () => {
    expect(traceIdOf({ 'x-request-id': '4711.a_B-c' })).toBe('4711.a_B-c');
    expect(traceIdOf({ traceparent: `00-${PARENT}-b7ad6b7169203331-01` })).toBe(PARENT);
    expect(traceIdOf({ 'x-request-id': 'short', traceparent: `00-${PARENT}-b7ad6b7169203331-01` })).toBe(
      PARENT,
    );
  });

  it.each<[name: string, headers: Record<string, unknown>]>([
    ['what is too long', { 'x-request-id': 'x'.repeat(65) }],
    ['what could end a text of SQL or a line of the log', { 'x-request-id': `12345678'\n` }],
    ['several', { 'x-request-id': ['12345678', '12345679'] }],
    ['a trace of zeros', { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }],
    ['nothing', {}],
  ])('is a new one for %s', (_, headers) => {
    expect(traceIdOf(headers)).toMatch(/^[0-9a-f-]{36}$/);
  });
});

it('a job that is enqueued carries the id of what brought it about, and none without', async () => {
  const job = new Job<{ campId: number }>('test.one');
  expect(job.add({ campId: 'c.id' })).toBe(
    `graphile_worker.add_job('test.one', json_build_object('campId', c.id))`,
  );
  await traced({ traceId: 'request-4711' }, async () => {
    await Promise.resolve();
    expect(job.add({ campId: 'c.id' })).toContain(
      `json_build_object('campId', c.id, '_trace', 'request-4711')`,
    );
    expect(job.addEach({ campId: 'c.id' }, 'id')).toContain(`'_trace', 'request-4711'`);
  });
  expect(currentTrace()).toBeNull();
});
