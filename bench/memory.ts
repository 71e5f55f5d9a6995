/** Resident memory of another process, as Linux tells it. */
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const SAMPLE_MS = 20;
const SETTLE_SAMPLES = 150;

/** In MiB, or null where the system does not tell. */
export async function settledMemory(pid: number): Promise<number | null> {
  let least: number | null = null;
  for (let at = 0; at < SETTLE_SAMPLES; at++) {
    const resident = read(pid, 'VmRSS');
    if (resident === null) return null;
    least = Math.min(least ?? resident, resident);
    await sleep(SAMPLE_MS);
  }
  return least;
}

/** The most that the process had while `use` ran, in MiB: by looking often, and by the system's own high-water mark. */
export async function peakMemory(pid: number, use: () => Promise<void>): Promise<number | null> {
  const marked = resetMark(pid);
  let peak = read(pid, 'VmRSS');
  const sample = (name: 'VmRSS' | 'VmHWM'): void => {
    const resident = read(pid, name);
    if (peak !== null && resident !== null) peak = Math.max(peak, resident);
  };
  const timer = setInterval(() => sample('VmRSS'), SAMPLE_MS);
  try {
    await use();
    if (marked) sample('VmHWM');
  } finally {
    clearInterval(timer);
  }
  return peak;
}

/** The mark starts again from what is resident now. See proc_pid_clear_refs(5). */
function resetMark(pid: number): boolean {
  try {
    fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');
    return true;
  } catch {
    return false;
  }
}

function read(pid: number, name: 'VmRSS' | 'VmHWM'): number | null {
  if (process.platform !== 'linux') return null;
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(
    fs.readFileSync(`/proc/${pid}/status`, 'utf8'),
  );
  if (!found) throw new Error(`process ${pid} tells no ${name}`);
  return Number(found[1]) / 1024;
}
