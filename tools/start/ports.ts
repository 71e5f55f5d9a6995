import { freePort } from '../postgres.ts';
import { localUrl } from './plan.ts';

const ANSWER_MS = 1_000;

/**
 * @param command what the person typed, such as `npm start`
 * @throws saying who has the port, when it is taken, and what to do
 */
export async function requireFree(
  variable: string,
  port: number,
  host: string,
  command: string,
): Promise<void> {
  if ((await freePort(port, host)) > 0) return;
  const url = localUrl(host, port);
  const owner = await whoAnswers(url);
  const other = `${variable}=${port + 1} ${command}`;
  throw new Error(
    owner
      ? `Port ${port} (${variable}) is taken: ${owner} is running at ${url}. Stop it first, or start beside it with\n  DATA_DIR=.data2 ${other}`
      : `Port ${port} (${variable}) is taken by another program. Stop that program, or choose another port:\n  ${other}`,
  );
}

/** Which program of ours answers there; null when it is none. */
async function whoAnswers(url: string): Promise<string | null> {
  const health = await json(`${url}/health/ready`);
  if (health && 'status' in health && ('started' in health || health['status'] === 'shutting_down'))
    return 'a Yajin';
  const settings = await json(`${url}/control/settings`);
  return settings && 'WECHAT_API_BASE' in settings ? 'a Yajin sandbox' : null;
}

async function json(url: string): Promise<Record<string, unknown> | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
