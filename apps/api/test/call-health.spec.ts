import { generateKeyPairSync } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { Camp } from '@yajin/contract';
import { GatewayProbe } from '@yajin/payment';
import { Calls, type Call } from '@yajin/server';
import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { eventually, freePort, TestApi } from '@yajin/testing/api';
import { CallHealth } from '../src/system/index.js';
import { SilentProxy } from './silent-proxy.js';

const other = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** What the operators' group was told. */
const heard: string[] = [];
let robot: Server;
let sandbox: Sandbox;
let api: TestApi;
const lines: { level: string; side: string; outcome: string; code: string | null }[] = [];
beforeAll(async () => {
  robot = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    request.on('end', () => response.end('{"errcode":0}'));
  });
  await new Promise<void>((resolve) => robot.listen(0, '127.0.0.1', resolve));
  // Sandboxes of one process are one merchant's.
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
});
afterAll(async () => {
  await sandbox.close();
  await new Promise((resolve) => robot.close(resolve));
});
afterEach(() => api.stop());

/** @param overrides what is wrong */
async function start(overrides: Record<string, string>): Promise<void> {
  api = await TestApi.start(overrides);
  const value = `http://127.0.0.1:${(robot.address() as AddressInfo).port}/robot`;
  await api.admin('PUT', '/api/admin/config', { key: 'wecom.robotUrl', value });
  [heard.length, lines.length] = [0, 0];
  const at = (level: string) => (line: unknown, context?: string) => {
    if (context === 'Call') lines.push({ level, ...(line as Call) });
  };
  Logger.overrideLogger({ log: at('log'), warn: at('warn'), error: at('error') });
}

/** What the process does by itself in the time, without waiting for it. */
async function pass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    await api.app.get(GatewayProbe).run();
    await api.app.get(CallHealth).tell();
    api.pass(5_000);
  }
}

const check = async (name: string): Promise<Camp.SystemCheck | undefined> =>
  (await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health')).data.checks.find(
    (each) => each.name === name,
  );
const metrics = async (): Promise<string> => String((await api.exchange('GET', '/metrics', {})).body);
const alertsOf = (side: string) =>
  api.rows<{ kind: string; open: boolean }>(
    `SELECT kind, resolved_at IS NULL AS open FROM sys_alert WHERE detail LIKE $1 || ': %' ORDER BY id`,
    [side],
  );

/** That within a minute the health page, the metrics, the log and the operators' group say so, each once. */
async function isSeen(side: string, outcome: string, code: string, published = side): Promise<void> {
  await pass(55);
  expect(await check(published)).toMatchObject({
    status: 'down',
    findings: [{ code, params: expect.arrayContaining(['probe']) as unknown[] }],
  });
  const text = await metrics();
  expect(text).toContain(`outgoing_side_state{side="${side}"} 2`);
  expect(text).toMatch(
    new RegExp(
      `outgoing_call_duration_seconds_count\\{side="${side}",operation="probe",outcome="${outcome}"\\} [3-9]`,
    ),
  );
  const said = lines.filter((line) => line.side === side);
  expect(said.length).toBeGreaterThan(2);
  for (const line of said) expect(line).toMatchObject({ level: 'warn', outcome });
  expect(await alertsOf(side)).toEqual([{ kind: 'system-calls-failing', open: true }]);
  await eventually(async () => heard.length > 0, 'the group to hear of it');
  expect(heard.filter((each) => each.includes(`${side}: `))).toHaveLength(1);
  // Neither waits for the other: all else is well.
  expect(await check('planet')).toMatchObject({ status: 'up' });
}

it.each([
  ['wechat-v3', 'wechat', 'WECHAT_MCH_PRIVATE_KEY', other.privateKey, 'denied', 'calls_denied'],
  ['alipay', 'alipay', 'ALIPAY_PRIVATE_KEY', other.privateKey, 'denied', 'calls_denied'],
  ['wechat-v2', 'wechat-v2', 'WECHAT_V2_KEY', 'w'.repeat(32), 'unclear', 'calls_broken'],
  ['shouqianba', 'shouqianba', 'SHOUQIANBA_TERMINAL_KEY', 'w'.repeat(32), 'denied', 'calls_denied'],
  ['bank-card', 'bank-card', 'BANK_CARD_KEY', 'w'.repeat(32), 'denied', 'calls_denied'],
])(
  'a wrong merchant key of %s is seen within a minute, in health, metrics, log and alert',
  async (side, published, variable, key, outcome, finding) => {
    await start({ [variable]: key });
    await isSeen(side, outcome, finding, published);
  },
);

