import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Claim } from './claim.ts';

const SCRIPT = 'claim-spec-stand-in';
const OTHER_SCRIPT = 'claim-spec-other-command';
let folder: string;
let others: ChildProcess[];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-claim-'));
  others = [];
});
afterEach(() => {
  for (const other of others) other.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true });
});

/** A process that is known by `name` and ends when asked to. */
function standIn(name: string): { pid: number; ended: Promise<NodeJS.Signals | null> } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)', name]);
  others.push(child);
  return {
    pid: child.pid ?? 0,
    ended: new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal))),
  };
}

function earlierRun(run: { pid: number; stopping?: boolean; children?: Record<string, number> }): void {
  fs.writeFileSync(
    path.join(folder, 'run.json'),
    JSON.stringify({ url: 'http://x', stopping: false, children: {}, ...run }),
  );
}

const take = () => Claim.take(folder, [OTHER_SCRIPT, SCRIPT], 'http://y', () => undefined);
const kept = (): unknown => JSON.parse(fs.readFileSync(path.join(folder, 'run.json'), 'utf8'));

it('refuses a folder that a living run works with, and says where that is', async () => {
  const { pid } = standIn(SCRIPT);
  earlierRun({ pid });
  await expect(take()).rejects.toThrow(`already running with ${folder}, at http://x (process ${pid})`);
  expect(kept()).toMatchObject({ pid });
});

it('refuses a folder that the other command works with', async () => {
  earlierRun({ pid: standIn(OTHER_SCRIPT).pid });
  await expect(take()).rejects.toThrow('already running');
});

it('waits for a run that is stopping', async () => {
  const { pid, ended } = standIn(SCRIPT);
  earlierRun({ pid, stopping: true });
  const taken = take();
  setTimeout(() => others[0]?.kill(), 1500);
  await taken;
  await ended;
  expect(kept()).toMatchObject({ pid: process.pid });
});

it('takes over from a dead run and ends the children it left', async () => {
  const orphan = standIn('the-child');
  earlierRun({ pid: 2 ** 30, children: { 'the-child': orphan.pid } });
  await take();
  expect(await orphan.ended).toBe('SIGTERM');
});

it('leaves a stranger alone that got the number of a run or of its child', async () => {
  const stranger = standIn('something-else');
  earlierRun({ pid: stranger.pid, children: { 'the-child': stranger.pid } });
  const claim = await take();
  process.kill(stranger.pid, 0);
  claim.note('the-child', 77);
  expect(kept()).toEqual({
    pid: process.pid,
    url: 'http://y',
    stopping: false,
    children: { 'the-child': 77 },
  });
  claim.release();
  expect(fs.readdirSync(folder)).toEqual([]);
});
