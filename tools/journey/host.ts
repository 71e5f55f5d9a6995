import { hostToken } from '../token.ts';
import { fen, type Report } from './report.ts';
import { expectEqual, JourneyFailed, type Api, type Sandbox } from './wire.ts';

interface Envelope {
  code: number;
  message: string;
  data: unknown;
}

const PASSWORD = process.env['ADMIN_PASSWORD'] || 'admin123';

/** From now on `api` speaks for the demo's first operator. */
export async function logIn(api: Api, report: Report): Promise<void> {
  await report.step(
    'Log in as an operator',
    async () => {
      const login = await api.call<{ token: string; username: string }>('POST', '/api/admin/auth/login', {
        body: { username: 'admin', password: PASSWORD },
      });
      api.login(login.token);
      return login;
    },
    ({ username }) => username,
  );
}

/** A user of the platform around a small line, calling that line. */
export class HostUser {
  private readonly url: string;
  private readonly newToken: () => Promise<string>;
  private token: Promise<string> | null = null;

  constructor(api: Api, line: string, sub: string, role = 'user') {
    this.url = api.url;
    this.newToken = () => hostToken(line, { sub, role });
  }

  /**
   * @returns what is inside the envelope, where the line has one
   * @throws JourneyFailed when it answers another HTTP status than the expected one
   */
  async call<Data>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object, status = 200): Promise<Data> {
    this.token ??= this.newToken();
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${await this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as unknown;
    if (response.status !== status)
      throw new JourneyFailed(`${method} ${path} answered ${response.status}\n${JSON.stringify(answer)}`);
    return (isEnvelope(answer) ? answer.data : answer) as Data;
  }
}

function isEnvelope(answer: unknown): answer is Envelope {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'code' in answer &&
    'message' in answer &&
    'data' in answer
  );
}

interface Books {
  list: { account: string; balance: number }[];
}

/** What each account of a line holds, in fen: debits less credits. */
export async function booksOf(api: Api, line: string): Promise<Map<string, number>> {
  const { list } = await api.call<Books>('GET', `/api/admin/pay/balances?line=${line}`);
  return new Map(list.map(({ account, balance }) => [account, fen(balance)]));
}

/** What the sandbox believes to have of ours, in fen: payments less refunds and transfers, of the trades named. */
async function heldAt(sandbox: Sandbox, outTradeNos: string[]): Promise<number> {
  const trades = await sandbox.get<{ outTradeNo: string; amountFen: number; state: string }[]>('/trades');
  const refunds = await sandbox.get<{ outTradeNo: string; amountFen: number; state: string }[]>('/refunds');
  const paid = trades.filter(
    ({ outTradeNo, state }) => outTradeNos.includes(outTradeNo) && /SUCCESS|REFUND/.test(state),
  );
  const back = refunds.filter(
    ({ outTradeNo, state }) => outTradeNos.includes(outTradeNo) && state === 'SUCCESS',
  );
  const sum = (rows: { amountFen: number }[]): number =>
    rows.reduce((total, row) => total + row.amountFen, 0);
  return sum(paid) - sum(back);
}

/**
 * Holds the books against the sandbox: between `before` and now, what the line has at its gateways must have changed by
 * what the sandbox says of these trades, less `paidOutFen`; and all accounts together must be zero.
 */
export async function compareBooks(
  api: Api,
  sandbox: Sandbox,
  line: string,
  before: Map<string, number>,
  outTradeNos: string[],
  paidOutFen = 0,
): Promise<string> {
  const after = await booksOf(api, line);
  const change = (after.get('clearing') ?? 0) - (before.get('clearing') ?? 0);
  expectEqual('what is at the gateways', change, (await heldAt(sandbox, outTradeNos)) - paidOutFen);
  expectEqual(
    'the sum of all accounts',
    [...after.values()].reduce((sum, balance) => sum + balance, 0),
    0,
  );
  return `${(change / 100).toFixed(2)} yuan at the gateways, as the sandbox says; the books are balanced`;
}
