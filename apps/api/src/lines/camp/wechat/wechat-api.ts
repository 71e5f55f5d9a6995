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
 * One call of WeChat's or WeCom's server API. Both answer 200 with `{errcode, errmsg}` to what they refuse.
 * @throws Error for anything else than an answer in JSON; without the query, which carries secrets
 */
export async function callApi(
  apiBase: string,
  method: 'GET' | 'POST',
  path: string,
  query: Record<string, string>,
  body?: object,
): Promise<ApiAnswer> {
  const response = await fetch(`${apiBase}${path}?${new URLSearchParams(query).toString()}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    throw new Error(`WeChat does not answer ${path}${timedOut ? ` within ${TIMEOUT_MS} ms` : ''}`);
  });
  const text = await response.text();
  if (response.status !== 200 || text.length > MAX_ANSWER)
    throw new Error(`WeChat answers ${response.status} to ${path} (${text.length} characters)`);
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && !Array.isArray(answer))
      return notBusy(answer as ApiAnswer, path);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Error(`WeChat answers no JSON object to ${path}`);
}

/** -1 is "busy, come again" of both APIs. */
function notBusy(answer: ApiAnswer, path: string): ApiAnswer {
  if (answer.errcode === -1) throw new Error(`WeChat is too busy for ${path}`);
  return answer;
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
