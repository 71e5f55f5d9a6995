import { heard, type CallFault, type CallJudge, type Calls } from '@yajin/server';

const TIMEOUT_MS = 5000;
const MAX_ANSWER = 64 * 1024;
/** Where WeChat shows the page that asks who one is, for both kinds of account. */
const REAL_PAGES = 'https://open.weixin.qq.com';

export interface ApiAnswer {
  errcode?: number;
  errmsg?: string;
  [field: string]: unknown;
}

/**
 * Of us or our token: https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html and
 * https://developer.work.weixin.qq.com/document/path/90313
 */
const DENIALS: ReadonlySet<number> = new Set([40001, 40013, 40014, 40056, 40125, 40164, 42001, 48001, 50002]);
/** Too many calls, by the same lists. */
const THROTTLES: ReadonlySet<number> = new Set([45009, 45011, 45033]);

/** Nothing clear was answered. */
class Unclear extends Error {
  constructor(
    readonly outcome: 'timeout' | 'network' | 'http' | 'unclear',
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const apiCalls: CallJudge<ApiAnswer> = {
  thrown(error) {
    if (error instanceof Unclear) return { outcome: error.outcome, code: error.code, message: error.message };
    return { outcome: 'other', code: error instanceof Error ? error.name : 'Error', message: String(error) };
  },
  answered({ errcode, errmsg = '' }) {
    if (errcode === undefined || errcode === 0) return null;
    return { outcome: refusal(errcode), code: String(errcode), message: errmsg };
  },
};

function refusal(errcode: number): CallFault['outcome'] {
  if (DENIALS.has(errcode)) return 'denied';
  return THROTTLES.has(errcode) ? 'throttled' : 'refused';
}

/** The server API of WeChat or WeCom. Both answer 200 with `{errcode, errmsg}` to what they refuse. */
export class WechatApi {
  /** @param side whom calls are counted for */
  constructor(
    private readonly side: string,
    private readonly base: string,
    private readonly calls: Calls,
  ) {}

  /** @throws Error for anything else than an answer in JSON; without the query, which carries secrets */
  call(
    method: 'GET' | 'POST',
    path: string,
    query: Record<string, string>,
    body?: object,
  ): Promise<ApiAnswer> {
    const work = (): Promise<ApiAnswer> => callApi(this.base, method, path, query, body);
    return this.calls.through(this.side, path.slice(1), work, apiCalls);
  }
}

async function callApi(
  apiBase: string,
  method: 'GET' | 'POST',
  path: string,
  query: Record<string, string>,
  body?: object,
): Promise<ApiAnswer> {
  const sentAt = Date.now();
  const response = await fetch(`${apiBase}${path}?${new URLSearchParams(query).toString()}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    const [outcome, code] = timedOut ? (['timeout', 'TIMEOUT'] as const) : (['network', 'NETWORK'] as const);
    const late = timedOut ? ` within ${TIMEOUT_MS} ms` : '';
    throw new Unclear(outcome, code, `WeChat does not answer ${path}${late}`);
  });
  const text = await response.text();
  heard((name) => response.headers.get(name) ?? ridIn(name, text), sentAt);
  if (response.status !== 200 || text.length > MAX_ANSWER) {
    const said = `WeChat answers ${response.status} to ${path} (${text.length} characters)`;
    throw new Unclear('http', `HTTP_${response.status}`, said);
  }
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && !Array.isArray(answer))
      return notBusy(answer as ApiAnswer, path);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Unclear('unclear', 'BROKEN_ANSWER', `WeChat answers no JSON object to ${path}`);
}

/** -1 is "busy, come again" of both APIs. */
function notBusy(answer: ApiAnswer, path: string): ApiAnswer {
  if (answer.errcode === -1) throw new Unclear('unclear', '-1', `WeChat is too busy for ${path}`);
  return answer;
}

/** Refusals end in their request's id: https://developers.weixin.qq.com/doc/offiaccount/openApi/get_rid_info.html */
function ridIn(name: string, text: string): string | null {
  return name === 'request-id' ? (/\brid: ([\w-]+)/.exec(text.slice(0, 1000))?.[1] ?? null) : null;
}

export function textIn(answer: ApiAnswer, field: string): string | null {
  const value = answer[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** WeChat's pages are on another host than its API; the sandbox's are not. */
export function pagesAt(apiBase: string): { base: string; wechatOnly: boolean } {
  const wechatOnly = new URL(apiBase).hostname.endsWith('.weixin.qq.com');
  return { base: wechatOnly ? REAL_PAGES : apiBase, wechatOnly };
}

/** `expires_in` is seconds. */
interface Grant {
  access_token?: unknown;
  expires_in?: unknown;
}

/**
 * An access token for as long as it is good. When the other side does not take it any more, whoever had it replaced has brought
 * about another: that is asked for first. Only if it is the refused one still is a new one forced, for that ends everybody's:
 * twenty a day, half a minute apart (https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken).
 */
export class AccessToken {
  private held: { value: string; until: number } | null = null;
  private fetching: { refused: string | null; token: Promise<string> } | null = null;

  /**
   * @param fetchToken `fresh` forces another token than the one that is good now
   * @param refused the errcodes that mean that the token is not good
   */
  constructor(
    private readonly fetchToken: (fresh: boolean) => Promise<ApiAnswer & Grant>,
    private readonly refused: readonly number[],
  ) {}

  /** @throws Error when no token is to be had */
  async use(call: (token: string) => Promise<ApiAnswer>): Promise<ApiAnswer> {
    const token = await this.current(null);
    const answer = await call(token);
    if (answer.errcode === undefined || !this.refused.includes(answer.errcode)) return answer;
    return call(await this.current(token));
  }

  /** A token other than the one that was refused. All who are refused at once wait for one. */
  private current(refused: string | null): Promise<string> {
    const { held } = this;
    if (held && held.until > Date.now() && held.value !== refused) return Promise.resolve(held.value);
    if (!this.fetching || (refused !== null && this.fetching.refused === null)) {
      const fetching = { refused, token: this.fetched(refused) };
      this.fetching = fetching;
      const done = (): void => {
        if (this.fetching === fetching) this.fetching = null;
      };
      fetching.token.then(done, done);
    }
    return this.fetching.token;
  }

  private async fetched(refused: string | null): Promise<string> {
    const granted = read(await this.fetchToken(false));
    const { value, until } = granted.value === refused ? read(await this.fetchToken(true)) : granted;
    this.held = { value, until };
    return value;
  }
}

/** @throws Error when no token is given */
function read(answer: ApiAnswer & Grant): { value: string; until: number } {
  const { access_token: value, expires_in: seconds } = answer;
  if (typeof value !== 'string' || value === '')
    throw new Error(`WeChat gives no access token: ${answer.errcode} ${answer.errmsg}`);
  return { value, until: Date.now() + ((typeof seconds === 'number' ? seconds : 300) - 120) * 1000 };
}
