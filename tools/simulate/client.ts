import { setTimeout as sleep } from 'node:timers/promises';

const ANSWER_WITHIN_MS = 6_000;
const TRY_AGAIN_AFTER_MS = 300;

export interface Ask {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: object;
  token?: string;
  /** Idempotency-Key. */
  key?: string;
  ticket?: string;
  cookie?: string;
}

export interface Answer<Data> {
  status: number;
  /** What is inside the envelope, where there is one. */
  data: Data;
  cookie: string | null;
}

/** Somebody could not go on with what they were about. That is no fault of the product by itself. */
export class GaveUp extends Error {
  override readonly name = 'GaveUp';
}

/** @returns null when no answer came */
export async function exchange<Data>(origin: string, ask: Ask): Promise<Answer<Data> | null> {
  try {
    const response = await fetch(origin + ask.path, {
      method: ask.method,
      headers: headersOf(ask),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    });
    const text = await response.text();
    const said: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
    const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? null;
    return { status: response.status, data: unwrapped(said) as Data, cookie };
  } catch {
    return null;
  }
}

function headersOf(ask: Ask): Record<string, string> {
  return {
    // Nobody here is throttled: everybody comes from elsewhere.
    'x-forwarded-for': `10.${byte()}.${byte()}.${byte()}`,
    ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ask.token ? { authorization: `Bearer ${ask.token}` } : {}),
    ...(ask.key ? { 'idempotency-key': ask.key } : {}),
    ...(ask.ticket ? { 'x-access-token': ask.ticket } : {}),
    ...(ask.cookie ? { cookie: ask.cookie } : {}),
  };
}

let calls = 0;

function byte(): number {
  calls += 1;
  return Math.floor(calls / 7) % 250;
}

function unwrapped(said: unknown): unknown {
  const wrapped = typeof said === 'object' && said !== null && 'code' in said && 'data' in said;
  return wrapped ? said.data : said;
}

/**
 * Asks until somebody answers clearly: a person who tries again, under the same key.
 * @param origins in turn, the first one first
 * @throws GaveUp after `deadline` (real milliseconds)
 */
export async function insist<Data>(origins: string[], ask: Ask, deadline: number): Promise<Answer<Data>> {
  for (let tries = 0; ; tries += 1) {
    const answer = await exchange<Data>(origins[tries % origins.length] ?? '', ask);
    if (answer && answer.status < 500 && answer.status !== 429) return answer;
    if (Date.now() > deadline)
      throw new GaveUp(`${ask.method} ${ask.path}: ${answer ? `answered ${answer.status}` : 'no answer'}`);
    await sleep(TRY_AGAIN_AFTER_MS);
  }
}
