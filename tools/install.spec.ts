import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exclusively, installed } from './install.mjs';

let root: string;
beforeEach(() => (root = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-install-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));

function write(file: string, value: unknown): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), JSON.stringify(value));
}

describe('installed', () => {
  const a = { version: '1.0.0', integrity: 'sha512-a' };
  const foreign = { version: '1.0.0', integrity: 'sha512-f', optional: true };
  beforeEach(() => {
    write('package-lock.json', {
      packages: { '': {}, 'node_modules/a': a, 'node_modules/foreign': foreign },
    });
    write('node_modules/.package-lock.json', { packages: { 'node_modules/a': a } });
    write('node_modules/a/package.json', {});
  });

  it('accepts an installation without what is made for other machines', () => {
    expect(installed(root)).toBe(true);
  });

  it('wants one when nothing is there, or a broken-off one left no record', () => {
    fs.rmSync(path.join(root, 'node_modules/.package-lock.json'));
    expect(installed(root)).toBe(false);
  });

  it('wants one when the lock file asks for another version or other contents', () => {
    write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { ...a, version: '0.9.0' } } });
    expect(installed(root)).toBe(false);
    write('node_modules/.package-lock.json', {
      packages: { 'node_modules/a': { ...a, integrity: 'sha512-b' } },
    });
    expect(installed(root)).toBe(false);
  });

  it('wants one when a recorded package was removed', () => {
    fs.rmSync(path.join(root, 'node_modules/a'), { recursive: true });
    expect(installed(root)).toBe(false);
  });

  it('says so when there is no lock file', () => {
    fs.rmSync(path.join(root, 'package-lock.json'));
    expect(() => installed(root)).toThrow('package-lock.json is missing');
  });
});

describe('exclusively', () => {
  beforeEach(() => jest.spyOn(console, 'log').mockImplementation(() => undefined));
  afterEach(() => jest.restoreAllMocks());
  const file = () => path.join(root, 'deep', 'install.lock');

  it('lets one work at a time and cleans up, also after a failure', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (inside += 1));
      await sleep(50);
      inside -= 1;
      throw new Error('broken');
    };
    const results = await Promise.allSettled([exclusively(file(), work), exclusively(file(), work)]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    expect(most).toBe(1);
    expect(fs.readdirSync(path.dirname(file()))).toEqual([]);
  });

  it('takes over from a dead holder', async () => {
    write('deep/install.lock', 2 ** 30);
    const work = jest.fn(async () => undefined);
    await exclusively(file(), work);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('waits for the installation that a dead holder left running', async () => {
    const orphan = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 1000)']);
    const gone = new Promise((resolve) => orphan.on('exit', resolve));
    fs.mkdirSync(path.dirname(file()));
    fs.writeFileSync(file(), `${2 ** 30} ${orphan.pid}`);
    let over = false;
    void gone.then(() => (over = true));
    await exclusively(file(), async () => expect(over).toBe(true));
    expect(over).toBe(true);
  });
});
