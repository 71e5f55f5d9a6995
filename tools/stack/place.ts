/** Where the stack's processes find what is theirs, and as whom they run. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { NODE_FLAGS } from '../start/child.ts';
import { ROOT } from '../start/run.ts';

export const TREE = path.join(ROOT, 'dist/production');
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
/** Made once and kept: what docker/up makes, too. */
const KEPT = [
  'owner_password',
  'app_password',
  'jwt_secret',
  'master_key',
  'metrics_token',
  'admin_password',
];

/** A folder of this run: in reach of an unprivileged user, and gone afterwards. */
export class Place {
  readonly folder: string;
  private readonly kept: string;

  /** @param dataDir where secrets are kept from one run to the next */
  constructor(dataDir: string, temporary: string) {
    this.kept = path.join(dataDir, 'secrets');
    this.folder = fs.mkdtempSync(path.join(temporary, 'yajin-stack-'));
    fs.chmodSync(this.folder, 0o755);
    for (const name of ['secrets', 'caddy', 'root-web-a', 'root-web-b', 'root-worker', 'root-migrate'])
      this.give(path.join(this.folder, name), () => fs.mkdirSync(path.join(this.folder, name)), 0o700);
  }

  /** A secret that is made once. */
  secret(name: string): string {
    if (!KEPT.includes(name)) throw new Error(`${name} is no secret that is kept`);
    fs.mkdirSync(this.kept, { recursive: true, mode: 0o700 });
    const file = path.join(this.kept, name);
    if (!fs.existsSync(file))
      fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    return fs.readFileSync(file, 'utf8').trim();
  }

  /** Lays every secret where processes read it, and those that name this run's ports. */
  laySecrets(others: Record<string, string>): void {
    const kept = Object.fromEntries(KEPT.map((name) => [name, this.secret(name)]));
    const all = { ...kept, jwt_secret_previous: '', master_key_previous: '', ...others };
    for (const [name, text] of Object.entries(all)) this.file(path.join('secrets', name), `${text}\n`);
  }

  /** For the unprivileged user alone. @returns where it is */
  file(name: string, text: string): string {
    const file = path.join(this.folder, name);
    this.give(file, () => fs.writeFileSync(file, text, { mode: 0o600 }), 0o400);
    return file;
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private give(target: string, make: () => void, mode: number): void {
    make();
    fs.chmodSync(target, mode);
    if (isRoot) fs.chownSync(target, NOBODY, NOBODY);
  }

  /** Where processes of ours find secrets. */
  get secretsFolder(): string {
    return isRoot ? '/run/secrets' : path.join(this.folder, 'secrets');
  }

  /** The API from the production tree; as root in a jail. @param name whose, among the stack's processes */
  api(name: string, role: string): string[] {
    const words = [role, `yajin-stack-${name}`];
    if (!isRoot) return [process.execPath, ...NODE_FLAGS, path.join(TREE, 'apps/api/dist/main.js'), ...words];
    const jail = path.join(ROOT, 'tools/stack/jail.sh');
    const node = path.join(ROOT, 'node_modules/node');
    const at = [path.join(this.folder, `root-${name}`), TREE, node, path.join(this.folder, 'secrets')];
    return ['unshare', '--mount', '--propagation', 'private', '--', 'sh', jail, ...at, ...words];
  }
}

/** A program that is not ours: as root by the unprivileged user; and it ends when we do, however we end. */
export function unprivileged(setpriv: string, command: string[]): string[] {
  const user = isRoot ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs'] : [];
  return [setpriv, ...user, '--pdeathsig=TERM', ...command];
}
