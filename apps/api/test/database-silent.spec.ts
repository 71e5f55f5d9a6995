import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { testDatabase } from '@yajin/testing/database';
import { eventually, TestApi } from '@yajin/testing/api';
import { DatabaseWatch } from '../src/system/database-watch.js';
import { SilentProxy } from './silent-proxy.js';

it('a silent database is seen within seconds by readiness, health and metrics, in the log, and by the group, which hears of it once', async () => {
  const database = await testDatabase();
  const proxy = await SilentProxy.before(database.appUrl);
  const heard: string[] = [];
  const robot = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    request.on('end', () => response.end('{"errcode":0}'));
  });
  await new Promise<void>((resolve) => robot.listen(0, '127.0.0.1', resolve));
  const api = await TestApi.start({ DATABASE_URL: proxy.url });
  const logged: string[] = [];
  const timed = async (
    path: string,
    token?: string,
  ): Promise<{ status: number; body: unknown; ms: number }> => {
    const began = performance.now();
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const { status, body } = await api.exchange('GET', path, { headers });
    return { status, body, ms: performance.now() - began };
  };
  try {
    const value = `http://127.0.0.1:${(robot.address() as AddressInfo).port}/robot`;
    await api.admin('PUT', '/api/admin/config', { key: 'wecom.robotUrl', value });
    const token = await api.adminToken();
    const watch = api.app.get(DatabaseWatch);
    await watch.look();
    expect((await timed('/metrics')).body).toContain('database_up 1');
    const at = (level: string) => (line: unknown) => void logged.push(`${level} ${String(line)}`);
    Logger.overrideLogger({ log: at('log'), warn: at('warn'), error: at('error') });
    heard.length = 0;
    proxy.silence();
    const [ready, health, metrics] = await Promise.all([
      timed('/health/ready'),
      timed('/api/admin/system-health', token),
      timed('/metrics'),
    ]);
    expect(ready).toMatchObject({ status: 503, body: { status: 'error', database: 'down' } });
    expect(health).toMatchObject({ status: 503, body: { code: 503 } });
    expect(metrics).toMatchObject({ status: 200 });
    expect(metrics.body).toContain('database_up 0');
    for (const { ms } of [ready, health, metrics]) expect(ms).toBeLessThan(3000);
    for (let look = 0; look < 5; look += 1) await watch.look();
    expect(logged.filter((line) => line === 'warn the database does not answer')).toHaveLength(1);
    expect(logged.filter((line) => line.startsWith('error 数据库没有应答'))).toHaveLength(1);
    const told = (): string[] => heard.filter((each) => each.includes('数据库没有应答'));
    await eventually(() => Promise.resolve(told().length > 0), 'the group to hear of it');
    // A probe that is told "not yet" has its answer.
    expect(logged.filter((line) => line.includes('/health/') || line.includes('    at '))).toEqual([]);
    proxy.heal();
    proxy.cut();
    await eventually(async () => (await timed('/health/ready')).status === 200, 'readiness');
    await watch.look();
    expect(logged.some((line) => line.startsWith('log the database answers again'))).toBe(true);
    expect(told()).toHaveLength(1);
  } finally {
    proxy.heal();
    proxy.cut();
    await api.stop();
    await proxy.close();
    await new Promise((resolve) => robot.close(resolve));
    await database.drop();
  }
});
