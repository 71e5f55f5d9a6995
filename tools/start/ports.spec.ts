import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireFree } from './ports.ts';

const HOST = '127.0.0.1';
let server: http.Server;

async function answering(answers: Record<string, unknown>): Promise<number> {
  server = http.createServer((request, response) => {
    const body = answers[request.url ?? ''];
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body === undefined ? 'no' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => server.close());

it('accepts a free port', async () => {
  const port = await answering({});
  await new Promise((resolve) => server.close(resolve));
  await expect(requireFree('PORT', port, HOST, 'npm start')).resolves.toBeUndefined();
});

it.each([
  ['another program', {}],
  ['a Yajin is running at', { '/health/ready': { status: 'ok', started: true, database: 'up' } }],
  ['a Yajin is running at', { '/health/ready': { status: 'shutting_down' } }],
  ['a Yajin sandbox is running at', { '/control/settings': { WECHAT_API_BASE: 'http://x' } }],
])('says plainly that %s has the port, and what to do', async (owner, answers) => {
  const port = await answering(answers);
  const refusal = requireFree('PORT', port, HOST, 'npm start');
  await expect(refusal).rejects.toThrow(`Port ${port} (PORT) is taken`);
  await expect(refusal).rejects.toThrow(owner);
  await expect(refusal).rejects.toThrow(`PORT=${port + 1} npm start`);
});
