import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { PlanetError } from './planet.error.js';
import { asObject, Malformed, parseJson, type Json } from './planet.json.js';
import { Pacer, type Sleep } from './planet.pacer.js';

export interface PlanetConfig {
  /** Such as `https://api.zsxq.com`. */
  apiBase: string;
  /** The account's `zsxq_access_token`, asked for before every call so that a new one is used at once. */
  cookie: () => string | Promise<string>;
  /** Between two calls of this client. Default 6000, which zsxq tolerates; 0 against a sandbox. */
  minIntervalMs?: number;
  /** Bounds of the random pause after a throttled call. Default 90,000 to 120,000. */
  backoffMs?: readonly [min: number, max: number];
  /** For one call, its body included. Default 15,000. */
  timeoutMs?: number;
  sleep?: Sleep;
  /** Real time. */
  now?: () => Date;
}

/** Asks for one resource and reads its `resp_data`. `query` values are encoded here. */
export type Get = <T>(
  path: string,
  query: Record<string, string>,
  read: (data: Json) => T,
  signal: AbortSignal | undefined,
) => Promise<T>;

const MAX_TRIES = 3;
const DENIED: ReadonlySet<string> = new Set(['1005', '1030', '52010']);
/** What zsxq's own web client says of itself. */
const CLIENT_VERSION = '2.83.0';

/** @returns sha1 in hex over the URL with its query, the unix seconds and the request id; no body. */
export function signature(url: string, timestamp: string, requestId: string): string {
  return createHash('sha1').update(`${url} ${timestamp} ${requestId}`).digest('hex');
}

/** One queue of calls for the one account: paced, tried up to three times, and silent after a 401. */
export function planetTransport(config: PlanetConfig): Get {
  const sleep = config.sleep ?? realSleep;
  const now = config.now ?? (() => new Date());
  const [minBackoffMs, maxBackoffMs] = config.backoffMs ?? [90_000, 120_000];
  const pacer = new Pacer(config.minIntervalMs ?? 6_000, () => now().getTime(), sleep);
  let deadCookie: string | null = null;

  async function callOnce<T>(url: string, read: (data: Json) => T, signal?: AbortSignal): Promise<T> {
    const cookie = (await config.cookie()).trim();
    // Going on after a 401 costs the account its token: never again with a cookie that had one, nor
    // with what can be no cookie.
    if (cookie === deadCookie || !/^[\x21-\x7e]+$/.test(cookie)) throw expired();
    try {
      return await pacer.spaced(async () => {
        const answer = await send(url, cookie, now(), config.timeoutMs ?? 15_000, signal);
        return readAnswer(answer, read);
      }, signal);
    } catch (error) {
      if (error instanceof PlanetError && error.kind === 'cookie_expired') deadCookie = cookie;
      throw error;
    }
  }

  async function call<T>(url: string, read: (data: Json) => T, signal?: AbortSignal): Promise<T> {
    for (let tries = 1; ; tries++) {
      signal?.throwIfAborted();
      try {
        return await callOnce(url, read, signal);
      } catch (error) {
        if (!isWorthRetrying(error) || tries === MAX_TRIES) throw error;
        if (error.kind === 'throttled') {
          await sleep(minBackoffMs + Math.random() * (maxBackoffMs - minBackoffMs), signal);
        }
      }
    }
  }

  return (path, query, read, signal) => {
    const url = new URL(config.apiBase.replace(/\/+$/, '') + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return pacer.inTurn(() => call(url.href, read, signal));
  };
}

/** Node's own timer hides the signal's reason in an AbortError. */
const realSleep: Sleep = async (ms, signal) => {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
};

function isWorthRetrying(error: unknown): error is PlanetError {
  return error instanceof PlanetError && (error.kind === 'throttled' || error.kind === 'unavailable');
}

interface Answer {
  status: number;
  text: string;
}

/** @throws PlanetError `unavailable`, or the signal's reason once it has aborted. */
async function send(
  url: string,
  cookie: string,
  at: Date,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Answer> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const requestId = randomUUID();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: {
        Accept: 'application/json',
        Cookie: `zsxq_access_token=${cookie}`,
        'User-Agent': 'yajin',
        'x-timestamp': timestamp,
        'x-request-id': requestId,
        'x-version': CLIENT_VERSION,
        'x-signature': signature(url, timestamp, requestId),
      },
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return { status: response.status, text: await response.text() };
  } catch {
    signal?.throwIfAborted();
    // What fetch throws may quote the cookie, so it is not passed on.
    if (timeout.aborted)
      throw new PlanetError('unavailable', 'TIMEOUT', `知识星球 ${timeoutMs} 毫秒内没有应答`);
    throw new PlanetError('unavailable', 'NETWORK', '无法连接知识星球');
  }
}

/** Answers are `{succeeded, resp_data}`, or `{succeeded: false, code, info|error}` mostly under HTTP 200. */
function readAnswer<T>({ status, text }: Answer, read: (data: Json) => T): T {
  if (status === 401) throw expired();
  if (status === 429) throw throttled('HTTP_429');
  if (status >= 500) throw new PlanetError('unavailable', `HTTP_${status}`, `知识星球应答 HTTP ${status}`);
  try {
    const body = asObject(parseJson(text));
    if (body['succeeded'] === true && status === 200) return read(asObject(body['resp_data']));
    throw refusal(status, body);
  } catch (error) {
    if (error instanceof PlanetError) throw error;
    if (status !== 200) throw new PlanetError('denied', `HTTP_${status}`, `知识星球应答 HTTP ${status}`);
    const reason = error instanceof Malformed ? error.message : '不是 JSON';
    throw new PlanetError('unavailable', 'BROKEN_ANSWER', `知识星球应答无法解读：${reason}`);
  }
}

function refusal(status: number, body: Json): PlanetError {
  const code = said(body['code']) || `HTTP_${status}`;
  if (code === '401') return expired();
  if (code === '1059' || code === '429') return throttled(code);
  const reason = (said(body['info']) || said(body['error'])).slice(0, 200);
  const kind = DENIED.has(code) || status !== 200 ? 'denied' : 'unavailable';
  return new PlanetError(kind, code, `知识星球拒绝（${code}）${reason}`);
}

/** A number or text as text; empty for anything else. */
function said(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function expired(): PlanetError {
  return new PlanetError('cookie_expired', '401', '知识星球 Cookie 已过期，请更新');
}

function throttled(code: string): PlanetError {
  return new PlanetError('throttled', code, `知识星球限流（${code}），请稍后再试`);
}
