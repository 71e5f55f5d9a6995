import { sentence } from '@yajin/core';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { expired, readAnswer, type Answer } from './planet.answer.js';
import { credentialOf, type Credential } from './planet.credential.js';
import { PlanetError, type PlanetErrorKind } from './planet.error.js';
import type { Json } from './planet.json.js';
import { Pacer, type Sleep } from './planet.pacer.js';

type Span = readonly [min: number, max: number];

export interface PlanetConfig {
  /** Such as `https://api.zsxq.com`. */
  apiBase: string;
  /**
   * The account's token as it was pasted, see `credentialOf`; asked for before every call so that a new one is used at once.
   */
  cookie: () => string | Promise<string>;
  /** The `x-version` that is sent; zsxq refuses old ones. Asked for before every call. Default 2.83.0. */
  clientVersion?: () => string | null | Promise<string | null>;
  /** Between two calls of this client. Default 6000, which zsxq tolerates; 0 against a sandbox. */
  minIntervalMs?: number;
  /** Bounds of the random pause after being turned away with 1059. Default 1000 to 3000. */
  retryMs?: Span;
  /** Bounds of the random pause after a throttled call. Default 90,000 to 120,000. */
  backoffMs?: Span;
  /** For one call, its body included. Default 15,000. */
  timeoutMs?: number;
  /** Sees every call: what is asked for, one of a few words, and how it ends; `hear` is told the headers of its answer. */
  watch?: PlanetWatch;
  sleep?: Sleep;
  /** Real time. */
  now?: () => Date;
  /** 0 to 1, for the pauses. */
  random?: () => number;
}

export type PlanetWatch = <T>(
  operation: string,
  call: (hear: (headers: Headers, sentAt: number) => void) => Promise<T>,
) => Promise<T>;

/** How many more refusals a run puts up with; it is counted down. */
export interface Patience {
  left: number;
}

/** Asks for one resource and reads its `resp_data`. `query` values are encoded here. */
export type Get = <T>(
  path: string,
  query: Record<string, string>,
  read: (data: Json) => T,
  options: { signal?: AbortSignal; patience?: Patience; cookie?: string },
) => Promise<T>;

/**
 * 1059 hits one call in four or five at random, whatever the pace (measured 2026-07 to 2026-09): fifteen tries all fail once in
 * billions of calls, and are over within half a minute where it is not chance.
 */
const TRIES: Record<PlanetErrorKind, number> = {
  turned_away: 15,
  throttled: 3,
  unavailable: 3,
  denied: 1,
  cookie_expired: 1,
};
/** A full read of 500 pages meets 110 to 140 of them; a run that meets more ends, and the next one goes on from there. */
const REFUSALS_OF_A_RUN = 500;
/** Seen of the app in 2025-12, and accepted of the web version too. */
const CLIENT_VERSION = '2.83.0';
/** A page of twenty posts has some 50 kB. */
const MAX_ANSWER = 5_000_000;

export function newPatience(): Patience {
  return { left: REFUSALS_OF_A_RUN };
}

/** @returns sha1 in hex over the URL with its query, the unix seconds and the request id; no body. */
export function signature(url: string, timestamp: string, requestId: string): string {
  return createHash('sha1').update(`${url} ${timestamp} ${requestId}`).digest('hex');
}

