/**
 * The first step of every npm command. It runs on whatever Node the machine has (20 or newer), so it is plain
 * JavaScript: it installs what is missing, then runs `tools/<command>.ts` on the Node that the lock file pins.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ended, install } from './install.mjs';

const COMMANDS = [
  'production',
  'start',
  'stack',
  'dev',
  'task',
  'test',
  'gallery',
  'looks-accept',
  'journey',
  'bench',
  'simulate',
  'token',
  'demo-clear',
  'totp-reset',
  'create-admin',
  'reset-password',
  'doctor',
  'backup',
  'restore',
  'audit',
  'images',
  'reconcile',
  'jobs',
  'screenshots',
];

/** npm that is killed with no chance to pass it on leaves us to another parent: then nobody could stop us any more. */
function followNpm(child) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500).unref();
}

async function main(root, [command, ...rest]) {
  if (!COMMANDS.includes(command)) throw new Error(`Which command? One of: ${COMMANDS.join(', ')}`);
  await install(root);
  const bin = path.join(root, 'node_modules/.bin');
  const node = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const child = spawn(node, [path.join(root, `tools/${command}.ts`), ...rest], {
    cwd: root,
    // The channel carries nothing. When this process is killed it closes, and the child sees that.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: bin + path.delimiter + process.env.PATH },
  });
  followNpm(child);
  const code = await ended(child);
  process.exitCode = typeof code === 'number' ? code : 1;
}

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
main(root, process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