it.each(['all', 'alternate'])(
  'a wrong platform key of WeChat Pay is seen within a minute, though it signs not every refusal (%s signed)',
  async (signed) => {
    const keys = sandbox.settings.WECHAT_PLATFORM_KEYS.split(/,(?=PUB_KEY_ID)/);
    const serial = keys[1]?.split('=')[0] ?? '';
    await start({ WECHAT_PLATFORM_KEYS: `${keys[0]},${serial}=${other.publicKey}` });
    if (signed === 'all') await api.control('POST', '/control/settings', { unsignedRefusals: 'none' });
    await pass(55);
    expect(['degraded', 'down']).toContain((await check('wechat'))?.status);
    expect((await check('wechat'))?.findings[0]).toMatchObject({ code: 'calls_unproven' });
    expect(lines.filter(({ side, outcome }) => side === 'wechat-v3' && outcome === 'signature')).not.toEqual(
      [],
    );
    expect(await metrics()).toMatch(/outcome="signature"\} [3-9]/);
    expect(await alertsOf('wechat-v3')).toEqual([{ kind: 'system-calls-failing', open: true }]);
  },
);

it('a wrong key of Alipay’s is seen within a minute', async () => {
  await start({ ALIPAY_PUBLIC_KEY: other.publicKey });
  await isSeen('alipay', 'signature', 'calls_unproven');
});

it('a gateway that nobody listens at any more is seen within a minute', async () => {
  await start({ WECHAT_API_BASE: `http://127.0.0.1:${await freePort()}` });
  await isSeen('wechat-v3', 'network', 'calls_unanswered', 'wechat');
});

it('a gateway that falls silent is seen within a minute, told once, and is over when it answers again', async () => {
  const proxy = await SilentProxy.before(sandbox.url);
  try {
    await start({ WECHAT_API_BASE: proxy.url.replace(/\/$/, '') });
    await pass(10);
    expect(await check('wechat')).toMatchObject({ status: 'up' });
    proxy.silence();
    // A payer's call that gets no answer.
    await Promise.allSettled(
      [1, 2, 3].map(() => api.app.get(GatewayProbe)['gateways'].get('wechat-v3').queryTrade('silent')),
    );
    api.pass(10_000);
    await api.app.get(GatewayProbe).run();
    api.pass(10_000);
    await api.app.get(GatewayProbe).run();
    api.pass(10_000);
    await api.app.get(GatewayProbe).run();
    await api.app.get(CallHealth).tell();
    expect(await check('wechat')).toMatchObject({ status: 'degraded' });
    expect(await alertsOf('wechat-v3')).toEqual([{ kind: 'system-calls-failing', open: true }]);
    proxy.heal();
    proxy.cut();
    await pass(15);
    expect(await check('wechat')).toMatchObject({ status: 'up', findings: [] });
    expect(await metrics()).toContain('outgoing_side_state{side="wechat-v3"} 0');
    expect(await alertsOf('wechat-v3')).toEqual([{ kind: 'system-calls-failing', open: false }]);
    const told = (): string[] => heard.filter((each) => each.includes('wechat-v3: '));
    await eventually(async () => told().length > 0, 'the group to hear of it');
    expect(told()).toHaveLength(1);
  } finally {
    await proxy.close();
  }
});

it('a clock that differs by ten minutes from the gateway’s is seen within a minute, and so is that it does no longer', async () => {
  let ahead = 600_000;
  const proxy = createServer((request, response) => {
    const options = { method: request.method, headers: request.headers };
    const far = httpRequest(new URL(request.url ?? '/', sandbox.url), options, (answer) => {
      const date = new Date(Date.now() + ahead).toUTCString();
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, date });
      answer.pipe(response);
    });
    request.pipe(far);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  try {
    await start({ WECHAT_API_BASE: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
    await pass(10);
    expect(await check('wechat')).toMatchObject({ status: 'down', findings: [{ code: 'clock_skewed' }] });
    expect(await metrics()).toMatch(/outgoing_clock_skew_seconds\{side="wechat-v3"\} (599|60[01])/);
    expect(await alertsOf('wechat-v3')).toEqual([{ kind: 'system-clock-skewed', open: true }]);
    await eventually(async () => heard.length > 0, 'the group to hear of it');
    const logged: Call[] = [];
    api.app.get(Calls).listen((call) => logged.push(call));
    await api.app.get(GatewayProbe)['gateways'].probe('wechat-v3');
    expect(Math.abs(logged[0]?.skewMs ?? 0)).toBeGreaterThan(590_000);
    ahead = 0;
    await pass(20);
    expect(await check('wechat')).toMatchObject({ status: 'up', findings: [] });
    expect(await alertsOf('wechat-v3')).toEqual([{ kind: 'system-clock-skewed', open: false }]);
  } finally {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  }
});

it('what another process sees is shown here, too, until it says so no longer', async () => {
  await start({});
  await api.rows(
    `INSERT INTO sys_call_trouble VALUES ('worker', 'wechat-v3', 'refund', 'degraded', 'timeout', 'TIMEOUT', 'no answer', 4, $1)`,
    [api.clock.wall()],
  );
  expect(await check('wechat')).toMatchObject({
    status: 'degraded',
    findings: [{ code: 'calls_unanswered', params: ['refund', 4, 'TIMEOUT no answer'] }],
  });
  api.pass(61_000);
  expect(await check('wechat')).toMatchObject({ status: 'up' });
});
