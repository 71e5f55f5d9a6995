import { sentence } from '@yajin/core';
import { PlanetError } from './planet.error.js';
import { asObject, Malformed, parseJson, type Json } from './planet.json.js';

export interface Answer {
  status: number;
  text: string;
}

const DENIED: ReadonlySet<string> = new Set(['1005', '1030', '52010']);
/** As much of zsxq's own words as is passed on. */
const WORDS = 200;

/**
 * Answers are `{succeeded, resp_data}`, or `{succeeded: false, code, info, error}` mostly under HTTP 200; which of `info` and
 * `error` has the words differs (captured: 52010 has them in `error`, 1059 in `info`).
 * @throws PlanetError
 */
export function readAnswer<T>({ status, text }: Answer, read: (data: Json) => T): T {
  if (status === 401) throw expired();
  if (status === 429) throw throttled('HTTP_429', '');
  if (status >= 500) throw strange(status);
  try {
    const body = asObject(parseJson(text));
    if (body['succeeded'] === true && status === 200) return read(asObject(body['resp_data']));
    if (body['succeeded'] === true) throw strange(status);
    throw refusal(status, body);
  } catch (error) {
    if (error instanceof PlanetError) throw error;
    if (status !== 200) throw strange(status);
    const reason = error instanceof Malformed ? error.message : '不是 JSON';
    throw new PlanetError('unavailable', 'BROKEN_ANSWER', sentence('planet_unreadable', reason));
  }
}

/** Something between us that is not zsxq, or zsxq in trouble: only what zsxq itself says is about what we asked for. */
function strange(status: number): PlanetError {
  return new PlanetError('unavailable', `HTTP_${status}`, sentence('planet_http', status));
}

function refusal(status: number, body: Json): PlanetError {
  const code = said(body['code']);
  if (body['succeeded'] !== false || code === '') return strange(status);
  const words = (said(body['info']) || said(body['error'])).trim().slice(0, WORDS);
  if (code === '401') return expired();
  if (code === '1059') return turnedAway(words);
  if (code === '429') return throttled(code, words);
  const kind = DENIED.has(code) || (status >= 400 && status < 500) ? 'denied' : 'unavailable';
  return new PlanetError(kind, code, sentence('planet_refused', code, words));
}

/** A number or text as text; empty for anything else. */
function said(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function expired(): PlanetError {
  return new PlanetError('cookie_expired', '401', sentence('planet_cookie_expired'));
}

function turnedAway(words: string): PlanetError {
  return new PlanetError('turned_away', '1059', sentence('planet_refused', '1059', words));
}

function throttled(code: string, words: string): PlanetError {
  return new PlanetError('throttled', code, sentence('planet_throttled', code, words));
}
