/** Installs what the lock file asks for. Plain JavaScript on built-in modules, because nothing is installed yet. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 2_000;
/** A holder that gave no sign for so long is gone, even if a process with its number exists. */
const SILENCE_MS = 180_000;

/**
 * Whether `root` holds everything that its lock file names. npm writes its own record of what it installed
 * last of all, so a broken-off installation has none.
 * @param {string} root
 */
export function installed(root) {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  const present = readPackages(path.join(root, 'node_modules/.package-lock.json'));
  if (!wanted) throw new Error(`package-lock.json is missing or unreadable in ${root}`);
  if (!present) return false;
  return Object.entries(wanted).every(([place, { version, integrity, optional }]) => {
    if (place === '') return true;
    const found = present[place];
    // What is optional was left out because it is made for another kind of machine.
    if (!found) return optional === true;
    return (
      found.version === version &&
      found.integrity === integrity &&
      fs.existsSync(path.join(root, place, 'package.json'))
    );
  });
}

/**
 * Does `work` while no other process does work under the same file name. Waits for the others.
 * @param {string} file
 * @param {(note: (pid: number) => void) => Promise<void>} work told how to note down a process that must end, too,
 *   before others may begin
 */
export async function exclusively(file, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const pids = [process.pid];
  const write = (flag) => fs.writeFileSync(file, pids.join(' '), { flag });
  for (let told = false; !attempt(() => write('wx'), 'EEXIST'); told = true) {
    if (!told) console.log(`Another installation is running (${file}); waiting for it.`);
    clearAbandoned(file);
    await sleep(250);
  }
  const beat = setInterval(() => write('w'), BEAT_MS);
  try {
    await work((pid) => {
      pids.push(pid);
      write('w');
    });
  } finally {
    clearInterval(beat);
    fs.rmSync(file, { force: true });
  }
}

/** Takes away the file of a holder that died. Of several that try, only one can rename what it looked at. */
function clearAbandoned(file) {
  const grave = `${file}.${process.pid}`;
  const before = look(file);
  if (!before || (before.pids.some(alive) && before.age < SILENCE_MS)) return;
  if (!attempt(() => fs.renameSync(file, grave), 'ENOENT')) return;
  const taken = look(grave);
  // Between the look and the renaming another one took over: give it back.
  if (taken && taken.text !== before.text) attempt(() => fs.linkSync(grave, file), 'EEXIST');
  fs.rmSync(grave, { force: true });
}

function look(file) {
  try {
    const text = fs.readFileSync(file, 'utf8');
    const age = Date.now() - fs.statSync(file).mtimeMs;
    // Just made and not yet written: its holder is about to.
    if (text === '' && age < BEAT_MS) return null;
    return { text, age, pids: text.split(' ').map(Number).filter(Boolean) };
  } catch {
    return null;
  }
}

/** @returns false when it failed with `code`; any other failure is thrown */
function attempt(action, code) {
  try {
    action();
    return true;
  } catch (error) {
    if (error.code === code) return false;
    throw error;
  }
}

/** A zombie, dead but not yet taken note of by its parent, does not count. */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** Runs `npm ci` unless everything is there. Of several processes only one does. */
export async function install(root) {
  if (installed(root)) return;
  await exclusively(path.join(root, '.nx/install.lock'), async (note) => {
    if (installed(root)) return;
    console.log('Installing what package-lock.json names (a minute at the first time) …');
    // The build needs its tools even where NODE_ENV says production.
    const args = [
      'ci',
      '--include=dev',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--loglevel=error',
      '--color=false',
    ];
    const npm = process.env.npm_execpath;
    const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
    const windows = process.platform === 'win32';
    const child = npm?.endsWith('.js')
      ? spawn(process.execPath, [npm, ...args], options)
      : spawn(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
    if (child.pid) note(child.pid);
    const code = await ended(child);
    if (code !== 0)
      throw new Error(`npm ci ended with ${code}. Its messages are above; run the command again to retry.`);
    if (!installed(root))
      throw new Error('npm ci ended well, but not everything that package-lock.json names is there.');
  });
}

/**
 * Waits for the child; signals that ask this process to stop are the child's to answer. A terminal sends Ctrl-C to the
 * child as well, and npm repeats it: the child must take signals close together for one.
 */
export function ended(child) {
  const forward = (signal) => child.kill(signal);
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      resolve(code ?? signal);
    });
  });
}
