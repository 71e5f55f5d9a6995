import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SIGNAL_MS = 1_000;
const NOTICE_MS = 3_000;
const DRAIN_MS = 35_000;

interface Run {
  pid: number;
  url: string;
  stopping: boolean;
  /** Child processes by the script they run. */
  children: Record<string, number>;
}

/** That we, and no second run, work with a data folder. */
export class Claim {
  private readonly file: string;
  private readonly run: Run;

  private constructor(file: string, run: Run) {
    this.file = file;
    this.run = run;
  }

  /**
   * Ends what an earlier run, killed before it could stop its children, left behind.
   * @param scripts what a run executes, one of them
   * @throws when another run works with the folder
   */
  static async take(
    dataDir: string,
    scripts: string[],
    url: string,
    say: (line: string) => void,
  ): Promise<Claim> {
    fs.mkdirSync(dataDir, { recursive: true });
    const file = path.join(dataDir, 'run.json');
    const earlier = read(file);
    if (earlier && earlier.pid !== process.pid && !(await ends(earlier.pid, scripts, file, say))) {
      throw new Error(
        `Yajin is already running with ${dataDir}, at ${earlier.url} (process ${earlier.pid}).\n` +
          `Stop it with Ctrl-C in its terminal, or: kill ${earlier.pid}`,
      );
    }
    for (const [child, pid] of Object.entries(earlier?.children ?? {})) await endOrphan(child, pid, say);
    const claim = new Claim(file, { pid: process.pid, url, stopping: false, children: {} });
    claim.write();
    return claim;
  }

  note(script: string, pid: number): void {
    this.run.children[script] = pid;
    this.write();
  }

  /** A run that is started meanwhile waits for the end of this one. */
  stopping(): void {
    this.run.stopping = true;
    this.write();
  }

  release(): void {
    if (read(this.file)?.pid === process.pid) fs.rmSync(this.file, { force: true });
  }

  private write(): void {
    fs.writeFileSync(`${this.file}.new`, `${JSON.stringify(this.run)}\n`);
    fs.renameSync(`${this.file}.new`, this.file);
  }
}

/** Whether the earlier run is over, or is stopping and comes to its end while we wait. */
async function ends(
  pid: number,
  scripts: string[],
  file: string,
  say: (line: string) => void,
): Promise<boolean> {
  // It may have been asked to stop only this moment.
  if (!(await stillRuns(pid, scripts, SIGNAL_MS))) return true;
  if (!read(file)?.stopping) return false;
  say('Waiting for the earlier run to stop …');
  return !(await stillRuns(pid, scripts, DRAIN_MS + NOTICE_MS));
}

/** It sees by itself that its parent is gone; it gets time for that, then for stopping when asked to. */
async function endOrphan(script: string, pid: number, say: (line: string) => void): Promise<void> {
  if (!(await stillRuns(pid, [script], NOTICE_MS))) return;
  say(`Stopping process ${pid}, which an earlier run left behind.`);
  process.kill(pid, 'SIGTERM');
  if (await stillRuns(pid, [script], DRAIN_MS)) process.kill(pid, 'SIGKILL');
  if (await stillRuns(pid, [script], NOTICE_MS))
    throw new Error(`Process ${pid} (${script}) cannot be stopped.`);
}

async function stillRuns(pid: number, scripts: string[], patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += 50) {
    if (!runs(pid, scripts)) return false;
    await sleep(50);
  }
  return true;
}

function read(file: string): Run | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Run;
  } catch {
    return null;
  }
}

/** Whether the process is there and is not another one that got the same number. */
function runs(pid: number, scripts: string[]): boolean {
  try {
    process.kill(pid, 0);
    const command =
      process.platform === 'linux'
        ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return scripts.some((script) => command.includes(script));
  } catch {
    return false;
  }
}
