import fs from 'node:fs';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { CampOnStack, type Member } from './camp.kit.ts';
import { RunningStack } from './running.kit.ts';

const REQUESTS = 4_000;
const CLIENTS = 8;
const MEMBERS = 20;

let stack: RunningStack;
beforeAll(async () => {
  stack = await RunningStack.start();
});
afterAll(() => stack.remove());

it('serves pages and logins through the proxy, and neither metrics nor health', async () => {
  expect((await stack.ask('/admin/')).status).toBe(200);
  expect([(await stack.ask('/metrics')).status, (await stack.ask('/health/ready')).status]).toEqual([
    404, 404,
  ]);
  const { password } = stack;
  expect(stack.said).toContain(`admin / ${password}`);
  const login = await stack.ask('/api/admin/auth/login', { body: { username: 'admin', password } });
  expect([login.status, login.text]).toEqual([200, expect.stringContaining('"token"')]);
});

it('runs the API as nobody on a root that it cannot write to, in which nothing is but what an image would have', () => {
  expect(process.getuid?.()).toBe(0);
  for (const name of ['worker', 'web-a', 'web-b']) {
    const proc = `/proc/${stack.pidOf(name)}`;
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
      const { status } = await stack.ask('/api/admin/menu-that-is-not-there');
      counts.set(status, (counts.get(status) ?? 0) + 1);
      await sleep(5);
    }
  };
  const restarts = async (): Promise<void> => {
    for (const name of ['web-a', 'web-b']) await stack.replace(name, 'SIGTERM');
    restarted = true;
  };
  await Promise.all([restarts(), ...Array.from({ length: CLIENTS }, client)]);
  expect([...counts.keys()]).toEqual([404]);
  expect(counts.get(404)).toBeGreaterThanOrEqual(REQUESTS);
});

it('brings a camp to its end, every fen once, while web processes and the worker are killed amid enrolling and refunding', async () => {
  const camp = new CampOnStack(stack);
  try {
    await camp.open();
    const members = Array.from({ length: MEMBERS }, (_, n): Member => ({
      planetUserId: String(8_000_000_000_000_001 + n),
      name: `断电${n}`,
      openid: `oOnStack00000000000${String(n).padStart(4, '0')}`,
      from: `127.0.1.${n + 1}`,
    }));
    const waiting = [...members];
    const deaths: Promise<unknown>[] = [];
    const pages = async (): Promise<void> => {
      for (let member = waiting.shift(); member; member = waiting.shift()) {
        if (waiting.length === MEMBERS / 2) deaths.push(killed('web-a'), killed('worker'));
        await camp.enrol(member);
      }
    };
    await Promise.all(Array.from({ length: 4 }, pages));
    await Promise.all(deaths);
    expect(deaths).toHaveLength(2);

    const diligent = members.filter((_, n) => n % 2 === 0);
    await camp.begin();
    await camp.checkIn(diligent);
    expect(await camp.sync()).toBe(diligent.length);
    await camp.end();
    // The gateway has accepted a refund, and nobody here has heard of it.
    await camp.sandbox.post('/faults', { hangAfter: { endpoints: ['refund'], times: 1 } });
    const refunds = (): Promise<{ state: string; outTradeNo: string }[]> => camp.sandbox.get('/refunds');
    expect(await camp.approveAll()).toBe(diligent.length);
    while ((await refunds()).length === 0) await sleep(20);
    await Promise.all([killed('web-b'), killed('worker')]);

    await camp.quiet();
    const perCamp = await camp.db.rows<object>(
      `SELECT count(*) AS members, count(DISTINCT order_id) AS orders, count(DISTINCT planet_user_ref) AS people,
         count(*) FILTER (WHERE refunded_fen = pay_fen) AS refunded FROM camp_member`,
    );
    expect(perCamp).toEqual([
      { members: MEMBERS, orders: MEMBERS, people: MEMBERS, refunded: diligent.length },
    ]);
    const sent = await refunds();
    expect(sent.map(({ state }) => state)).toEqual(diligent.map(() => 'SUCCESS'));
    expect(new Set(sent.map(({ outTradeNo }) => outTradeNo)).size).toBe(diligent.length);
    expect(await camp.violations()).toEqual([]);
    expect(
      stack.said.match(/^(?:web-a|web-b|worker) ended \(SIGKILL\); starting it again\.$/gm),
    ).toHaveLength(4);
  } finally {
    await camp.db.close();
  }
});

/** Without a word, as by the kernel when memory is short. */
const killed = (name: string): Promise<void> => stack.replace(name, 'SIGKILL');

it('stops in order, with code 0, and leaves nothing running and no secret lying about', async () => {
  const pids = ['worker', 'web-a', 'web-b'].map((name) => stack.pidOf(name));
  const lying = (): string[] => fs.readdirSync(os.tmpdir()).filter((name) => /^yajin-stack-/.test(name));
  const before = lying().length;
  expect(await stack.stop()).toBe(0);
  expect(pids.filter((pid) => fs.existsSync(`/proc/${pid}`))).toEqual([]);
  expect(lying().length).toBe(before - 1);
  await expect(stack.ask('/admin/')).resolves.toMatchObject({ status: 0 });
});
