import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../postgres.ts';

const REQUESTS = 4_000;
const CLIENTS = 8;

let dataDir: string;
let stack: ChildProcess;
let said = '';
let address: string;
const agent = new https.Agent({ keepAlive: true, maxSockets: CLIENTS, rejectUnauthorized: false });

beforeAll(async () => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-stacked-'));
  const port = await freePort(0);
  address = `https://localhost:${port}`;
  // Built once for all tests: others run from the same folders.
  stack = spawn(process.execPath, ['tools/stack.ts', '--built'], {
    // Long enough for Caddy to look twice.
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), DRAIN_DELAY: '4' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [stack.stdout, stack.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(() => said.includes('is running as in production'));
});
afterAll(async () => {
  agent.destroy();
  await stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) {
    if (stack.exitCode !== null) throw new Error(`the stack ended:\n${said}`);
    await sleep(50);
  }
}

async function stop(): Promise<number | null> {
  if (stack.exitCode !== null || stack.signalCode !== null) return stack.exitCode;
  const ended = new Promise((resolve) => stack.once('exit', resolve));
  stack.kill('SIGTERM');
  await ended;
  return stack.exitCode;
}

/** @returns the status of the answer; 0 where there was none */
function ask(route: string, body?: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const options = {
      agent,
      method: body ? 'POST' : 'GET',
      headers: body ? { 'content-type': 'application/json' } : {},
    };
    const request = https.request(address + route, options, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', () => resolve({ status: 0, text }));
    });
    request.on('error', (error) => resolve({ status: 0, text: String(error) }));
    request.end(body && JSON.stringify(body));
  });
}

/** The process that runs now by this name. */
function pidOf(name: string): number {
  const { children } = JSON.parse(fs.readFileSync(path.join(dataDir, 'run.json'), 'utf8')) as {
    children: Record<string, number>;
  };
  return children[`yajin-stack-${name}`] ?? 0;
}

it('serves pages and logins through the proxy, and neither metrics nor health', async () => {
  expect((await ask('/admin/')).status).toBe(200);
  expect([(await ask('/metrics')).status, (await ask('/health/ready')).status]).toEqual([404, 404]);
  const password = fs.readFileSync(path.join(dataDir, 'secrets/admin_password'), 'utf8');
  expect(said).toContain(`admin / ${password}`);
  const login = await ask('/api/admin/auth/login', { username: 'admin', password });
  expect([login.status, login.text]).toEqual([200, expect.stringContaining('"token"')]);
});

it('runs the API as nobody on a root that it cannot write to, in which nothing is but what an image would have', () => {
  expect(process.getuid?.()).toBe(0);
  for (const name of ['worker', 'web-a', 'web-b']) {
    const proc = `/proc/${pidOf(name)}`;
    expect([name, fs.statSync(proc).uid]).toEqual([name, 65_534]);
    expect(fs.readdirSync(`${proc}/root`).sort()).toEqual([
      'app',
      'dev',
      'etc',
      'lib',
      'lib64',
      'node',
      'proc',
      'run',
      'tmp',
      'usr',
    ]);
    for (const folder of ['', 'app', 'node', 'usr/lib', 'run/secrets'])
      expect(() => fs.writeFileSync(`${proc}/root/${folder}/x`, '')).toThrow('EROFS');
    expect(fs.readFileSync(`${proc}/status`, 'utf8')).toMatch(/^CapEff:\s+0+$[^]*^NoNewPrivs:\s+1$/m);
  }
});

it(`answers each of ${REQUESTS} requests while both web processes are restarted, one after the other`, async () => {
  const counts = new Map<number, number>();
  let asked = 0;
  let restarted = false;
  const client = async (): Promise<void> => {
    while (asked < REQUESTS || !restarted) {
      asked += 1;
      const { status } = await ask('/api/admin/menu-that-is-not-there');
      counts.set(status, (counts.get(status) ?? 0) + 1);
      await sleep(5);
    }
  };
  const restarts = async (): Promise<void> => {
    for (const name of ['web-a', 'web-b']) {
      const before = pidOf(name);
      process.kill(before, 'SIGTERM');
      await until(() => pidOf(name) !== before && pidOf(name) > 0);
      const ready = async (): Promise<boolean> => {
        const port = new RegExp(`${name} 127.0.0.1:(\\d+)`).exec(said)?.[1];
        return fetch(`http://127.0.0.1:${port}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        );
      };
      while (!(await ready())) await sleep(100);
    }
    restarted = true;
  };
  await Promise.all([restarts(), ...Array.from({ length: CLIENTS }, client)]);
  expect([...counts.keys()]).toEqual([404]);
  expect(counts.get(404)).toBeGreaterThanOrEqual(REQUESTS);
});

it('stops in order, with code 0, and leaves nothing running and no secret lying about', async () => {
  const pids = ['worker', 'web-a', 'web-b'].map(pidOf);
  const lying = (): string[] => fs.readdirSync(os.tmpdir()).filter((name) => /^yajin-stack-/.test(name));
  const before = lying().length;
  expect(await stop()).toBe(0);
  expect(pids.filter((pid) => fs.existsSync(`/proc/${pid}`))).toEqual([]);
  expect(lying().length).toBe(before - 1);
  await expect(ask('/admin/')).resolves.toMatchObject({ status: 0 });
});
