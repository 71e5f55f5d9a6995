/** Keeps `dist` of the packages that run on Node true to their `src`, file by file, for as long as `npm run dev` runs. */
import fs from 'node:fs';
import path from 'node:path';
import { transformFile } from '@swc/core';
import { watch, type FSWatcher } from 'chokidar';

/** Editors write a file in several steps, and a branch that is checked out changes many. */
const QUIET_MS = 40;

export interface Package {
  /** `apps/api` */
  folder: string;
  name: string;
  /** The names of our own packages that it is made of, itself included. */
  parts: ReadonlySet<string>;
}

interface Manifest {
  name: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
}

/** Our packages that swc compiles. */
export function compiledPackages(root: string): Package[] {
  const manifests = new Map<string, { folder: string; manifest: Manifest }>();
  for (const folder of ['libs', 'apps'].flatMap((kind) => foldersIn(root, kind))) {
    const file = path.join(root, folder, 'package.json');
    if (!fs.existsSync(file)) continue;
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest;
    if (manifest.scripts?.['build']?.startsWith('swc ')) manifests.set(manifest.name, { folder, manifest });
  }
  const partsOf = (name: string, found: Set<string>): Set<string> => {
    const needed = manifests.get(name)?.manifest.dependencies;
    if (!needed || found.has(name)) return manifests.has(name) ? found.add(name) : found;
    found.add(name);
    for (const other of Object.keys(needed)) partsOf(other, found);
    return found;
  };
  return [...manifests].map(([name, { folder }]) => ({ folder, name, parts: partsOf(name, new Set()) }));
}

function foldersIn(root: string, kind: string): string[] {
  return fs
    .readdirSync(path.join(root, kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${kind}/${name}`);
}

export class Sources {
  private readonly root: string;
  private readonly packages: readonly Package[];
  private readonly told: {
    changed: (names: ReadonlySet<string>, files: string[]) => void;
    say: (line: string) => void;
  };
  private watcher: FSWatcher | null = null;
  private readonly waiting = new Map<string, Package>();
  private timer: NodeJS.Timeout | null = null;
  private work: Promise<void> = Promise.resolve();

  /** @param told `changed`: which packages have new code, and the files that were written; not while a file does not compile */
  constructor(root: string, packages: readonly Package[], told: Sources['told']) {
    this.root = root;
    this.packages = packages;
    this.told = told;
  }

  /** Resolves when every change from then on is noticed. */
  async watch(): Promise<void> {
    const folders = new Map(this.packages.map((each) => [path.join(this.root, each.folder, 'src'), each]));
    const watcher = watch([...folders.keys()], {
      ignoreInitial: true,
      ignored: (file, stats) => stats?.isFile() === true && !runs(path.relative(this.root, file)),
    });
    this.watcher = watcher;
    watcher.on('all', (_event, file) => {
      const of = [...folders].find(([folder]) => file.startsWith(folder + path.sep));
      if (of && runs(path.relative(this.root, file))) this.notice(file, of[1]);
    });
    watcher.on('error', (error) => this.told.say(`sources are watched no more: ${messageOf(error)}`));
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
  }

  async stop(): Promise<void> {
    await this.watcher?.close();
    if (this.timer) clearTimeout(this.timer);
    this.waiting.clear();
    await this.work;
  }

  private notice(file: string, of: Package): void {
    this.waiting.set(file, of);
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.work = this.work.then(() => this.compile());
    }, QUIET_MS);
  }

  private async compile(): Promise<void> {
    const files = [...this.waiting];
    this.waiting.clear();
    const failed: [string, Package][] = [];
    for (const [file, of] of files) {
      try {
        await compileFile(this.root, path.join(this.root, of.folder), file);
      } catch (error) {
        failed.push([file, of]);
        this.told.say(`${path.relative(this.root, file)} does not compile:\n${messageOf(error)}`);
      }
    }
    // What does not compile stays in waiting for its next change; until then the old code goes on running.
    for (const [file, of] of failed) if (!this.waiting.has(file)) this.waiting.set(file, of);
    if (failed.length > 0 || files.length === 0) return;
    const names = files.map(([file]) => path.relative(this.root, file));
    this.told.changed(new Set(files.map(([, of]) => of.name)), names);
  }
}

/** Whether a file is part of what runs: tests are compiled by jest. */
function runs(file: string): boolean {
  return /\.ts$/.test(file) && !/\.(spec|kit|d)\.ts$|(^|[\\/])test[\\/]/.test(file);
}

/** As the package's `build` does for all of its files (.swcrc); a file that is gone loses its output. */
async function compileFile(root: string, home: string, file: string): Promise<void> {
  const output = path.join(home, 'dist', path.relative(path.join(home, 'src'), file)).replace(/\.ts$/, '.js');
  if (!fs.existsSync(file)) {
    for (const each of [output, `${output}.map`]) fs.rmSync(each, { force: true });
    return;
  }
  const { code, map } = await transformFile(file, {
    configFile: path.join(root, '.swcrc'),
    sourceFileName: path.relative(path.dirname(output), file),
  });
  fs.mkdirSync(path.dirname(output), { recursive: true });
  const link = map ? `\n//# sourceMappingURL=${path.basename(output)}.map` : '';
  fs.writeFileSync(output, code + link);
  if (map) fs.writeFileSync(`${output}.map`, map);
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim();
}
