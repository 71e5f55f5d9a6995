/** What went wrong, said so that a person can act on it. */
export class JourneyFailed extends Error {
  override readonly name = 'JourneyFailed';
}

interface Call {
  body?: unknown;
  /** The ticket of the member pages. */
  ticket?: string;
  /** The business code expected; success unless given. */
  code?: number;
}

interface Answer<Data> {
  code: number;
  message: string;
  data: Data;
}

/** HTTP to the API, as a browser would: it keeps the login and the cookie. */
export class Api {
  readonly url: string;
  private token: string | null = null;
  private cookie: string | null = null;

  constructor(url: string) {
    this.url = url;
  }

  login(token: string): void {
    this.token = token;
  }

  /** @throws JourneyFailed when the API answers with another code than the expected one */
  async call<Data>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    { body, ticket, code = 200 }: Call = {},
  ): Promise<Data> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token && path.startsWith('/api/admin') ? { authorization: `Bearer ${this.token}` } : {}),
        ...(this.cookie && path.startsWith('/api/h5') ? { cookie: this.cookie } : {}),
        ...(ticket ? { 'x-access-token': ticket } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';', 1)[0] ?? null;
    const answer = (await response.json()) as Answer<Data>;
    if (answer.code === code) return answer.data;
    const wait = response.headers.get('retry-after');
    throw new JourneyFailed(
      `${method} ${path} answered ${answer.code} ${answer.message}${wait ? ` (try again in ${wait} s)` : ''}\n` +
        JSON.stringify(answer.data),
    );
  }
}

/** The sandbox's control API: what payers and zsxq's users do, and what the gateway believes. */
export class Sandbox {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  get<Data>(path: string): Promise<Data> {
    return this.call<Data>('GET', path);
  }

  post<Data>(path: string, body: object): Promise<Data> {
    return this.call<Data>('POST', path, body);
  }

  private async call<Data>(method: string, path: string, body?: object): Promise<Data> {
    const response = await fetch(`${this.url}/control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (response.ok) return (await response.json()) as Data;
    throw new JourneyFailed(
      `The sandbox answered ${response.status} to ${method} ${path}\n${await response.text()}`,
    );
  }
}

/** Looks until it is there. @throws JourneyFailed with `what` after `seconds` */
export async function eventually<Value>(
  what: string,
  seconds: number,
  look: () => Promise<Value | null>,
): Promise<Value> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await look();
    if (value !== null) return value;
    if (Date.now() > deadline) throw new JourneyFailed(`Waited ${seconds} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** @throws JourneyFailed */
export function expectEqual(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new JourneyFailed(`${what}: expected ${b}, found ${a}`);
}
