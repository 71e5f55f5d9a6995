import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mountPages } from '../src/pages.js';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yajin-pages-'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>x</title>');
  api = await TestApi.start({ PUBLIC_URL: 'https://camp.example.com' }, (app) =>
    mountPages(app, [{ prefix: '/h5/', folder }]),
  );
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

const PAGES = ['/h5/', '/h5/index.html', '/h5/any/page'];

it.each([...PAGES, '/api/h5/camps', '/api/admin/camps', '/api/nowhere', '/health/live'])(
  '%s is answered with what keeps browsers from guessing its type, telling its address and going back to http',
  async (address) => {
    const { headers } = await fetch(api.url + address, { headers: { origin: 'https://elsewhere.example' } });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  },
);

it.each(PAGES)(
  '%s loads from itself alone, runs nothing written into it, and is framed by nobody',
  async (address) => {
    const { headers } = await fetch(api.url + address);
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining([
        `default-src 'self'`,
        `object-src 'none'`,
        `base-uri 'none'`,
        `frame-ancestors 'none'`,
      ]),
    );
    expect(policy.filter((each) => /^script|unsafe-eval/.test(each))).toEqual([]);
    expect(headers.get('permissions-policy')).toContain('camera=()');
  },
);

it('the preview of the member pages alone is framed, by pages of its own origin', async () => {
  for (const [address, framed] of [
    ['/h5/preview', true],
    ['/h5/preview?x=1', true],
    ['/h5/preview/', false],
    ['/h5/previews', false],
    ['/h5/%70review', false],
  ] as const) {
    const { headers } = await fetch(api.url + address);
    expect([address, headers.get('x-frame-options')]).toEqual([address, framed ? 'SAMEORIGIN' : 'DENY']);
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors '${framed ? 'self' : 'none'}'`);
  }
});