/** One queue of calls for the one account: paced, tried again as `TRIES` says, and silent after a 401. */
export function planetTransport(config: PlanetConfig): Get {
  const sleep = config.sleep ?? realSleep;
  const now = config.now ?? (() => new Date());
  const between = ([min, max]: Span): number => min + (config.random ?? Math.random)() * (max - min);
  const pauses = pausesOf(config, between);
  const watch: PlanetWatch = config.watch ?? ((_operation, work) => work(() => undefined));
  const pacer = new Pacer(config.minIntervalMs ?? 6_000, () => now().getTime(), sleep);
  let deadCookie: string | null = null;

  async function callOnce<T>(
    url: string,
    read: (data: Json) => T,
    soon: boolean,
    { signal, cookie: tried }: Parameters<Get>[3],
  ): Promise<T> {
    const cookie = (tried ?? (await config.cookie())).trim();
    const credential = credentialOf(cookie);
    // Going on after a 401 costs the account its token: never again with one that had one, nor with what can be none.
    if (cookie === deadCookie || !credential) throw expired();
    const version = (await config.clientVersion?.()) ?? CLIENT_VERSION;
    try {
      return await pacer.spaced(
        () =>
          watch(operationOf(url), async (hear) => {
            const asked = {
              url,
              credential,
              version,
              at: now(),
              timeoutMs: config.timeoutMs ?? 15_000,
              hear,
            };
            return readAnswer(await send(asked, signal), read);
          }),
        { signal, soon },
      );
    } catch (error) {
      if (error instanceof PlanetError && error.kind === 'cookie_expired' && tried === undefined)
        deadCookie = cookie;
      throw error;
    }
  }

  async function call<T>(url: string, read: (data: Json) => T, options: Parameters<Get>[3]): Promise<T> {
    const { signal, patience = newPatience() } = options;
    const failed = new Map<PlanetErrorKind, number>();
    for (let soon = false; ;) {
      signal?.throwIfAborted();
      try {
        return await callOnce(url, read, soon, options);
      } catch (error) {
        if (!(error instanceof PlanetError)) throw error;
        const times = (failed.get(error.kind) ?? 0) + 1;
        failed.set(error.kind, times);
        soon = error.kind === 'turned_away';
        if (soon) patience.left -= 1;
        if (times >= TRIES[error.kind] || patience.left <= 0) throw error;
        const pause = pauses(error.kind);
        if (pause > 0) await sleep(pause, signal);
      }
    }
  }

  return (path, query, read, options) => {
    const url = new URL(config.apiBase.replace(/\/+$/, '') + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return pacer.inTurn(() => call(url.href, read, options));
  };
}

function pausesOf(
  { retryMs = [1_000, 3_000], backoffMs = [90_000, 120_000] }: PlanetConfig,
  between: (span: Span) => number,
): (kind: PlanetErrorKind) => number {
  return (kind) => {
    if (kind === 'turned_away') return between(retryMs);
    return kind === 'throttled' ? between(backoffMs) : 0;
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

/** What follows `/v2/groups/…/checkins`, without its ids: `topics`, or `checkin` of one and `checkins` of all. */
function operationOf(url: string): string {
  if (new URL(url).pathname.startsWith('/v2/users/')) return 'user';
  const [one, ...rest] = (new URL(url).pathname.split('/checkins')[1] ?? '').split('/').slice(1);
  return rest.join('_') || (one === undefined ? 'checkins' : 'checkin');
}

interface Asked {
  url: string;
  credential: Credential;
  version: string;
  at: Date;
  timeoutMs: number;
  hear: (headers: Headers, sentAt: number) => void;
}

/** @throws PlanetError `unavailable`, or the signal's reason once it has aborted. */
async function send(
  { url, credential, version, at, timeoutMs, hear }: Asked,
  signal?: AbortSignal,
): Promise<Answer> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const requestId = randomUUID();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: {
        Accept: 'application/json',
        ...credential,
        'User-Agent': 'yajin',
        'x-timestamp': timestamp,
        'x-request-id': requestId,
        'x-version': version,
        'x-signature': signature(url, timestamp, requestId),
      },
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    hear(response.headers, at.getTime());
    return { status: response.status, text: await textOf(response) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof PlanetError) throw error;
    // What fetch throws may quote the token, so it is not passed on.
    if (timeout.aborted)
      throw new PlanetError('unavailable', 'TIMEOUT', sentence('planet_silent', timeoutMs));
    throw new PlanetError('unavailable', 'NETWORK', sentence('planet_unreachable'));
  }
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    const bytes = piece as Uint8Array;
    size += bytes.length;
    if (size > MAX_ANSWER)
      throw new PlanetError('unavailable', 'BROKEN_ANSWER', sentence('planet_answer_too_large'));
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}
