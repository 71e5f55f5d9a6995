import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child.ts';

let folder: string;
let child: Child | undefined;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-child-'))));
afterEach(async () => {
  child?.kill();
  await child?.stop();
  fs.rmSync(folder, { recursive: true });
});

function childThat(does: string, graceMs = 5_000) {
  const script = path.join(folder, 'child.cjs');
  fs.writeFileSync(script, does);
  const pids: number[] = [];
  const reasons: string[] = [];
  child = new Child({
    name: 'The child',
    script,
    environment: () => ({ ...process.env, UP: path.join(folder, `up-${pids.length}`) }),
    graceMs,
    log: path.join(folder, 'log'),
    say: () => undefined,
    started: (pid) => pids.push(pid),
    givenUp: (reason) => reasons.push(reason),
  });
  child.start();
  return { child, pids, reasons };
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await sleep(20);
}

const RUNS = `require('fs').writeFileSync(process.env.UP, ''); setInterval(() => 0, 1000);`;

it('prints into its log, also when it is started again', async () => {
  const { pids } = childThat(`console.log('line of ' + process.pid); ${RUNS}`);
  await until(() => fs.existsSync(path.join(folder, 'up-0')));
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await until(() => fs.existsSync(path.join(folder, 'up-1')));
  expect(fs.readFileSync(path.join(folder, 'log'), 'utf8')).toBe(
    pids.map((pid) => `line of ${pid}\n`).join(''),
  );
});

it('is started again after kill -9', async () => {
  const { pids, reasons } = childThat(RUNS);
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await until(() => pids.length === 2);
  expect(reasons).toEqual([]);
});

it('is given up at once when it ends by itself before it ever worked', async () => {
  const { pids, reasons } = childThat('process.exit(78)');
  await until(() => reasons.length > 0);
  expect(reasons).toEqual(['The child cannot start (code 78); its own messages are above.']);
  expect(pids).toHaveLength(1);
});

it('is given up when it dies again and again', async () => {
  const { child, pids, reasons } = childThat('process.exit(1)');
  child.proven();
  await until(() => reasons.length > 0);
  expect(reasons).toEqual(['The child died 5 times within a minute, last with code 1.']);
  expect(pids).toHaveLength(5);
});

it('may finish its work before it stops, and is not started again', async () => {
  const done = path.join(folder, 'done');
  const { child, pids } = childThat(
    `process.on('SIGTERM', () => setTimeout(() => { require('fs').writeFileSync('${done}', ''); process.exit(0); }, 300)); ${RUNS}`,
  );
  await until(() => fs.existsSync(path.join(folder, 'up-0')));
  await child.stop();
  expect(fs.existsSync(done)).toBe(true);
  await sleep(400);
  expect(pids).toHaveLength(1);
});

it('is ended when it does not stop in its time', async () => {
  const { child, pids } = childThat(`process.on('SIGTERM', () => undefined); ${RUNS}`, 200);
  await until(() => fs.existsSync(path.join(folder, 'up-0')));
  await child.stop();
  expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH');
});
